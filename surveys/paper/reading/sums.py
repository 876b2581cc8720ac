"""Sums over squares of a picture, each in four look-ups: integral images (Crow, Summed-area tables, SIGGRAPH 1984)."""

import numpy as np
from numpy.typing import NDArray

from surveys.paper.reading.plane import Grey

Sums = NDArray[np.float64]


def integral(values: Grey) -> Sums:
    """At row y and column x the sum of all ``values`` above y and left of x; one row and column more than they have."""
    found = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    values.cumsum(axis=0, dtype=np.float64).cumsum(axis=1, out=found[1:, 1:])
    return found


def squares(sums: Sums, side: int, border: int) -> Sums:
    """The sum over a square of ``side`` around each place that is ``border`` or more from every edge.

    The square begins ``side // 2`` above and left of its place. ``border`` is at least half of ``side``, rounded up.
    """
    height, width = sums.shape[0] - 1 - 2 * border, sums.shape[1] - 1 - 2 * border
    first = border - side // 2
    last = first + side
    rows, ends = slice(first, first + height), slice(last, last + height)
    columns, rims = slice(first, first + width), slice(last, last + width)
    return sums[ends, rims] - sums[rows, rims] - sums[ends, columns] + sums[rows, columns]


def smoothed(values: Grey) -> Grey:
    """Each value the mean of its 3 by 3 neighbours on the last two axes; beyond an edge its values go on."""
    wide = np.pad(values, [(0, 0)] * (values.ndim - 2) + [(1, 1)] * 2, mode="edge")
    across = wide[..., :-2] + wide[..., 1:-1] + wide[..., 2:]
    mean: Grey = (across[..., :-2, :] + across[..., 1:-1, :] + across[..., 2:, :]) / 9
    return mean
