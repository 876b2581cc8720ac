"""The four corner marks of a sheet: solid squares, a hollow one at the bottom right."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import MARGIN, MARK, MARK_HOLE, PAGE_HEIGHT, PAGE_WIDTH
from surveys.paper.reading.plane import Grey, Points, View, steps, usual_paper
from surveys.paper.reading.sums import integral, squares

TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT = CORNERS = range(4)
HOLLOW: Final = BOTTOM_RIGHT
_IN = MARGIN + MARK / 2
MARKS: Final[Points] = np.array(
    [[_IN, _IN], [PAGE_WIDTH - _IN, _IN], [PAGE_WIDTH - _IN, PAGE_HEIGHT - _IN], [_IN, PAGE_HEIGHT - _IN]]
)
"""Middles of the marks, clockwise from the top left, in millimetres."""

SCALE: Final = 4
"""Pixels a millimetre in the window that is searched."""
_CORE, _BODY, _GAP, _RING = MARK_HOLE - 1.0, MARK - 1.0, MARK + 1.2, MARK + 3.6
"""Sides of squares around a mark: inside the hole; inside the mark; the white ring around it, from and to."""
_RING_WEIGHT, _CORE_WEIGHT = 1.3, 0.6
_DARK_AREA: Final = 14.0
"""Square millimetres in a window that are black for certain if there is a mark in it: half of the hollow one."""
_LEAST_CONTRAST: Final = 35
"""Grey values between paper and the darkest ink; less is no mark."""
_LEAST_SCORE: Final = 0.35
"""A clean mark scores 1; squares of text stay under 0.3 (measured on simulated scans)."""
_REACH: Final = MARK / 2 + 1.4
"""How far from its middle a mark's ink is looked for when the middle is measured, millimetres."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundMark:
    """A corner mark in a picture."""

    corner: int
    pixel: Points
    """Its middle, x and y."""
    score: float
    """How much it looks like one, up to 1."""


def find_mark(view: View, corner: int, radius: float) -> FoundMark | None:
    """The mark of ``corner`` at most ``radius`` millimetres from where ``view`` expects it, in every direction."""
    half = radius + _RING / 2 + 1
    side = int(2 * half * SCALE)
    x, y = (steps(float(middle) - half, side, SCALE) for middle in MARKS[corner])
    ink = _ink(view, x, y[:, None])
    if ink is None:
        return None
    border = int((_RING / 2 + 0.3) * SCALE)
    scores = _scores(ink, border, is_hollow=corner == HOLLOW)
    best = int(scores.argmax())
    if scores.flat[best] < _LEAST_SCORE:
        return None
    row, column = divmod(best, scores.shape[1])
    middle = _middle(ink, row + border, column + border) / SCALE - half + MARKS[corner]
    return FoundMark(corner, view.pixels(middle), float(scores.flat[best]))


def black_level(view: View) -> float:
    """Grey value of printed black: the median of the solid marks."""
    off = np.linspace(-0.25 * MARK, 0.25 * MARK, 5, dtype=np.float32)
    x, y = MARKS[[corner for corner in CORNERS if corner != HOLLOW]].astype(np.float32).T
    grey = view.grey(x[:, None, None] + off, y[:, None, None] + off[:, None])
    return float(np.median(np.median(grey, axis=(1, 2))))


def _ink(view: View, x: Grey, y: Grey) -> Grey | None:
    """From 0 (paper) to 1 (black) in a window, 0.5 outside the picture; None if there is no contrast."""
    grey = view.grey(x, y)
    darkest = int(_DARK_AREA * SCALE * SCALE)
    paper, black = usual_paper(grey.reshape(1, -1))[0], np.partition(grey, darkest, axis=None)[darkest]
    if paper - black < _LEAST_CONTRAST:
        return None
    ink: Grey = ((paper - grey) / (paper - black)).clip(0, 1)
    ink[~view.is_inside(x, y)] = 0.5
    return ink


def _scores(ink: Grey, border: int, *, is_hollow: bool) -> NDArray[np.float64]:
    """How much each place looks like the middle of a mark: ink in the body, none around it, the core as it must be."""
    sums = integral(ink)
    sides = [round(side * SCALE) for side in (_CORE, _BODY, _GAP, _RING)]
    core, body, gap, ring = (squares(sums, side, border) for side in sides)
    areas = [side * side for side in sides]
    inner = (body - core) / (areas[1] - areas[0])
    around = (ring - gap) / (areas[3] - areas[2])
    middle = core / areas[0]
    wrong: NDArray[np.float64] = middle if is_hollow else 1 - middle
    scores: NDArray[np.float64] = inner - _RING_WEIGHT * around - _CORE_WEIGHT * wrong
    return scores


def _middle(ink: Grey, row: int, column: int) -> Points:
    """The middle of the ink around a place, in pixels of the window, x and y."""
    reach = int(_REACH * SCALE)
    top, left = max(0, row - reach), max(0, column - reach)
    weight = np.clip((ink[top : row + reach + 1, left : column + reach + 1] - 0.35) / 0.3, 0, 1)
    y, x = np.mgrid[top : top + weight.shape[0], left : left + weight.shape[1]]
    middle: Points = np.array([(weight * x).sum(), (weight * y).sum()]) / weight.sum() + 0.5
    return middle
