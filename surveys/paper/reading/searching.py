"""Corner marks looked for far and wide, for photographs taken at an angle.

The code tells about where each mark is. Around there everything that looks like a mark, of any size that a slanted
sheet may give it, is a candidate; of all choices of four the best is the one whose map puts the code where it was read.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.reading.mark_maps import SCALE, candidates, mark_maps
from surveys.paper.reading.marks import CORNERS, HOLLOW, MARKS, TOP_RIGHT
from surveys.paper.reading.plane import Matrix, Picture, Points, affinity, homography, moved

_WIDE, _NEAR = 0.45, 12.0
"""How far a mark may be from where the code says, as a share of its distance from the code; and at least, mm."""
_CANDIDATES: Final = 12
"""For each corner."""
_FARTHEST: Final = 6.0
"""Millimetres by which a corner of the code may miss its place."""
_CHOICES: Final = 8
"""How many maps are given at most."""


def searched(picture: Picture, corners: Points, code: Points) -> Iterator[Matrix]:
    """Maps by four marks, the best first; none if there are no four that fit.

    ``corners`` are those of the code in the picture, ``code`` those on the sheet.
    """
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    per_mm = float(sides.mean() / np.hypot(*(code[1] - code[0])))
    scale = SCALE / per_mm
    expected = moved(affinity(code, corners), MARKS) * scale
    maps = mark_maps(picture, scale)
    options = [
        candidates(
            maps.hollow if corner == HOLLOW else maps.solid, expected[corner], _radius(expected, corner), _CANDIDATES
        )
        for corner in CORNERS
    ]
    chosen = np.array(list(product(*options))).reshape(-1, len(CORNERS), 2) / scale
    missed = _misses(chosen, corners, code) / per_mm
    for best in missed.argsort()[:_CHOICES]:
        if missed[best] < _FARTHEST:
            yield homography(MARKS, chosen[best])


def _misses(quads: NDArray[np.float64], corners: Points, code: Points) -> NDArray[np.float64]:
    """How many pixels beside its place each choice of four marks puts a corner of the code, infinite if it is no sheet.

    The marks are the corners of a rectangle, so the map has a closed form (Heckbert, Fundamentals of Texture Mapping
    and Image Warping, 1989, 2.2.3).
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
    return max(_WIDE * distance, _NEAR * SCALE)
