"""A program in a real terminal: a pty that a terminal emulator (pyte) looks at. Waits on the pty, never sleeps."""

import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from fcntl import ioctl
from types import TracebackType
from typing import Self

import pyte

ALTERNATE_SCREEN = 1049
"""DEC private mode."""
CHUNK = 65536
PAUSE, PAINTING = 0.02, 1.0
"""Seconds without output after which a screen counts as painted, and the most to wait for that."""
OWN_SESSION = 'tty="$1"; shift; exec "$@" <>"$tty" >&0 2>&1'
"""Opening the terminal as the leader of a new session makes it the controlling one; the process id stays the same."""


class _Screen(pyte.Screen):
    """Clears itself where a terminal changes between its two screens, which pyte does not know."""

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        super().set_mode(*modes, **kwargs)
        self._changed(modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        super().reset_mode(*modes, **kwargs)
        self._changed(modes, **kwargs)

    def _changed(self, modes: Sequence[int], *, private: bool = False) -> None:
        if private and ALTERNATE_SCREEN in modes:
            self.erase_in_display(2)
            self.cursor_position()


class Terminal:
    """``argv`` running in a terminal of ``cols`` by ``rows`` cells; a context manager that leaves no process behind.

    ``env`` is added to a small fixed environment (UTF-8, 256 colours), never to that of the tests.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._screen = _Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        """Every byte that the program has written."""
        self._master, slave = pty.openpty()
        self.resize(cols, rows)
        os.set_blocking(self._master, False)
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", OWN_SESSION, "sh", os.ttyname(slave), *argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment() | dict(env or {}),
            start_new_session=True,
        )
        self._slave: int | None = slave
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, data: str | bytes, timeout: float = 30) -> None:
        """Type ``data``, reading the program's output meanwhile, so that neither side waits for the other."""
        left = memoryview(data.encode() if isinstance(data, str) else data)
        end = time.monotonic() + timeout
        while left and not self._ended:
            readable, writable, _ = select.select([self._master], [self._master], [], max(0, end - time.monotonic()))
            if readable:
                self._read()
            if writable and not self._ended:
                left = left[self._write(left[:CHUNK]) :]
            assert time.monotonic() < end, f"{len(left)} bytes were not taken within {timeout} s"

    def wait_for(self, text: str, timeout: float = 10) -> None:
        """Wait until ``text`` stands in one row of the screen; fails with the screen after ``timeout`` seconds.

        What is being painted at that moment is read to its end.
        """
        self.wait_until(lambda: any(text in row for row in self.screen()), f"{text!r} on the screen", timeout)
        end = time.monotonic() + PAINTING
        while time.monotonic() < end and self._wait(PAUSE):
            pass

    def wait_until_gone(self, text: str, timeout: float = 10) -> None:
        """Wait until no row of the screen holds ``text``."""
        self.wait_until(lambda: not any(text in row for row in self.screen()), f"no {text!r} on the screen", timeout)

    def wait_until(self, reached: Callable[[], bool], what: str = "the state wanted", timeout: float = 10) -> None:
        """Wait until ``reached()`` is true, asking again whenever the program has written something or 50 ms passed."""
        end = time.monotonic() + timeout
        while not reached():
            left = end - time.monotonic()
            assert left > 0, f"not within {timeout} s: {what}; the screen was:\n{self.text()}"
            self._wait(min(left, 0.05))

    def wait_for_exit(self, timeout: float = 10) -> int:
        """Wait for the program's end; its exit status, negative for a signal."""
        self.wait_until(lambda: not self.alive, "the end of the program", timeout)
        while not self._ended and self._wait(0):
            pass
        return self.process.returncode

    def screen(self) -> list[str]:
        """The rows of the screen as they are seen, without blanks at their ends."""
        buffer = self._screen.buffer
        return [
            "".join(buffer[y][x].data for x in range(self._screen.columns)).rstrip() for y in range(self._screen.lines)
        ]

    def text(self) -> str:
        """The whole screen as one text."""
        return "\n".join(self.screen()).rstrip()

    def resize(self, cols: int, rows: int) -> None:
        """Give the window another size, in cells."""
        ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self._screen.resize(rows, cols)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    @property
    def alive(self) -> bool:
        """Whether the program is running."""
        return self.process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """The exit status, negative for a signal; None while the program is running."""
        return self.process.poll()

    def memory(self) -> float:
        """Resident memory of the program in MB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:  # noqa: PTH123  # not a stored file
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def hang_up(self) -> None:
        """Close the window: the program loses its terminal."""
        self._ended = True
        for end in (self._master, self._slave):
            if end is not None:
                os.close(end)
        self._master, self._slave = -1, None

    def close(self) -> None:
        """End the program if it is still running, and the terminal."""
        if self.alive:
            self.process.kill()
        self.process.wait()
        if self._master >= 0:
            self.hang_up()

    def _wait(self, seconds: float) -> bool:
        """Wait for output for at most ``seconds``; whether there was some."""
        if self._ended:
            # Nothing comes any more, only the process's end is awaited.
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
            return False
        readable, _, _ = select.select([self._master], [], [], seconds)
        if readable:
            self._read()
        elif self._slave is not None and self.raw:
            # The program has the terminal open by itself now; with our end closed its exit reads as the end.
            os.close(self._slave)
            self._slave = None
        return bool(readable)

    def _read(self) -> None:
        try:
            data = os.read(self._master, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # EIO: nobody has the terminal open any more
            data = b""
        if not data:
            self._ended = True
            return
        self.raw += data
        self._stream.feed(data.replace(b"\x1b[<u", b""))

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0
        except OSError:
            self._ended = True
            return len(data)


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
