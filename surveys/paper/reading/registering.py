"""Placing a page: from the picture to the map that brings millimetres on the sheet to pixels.

Several ways, the cheap ones first; each is judged by the printed frames (:mod:`surveys.paper.reading.frames`), and nothing is
read off a page whose frames are not where they should be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from surveys.paper.geometry import BOX, PAGE_HEIGHT, PAGE_WIDTH, QR_SIDE, QR_X, QR_Y, PageLayout
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
_BLIND_RADIUS, _NEAR_RADIUS = 16.0, 3.0
"""How far marks may be from where they are on a picture that is just the sheet; and when they are looked for again, millimetres."""
_REACH: Final = 1.7
"""How far a box may be from its place when the page is moved to the boxes, millimetres."""
_LEAST_STRENGTH, _LEAST_BOXES = 0.25, 8


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
        view = _looked_again(View(picture, matrix))
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


def blind(picture: Picture) -> Iterator[tuple[View, int]]:
    """The sheet placed by its marks alone, if it fills the picture: which way up, the hollow mark tells; best first."""
    height, width = picture.shape
    edges = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
    sheet = np.array([[0.0, 0.0], [PAGE_WIDTH, 0.0], [PAGE_WIDTH, PAGE_HEIGHT], [0.0, PAGE_HEIGHT]])
    ways: list[tuple[float, Matrix, int]] = []
    for turn in range(4):
        view = View(picture, homography(sheet, np.roll(edges, -turn, axis=0)))
        found = _found(view, _BLIND_RADIUS)
        if len(found) >= 3:
            matrix = _fitted(found)
            ways.append((sum(mark.score for mark in found.values()), matrix, len(found)))
    for _, matrix, count in sorted(ways, key=lambda way: -way[0]):
        yield _looked_again(View(picture, matrix)), count


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
    best: Placed | None = None
    for matrix in _candidates(found, corners, view.matrix):
        score = frames.score(view.at(matrix))
        if best is None or score > best.score:
            best = Placed(view.at(matrix), Way.MARKS, len(found), score)
        if best.score > SURE:
            break
    assert best is not None  # there is always a candidate
    return best


def _candidates(found: Mapping[int, FoundMark], corners: Points, grown: Matrix) -> Iterator[Matrix]:
    """Maps by all marks; without each of them in turn; and what the search has grown."""
    if len(found) == 4:
        yield _fitted(found)
    if len(found) >= 3:
        for left_out in found if len(found) == 4 else (None,):
            rest = {corner: mark for corner, mark in found.items() if corner != left_out}
            yield _fitted(rest)
            yield _fitted_with_code(rest, corners, affine=False)
    yield grown


def _fitted(found: Mapping[int, FoundMark]) -> Matrix:
    """The map by the marks alone: perspective by four, affine by three."""
    source = MARKS[list(found)]
    target = np.array([mark.pixel for mark in found.values()])
    return homography(source, target) if len(found) == 4 else affinity(source, target)


def _fitted_with_code(found: Mapping[int, FoundMark], corners: Points, *, affine: bool) -> Matrix:
    """The map by the marks and the corners of the code."""
    source = np.concatenate([MARKS[list(found)], CODE])
    target = np.concatenate([[mark.pixel for mark in found.values()], corners])
    weights = np.array([_MARK_WEIGHT] * len(found) + [1.0] * len(CODE))
    return (affinity if affine else homography)(source, target, weights)


def _found(view: View, radius: float) -> dict[int, FoundMark]:
    marks = (find_mark(view, corner, radius) for corner in CORNERS)
    return {mark.corner: mark for mark in marks if mark is not None}


def _looked_again(view: View) -> View:
    """The view by marks looked for near by, twice: what is found far off is found askew."""
    for _ in range(2):
        found = _found(view, _NEAR_RADIUS)
        if len(found) < 3:
            return view
        if len(found) == 4:
            view = view.at(_fitted(found))
    return view


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
    for _ in range(4):
        if used.sum() < _LEAST_BOXES:
            return view
        matrix = affinity(middles[used], found[used])
        off = np.hypot(*(moved(matrix, middles) - found).T)
        used = (off < max(0.25, 2 * float(np.median(off[used])))) & (strength > 0.2)
    return view.at(view.matrix @ matrix)
