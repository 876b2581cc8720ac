"""How clean is the paper? Specks of a photocopier or a fax, counted where nothing is printed and nobody writes."""

from typing import Final

import numpy as np

from surveys.paper.geometry import MARGIN, MARK, PAGE_HEIGHT, PAGE_WIDTH, QR_SIDE, QR_Y
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.plane import View, steps, usual_paper

_SCALE: Final = 5
"""Pixels a millimetre."""
_TILE: Final = 50
"""Rows of pixels of each tile in which paper and specks are measured: 10 mm."""
_TOP, _BOTTOM = QR_Y + QR_SIDE + 25.0, PAGE_HEIGHT - MARGIN - MARK - 4.0
"""The strips between the upper and the lower corner marks, beside everything that is printed, in millimetres."""
_INK: Final = 0.22
_LEAST_CONTRAST: Final = 30.0
_KEPT: Final = 0.7
"""Share of the tiles that count: a fold, a hole for a ring binder or a note in the margin makes a few of them dark."""


def specks(view: View) -> float:
    """Share of the blank paper that is dark, 0 to 1."""
    rows = int((_BOTTOM - _TOP) * _SCALE) // _TILE * _TILE
    y = steps(_TOP, rows, _SCALE)[:, None]
    black = black_level(view)
    shares = []
    for left in (MARGIN, PAGE_WIDTH - MARGIN - MARK):
        tiles = view.grey(steps(left, int(MARK * _SCALE), _SCALE), y).reshape(rows // _TILE, -1)
        paper = usual_paper(tiles)[:, None]
        shares.append((paper - tiles > _INK * np.maximum(paper - black, _LEAST_CONTRAST)).mean(axis=1))
    ordered = np.sort(np.concatenate(shares))
    return float(ordered[: int(len(ordered) * _KEPT)].mean())
