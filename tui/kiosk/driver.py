"""Textual's driver for Linux and macOS, with a filter between the terminal and the app.

Nothing forbidden reaches the message queue, which has no limit of its own. Without bracketed paste, size reports of the
terminal (the kernel tells the size), mouse movements, key protocol extensions, and without ways to suspend.
"""

import os
import selectors
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.kiosk.gate import Gate
from tui.kiosk.lockdown import GONE, TERMINATED
from tui.kiosk.terminal_input import TerminalInput

CHUNK = 4096
POLL = 0.1
"""Seconds after which a single escape key is told from the start of a sequence."""
LAST_RESORT = 3.0
"""Seconds that the app has to leave after its terminal has gone; then the process ends."""


class KioskDriver(LinuxDriver):
    """Reads the terminal in a thread that survives whatever it sends, and passes on little of it."""

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

    def run_input_thread(self) -> None:
        """Read until the app or the terminal ends."""
        terminal = TerminalInput()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL):
                    data = self._read()
                    if not data:
                        # Never wait for the app here: its shutdown waits for this thread.
                        with suppress(RuntimeError):
                            self._loop.call_soon_threadsafe(self._gone)
                        return
                    for message in terminal.feed(data):
                        self.process_message(message)
                for message in terminal.tick():
                    self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Pass on what the gate lets through."""
        if self._gate.passes(message, typing=bool(getattr(self._app, "is_typing", False))):
            super().process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, CHUNK)
        except OSError:
            return b""

    def _gone(self) -> None:
        """Leave: the terminal is gone."""
        # What is still to be written must have a place to go, or the process would end with another code.
        with Path(os.devnull).open("wb") as nowhere:
            for stream in (1, 2):
                os.dup2(nowhere.fileno(), stream)
        timer = threading.Timer(LAST_RESORT, os._exit, [GONE])
        timer.daemon = True
        timer.start()
        self._app.exit(return_code=GONE)

    def _enable_bracketed_paste(self) -> None:
        """A paste comes in as keys, and is held up as such."""

    def _query_in_band_window_resize(self) -> None:
        """The kernel tells the size."""

    def _enable_mouse_support(self) -> None:
        """Presses and releases, no movements."""
        self.write("\x1b[?1000h\x1b[?1006h")
        self.flush()
