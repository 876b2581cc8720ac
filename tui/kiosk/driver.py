"""The kiosk's driver: a filter between the terminal and the app.

Nothing forbidden reaches the message queue, which has no limit of its own. Without bracketed paste, mouse movements,
key protocol extensions, and without ways to suspend.
"""

import signal
import time
from typing import Any

from textual.app import App
from textual.message import Message

from tui.kiosk.gate import Gate
from tui.kiosk.lockdown import TERMINATED
from tui.steady_driver import SteadyDriver


class KioskDriver(SteadyDriver):
    """Passes on little of what the terminal sends."""

    pastes = False

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._gate = Gate(time.monotonic)

    def start_application_mode(self) -> None:
        """Take the terminal over; signals end the app cleanly from now on, or do nothing."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        self.write("\x1b[<u")  # plain keys are enough, and the same everywhere: off again with the kitty protocol
        self.flush()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            self._loop.add_signal_handler(number, self._app.exit, None, TERMINATED)
        self._loop.add_signal_handler(signal.SIGHUP, self._gone)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def process_message(self, message: Message) -> None:
        """Pass on what the gate lets through."""
        if self._gate.passes(message, typing=bool(getattr(self._app, "is_typing", False))):
            super().process_message(message)

    def _enable_bracketed_paste(self) -> None:
        """A paste comes in as keys, and is held up as such."""

    def _enable_mouse_support(self) -> None:
        """Presses and releases, no movements."""
        self.write("\x1b[?1000h\x1b[?1006h")
        self.flush()
