"""The ink in the boxes of a page: marked, empty, or somebody must look.

What is measured is the share of a box's inside that is darker than the paper around it, so neither the light of a photograph nor
the grey of a scan matters. The limits were set on the training seeds of ``tests/paper_scans.py``; ``make bench-paper`` reports
what they do on others.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import BOX, Box
from surveys.paper.reading.circles import circled
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.patches import SCALE, Shifted, Shifts, cut, ink_of, profiles, shifted
from surveys.paper.reading.plane import Grey, Points, View
from surveys.paper.reading.readings import BoxReading, Mark

MARGIN: Final = 1.6
"""Paper around a box that is looked at, millimetres."""
_REACH: Final = 0.9
"""How far a box may be from its place, millimetres: paper stretches and folds."""
_INSET: Final = 0.6
"""From the frame's line to the part inside that counts, millimetres."""
_NEIGHBOURS: Final = 9
_STRAYING: Final = 0.06
"""What a pixel away from the neighbours' shift costs: a mark is not taken for the frame, but a crease may be between them."""
_DARK, _LIGHT, _STROKE = 0.22, 0.13, 0.15
"""How dark a point must be, as a share of printed black: ink; perhaps a pencil; part of a stroke."""
_EMPTY_DARK, _EMPTY_LIGHT = 0.02, 0.04
"""Shares of the inside under which a box is empty: specks of a photocopier stay under them."""
_MARKED: Final = 0.13
"""Share of dark points from which a box is marked: dots and smudges stay under it."""
_MARKED_LIGHT, _MARKED_DARK, _MARKED_LENGTH = 0.10, 0.01, 1.4
"""A pencil: shares of light points and of dark ones, which a smudge has not, and the length from which it is no dot, mm."""
_SEEN: Final = 0.6
"""Share of the median of all frames' darkness under which a frame is not there."""
_BLACK: Final = 0.85
"""Share of dark points from which a box may have been blackened to take a mark back."""
_CIRCLED, _NOT_CIRCLED = 0.65, 0.5
"""Share of the way around a black box on which there is ink: from here it is a circle; up to there it is none."""


def read_boxes(view: View, boxes: Sequence[Box]) -> tuple[BoxReading, ...]:
    """What is in each of ``boxes``."""
    if not boxes:
        return ()
    corners = np.array([[box.x, box.y] for box in boxes])
    ink = ink_of(cut(view, corners, MARGIN), black_level(view))
    right, down, strength = _settled(ink, corners)
    inside = _insides(_smoothed(ink), right, down)
    dark, light = (inside > _DARK).mean(axis=(1, 2)), (inside > _LIGHT).mean(axis=(1, 2))
    length = _lengths(inside > _STROKE)
    around = np.zeros(len(boxes))
    black = np.flatnonzero(dark >= _BLACK)
    if len(black):
        middles = corners[black] + BOX / 2 + np.column_stack([right, down])[black] / SCALE
        around[black] = circled(view, middles)
    is_seen = strength >= _SEEN * np.median(strength)
    figures = np.column_stack([dark, light, length, strength, around]).tolist()
    return tuple(
        BoxReading(box.question, box.choice, _mark(*each) if seen else Mark.HIDDEN, *each)
        for box, each, seen in zip(boxes, figures, is_seen.tolist(), strict=True)
    )


def _mark(dark: float, light: float, length: float, _frame: float, circle: float) -> Mark:
    if dark >= _BLACK and circle > _NOT_CIRCLED:
        return Mark.TAKEN_BACK if circle >= _CIRCLED else Mark.PERHAPS_TAKEN_BACK
    is_pencil = light >= _MARKED_LIGHT and dark >= _MARKED_DARK and length >= _MARKED_LENGTH
    if dark >= _MARKED or is_pencil:
        return Mark.MARKED
    return Mark.EMPTY if dark < _EMPTY_DARK and light < _EMPTY_LIGHT else Mark.FAINT


def _settled(ink: Grey, corners: Points) -> Shifted:
    """Where the frames are: each where its lines say, and not far from where its neighbours are without good reason."""
    found = profiles(ink, MARGIN, _REACH)
    nowhere = np.zeros(len(corners), np.intp)
    alone = shifted(found, nowhere, nowhere)
    off = np.hypot(*(corners[:, None] - corners[None]).transpose(2, 0, 1))
    nearest = off.argsort(axis=1)[:, :_NEIGHBOURS]
    usual = [np.median(each[nearest], axis=1).astype(np.intp) for each in (alone.right, alone.down)]
    return shifted(found, *usual, cost=_STRAYING)


def _smoothed(ink: Grey) -> Grey:
    """Each point the mean of its 3 by 3 neighbours: 0.4 mm, about the width of a line."""
    for axis in (1, 2):
        wide = np.pad(ink, [(1, 1) if axis == each else (0, 0) for each in range(3)], mode="edge")
        first, middle, last = (wide.take(np.arange(start, start + ink.shape[axis]), axis=axis) for start in range(3))
        ink = (first + middle + last) / 3
    return ink


def _insides(ink: Grey, right: Shifts, down: Shifts) -> Grey:
    """The part of each patch that is inside the frame, where that was found."""
    inset = int(_INSET * SCALE)
    first = round(MARGIN * SCALE) + inset
    steps = np.arange(round((MARGIN + BOX) * SCALE) - inset - first)
    which = np.arange(len(ink))[:, None, None]
    return ink[which, (first + down)[:, None, None] + steps[:, None], (first + right)[:, None, None] + steps]


def _lengths(stroke: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How far what is dark reaches, across or down, in millimetres; single points don't count."""
    rows, columns = ((stroke.sum(axis=axis) >= 2).sum(axis=1) for axis in (2, 1))
    return np.maximum(rows, columns) / SCALE
