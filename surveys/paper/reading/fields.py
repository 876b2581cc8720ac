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
_TRACE: Final = 0.004
"""Share of a tile's points from which something in it is shown to whoever keys it: more than a speck."""


def has_writing(view: View, field: Field) -> bool:
    """Whether somebody has written in ``field``."""
    return written_area(view, field) >= _LEAST


def written_area(view: View, field: Field) -> float:
    """Ink in ``field`` in square millimetres, printed lines left out."""
    across, down = _size(field)
    ink = _ink(view, field)
    return float(ink.mean()) * across * down / _SCALE**2 if ink.size else 0.0


def written_part(view: View, field: Field) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is written in ``field``, in millimetres on the sheet; by tiles."""
    across, down = _size(field)
    ink = _ink(view, field)
    rows, columns = _counts(across, down)
    found = ink.mean(axis=(1, 2)).reshape(rows, columns) > _TRACE
    if not found.any():
        return field.x, field.y, field.x + field.width, field.y + field.height
    wide, high = across / columns / _SCALE, down / rows / _SCALE
    x, y = np.flatnonzero(found.any(axis=0)), np.flatnonzero(found.any(axis=1))
    left, top = field.x + _INSET, field.y + _INSET
    return left + x[0] * wide, top + y[0] * high, left + (x[-1] + 1) * wide, top + (y[-1] + 1) * high


def _size(field: Field) -> tuple[int, int]:
    """Pixels across and down of what is looked at."""
    return int((field.width - 2 * _INSET) * _SCALE), int((field.height - 2 * _INSET) * _SCALE)


def _counts(across: int, down: int) -> tuple[int, int]:
    """Rows and columns of tiles."""
    return -(-down // _TILE), -(-across // _TILE)


def _ink(view: View, field: Field) -> NDArray[np.bool_]:
    """Where there is ink, tile by tile; nothing for a field without room."""
    across, down = _size(field)
    if across <= 0 or down <= 0:
        return np.zeros((0, 0, 0), np.bool_)
    x, y = steps(field.x + _INSET, across, _SCALE), steps(field.y + _INSET, down, _SCALE)
    tiles = _tiles(smoothed(view.grey(x, y[:, None])))
    paper = usual_paper(tiles.reshape(len(tiles), -1))[:, None, None]
    ink: NDArray[np.bool_] = paper - tiles > _INK * np.maximum(paper - black_level(view), _LEAST_CONTRAST)
    ink &= ~_wider(ink.mean(axis=2) > _LINE)[:, :, None]
    ink &= ~_wider(ink.mean(axis=1) > _LINE)[:, None, :]
    return ink


def _tiles(grey: Grey) -> Grey:
    """Tiles of equal size that cover all but the last few rows and columns of pixels."""
    rows, columns = _counts(grey.shape[1], grey.shape[0])
    height, width = grey.shape[0] // rows, grey.shape[1] // columns
    whole = grey[: rows * height, : columns * width].reshape(rows, height, columns, width)
    return whole.transpose(0, 2, 1, 3).reshape(rows * columns, height, width)


def _wider(lines: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``lines`` of each tile and their neighbours on both sides."""
    found = lines.copy()
    found[:, 1:] |= lines[:, :-1]
    found[:, :-1] |= lines[:, 1:]
    return found
