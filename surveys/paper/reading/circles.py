"""Circles around boxes.

The way once around a box is sought on which there is most ink, by dynamic programming. Ink counts in full where there
is paper between it and the box: what only spills over the frame is no circle.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import BOX
from surveys.paper.reading.plane import Points, View

_ANGLES: Final = 48
_FIRST, _LAST, _STEP = 2.0, 6.8, 0.1
"""Distances from the middle of a box that are looked at, millimetres."""
_CLEAR: Final = 0.25
"""What is nearer to the frame than this, millimetres, is the frame."""
_INK: Final = 0.22
"""How dark a point must be, from paper to the darkest around."""
_GAP: Final = 2
"""Steps of paper between the box and what is drawn around it."""
_SPILT: Final = 0.5
"""How much ink counts that hangs together with the box: a tight circle touches the box's corners."""
_LEAST_CONTRAST: Final = 30.0


def circled(view: View, middles: Points) -> NDArray[np.float64]:
    """Per box the share of the best way around it on which there is ink, 0 to 1."""
    angles = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    reach = np.arange(_FIRST, _LAST, _STEP)
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    x, y = (middles[:, None, None, :] + ways[:, None, :] * reach[:, None]).astype(np.float32).transpose(3, 0, 1, 2)
    grey = view.grey(x, y)
    paper = np.percentile(grey, 80, axis=(1, 2))[:, None, None]
    black = np.percentile(grey, 3, axis=(1, 2))[:, None, None]
    is_ink = (paper - grey) / np.maximum(paper - black, _LEAST_CONTRAST) > _INK
    is_outside = reach[None, :] >= (BOX / 2 / np.abs(ways).max(axis=1))[:, None] + _CLEAR
    is_apart = (~is_ink & is_outside).cumsum(axis=2) >= _GAP
    worth = np.where(is_ink, np.where(is_apart, 1.0, _SPILT), 0.0)
    return _best_ways(np.where(is_outside, worth, -np.inf))


def _best_ways(worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Boxes by angles by distances: the mean over the best way once around, one step in or out from angle to angle.

    Two laps are gone and the second counts, so that the way ends about where it began.
    """
    best = np.zeros_like(worth[:, 0])
    laps = []
    for _ in range(2):
        for angle in range(_ANGLES):
            wide = np.pad(best, ((0, 0), (1, 1)), constant_values=-np.inf)
            best = np.maximum.reduce([wide[:, :-2], best, wide[:, 2:]]) + worth[:, angle]
        laps.append(best.max(axis=1))
    found: NDArray[np.float64] = (laps[1] - laps[0]) / _ANGLES
    return found
