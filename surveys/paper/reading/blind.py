"""Placing a sheet by its corner marks alone, when its code can't be read: which way up, the hollow mark tells."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import PAGE_HEIGHT, PAGE_WIDTH
from surveys.paper.reading.mark_maps import SCALE, candidates, mark_maps
from surveys.paper.reading.marks import CORNERS, MARKS, FoundMark, find_mark
from surveys.paper.reading.plane import Matrix, Picture, Points, View, affinity, homography

_ALL: Final = len(CORNERS)
_ENOUGH: Final = _ALL - 1
"""Marks without which nothing is placed."""
_RADIUS, _NEAR_RADIUS = 16.0, 3.0
"""How far marks may be from where they are on a picture of just the sheet, and when they are looked for again, mm."""
_FILLS: Final = 0.85
"""Share of a picture's longer side that a sheet has, more or less, if there is something around it."""
_SOLID, _HOLLOW = 16, 4
"""How many candidates are tried."""
_ASPECT: Final = float((MARKS[1, 0] - MARKS[0, 0]) / (MARKS[3, 1] - MARKS[0, 1]))
_ASPECT_OFF, _COSINE, _OFF, _SMALLEST = 0.25, 0.3, 0.15, 0.45
"""How far a sheet may be from its shape.

Share of its aspect; cosine of the angle at the top left; distance of the hollow mark from where the others put it, as a
share of the height; and height, as a share of the picture's longer side.
"""
_CHOICES: Final = 4


def blind(picture: Picture) -> Iterator[tuple[View, int]]:
    """Where the sheet may be and how many marks say so, the best first: as if it fills the picture, then anywhere."""
    height, width = picture.shape
    edges = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
    sheet = np.array([[0.0, 0.0], [PAGE_WIDTH, 0.0], [PAGE_WIDTH, PAGE_HEIGHT], [0.0, PAGE_HEIGHT]])
    turned = (homography(sheet, np.roll(edges, -turn, axis=0)) for turn in range(_ALL))
    yield from _best(View(picture, matrix) for matrix in turned)
    yield from _best(View(picture, matrix) for matrix in _anywhere(picture))


def fitted(found: Mapping[int, FoundMark]) -> Matrix:
    """The map by the marks alone: perspective by four, affine by three."""
    source = MARKS[list(found)]
    target = np.array([mark.pixel for mark in found.values()])
    return homography(source, target) if len(found) == _ALL else affinity(source, target)


def looked_again(view: View) -> View:
    """The view by marks looked for near by, twice: what is found far off is found askew."""
    for _ in range(2):
        found = _found(view, _NEAR_RADIUS)
        if len(found) < _ALL:
            return view
        view = view.at(fitted(found))
    return view


def _best(views: Iterator[View]) -> Iterator[tuple[View, int]]:
    """The views that have enough marks, placed by them."""
    ways: list[tuple[float, View, int]] = []
    for view in views:
        found = _found(view, _RADIUS)
        if len(found) >= _ENOUGH:
            ways.append((sum(mark.score for mark in found.values()), view.at(fitted(found)), len(found)))
    for _, view, count in sorted(ways, key=lambda way: -way[0]):
        yield looked_again(view), count


def _found(view: View, radius: float) -> dict[int, FoundMark]:
    marks = (find_mark(view, corner, radius) for corner in CORNERS)
    return {mark.corner: mark for mark in marks if mark is not None}


def _anywhere(picture: Picture) -> Iterator[Matrix]:
    """Maps by any three solid squares and a hollow one that lie as on a sheet."""
    longest = max(picture.shape)
    scale = SCALE / (_FILLS * longest / PAGE_HEIGHT)
    maps = mark_maps(picture, scale)
    middle = np.array([maps.solid.shape[1], maps.solid.shape[0]]) / 2
    solid = np.array(candidates(maps.solid, middle, longest, _SOLID)) / scale
    hollow = np.array(candidates(maps.hollow, middle, longest, _HOLLOW)) / scale
    if len(solid) < _ENOUGH or not len(hollow):
        return
    chosen = np.array(list(permutations(range(len(solid)), _ENOUGH)))
    top_left, top_right, bottom_left = solid[chosen].transpose(1, 0, 2)
    across, down = top_right - top_left, bottom_left - top_left
    off = _off(across, down, longest)[:, None] + _beside(top_left + across + down, hollow, down)
    for place in off.argsort(axis=None)[:_CHOICES]:
        way, end = divmod(int(place), len(hollow))
        if np.isfinite(off[way, end]):
            yield homography(MARKS, np.array([top_left[way], top_right[way], hollow[end], bottom_left[way]]))


def _off(across: Points, down: Points, longest: int) -> NDArray[np.float64]:
    """How far from its shape a sheet with these upper and left edges is, infinite if it is none."""
    width, height = np.hypot(*across.T), np.hypot(*down.T)
    aspect = np.abs(width / height / _ASPECT - 1)
    cosine = np.abs((across * down).sum(axis=1)) / (width * height)
    is_right_way_round = across[:, 0] * down[:, 1] > across[:, 1] * down[:, 0]
    fits = (aspect < _ASPECT_OFF) & (cosine < _COSINE) & is_right_way_round & (height > _SMALLEST * longest)
    return np.where(fits, aspect + cosine, np.inf)


def _beside(expected: Points, hollow: Points, down: Points) -> NDArray[np.float64]:
    """How far each hollow square is from where it is expected, as a share of the sheet's height; infinite: too far."""
    missed = np.hypot(*(expected[:, None] - hollow[None]).transpose(2, 0, 1)) / np.hypot(*down.T)[:, None]
    return np.where(missed < _OFF, missed, np.inf)
