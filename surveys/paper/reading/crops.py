"""Pieces of a page for people to look at: upright and small, as PNG, in memory only."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image

from surveys.paper.geometry import BOX, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, QR_SIDE, QR_X, QR_Y, Box
from surveys.paper.reading.marks import black_level
from surveys.paper.reading.plane import Points, View, steps, usual_paper

SCALE: Final = 6
"""Pixels a millimetre."""
_GREYS: Final = 16
"""Grey values that are kept: handwriting needs no more."""
_PAPER: Final = 0.92
"""What is brighter, from printed black to paper, becomes white: the noise of a scanner would take most of the file."""
_LEFT, _ABOVE, _BELOW = 5.0, 8.0, 3.0
"""Paper around the boxes of a question, millimetres: its text stands above, the choices' texts to the right."""
_FIELD_ROOM: Final = 2.0
_CODE_ROOM: Final = 10.0
"""Below the code stands the number that can be typed."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a sheet, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, view: View) -> tuple[int, int, int, int]:
        """The upright rectangle of the picture that holds it: left, top, right, bottom."""
        corners: Points = np.array(
            [[self.left, self.top], [self.right, self.top], [self.right, self.bottom], [self.left, self.bottom]]
        )
        found = view.pixels(corners)
        height, width = view.picture.shape
        left, top = np.clip(np.floor(found.min(axis=0)), 0, [width, height]).astype(int).tolist()
        right, bottom = np.clip(np.ceil(found.max(axis=0)), 0, [width, height]).astype(int).tolist()
        return left, top, right, bottom


CODE_AREA: Final = Area(QR_X - 6, QR_Y - 4, PAGE_WIDTH - 4, QR_Y + QR_SIDE + _CODE_ROOM)
"""The code and the number under it."""


def area_of_boxes(boxes: Sequence[Box]) -> Area:
    """A question: its boxes, the text above and the choices beside them."""
    return Area(
        max(0.0, min(box.x for box in boxes) - _LEFT),
        max(0.0, min(box.y for box in boxes) - _ABOVE),
        PAGE_WIDTH - MARGIN,
        min(PAGE_HEIGHT, max(box.y for box in boxes) + BOX + _BELOW),
    )


def spots_in(area: Area, boxes: Sequence[Box]) -> tuple[tuple[str, int, int], ...]:
    """Where the boxes are in the picture of their area: choice, and the pixels of its top left corner."""
    return tuple((box.choice, round((box.x - area.left) * SCALE), round((box.y - area.top) * SCALE)) for box in boxes)


def area_around(left: float, top: float, right: float, bottom: float) -> Area:
    """What is written in a frame, with a little around it: people write over its edge."""
    return Area(
        max(0.0, left - _FIELD_ROOM),
        max(0.0, top - _FIELD_ROOM),
        min(PAGE_WIDTH, right + _FIELD_ROOM),
        min(PAGE_HEIGHT, bottom + _FIELD_ROOM),
    )


def crop(view: View, area: Area) -> bytes:
    """The area as it is on the sheet, upright, as a grey PNG of 6 pixels a millimetre."""
    x = steps(area.left, int((area.right - area.left) * SCALE), SCALE)
    y = steps(area.top, int((area.bottom - area.top) * SCALE), SCALE)
    grey = view.grey(x, y[:, None])
    paper = float(usual_paper(grey.reshape(1, -1))[0])
    black = min(black_level(view), paper - 1)
    share = ((grey - black) / (paper - black)).clip(0, 1)
    share[share > _PAPER] = 1
    file = BytesIO()
    Image.fromarray((share * (_GREYS - 1)).round().astype(np.uint8) * (255 // (_GREYS - 1))).save(
        file, "PNG", compress_level=1
    )
    return file.getvalue()
