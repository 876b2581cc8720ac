"""Which driver a screen runs on."""

import os
import sys

from textual.driver import Driver


def takes_ours() -> bool:
    """Whether a driver of ours can be used: not on Windows, and not where ``TEXTUAL_DRIVER`` names another."""
    return sys.platform != "win32" and "TEXTUAL_DRIVER" not in os.environ


def steady_driver() -> type[Driver] | None:
    """The driver that survives whatever the terminal sends; None for Textual's own choice."""
    if not takes_ours():
        return None
    from tui.steady_driver import SteadyDriver  # noqa: PLC0415  # needs termios, which Windows has not

    return SteadyDriver
