"""When nobody is there any more: a pure function of now and the last key or touch."""

from dataclasses import dataclass

QUIET = 60.0
"""Seconds without a key or touch until the countdown begins."""
COUNTDOWN = 15.0
"""Seconds of the countdown."""


@dataclass(slots=True)
class Idle:
    """Times are seconds of one clock that never goes back."""

    last: float
    """The last key or touch."""

    def left(self, now: float) -> float | None:
        """Seconds left of the countdown, 0 when it is over; None while it has not begun."""
        silence = now - self.last
        return max(0.0, QUIET + COUNTDOWN - silence) if silence >= QUIET else None

    def touch(self, now: float) -> bool:
        """Somebody is there; whether that ended a countdown."""
        counting = self.left(now) is not None
        self.last = now
        return counting
