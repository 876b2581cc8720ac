"""What every sheet of a report looks like when it is opened and when it is printed."""

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from campaign.language import N_, Lang
from exports.report import Metadata
from exports.texts import tr
from exports.workbook.report_cells import GREEN, GREY, LINE
from exports.workbook.safe_text import header_text
from exports.workbook.sheets import Pen

_A4 = 9
_ACROSS = 220
"""Characters across a page of paper that can still be read."""
_USUAL, _HIGH = 95, 480
"""Characters across a page as they are, in a wide font too, and points from its top to its foot."""
_NOTE, _USUAL_COLUMN = 110, 8.43
"""Characters of a note, and of a column whose width is not set."""
_HEAD = "#FFFFFF"
_PAGES = N_("Page {page} of {pages}")
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.75, "bottom": 0.7}
"""Inches."""


def twin(lang: Lang) -> Lang:
    """The other language."""
    return Lang.EN if lang is Lang.ZH else Lang.ZH


def set_up(sheet: Worksheet, about: Metadata, lang: Lang, wide: float) -> None:
    """A4, landscape, as wide as the page (or as few pages as can be read), with page numbers."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(**_MARGINS)
    sheet.fit_to_pages(max(1, round(wide / _ACROSS)), 0)
    half = 100
    sheet.set_header(f"&L&9{_not_a_size(header_text(about.title.text(lang), half))}&R&9&A")
    pages = tr(lang, _PAGES, page="&P", pages="&N")
    organiser = _not_a_size(header_text(about.organiser.text(lang), half))
    sheet.set_footer(f"&L&9{organiser}&C&9{pages}&R&9 {about.exported_on.isoformat()}")


def break_pages(sheet: Worksheet, rows: Sequence[int], wide: float, high: float = 0) -> None:
    """Begin a page at each of these rows; ``high`` in points. Where it fits pages by itself, Excel ignores breaks."""
    scale = min(_USUAL / max(wide, 1), _HIGH / max(high, 1), 1)
    sheet.set_print_scale(max(10, int(100 * scale)))
    sheet.set_h_pagebreaks(rows)


def print_area(sheet: Worksheet, rows: int, widths: Sequence[float]) -> None:
    """What is printed: the table, and beside a narrow one as much as a note needs, but no text without end."""
    beside = max(0, math.ceil((_NOTE - sum(widths)) / _USUAL_COLUMN))
    sheet.print_area(0, 0, max(0, rows - 1), len(widths) - 1 + beside)


def _not_a_size(text: str) -> str:
    """Digits at the beginning would be read as the size of the letters."""
    return f" {text}" if text[:1].isdigit() else text


class Styles:
    """The looks of titles and headings."""

    def __init__(self, pen: Pen) -> None:
        centred: dict[str, object] = {"align": "center", "valign": "vcenter", "text_wrap": True}
        boxed: dict[str, object] = {"border": 1, "border_color": LINE, "bg_color": GREEN}
        self.title = pen.look(bold=True, font_size=16, font_color=GREEN, valign="vcenter")
        self.under = pen.look(font_color=GREY, valign="vcenter")
        self.head = pen.look(bold=True, font_color=_HEAD, **centred, **boxed)
        self.head_twin = pen.look(font_size=8, font_color=_HEAD, **centred, **boxed)
        self.band = pen.look(bold=True, bg_color="#D3E7DB", font_color="#1D5B41", valign="vcenter")
        self.note = pen.look(font_size=9, font_color=GREY)
        self.label = pen.look(bold=True, font_color=GREEN)
        self.text = pen.look(text_wrap=True)
        self.plain = pen.look()
        self.day = pen.look(num_format="yyyy-mm-dd", align="left")
        self.count = pen.look(num_format="#,##0", align="left")
        self.link = pen.look(font_color="#0563C1", underline=1)
