"""Is there writing in the frames that are for writing?"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import Field
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.plane import Grey, View

SCALE: Final = 4
"""Pixels a millimetre."""
_INSET: Final = 1.4
"""From the frame to what is looked at, millimetres."""
_TILE: Final = 40
"""Side of the tiles in each of which the paper is measured anew, pixels: 10 mm."""
_INK: Final = 0.15
"""How dark a point must be, from paper to printed black; the mean of 3 by 3 points, so that specks stay under it."""
_LINE: Final = 0.6
"""Share of a tile's row or column from which it is a printed line."""
_LEAST: Final = 2.0
"""Square millimetres of ink from which somebody has written: two digits in pencil have more."""
_LEAST_CONTRAST: Final = 30.0


def written_area(view: View, field: Field) -> float:
    """Ink in ``field`` in square millimetres, printed lines left out."""
    width, height = field.width - 2 * _INSET, field.height - 2 * _INSET
    if width <= 0 or height <= 0:
        return 0.0
    x = field.x + _INSET + (np.arange(int(width * SCALE)) + 0.5) / SCALE
    y = field.y + _INSET + (np.arange(int(height * SCALE)) + 0.5) / SCALE
    grey = _smoothed(view.grey(np.stack(np.meshgrid(x, y), axis=-1)))
    black = black_level(view)
    return sum(_ink(tile, black) for tile in _tiles(grey)) / SCALE**2


def has_writing(view: View, field: Field) -> bool:
    """Whether somebody has written in ``field``."""
    return written_area(view, field) >= _LEAST


def _tiles(grey: Grey) -> list[Grey]:
    return [
        grey[top : top + _TILE, left : left + _TILE]
        for top in range(0, grey.shape[0], _TILE)
        for left in range(0, grey.shape[1], _TILE)
    ]


def _ink(tile: Grey, black: float) -> int:
    """How many points of a tile are ink and no printed line."""
    paper = float(np.percentile(tile, 80))
    ink: NDArray[np.bool_] = paper - tile > _INK * max(paper - black, _LEAST_CONTRAST)
    ink = ink & ~_wider(ink.mean(axis=1) > _LINE)[:, None] & ~_wider(ink.mean(axis=0) > _LINE)[None, :]
    return int(ink.sum())


def _wider(line: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``line`` and its neighbours on both sides."""
    found = line.copy()
    found[1:] |= line[:-1]
    found[:-1] |= line[1:]
    return found


def _smoothed(grey: Grey) -> Grey:
    """Each point the mean of its 3 by 3 neighbours."""
    wide = np.pad(grey, 1, mode="edge")
    across = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    mean: Grey = (across[:-2] + across[1:-1] + across[2:]) / 9
    return mean
