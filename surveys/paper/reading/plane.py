"""Where the points of a flat sheet are in a picture of it: maps from millimetres to pixels.

A map is a 3 by 3 matrix of homogeneous coordinates. The middle of the top left pixel is at (0.5, 0.5).
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows of grey values, 255 is white."""
Grey = NDArray[np.float32]
Points = NDArray[np.float64]
"""n rows of x and y."""
Matrix = NDArray[np.float64]


def homography(source: Points, target: Points, weights: NDArray[np.float64] | None = None) -> Matrix:
    """The perspective map that brings ``source`` to ``target``: exact for four points, least squares for more.

    Direct linear transformation of normalised points (Hartley and Zisserman, Multiple View Geometry, 2nd edition, 4.4).
    """
    before, after = _normalising(source), _normalising(target)
    x, y = moved(before, source).T
    u, v = moved(after, target).T
    one, zero = np.ones_like(x), np.zeros_like(x)
    rows = np.concatenate(
        [
            np.stack([x, y, one, zero, zero, zero, -u * x, -u * y, -u], axis=1),
            np.stack([zero, zero, zero, x, y, one, -v * x, -v * y, -v], axis=1),
        ]
    )
    if weights is not None:
        rows *= np.concatenate([weights, weights])[:, None]
    solution = np.linalg.svd(rows)[2][-1].reshape(3, 3)
    matrix: Matrix = np.linalg.inv(after) @ solution @ before
    return matrix


def affinity(source: Points, target: Points, weights: NDArray[np.float64] | None = None) -> Matrix:
    """The affine map that brings ``source`` to ``target``: exact for three points, least squares for more."""
    scale = np.ones(len(source)) if weights is None else weights
    rows = np.column_stack([source, np.ones(len(source))]) * scale[:, None]
    solution = np.linalg.lstsq(rows, target * scale[:, None], rcond=None)[0]
    return np.vstack([solution.T, [0.0, 0.0, 1.0]])


def moved(matrix: Matrix, points: Points) -> Points:
    """Where ``points``, an array of any shape whose last axis is x and y, come to lie."""
    found = points @ matrix[:, :2].T + matrix[:, 2]
    flat: Points = found[..., :2] / found[..., 2:]
    return flat


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture of a sheet, and where in it the sheet is."""

    picture: Picture
    matrix: Matrix
    """From millimetres on the sheet to pixels."""

    def at(self, matrix: Matrix) -> Self:
        """The same picture with the sheet elsewhere in it."""
        return replace(self, matrix=matrix)

    def pixels(self, points: Points) -> Points:
        """Where ``points`` of the sheet are in the picture."""
        return moved(self.matrix, points)

    def grey(self, x: Grey, y: Grey) -> Grey:
        """Grey values at the points of the sheet that ``x`` and ``y`` span together, between pixels interpolated.

        The two are broadcast against each other. Outside the picture its nearest pixel counts.
        """
        height, width = self.picture.shape
        right, down = self._pixels(x, y)
        right, down = (right - 0.5).clip(0, width - 1.001), (down - 0.5).clip(0, height - 1.001)
        column, row = right.astype(np.int32), down.astype(np.int32)
        right -= column
        down -= row
        flat, place = self.picture.reshape(-1), row * width + column
        above = _between(flat.take(place), flat.take(place + 1), right)
        place += width
        below = _between(flat.take(place), flat.take(place + 1), right)
        return above + (below - above) * down

    def is_inside(self, x: Grey, y: Grey) -> NDArray[np.bool_]:
        """Which of the points that ``x`` and ``y`` span together are in the picture."""
        height, width = self.picture.shape
        right, down = self._pixels(x, y)
        inside: NDArray[np.bool_] = (right >= 0) & (down >= 0) & (right <= width) & (down <= height)
        return inside

    def _pixels(self, x: Grey, y: Grey) -> tuple[Grey, Grey]:
        """Columns and rows in single precision: exact to a hundredth of a pixel in pictures of some thousand pixels."""
        a, b, c = (self.matrix / self.matrix[2, 2]).astype(np.float32)
        far = c[0] * x + c[1] * y + c[2]
        return (a[0] * x + a[1] * y + a[2]) / far, (b[0] * x + b[1] * y + b[2]) / far


def steps(start: float, count: int, scale: float) -> Grey:
    """``count`` middles of pixels from ``start`` millimetres on, ``scale`` pixels a millimetre."""
    return ((np.arange(count) + 0.5) / scale + start).astype(np.float32)


def usual_paper(rows: Grey) -> Grey:
    """The grey value of the paper in each row: four of five points are not brighter; every third point tells enough."""
    few = rows[:, ::3]
    place = few.shape[1] * 4 // 5
    found: Grey = np.partition(few, place, axis=1)[:, place]
    return found


def _between(first: Picture, second: Picture, share: Grey) -> Grey:
    start = first.astype(np.float32)
    found: Grey = start + (second - start) * share
    return found


def _normalising(points: Points) -> Matrix:
    """A map that brings the middle of ``points`` to (0, 0) and their mean distance from there to the root of 2."""
    middle = points.mean(axis=0)
    mean = float(np.hypot(*(points - middle).T).mean())
    scale = np.sqrt(2) / max(mean, np.finfo(float).tiny)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
