"""How a sheet goes onto paper: A4, standing or lying, in letters that can be read, on as few pages as that takes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 0.695
"""Of their size, which is 10 points: letters are printed no smaller than 7, rounded."""
ROW = 13.0
"""Points of a row that is as high as usual."""
MARGINS = {"left": 0.3, "right": 0.3, "top": 0.6, "bottom": 0.55}
"""Inches."""
_INCH = 72.0
_A4 = (595.0, 842.0)
"""Points."""
_CHARACTER, _BETWEEN = 5.25, 3.75
"""Points: a character of the width of a column, and what a column has beside them."""
_SIDES = _INCH * (MARGINS["left"] + MARGINS["right"])
_ENDS = _INCH * (MARGINS["top"] + MARGINS["bottom"])
_SPARE = 1.0
"""Some programs set rows a little higher."""
_NARROWER = 0.98
"""And columns a little wider: a sheet that just fits would go over two pages."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is told to the program that prints."""

    standing: bool
    scale: float
    across: int = 1
    """Pages side by side."""
    tall: int = 1
    """Pages one below the other; 0: as many as it takes."""

    @property
    def room(self) -> float:
        """Points of rows on a page."""
        return _A4[self.standing] * _SPARE / self.scale - _ENDS / self.scale


def points(widths: Sequence[float]) -> float:
    """Of columns that are so many characters wide."""
    return sum(_CHARACTER * width + _BETWEEN for width in widths)


def paper_for(wide: float, high: float, heads: float = 0.0) -> Paper:
    """For rows of this width and height, below heads that stand on every page; all in points."""
    found = [_fitted(standing, wide, high, heads) for standing in (False, True)]
    return min(found, key=lambda each: (each.across * (each.tall or math.ceil(high / each.room)), -each.scale))


def _fitted(standing: bool, wide: float, high: float, heads: float) -> Paper:
    fitting = min(1.0, (_A4[not standing] - _SIDES) * _NARROWER / wide)
    if fitting < LEAST:
        return Paper(standing, LEAST, across=math.ceil(wide * LEAST / (_A4[not standing] - _SIDES)), tall=0)
    whole = (_A4[standing] - _ENDS) * _SPARE
    tall = max(1, math.ceil(high / max(whole / LEAST - heads, ROW)))
    return Paper(standing, max(LEAST, min(fitting, tall * whole / (high + tall * heads))), tall=tall)


def packed(wide: float, heights: Sequence[float], heads: float) -> tuple[Paper, Sequence[int]]:
    """For parts that are not divided, below heads on every page: the paper, and which parts begin a page."""
    fitting = min(1.0, (_A4[0] - _SIDES) * _NARROWER / wide)
    tried = []
    for scale in sorted({LEAST, max(LEAST, fitting)}):
        paper = Paper(standing=True, scale=scale, tall=0)
        starts, used = [], 0.0
        for number, height in enumerate(heights):
            if number and used + height > paper.room - heads:
                starts.append(number)
                used = 0.0
            used += height
        tried.append((paper, starts))
    return min(tried, key=lambda each: (len(each[1]), -each[0].scale))
