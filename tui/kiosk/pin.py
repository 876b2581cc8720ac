"""The way out for staff: five ``*`` within three seconds, then the PIN; the booth tells the wait after wrong ones."""

from dataclasses import dataclass, field

from campaign.errors import Problem
from tui.kiosk.keys import Typed

KNOCKS = 5
KNOCK_SECONDS = 3.0
MAX_DIGITS = 8
TIMEOUT = 15.0
"""Seconds without a key until the page closes."""


@dataclass(slots=True)
class Knock:
    """Counts ``*`` keys that follow each other."""

    times: list[float] = field(default_factory=list)

    def begins(self, typed: Typed, now: float) -> bool:
        """Whether this key is the first ``*`` of a knock."""
        return typed.key == "asterisk" and all(now - time >= KNOCK_SECONDS for time in self.times)

    def heard(self, typed: Typed, now: float) -> bool:
        """Whether this key completes the knock."""
        if typed.key != "asterisk":
            self.times.clear()
            return False
        self.times = [time for time in self.times if now - time < KNOCK_SECONDS] + [now]
        if len(self.times) < KNOCKS:
            return False
        self.times.clear()
        return True


@dataclass(slots=True)
class PinPad:
    """The PIN page. A wait goes on while it is closed."""

    shown: bool = False
    digits: str = ""
    failed: bool = False
    """Whether the PIN typed last was wrong."""
    problem: Problem | None = None
    """Why the PIN typed last was not looked at."""
    _last: float = field(default=0.0, init=False)
    _blocked_until: float = field(default=0.0, init=False)

    def open(self, now: float) -> None:
        """Show the page."""
        self.shown, self.digits, self.failed, self._last = True, "", False, now
        if not self.wait(now):
            self.problem = None

    def close(self) -> None:
        """Hide the page and forget what was typed."""
        self.shown, self.digits = False, ""

    def wait(self, now: float) -> int:
        """Whole seconds to wait before another try, 0 if there is none."""
        return max(0, int(-(-(self._blocked_until - now) // 1)))

    def press(self, typed: Typed, now: float) -> bool:
        """Take a key; whether the digits are to be checked now."""
        self._last = now
        if typed.key == "escape":
            self.close()
        elif typed.key == "backspace":
            self.digits = self.digits[:-1]
        elif typed.digit and len(self.digits) < MAX_DIGITS and not self.wait(now):
            self.digits += typed.digit
            self.failed, self.problem = False, None
        return typed.key == "enter" and bool(self.digits) and not self.wait(now)

    def refuse(self, now: float, seconds: float, problem: Problem | None = None) -> None:
        """The PIN was wrong, or not looked at because of ``problem``; the next one is taken in so many seconds."""
        self.digits, self.failed, self.problem, self._last = "", problem is None, problem, now
        self.block(now, seconds)

    def block(self, now: float, seconds: float) -> None:
        """Take no digit for so many seconds, and forget those that were typed meanwhile."""
        self._blocked_until = now + seconds
        if seconds:
            self.digits = ""

    def tick(self, now: float) -> None:
        """Close after a while without a key."""
        if self.shown and now - self._last >= TIMEOUT:
            self.close()
