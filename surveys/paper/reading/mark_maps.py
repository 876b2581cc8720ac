"""Maps of how much each place of a picture looks like the middle of a corner mark of one size or another."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from surveys.paper.geometry import MARK, MARK_HOLE
from surveys.paper.reading.plane import Grey, Picture, Points
from surveys.paper.reading.sums import integral, squares

SCALE: Final = 3.0
"""Pixels a millimetre of the smaller picture in which marks are looked for."""
_SIZES: Final = (0.7, 0.85, 1.0, 1.2)
"""A mark may be smaller or larger by this than the scale says."""
_CORE, _BODY, _GAP, _RING = MARK_HOLE - 0.8, MARK - 1.0, MARK + 1.4, MARK + 3.8
"""Sides of squares around a mark: inside the hole; inside the mark; the white ring around it, from and to."""
_RING_WEIGHT, _LEAST_SCORE = 1.3, 0.45
_HOLLOW_CORE: Final = 0.5
"""A core with less ink is that of the hollow mark."""
_APART: Final = 10
"""Pixels between two candidates; nearer ones are the same square found in two sizes."""
_BLOCK, _SMOOTH = 8, 4
"""The paper is as bright as the brightest of so many pixels square, smoothed over so many squares to each side."""


class MarkMaps(NamedTuple):
    """Rows of scores, up to 1: the best of all sizes."""

    solid: NDArray[np.float64]
    hollow: NDArray[np.float64]


def mark_maps(picture: Picture, scale: float) -> MarkMaps:
    """The maps of ``picture`` made smaller by ``scale``, so that it has about :data:`SCALE` pixels a millimetre."""
    ink = _ink(picture, scale)
    border = int((_RING / 2 + 1) * SCALE * max(_SIZES)) + 2
    sums = integral(np.pad(ink, border, constant_values=0.5))
    solid, hollow = np.full(ink.shape, -np.inf), np.full(ink.shape, -np.inf)
    for size in _SIZES:
        sides = [max(1, round(side * SCALE * size)) for side in (_CORE, _BODY, _GAP, _RING)]
        core, body, gap, ring = (squares(sums, side, border) for side in sides)
        areas = [side * side for side in sides]
        score = (body - core) / (areas[1] - areas[0]) - _RING_WEIGHT * (ring - gap) / (areas[3] - areas[2])
        is_hollow = core < _HOLLOW_CORE * areas[0]
        np.maximum(hollow, score, out=hollow, where=is_hollow)
        np.maximum(solid, score, out=solid, where=~is_hollow)
    return MarkMaps(solid, hollow)


def candidates(
    scores: NDArray[np.float64], expected: Points, radius: float, most: int
) -> Sequence[tuple[float, float]]:
    """The ``most`` best places within ``radius``, x and y in pixels of the smaller picture."""
    height, width = scores.shape
    left, top = (max(0, int(middle - radius)) for middle in expected)
    right, bottom = (
        min(size, max(0, int(middle + radius))) for size, middle in zip((width, height), expected, strict=True)
    )
    part = scores[top:bottom, left:right].copy()
    found: list[tuple[float, float]] = []
    while part.size and len(found) < most:
        row, column = divmod(int(part.argmax()), part.shape[1])
        if part[row, column] < _LEAST_SCORE:
            break
        found.append((left + column + 0.5, top + row + 0.5))
        part[max(0, row - _APART) : row + _APART + 1, max(0, column - _APART) : column + _APART + 1] = -np.inf
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
