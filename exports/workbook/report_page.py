"""What every sheet of a report looks like when it is opened and when it is printed."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from campaign.language import N_, Lang
from exports.report import Metadata
from exports.texts import tr
from exports.workbook.report_cells import GREEN, GREY, LINE
from exports.workbook.report_paper import MARGINS, ROW, Paper
from exports.workbook.safe_text import header_text
from exports.workbook.sheets import FONTS, Pen

_A4 = 9
_USUAL_COLUMN = 8.43
"""Characters of a column whose width is not set."""
_LEAST_WIDE = 80
"""Characters that are printed at the least: beside a narrow table, as much as titles and notes need."""
_HEAD = "#FFFFFF"
_PAGES = N_("Page {page} of {pages}")


def twin(lang: Lang) -> Lang:
    """The other language."""
    return Lang.EN if lang is Lang.ZH else Lang.ZH


def set_up(sheet: Worksheet, about: Metadata, lang: Lang, paper: Paper, breaks: Sequence[int] = ()) -> None:
    """A4 with page numbers, as :mod:`.report_paper` found; or a page begun at each of these rows.

    Where it fits pages by itself, Excel ignores breaks: with them it is told the scale.
    """
    sheet.hide_gridlines(2)
    sheet.set_default_row(ROW)
    if paper.standing:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(**MARGINS)
    if paper.tall or not breaks:
        sheet.fit_to_pages(paper.across, paper.tall)
    else:
        sheet.set_print_scale(int(100 * paper.scale))
        sheet.set_h_pagebreaks(breaks)
    half = 100
    sheet.set_header(f"&L&9{_not_a_size(header_text(about.title.text(lang), half))}&R&9&A")
    pages = tr(lang, _PAGES, page="&P", pages="&N")
    organiser = _not_a_size(header_text(about.organiser.text(lang), half))
    sheet.set_footer(f"&L&9{organiser}&C&9{pages}&R&9 {about.exported_on.isoformat()}")


def printed_widths(widths: Sequence[float]) -> list[float]:
    """The columns that are printed: the table's, and empty ones beside a narrow table."""
    wide = list(widths)
    while sum(wide) < _LEAST_WIDE:
        wide.append(_USUAL_COLUMN)
    return wide


def print_area(sheet: Worksheet, rows: int, widths: Sequence[float]) -> None:
    """What is printed: the table and its notes, but no text without end."""
    sheet.print_area(0, 0, max(0, rows - 1), len(printed_widths(widths)) - 1)


def _not_a_size(text: str) -> str:
    """Digits at the beginning would be read as the size of the letters."""
    return f" {text}" if text[:1].isdigit() else text


class Styles:
    """The looks of titles and headings."""

    def __init__(self, pen: Pen) -> None:
        centred: dict[str, object] = {"align": "center", "text_wrap": True}
        boxed: dict[str, object] = {"left": 1, "right": 1, "border_color": LINE, "bg_color": GREEN}
        self.title = pen.look(bold=True, font_size=16, font_color=GREEN, valign="vcenter")
        self.under = pen.look(font_color=GREY, valign="vcenter")
        self.head = pen.look(bold=True, font_color=_HEAD, valign="bottom", bottom=0, **centred, **boxed)
        self.over = pen.look(
            bold=True, font_size=9, font_color=_HEAD, valign="vcenter", bottom=1, top=1, **centred, **boxed
        )
        other = FONTS[twin(pen.lang)]
        self.head_twin = pen.look(
            font_name=other, font_size=9, font_color=_HEAD, valign="top", top=0, **centred, **boxed
        )
        self.band = pen.look(bold=True, bg_color="#D3E7DB", font_color="#1D5B41", valign="vcenter")
        self.note = pen.look(font_color=GREY)
        self.note_twin = pen.look(font_name=other, font_size=9, font_color=GREY)
        self.label = pen.look(bold=True, font_color=GREEN)
        self.text = pen.look(text_wrap=True)
        self.plain = pen.look()
        self.day = pen.look(num_format="yyyy-mm-dd", align="left")
        self.count = pen.look(num_format="#,##0", align="left")
        self.link = pen.look(font_color="#0563C1", underline=1)
