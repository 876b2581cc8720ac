"""The interval in which the rate of all lies if a random sample has been asked.

Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
of the American Statistical Association 22, 1927); for a sample of a known number of people with n put in place by
n · (N − 1) / (N − n), the finite population correction of the variance.
"""

import math
from dataclasses import dataclass

Z_95 = 1.959964
"""The normal distribution's quantile for 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a rate, 0 to 1."""

    low: float
    high: float


def wilson(positive: int, n: int, population: int | None = None, z: float = Z_95) -> Interval | None:
    """The interval of ``positive`` of ``n`` drawn at random from ``population``; None for n = 0, or if all were asked.

    Only for random samples: those who come by themselves are not drawn, whatever their number.
    """
    if n <= 0 or (population is not None and n >= population):
        return None
    share, size = positive / n, float(n)
    if population is not None:
        size = n * (population - 1) / (population - n)
    square = z * z / size
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / size + square / (4 * size))
    return Interval(middle - half if positive else 0.0, middle + half if positive < n else 1.0)
