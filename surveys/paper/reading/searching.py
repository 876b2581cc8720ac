"""Corner marks looked for all over a picture, for photographs taken at an angle.

Every solid or hollow square of about the right size is a candidate; of all choices of three beside the mark next to the code
the one stands whose map puts the code where it was read.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from surveys.paper.geometry import MARK, MARK_HOLE
from surveys.paper.reading.marks import CORNERS, HOLLOW, MARKS, TOP_RIGHT
from surveys.paper.reading.plane import Grey, Matrix, Picture, Points, affinity, homography, moved
from surveys.paper.reading.sums import integral, squares

SCALE: Final = 3.0
"""Pixels a millimetre, near the code, of the picture that is searched."""
_SIZES: Final = (0.7, 0.85, 1.0, 1.2)
"""A mark farther from or nearer to the camera than the code is smaller or larger by this."""
_CORE, _BODY, _GAP, _RING = MARK_HOLE - 0.8, MARK - 1.0, MARK + 1.4, MARK + 3.8
_RING_WEIGHT: Final = 1.3
_LEAST_SCORE, _PER_SIZE, _MOST = 0.45, 10, 13
_APART: Final = 10.0
"""Pixels between two candidates; nearer ones are the same square found in two sizes."""
_LEAST_COSINE, _SHORTEST, _LONGEST = 0.85, 0.45, 1.9
"""How far the direction to a mark, and its distance, may be from what the code alone says."""
_FARTHEST: Final = 4.0
"""Millimetres by which a corner of the code may miss its place."""
_NEAREST: Final = 2
"""How many candidates beside the code are tried as the mark next to it."""


def searched(picture: Picture, corners: Points, code: Points) -> Iterator[Matrix]:
    """The best map by four squares of the whole picture; nothing if there are no four that fit.

    ``corners`` are those of the code in the picture, ``code`` those on the sheet.
    """
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    per_mm = float(sides.mean() / np.hypot(*(code[1] - code[0])))
    points, is_hollow = _candidates(picture, SCALE / per_mm)
    if len(points) < len(CORNERS):
        return
    best: tuple[float, Matrix] | None = None
    for chosen in _choices(points, is_hollow, affinity(code, corners)):
        matrix = homography(MARKS, points[list(chosen)])
        miss = float(np.hypot(*(moved(matrix, code) - corners).T).max()) / per_mm
        if miss < _FARTHEST and (best is None or miss < best[0]):
            best = miss, matrix
    if best is not None:
        yield best[1]


def _choices(points: Points, is_hollow: np.ndarray, guess: Matrix) -> Iterator[tuple[int, ...]]:
    """Four candidates each, in the order of the corners, that lie in about the directions in which they should."""
    expected = moved(guess, MARKS)
    nearest = np.hypot(*(points - expected[TOP_RIGHT]).T).argsort()[:_NEAREST]
    for anchor in nearest:
        options: list[list[int]] = []
        for corner in CORNERS:
            if corner == TOP_RIGHT:
                options.append([int(anchor)])
                continue
            way = expected[corner] - expected[TOP_RIGHT]
            length = float(np.hypot(*way))
            off = points - points[anchor]
            distance = np.hypot(*off.T) + 1e-9
            cosine = off @ (way / length) / distance
            fits = (
                (cosine > _LEAST_COSINE)
                & (distance > _SHORTEST * length)
                & (distance < _LONGEST * length)
                & (is_hollow == (corner == HOLLOW))
            )
            options.append([int(place) for place in np.flatnonzero(fits) if place != anchor])
        for chosen in product(*options):
            if len(set(chosen)) == len(CORNERS):
                yield chosen


def _candidates(picture: Picture, scale: float) -> tuple[Points, np.ndarray]:
    """Middles of what looks like a mark, in pixels of the picture, and which of them are hollow."""
    ink = _ink(picture, scale)
    height, width = ink.shape
    found: list[tuple[float, int, int, bool]] = []
    for size in _SIZES:
        score, core = _scores(ink, size)
        near = int(5 * SCALE * size)
        for _ in range(_PER_SIZE):
            best = int(score.argmax())
            if score.flat[best] < _LEAST_SCORE:
                break
            row, column = divmod(best, width)
            found.append((float(score[row, column]), column, row, bool(core[row, column] < 0.5)))
            score[max(0, row - near) : row + near + 1, max(0, column - near) : column + near + 1] = -np.inf
    kept: list[tuple[int, int, bool]] = []
    for _, x, y, hollow in sorted(found, reverse=True):
        if len(kept) < _MOST and all(np.hypot(x - other[0], y - other[1]) > _APART for other in kept):
            kept.append((x, y, hollow))
    points = np.array([[x + 0.5, y + 0.5] for x, y, _ in kept]).reshape(-1, 2) / scale
    return points, np.array([hollow for _, _, hollow in kept])


def _ink(picture: Picture, scale: float) -> Grey:
    """The picture made smaller, 0 where it is as bright as the paper around, 1 where it is much darker."""
    image = Image.fromarray(picture)
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    image = image.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    paper = np.asarray(image.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(30))).astype(np.float32)
    ink: Grey = np.clip((paper * 0.82 - np.asarray(image)) / (paper * 0.4 + 1), 0, 1).astype(np.float32)
    return ink


def _scores(ink: Grey, size: float) -> tuple[np.ndarray, np.ndarray]:
    """How much each place looks like the middle of a mark of this size, and how dark its core is."""
    border = int((_RING / 2 + 1) * SCALE * size) + 2
    sums = integral(np.pad(ink, border, constant_values=0.5))
    sides = [max(1, round(side * SCALE * size)) for side in (_CORE, _BODY, _GAP, _RING)]
    core, body, gap, ring = (squares(sums, side, border) for side in sides)
    areas = [side * side for side in sides]
    inner = (body - core) / (areas[1] - areas[0])
    around = (ring - gap) / (areas[3] - areas[2])
    return inner - _RING_WEIGHT * around, core / areas[0]
