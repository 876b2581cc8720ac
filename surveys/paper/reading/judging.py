"""From the ink in the boxes of a page to what that means: marked, empty, or a person must look.

The limits were set on the training seeds of ``tests/scan_runs.py``; ``make bench-paper`` tells what they do on others.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from surveys.paper.reading.readings import BoxInk, Mark

SOLID: Final = 0.4
"""Share of dark points from which a box is marked whatever the shape."""
_LINE, _LENGTH, _BREADTH = 0.05, 1.25, 0.8
"""Share of points of a line, and how far it reaches across and down in millimetres, from which it is a mark.

Dots and smudges are shorter, folds in the paper run one way only.
"""
_INKED, _SHORT_LENGTH, _SHORT_BREADTH = 0.085, 1.1, 0.6
"""The same for a line with so many dark points: the end of a tick that stands beside its box."""
_EMPTY_DARK, _EMPTY_LIGHT = 0.01, 0.005
"""Shares of dark and light points under which a box on clean paper is empty; nothing at all is what is usual there."""
_MOST_DARK, _MOST_LIGHT = 0.025, 0.05
"""The same at most, on paper with specks."""
_PER_SPECK: Final = 25.0
"""How much these limits, and those of a line, rise with the share of the paper that is specks."""
_SEEN: Final = 0.6
"""Share of the median of all frames' darkness under which a frame is not there."""
BLACK: Final = 0.85
"""Share of dark points from which a box may have been blackened to take a mark back."""
_BLACKENED, _LINES = 0.95, 0.6
"""A box with more dark points than the first, where most marks of the page have less than the second: blackened."""
_SPARSE: Final = 12
"""With fewer marks than one in so many boxes a page may have lost its ink in a copier; no mark on it is certain."""
_CIRCLED, _NOT_CIRCLED = 0.65, 0.5
"""Share of the way around a black box on which there is ink: from here it is a circle; up to there it is none."""


def judged(inks: Sequence[BoxInk], specks: float = 0.0) -> tuple[Mark, ...]:
    """What is in the boxes of one page; ``specks`` is the share of its blank paper that is dark, 0 to 1."""
    if not inks:
        return ()
    least_frame = _SEEN * median(ink.frame for ink in inks)
    shares = [ink.dark for ink in inks if _is_marked(ink, specks)]
    page = _Page(specks, len(shares) * _SPARSE < len(inks), bool(shares) and median(shares) < _LINES)
    return tuple(Mark.HIDDEN if ink.frame < least_frame else _judged(ink, page) for ink in inks)


class _Page(NamedTuple):
    """What the other boxes tell of one."""

    specks: float
    is_sparse: bool
    """Hardly anything is marked."""
    draws_lines: bool
    """Boxes are marked with lines, not filled."""


def _judged(ink: BoxInk, page: _Page) -> Mark:
    if ink.dark >= BLACK and ink.circle >= _CIRCLED:
        return Mark.TAKEN_BACK
    is_unusual = ink.dark >= _BLACKENED and (page.draws_lines or page.is_sparse)
    if is_unusual or (ink.dark >= BLACK and ink.circle > _NOT_CIRCLED):
        return Mark.PERHAPS_TAKEN_BACK
    if _is_marked(ink, page.specks):
        return Mark.FAINT if page.is_sparse else Mark.MARKED
    if _is_marked(ink, 0):
        return Mark.FAINT
    more = _PER_SPECK * page.specks
    is_empty = ink.dark < min(_MOST_DARK, _EMPTY_DARK + more) and ink.light < min(_MOST_LIGHT, _EMPTY_LIGHT + more)
    return Mark.EMPTY if is_empty else Mark.FAINT


def _is_marked(ink: BoxInk, specks: float) -> bool:
    more = _PER_SPECK * specks
    is_line = ink.stroke >= _LINE + more and ink.length >= _LENGTH and ink.breadth >= _BREADTH
    is_short = ink.dark >= _INKED + more and ink.length >= _SHORT_LENGTH and ink.breadth >= _SHORT_BREADTH
    return ink.dark >= SOLID or is_line or is_short
