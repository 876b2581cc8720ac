"""Bars of progress: the part that is done and the track beside it are different glyphs, not only colours."""

from fractions import Fraction

from tui.widgets.spans import Line, Span

FULL = "▆"
TRACK = "▁"


def bar(share: Fraction, width: int, colour: str) -> Line:
    """A bar of ``width`` cells; it shows something for any share above 0, and is full for 1 alone."""
    done = min(max(round(share * width), 1 if share > 0 else 0), width if share >= 1 else width - 1)
    done = max(0, done)
    return (Span(FULL * done, colour), Span(TRACK * (width - done), "track"))


def percent(share: Fraction) -> int:
    """``share`` in per cent, rounded half up, but 100 for 1 alone and 0 for 0 alone."""
    rounded = int(share * 100 + Fraction(1, 2))
    if 0 < share < 1:
        return min(max(rounded, 1), 99)
    return rounded
