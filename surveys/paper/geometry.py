"""Where things stand on a printed form, in millimetres from its top left corner: what is drawn is what is read.

A layout is kept with the session when forms are printed, so that a sheet can be read by a later version of the program.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from campaign.language import Lang

CREATOR: Final = "manyi"
"""Names in a PDF file what has made it: forms as they were printed are no scan of them."""
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
MARGIN = 10.0
"""From the edge of the sheet to the corner marks."""
MARK = 6.0
"""Side of the squares in the corners; the hollow one at the bottom right tells which way up the sheet is."""
MARK_HOLE = 3.0
"""Side of the white square in the hollow mark."""
BOX, BOX_LINE = 4.2, 0.3
"""Side of a box to tick, from the middle of one line to that of the other, and the width of the line."""
QR_MODULES = 25
QR_SIDE = 22.0
QR_X, QR_Y = PAGE_WIDTH - MARGIN - MARK - QR_SIDE - 3.0, MARGIN + 8.5
"""The square's top left corner, the quiet zone of four modules not included; the same on every page."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Frozen):
    """A box to tick."""

    question: str
    choice: str
    x: float
    y: float
    """Top left corner, in the middle of the line."""


class Field(_Frozen):
    """A frame to write in: a comment, or a number."""

    question: str
    x: float
    y: float
    width: float
    height: float
    holds: Literal["text", "number"] = "text"


class PageLayout(_Frozen):
    """One page."""

    boxes: tuple[Box, ...]
    fields: tuple[Field, ...] = ()


class FormLayout(_Frozen):
    """All pages of a form in one language."""

    lang: Lang
    pages: tuple[PageLayout, ...]
