"""Corner marks looked for far and wide, for photographs taken at an angle.

The code tells about where each mark is. Around there everything that looks like a mark, of any size that a slanted sheet may give
it, is a candidate; of all choices of four the best is the one whose map puts the code where it was read.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from surveys.paper.geometry import MARK, MARK_HOLE
from surveys.paper.reading.marks import CORNERS, HOLLOW, MARKS, TOP_RIGHT
from surveys.paper.reading.plane import Grey, Matrix, Picture, Points, affinity, homography, moved
from surveys.paper.reading.sums import integral, squares

_SCALE: Final = 3.0
"""Pixels a millimetre, near the code, of the picture that is searched."""
_SIZES: Final = (0.7, 0.85, 1.0, 1.2)
"""A mark farther from or nearer to the camera than the code is smaller or larger by this."""
_CORE, _BODY, _GAP, _RING = MARK_HOLE - 0.8, MARK - 1.0, MARK + 1.4, MARK + 3.8
"""Sides of squares around a mark: inside the hole; inside the mark; the white ring around it, from and to."""
_RING_WEIGHT, _LEAST_SCORE = 1.3, 0.45
_HOLLOW_CORE: Final = 0.5
"""A core with less ink is that of the hollow mark."""
_WIDE, _NEAR = 0.45, 12.0
"""How far a mark may be from where the code says, as a share of its distance from the code, and at least, in millimetres."""
_CANDIDATES: Final = 12
"""For each corner."""
_BLOCK, _SMOOTH = 8, 4
"""The paper is as bright as the brightest of so many pixels square, smoothed over so many of these squares to each side."""
_APART: Final = 10.0
"""Pixels between two candidates; nearer ones are the same square found in two sizes."""
_FARTHEST: Final = 6.0
"""Millimetres by which a corner of the code may miss its place."""
_CHOICES: Final = 8
"""How many maps are given at most."""


class _Scores(NamedTuple):
    """How much each place looks like the middle of a mark, the best of all sizes."""

    solid: NDArray[np.float64]
    hollow: NDArray[np.float64]


def searched(picture: Picture, corners: Points, code: Points) -> Iterator[Matrix]:
    """Maps by four marks, the best first; none if there are no four that fit.

    ``corners`` are those of the code in the picture, ``code`` those on the sheet.
    """
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    per_mm = float(sides.mean() / np.hypot(*(code[1] - code[0])))
    scale = _SCALE / per_mm
    expected = moved(affinity(code, corners), MARKS) * scale
    ink = _ink(picture, scale)
    scores = _scores(ink)
    options = [
        _candidates(scores.hollow if corner == HOLLOW else scores.solid, expected[corner], _radius(expected, corner))
        for corner in CORNERS
    ]
    chosen = np.array(list(product(*options))).reshape(-1, len(CORNERS), 2) / scale
    missed = _misses(chosen, corners, code) / per_mm
    for best in missed.argsort()[:_CHOICES]:
        if missed[best] < _FARTHEST:
            yield homography(MARKS, chosen[best])


def _misses(quads: NDArray[np.float64], corners: Points, code: Points) -> NDArray[np.float64]:
    """By how many pixels each choice of four marks puts a corner of the code beside its place, infinite if it can't be a sheet.

    The marks are the corners of a rectangle, so the map has a closed form (Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3).
    """
    first, second, third, fourth = quads.transpose(1, 2, 0)
    across, down, total = second - third, fourth - third, first - second + third - fourth
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        area = across[0] * down[1] - down[0] * across[1]
        g = (total[0] * down[1] - down[0] * total[1]) / area
        h = (across[0] * total[1] - total[0] * across[1]) / area
        u, v = ((code - MARKS[0]) / (MARKS[2] - MARKS[0])).T[:, :, None]
        far = g * u + h * v + 1
        right = second - first + g * second
        below = fourth - first + h * fourth
        found = (right[:, None] * u + below[:, None] * v + first[:, None]) / far
        missed: NDArray[np.float64] = np.hypot(*(found - corners.T[:, :, None])).max(axis=0)
    return np.where(np.isfinite(missed) & (far > 0).all(axis=0), missed, np.inf)


def _radius(expected: Points, corner: int) -> float:
    """How far from where it is expected a mark may be, pixels of the smaller picture."""
    distance = float(np.hypot(*(expected[corner] - expected[TOP_RIGHT])))
    return max(_WIDE * distance, _NEAR * _SCALE)


def _candidates(scores: NDArray[np.float64], expected: Points, radius: float) -> Sequence[tuple[float, float]]:
    """The best places within the radius, x and y in pixels of the smaller picture."""
    height, width = scores.shape
    left, top = (max(0, int(middle - radius)) for middle in expected)
    right, bottom = (
        min(size, max(0, int(middle + radius))) for size, middle in zip((width, height), expected, strict=True)
    )
    part = scores[top:bottom, left:right].copy()
    found: list[tuple[float, float]] = []
    while part.size and len(found) < _CANDIDATES:
        row, column = divmod(int(part.argmax()), part.shape[1])
        if part[row, column] < _LEAST_SCORE:
            break
        found.append((left + column + 0.5, top + row + 0.5))
        near = int(_APART)
        part[max(0, row - near) : row + near + 1, max(0, column - near) : column + near + 1] = -np.inf
    return found


def _ink(picture: Picture, scale: float) -> Grey:
    """The picture made smaller, 0 where it is as bright as the paper around, 1 where it is much darker."""
    image = Image.fromarray(picture)
    size = (max(_BLOCK, int(image.width * scale)), max(_BLOCK, int(image.height * scale)))
    image = image.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    grey = np.asarray(image)
    blocks = grey[: size[1] // _BLOCK * _BLOCK, : size[0] // _BLOCK * _BLOCK]
    brightest = blocks.reshape(size[1] // _BLOCK, _BLOCK, -1, _BLOCK).max(axis=(1, 3))
    smooth = Image.fromarray(brightest).filter(ImageFilter.BoxBlur(_SMOOTH))
    paper = np.asarray(smooth.resize(size, Image.Resampling.BILINEAR)).astype(np.float32)
    ink: Grey = ((paper * 0.82 - grey) / (paper * 0.4 + 1)).clip(0, 1)
    return ink


def _scores(ink: Grey) -> _Scores:
    border = int((_RING / 2 + 1) * _SCALE * max(_SIZES)) + 2
    sums = integral(np.pad(ink, border, constant_values=0.5))
    solid, hollow = np.full(ink.shape, -np.inf), np.full(ink.shape, -np.inf)
    for size in _SIZES:
        sides = [max(1, round(side * _SCALE * size)) for side in (_CORE, _BODY, _GAP, _RING)]
        core, body, gap, ring = (squares(sums, side, border) for side in sides)
        areas = [side * side for side in sides]
        score = (body - core) / (areas[1] - areas[0]) - _RING_WEIGHT * (ring - gap) / (areas[3] - areas[2])
        is_hollow = core < _HOLLOW_CORE * areas[0]
        np.maximum(hollow, score, out=hollow, where=is_hollow)
        np.maximum(solid, score, out=solid, where=~is_hollow)
    return _Scores(solid, hollow)
