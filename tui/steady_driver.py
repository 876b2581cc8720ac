"""Textual's driver for Linux and macOS, with an input thread that survives whatever the terminal sends.

Textual's own (8.2.8) ends the app with some sequences, and spins for ever when the terminal has gone (textual#6690).
"""

import os
import selectors
import threading
from contextlib import suppress
from pathlib import Path

from textual.drivers.linux_driver import LinuxDriver

from tui.errors import GONE
from tui.terminal_input import TerminalInput

CHUNK = 4096
POLL = 0.1
"""Seconds after which a single escape key is told from the start of a sequence."""
LAST_RESORT = 3.0
"""Seconds that the app has to leave after its terminal has gone; then the process ends."""


class SteadyDriver(LinuxDriver):
    """Reads the terminal in a thread of its own, sequence by sequence."""

    pastes = True
    """Whether pasted text arrives as such; otherwise as keys."""

    def run_input_thread(self) -> None:
        """Read until the app or the terminal ends."""
        terminal = TerminalInput(pastes=self.pastes)
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

    def _query_in_band_window_resize(self) -> None:
        """The kernel tells the size."""
