"""Whether there is writing in the frames that are for writing."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import Field
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.plane import Grey, View, steps, usual_paper
from surveys.paper.reading.sums import smoothed

_SCALE: Final = 4
"""Pixels a millimetre."""
_INSET: Final = 1.4
"""From the frame to what is looked at, millimetres."""
_TILE: Final = 40
"""Side of the tiles in each of which the paper is measured anew, pixels: at most 10 mm."""
_INK: Final = 0.15
"""How dark a point must be, from paper to printed black; the mean of 3 by 3 points, so that specks stay under it."""
_LINE: Final = 0.6
"""Share of a tile's row or column from which it is a printed line."""
_LEAST: Final = 2.0
"""Square millimetres of ink from which somebody has written: two digits in pencil have more."""
_LEAST_CONTRAST: Final = 30.0


def has_writing(view: View, field: Field) -> bool:
    """Whether somebody has written in ``field``."""
    return written_area(view, field) >= _LEAST


def written_area(view: View, field: Field) -> float:
    """Ink in ``field`` in square millimetres, printed lines left out."""
    across, down = (int((side - 2 * _INSET) * _SCALE) for side in (field.width, field.height))
    if across <= 0 or down <= 0:
        return 0.0
    x, y = steps(field.x + _INSET, across, _SCALE), steps(field.y + _INSET, down, _SCALE)
    tiles = _tiles(smoothed(view.grey(x, y[:, None])))
    paper = usual_paper(tiles.reshape(len(tiles), -1))[:, None, None]
    ink = paper - tiles > _INK * np.maximum(paper - black_level(view), _LEAST_CONTRAST)
    ink &= ~_wider(ink.mean(axis=2) > _LINE)[:, :, None]
    ink &= ~_wider(ink.mean(axis=1) > _LINE)[:, None, :]
    return float(ink.mean()) * across * down / _SCALE**2


def _tiles(grey: Grey) -> Grey:
    """Tiles of equal size that cover all but the last few rows and columns of pixels."""
    rows, columns = (-(-side // _TILE) for side in grey.shape)
    height, width = grey.shape[0] // rows, grey.shape[1] // columns
    whole = grey[: rows * height, : columns * width].reshape(rows, height, columns, width)
    return whole.transpose(0, 2, 1, 3).reshape(rows * columns, height, width)


def _wider(lines: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``lines`` of each tile and their neighbours on both sides."""
    found = lines.copy()
    found[:, 1:] |= lines[:, :-1]
    found[:, :-1] |= lines[:, 1:]
    return found
