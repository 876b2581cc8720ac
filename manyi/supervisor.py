"""Keeps the kiosk running: starts it anew if it falls over, and ends with it if it was left or refused.

A process of its own, without Textual, so that nothing a person types can end it. While it waits to start the kiosk
anew, the terminal shows one neutral line and neither echoes keys nor turns them into signals.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Self

from campaign.errors import Exit

if sys.platform != "win32":
    import termios

GONE = 74
"""The kiosk's exit code when its terminal has gone."""
TERMINATED = 75
"""Exit code after SIGTERM or SIGHUP."""
SUPERVISOR = "MANYI_SUPERVISOR"
"""Holds the supervisor's process id in the environment of its child."""
FINAL = frozenset({GONE, *(each.number for each in Exit)})
"""Exit codes after which the kiosk is not started anew: left with the PIN, refused at its start, terminal gone."""
FIRST_PAUSE, LONGEST_PAUSE = 0.3, 10.0
"""Seconds before a new start; doubled each time."""
STEADY = 60.0
"""After running so many seconds the next pause is short again."""
PLEASE_WAIT = "请稍候 / One moment"
"""Says nothing about what happened; both languages, since nobody knows who stands there."""
RESET = "".join(
    f"\x1b[{sequence}"
    for sequence in (
        "?1049l",  # main screen
        "?1000;1002;1003;1006;1015l",  # no reports of the mouse
        "?2004l",  # no bracketed paste
        "?1004l",  # no reports of the focus
        "?2026l",  # show what is written
        "<u",  # plain keys
        "?7h",  # line wrap
        "?25h",  # cursor
        "0m",  # no colour
        "2J",  # clear
        "H",
    )
)
"""What brings a terminal back that an app has left behind."""


def supervise(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Run ``argv`` again and again until it ends for good; the exit code to end with.

    ``env`` without Textual's own switches is its environment. SIGTERM and SIGHUP are passed on and end the loop; keys
    that make other signals are ignored.
    """
    with _Watch() as watch, _silent_terminal():
        return _loop(argv, clean_environment(env) | {SUPERVISOR: str(os.getpid())}, watch)


def supervisor_is_gone(env: Mapping[str, str]) -> bool:
    """Whether the supervisor that started this process with ``env`` has ended; False if none did."""
    # Windows keeps the number of a parent that has ended, and there a kiosk has no shell behind it.
    return SUPERVISOR in env and env[SUPERVISOR] != str(os.getppid())


SIZE = frozenset({"COLUMNS", "LINES"})
"""Variables that would be believed in place of the terminal's own size."""


def clean_environment(env: Mapping[str, str]) -> dict[str, str]:
    """``env`` for a kiosk: nothing in it may change how Textual behaves, or how large it takes the screen to be."""
    kept = {name: value for name, value in env.items() if not (name.startswith("TEXTUAL_") or name in SIZE)}
    return kept | {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_DISABLE_KITTY_KEY": "1"}


def _loop(argv: Sequence[str], env: Mapping[str, str], watch: "_Watch") -> int:
    pause = FIRST_PAUSE
    while not watch.ended:
        started = time.monotonic()
        code = watch.run(argv, env)
        if code in FINAL:
            return code
        if time.monotonic() - started >= STEADY:
            pause = FIRST_PAUSE
        _tell_to_wait()
        watch.pause(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    return TERMINATED


def _tell_to_wait() -> None:
    # Where the terminal has gone the kiosk will find out too, and end for good.
    with suppress(OSError):
        os.write(sys.stdout.fileno(), f"{RESET}{PLEASE_WAIT}\r\n".encode())


class _Watch:
    """The child process, and the signals that end it."""

    def __init__(self) -> None:
        self.ended = False
        """Whether a signal asked to end."""
        self._child: subprocess.Popen[bytes] | None = None
        self._wake_read, self._wake_write = os.pipe()
        self._before: dict[signal.Signals, signal._HANDLER] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._end)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            self._before[number] = signal.signal(number, signal.SIG_IGN)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def run(self, argv: Sequence[str], env: Mapping[str, str]) -> int:
        """Run the child to its end; its exit code, negative for a signal."""
        self._child = subprocess.Popen(argv, env=env)  # noqa: S603  # our own program
        if self.ended:  # the signal came while it was being started
            self._child.terminate()
        code = self._child.wait()
        self._child = None
        return TERMINATED if self.ended else code

    def pause(self, seconds: float) -> None:
        """Wait, but not if a signal asks to end."""
        select.select([self._wake_read], [], [], seconds)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self.ended = True
        os.write(self._wake_write, b"\0")
        if self._child:
            self._child.terminate()


@contextmanager
def _silent_terminal() -> Iterator[None]:
    """No echo and no keys that make signals, until the end."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = termios.tcgetattr(terminal)
    silent[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(terminal, termios.TCSANOW, silent)
    try:
        yield
    finally:
        _restore(terminal, before)


def _restore(terminal: int, attributes: list[int | list[bytes | int]]) -> None:
    """Give the terminal its way back, unless it has gone, and throw away what was typed meanwhile."""
    with suppress(termios.error):
        termios.tcsetattr(terminal, termios.TCSAFLUSH, attributes)
