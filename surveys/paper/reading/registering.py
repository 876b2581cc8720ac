"""Placing a page: from the picture to the map that brings millimetres on the sheet to pixels.

Several ways, the cheap ones first; each is judged by the printed frames (:mod:`surveys.paper.reading.frames`), and
nothing is read off a page whose frames are not where they should be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from surveys.paper.geometry import BOX, QR_SIDE, QR_X, QR_Y, PageLayout
from surveys.paper.reading.blind import blind, fitted, looked_again
from surveys.paper.reading.frames import GATE, SURE, Frames
from surveys.paper.reading.marks import (
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    CORNERS,
    MARKS,
    TOP_LEFT,
    TOP_RIGHT,
    FoundMark,
    find_mark,
)
from surveys.paper.reading.patches import SCALE, cut, ink_of, profiles, shifted
from surveys.paper.reading.plane import Matrix, Picture, Points, View, affinity, homography, moved
from surveys.paper.reading.readings import Way
from surveys.paper.reading.searching import searched

CODE: Final[Points] = np.array(
    [[QR_X, QR_Y], [QR_X + QR_SIDE, QR_Y], [QR_X + QR_SIDE, QR_Y + QR_SIDE], [QR_X, QR_Y + QR_SIDE]]
)
"""Corners of the printed code, clockwise from its top left, in millimetres."""
_RADII: Final = ((TOP_RIGHT, 5.0), (TOP_LEFT, 11.0), (BOTTOM_LEFT, 14.0), (BOTTOM_RIGHT, 14.0))
"""How far each mark may be from where the code, and the marks before it, say: nearest to the code first."""
_WIDER: Final = 1.8
_MARK_WEIGHT: Final = 6.0
"""A mark's middle is known this much better than a corner of the code."""
_REACH: Final = 1.7
"""How far a box may be from its place when the page is moved to the boxes, millimetres."""
_LEAST_STRENGTH, _STRENGTH, _LEAST_BOXES = 0.25, 0.2, 8
"""How dark the frame of a box must be to count at first, and later; and how many boxes must count."""
_FITS, _FARTHEST = 4, 0.25
"""How often the map is fitted, and how far from it a box may always be to count the next time, millimetres."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A page and its place in the picture."""

    view: View
    way: Way
    marks: int
    """How many corner marks were found, 0 to 4."""
    score: float
    """Share of the printed frames that are where they should be."""

    @property
    def is_believed(self) -> bool:
        """Whether anything may be read off the page."""
        return self.score >= GATE


def place_by_code(picture: Picture, corners: Points, page: PageLayout) -> Placed:
    """The page whose code has its ``corners`` there; the best that was found, believed or not."""
    frames = Frames.of(page)
    best = _settled(_by_marks(picture, corners, frames), page, frames, Way.MARKS)
    if best.is_believed:
        return best
    for matrix in searched(picture, corners, CODE):
        view = looked_again(View(picture, matrix))
        found = Placed(view, Way.SEARCH, len(CORNERS), frames.score(view))
        best = max(best, _settled(found, page, frames, Way.SEARCH), key=_by_score)
        if best.is_believed:
            return best
    for view, marks in blind(picture):
        best = max(best, place_by_marks(view, marks, page), key=_by_score)
    return best


def place_by_marks(view: View, marks: int, page: PageLayout) -> Placed:
    """The page of a sheet that :func:`blind` has placed."""
    frames = Frames.of(page)
    return _settled(Placed(view, Way.BLIND, marks, frames.score(view)), page, frames, Way.BLIND)


def _by_score(placed: Placed) -> float:
    return placed.score


def _by_marks(picture: Picture, corners: Points, frames: Frames) -> Placed:
    """From the code outwards, mark by mark; what a lost or false mark spoils, one of the other candidates mends."""
    view = View(picture, affinity(CODE, corners))
    found: dict[int, FoundMark] = {}
    for corner, radius in _RADII:
        mark = find_mark(view, corner, radius)
        if mark is None and corner != TOP_RIGHT:
            mark = find_mark(view, corner, radius * _WIDER)
        if mark is not None:
            found[corner] = mark
            view = view.at(_fitted_with_code(found, corners, affine=True))
    best = Placed(view, Way.MARKS, len(found), frames.score(view))
    for matrix in _candidates(found, corners):
        if best.score > SURE:
            break
        tried = view.at(matrix)
        best = max(Placed(tried, Way.MARKS, len(found), frames.score(tried)), best, key=_by_score)
    return best


def _candidates(found: Mapping[int, FoundMark], corners: Points) -> Iterator[Matrix]:
    """Maps by all marks; or by three of them, one left out in turn if there are four."""
    three = len(CORNERS) - 1
    if len(found) == len(CORNERS):
        yield fitted(found)
    for chosen in combinations(found, three):
        rest = {corner: found[corner] for corner in chosen}
        yield fitted(rest)
        yield _fitted_with_code(rest, corners, affine=False)


def _fitted_with_code(found: Mapping[int, FoundMark], corners: Points, *, affine: bool) -> Matrix:
    """The map by the marks and the corners of the code."""
    source = np.concatenate([MARKS[list(found)], CODE])
    target = np.concatenate([[mark.pixel for mark in found.values()], corners])
    weights = np.array([_MARK_WEIGHT] * len(found) + [1.0] * len(CODE))
    return (affinity if affine else homography)(source, target, weights)


def _settled(placed: Placed, page: PageLayout, frames: Frames, way: Way) -> Placed:
    """``placed`` moved to the printed boxes, if that is better and there is something to mend."""
    if placed.score >= SURE:
        return placed
    view = _moved_to_boxes(placed.view, page)
    score = frames.score(view)
    better = Way.FRAMES if way is Way.MARKS else way
    return Placed(view, better, placed.marks, score) if score > placed.score else placed


def _moved_to_boxes(view: View, page: PageLayout) -> View:
    """The view corrected by an affine map that brings the boxes to where their frames are (outliers left out)."""
    corners = np.array([[box.x, box.y] for box in page.boxes]).reshape(-1, 2)
    if len(corners) < _LEAST_BOXES:
        return view
    margin = _REACH + 0.6
    ink = ink_of(cut(view, corners, margin))
    nowhere = np.zeros(len(corners), np.intp)
    right, down, strength = shifted(profiles(ink, margin, _REACH), nowhere, nowhere)
    middles = corners + BOX / 2
    found = middles + np.column_stack([right, down]) / SCALE
    used = strength > max(_LEAST_STRENGTH, float(np.percentile(strength, 30)))
    matrix: Matrix = np.eye(3)
    for _ in range(_FITS):
        if used.sum() < _LEAST_BOXES:
            return view
        matrix = affinity(middles[used], found[used])
        off = np.hypot(*(moved(matrix, middles) - found).T)
        used = (off < max(_FARTHEST, 2 * float(np.median(off[used])))) & (strength > _STRENGTH)
    return view.at(view.matrix @ matrix)
