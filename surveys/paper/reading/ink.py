"""The ink in the boxes of a page, measured.

It is the share of a box's inside that is darker than the paper around it: neither the light of a photograph nor the
grey of a scan matters.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import BOX, Box
from surveys.paper.reading.circles import circled
from surveys.paper.reading.judging import BLACK
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.patches import SCALE, Shifted, cut, ink_of, profiles, shifted
from surveys.paper.reading.plane import Grey, Points, View
from surveys.paper.reading.readings import BoxInk
from surveys.paper.reading.sums import smoothed

MARGIN: Final = 1.6
"""Paper around a box that is looked at, millimetres."""
_REACH: Final = 0.9
"""How far a box may be from its place, millimetres: paper stretches and folds."""
_INSET: Final = 0.65
"""From the frame's line to the part inside that counts, millimetres."""
_NEIGHBOURS: Final = 9
_STRAYING: Final = 0.06
"""What a pixel away from the neighbours' shift costs: a mark is no frame, but a crease may be between the two."""
_DARK, _LIGHT = 0.22, 0.13
"""How dark a point must be, as a share of printed black: ink; perhaps a pencil."""
_RIDGE, _WIDE = 0.05, 9
"""How much darker than the mean over so many pixels around it a point of a line must be."""


def measured(view: View, boxes: Sequence[Box]) -> tuple[BoxInk, ...]:
    """The ink in each of ``boxes``."""
    if not boxes:
        return ()
    corners = np.array([[box.x, box.y] for box in boxes])
    ink = ink_of(cut(view, corners, MARGIN), black_level(view))
    found = _settled(ink, corners)
    inside = _insides(smoothed(ink), found)
    dark = (inside > _DARK).mean(axis=(1, 2))
    around = np.zeros(len(boxes))
    black = np.flatnonzero(dark >= BLACK)
    if len(black):
        off = np.column_stack([found.right, found.down])[black] / SCALE
        around[black] = circled(view, corners[black] + BOX / 2 + off)
    lines: NDArray[np.bool_] = inside - _around(inside) > _RIDGE
    sides = [_longest(np.asarray(lines.any(axis=axis))) / SCALE for axis in (1, 2)]
    columns = (
        dark,
        (inside > _LIGHT).mean(axis=(1, 2)),
        lines.mean(axis=(1, 2)),
        np.maximum(*sides),
        np.minimum(*sides),
        found.strength,
        around,
    )
    return tuple(BoxInk(*row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _settled(ink: Grey, corners: Points) -> Shifted:
    """Where the frames are: each where its lines say, and not far from where its neighbours are without good reason."""
    found = profiles(ink, MARGIN, _REACH)
    nowhere = np.zeros(len(corners), np.intp)
    alone = shifted(found, nowhere, nowhere)
    off = np.hypot(*(corners[:, None] - corners[None]).transpose(2, 0, 1))
    nearest = off.argsort(axis=1)[:, :_NEIGHBOURS]
    right, down = (np.median(each[nearest], axis=1).astype(np.intp) for each in (alone.right, alone.down))
    return shifted(found, right, down, _STRAYING)


def _insides(ink: Grey, found: Shifted) -> Grey:
    """The part of each patch that is inside the frame, where that was found."""
    inset = int(_INSET * SCALE)
    first = round(MARGIN * SCALE) + inset
    steps = np.arange(round((MARGIN + BOX) * SCALE) - inset - first)
    which = np.arange(len(ink))[:, None, None]
    inside: Grey = ink[
        which, (first + found.down)[:, None, None] + steps[:, None], (first + found.right)[:, None, None] + steps
    ]
    return inside


def _around(inside: Grey) -> Grey:
    """The mean over a square around each point, beyond the edge as in a mirror."""
    half, side = _WIDE // 2, inside.shape[1]
    wide = np.pad(inside, ((0, 0), (half, half), (half, half)), mode="reflect")
    sums = np.pad(wide.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    below, right = slice(_WIDE, _WIDE + side), slice(0, side)
    mean: Grey = (sums[:, below, below] - sums[:, right, below] - sums[:, below, right] + sums[:, right, right]) / (
        _WIDE * _WIDE
    )
    return mean


def _longest(lines: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Per box the most places in a row that are lines; a single gap between two breaks nothing, but doesn't count."""
    best, run, gap = (np.zeros(len(lines)) for _ in range(3))
    for is_line in lines.T:
        gap = np.where(is_line, 0, gap + 1)
        run = np.where(is_line, run + 1, np.where(gap > 1, 0, run))
        best = np.maximum(best, run)
    return best
