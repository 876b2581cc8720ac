"""The app's own lock: no bindings, no palette, no clipboard, no links.

What a terminal sends is filtered before, in :mod:`tui.kiosk.driver`; what ends the process is mended behind, by the
supervisor. The methods of Textual that say nothing here are listed in :data:`SILENCED`; a test says that they exist.
"""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.driver import Driver
from textual.screen import Screen

from tui.drivers import takes_ours
from tui.errors import QuietErrors

FAILED = 71
"""Exit code after an unexpected error: the supervisor starts the kiosk anew."""
TERMINATED = 75
"""Exit code after a signal (EX_TEMPFAIL)."""
SILENCED = ("copy_to_clipboard", "open_url", "get_system_commands")


class LockedApp(QuietErrors[None], inherit_bindings=False):
    """An app without a way out but its own."""

    BINDINGS = []  # noqa: RUF012  # declared so by Textual
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ENABLE_SELECT_AUTO_SCROLL = False
    ESCAPE_TO_MINIMIZE = False
    failure_code = FAILED

    def __init__(self) -> None:
        super().__init__(driver_class=terminal_driver())

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves through the clipboard."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No link is opened."""

    def get_system_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        """None."""
        del screen
        yield from ()


def terminal_driver() -> type[Driver] | None:
    """The filtering driver; None for Textual's own choice."""
    if not takes_ours():
        return None
    from tui.kiosk.driver import KioskDriver  # noqa: PLC0415  # needs termios, which Windows has not

    return KioskDriver
