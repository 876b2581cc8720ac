"""One sheet of a workbook: headings that stay, columns as wide as what stands in them, lists to choose from."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaign.book.cells import NO, YES, Cell, Column, Sort
from campaign.errors import Problem, Refused
from campaign.language import N_, Lang
from campaign.texts import tr as words_of
from exports.texts import tr
from exports.workbook.safe_text import MOST_TEXT, units, write_text

MORE_ROWS = 300
"""So many empty rows below the last one offer lists too."""
_LEAST, _MOST = 9, 44
"""Width of a column, in characters."""
_LONG_ONES = 40
"""One text in so many may be longer than its column is wide."""
_PAGE = 150
"""Characters across a page of paper that can still be read."""
_MOST_LIST = 255
"""Characters of a list that stands in the rule itself."""
FONTS = {Lang.ZH: "Microsoft YaHei", Lang.EN: "Arial"}
FIGURES = "Arial"
"""Of numbers and days, which no font may make wider than their column: every system has it, or one like it."""
_NUMBER_FORMATS = {Sort.DAY: "yyyy-mm-dd", Sort.DUE: "yyyy-mm-dd", Sort.COUNT: "0", Sort.NUMBER: "General"}
_TEXT = "@"


@dataclass(frozen=True, slots=True)
class Range:
    """Where the codes of a section stand, for lists to choose from."""

    sheet: str
    column: int
    """From 0."""
    rows: int
    """With the heading."""

    @property
    def formula(self) -> str:
        """``='Phases'!$A$2:$A$303``."""
        letter = chr(65 + self.column)
        return f"='{self.sheet.replace(chr(39), chr(39) * 2)}'!${letter}$2:${letter}${self.rows + MORE_ROWS}"


class Pen:
    """Writes cells in the looks of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, lang: Lang) -> None:
        self.lang = lang
        self._book = book
        self._kept: dict[tuple[tuple[str, object], ...], Format] = {}

    def look(self, **fields: object) -> Format:
        """A format, made once."""
        font: dict[str, object] = {"font_name": FONTS[self.lang], "font_size": 10, "valign": "top"}
        key = tuple(sorted((font | fields).items(), key=lambda each: each[0]))
        if key not in self._kept:
            self._kept[key] = self._book.add_format(dict(key))
        return self._kept[key]

    def cell_look(self, column: Column, **fields: object) -> Format:
        """How the cells of a column look."""
        if column.info:
            return self.look(font_color="#6B6B6B", italic=True, num_format=_TEXT)
        return self.look(num_format=_NUMBER_FORMATS.get(column.sort, _TEXT), **fields)

    def head_look(self, column: Column) -> Format:
        """How its heading looks."""
        colours = {"bg_color": "#E7E6E6", "font_color": "#6B6B6B"} if column.info else {"bg_color": "#D9E8F5"}
        return self.look(bold=True, text_wrap=True, border=1, border_color="#A6A6A6", **colours)

    def write(self, sheet: Worksheet, row: int, place: int, cell: Cell, look: Format) -> None:
        """One cell: texts as texts whatever they begin with, days as days, numbers as numbers."""
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, look)
        elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            sheet.write_number(row, place, float(cell) if isinstance(cell, Decimal) else cell, look)
        elif cell is not None:
            text = str(cell)
            if (n := units(text)) > MOST_TEXT:
                why = tr.phrase(N_("a text has {n} characters, and a cell holds {most}"), n=n, most=MOST_TEXT)
                raise Refused(Problem("M120", {"path": sheet.get_name(), "why": why}))
            write_text(sheet, row, place, text, look)


def write_table(
    pen: Pen, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], fixed: int
) -> None:
    """Headings with their notes, then the rows; the headings and the first ``fixed`` columns stay when one scrolls."""
    wide = 0.0
    for place, column in enumerate(columns):
        heading = two_lines(column, pen.lang)
        sheet.write_string(0, place, heading, pen.head_look(column))
        if column.note:
            sheet.write_comment(0, place, words_of(pen.lang, column.note), {"x_scale": 1.6, "font_size": 9})
        look = pen.cell_look(column)
        width = _width(max(heading.splitlines(), key=cells_of), [row[place] for row in rows])
        wide += width
        sheet.set_column(place, place, width, look)
        for number, row in enumerate(rows, 1):
            pen.write(sheet, number, place, row[place], look)
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, fixed)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(max(1, round(wide / _PAGE)), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, fixed - 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def two_lines(column: Column, lang: Lang) -> str:
    """The heading in the language of the file, below it in the other one; either is understood when it is read."""
    return "\n".join(dict.fromkeys((column.heading.text(lang), column.heading.text(lang.other))))


def offer(
    pen: Pen, sheet: Worksheet, column: Column, rows: tuple[int, int], place: int, ranges: Mapping[str, Range]
) -> None:
    """A rule for what may stand in a column: a list to choose from, a day, a whole number."""
    rule = _rule(pen.lang, column, ranges)
    if rule is not None and not column.info:
        sheet.data_validation(rows[0], place, rows[1], place, rule)


def _rule(lang: Lang, column: Column, ranges: Mapping[str, Range]) -> dict[str, object] | None:
    if column.refers in ranges and column.sort is not Sort.LIST:
        said = tr(lang, "Choose from the list, or add it to its own sheet first.")
        return {"validate": "list", "source": ranges[column.refers].formula, **_told(lang, said, "warning")}
    if column.options:
        return _listed(lang, [name.text(lang) for _, name in column.options], "warning")
    if column.sort in (Sort.CHOICE, Sort.YES):
        words = [word for _, word in column.choices] if column.sort is Sort.CHOICE else [YES, NO]
        return _listed(lang, [words_of(lang, word) for word in words], "stop")
    if column.sort is Sort.DAY:
        days = {"minimum": date(1990, 1, 1), "maximum": date(2099, 12, 31)}
        said = tr(lang, "Write a day, as 2026-07-01.")
        return {"validate": "date", "criteria": "between", **days, **_told(lang, said, "warning")}
    if column.sort is Sort.COUNT:
        limits = {"criteria": "between", "minimum": 0, "maximum": 999_999_999}
        return {"validate": "integer", **limits, **_told(lang, tr(lang, "Write a whole number, 0 or more."), "stop")}
    return None


def _listed(lang: Lang, words: list[str], severity: str) -> dict[str, object] | None:
    """A list that stands in the rule itself; none if it is too long for that, or a comma would cut a word in two."""
    if len(",".join(words)) > _MOST_LIST or any("," in word for word in words):
        return None
    return {"validate": "list", "source": words, **_told(lang, tr(lang, "Choose from the list."), severity)}


def _told(lang: Lang, message: str, severity: str) -> dict[str, object]:
    return {"error_title": tr(lang, "This does not fit"), "error_message": message, "error_type": severity}


def _width(heading: str, cells: Sequence[Cell]) -> float:
    """Wide enough for nearly all of the cells, and for the heading on two lines."""
    widths = sorted(
        cells_of("2026-12-31" if isinstance(cell, date) else str(cell)) for cell in cells if cell is not None
    )
    usual = widths[-1 - len(widths) // _LONG_ONES] if widths else 0
    return min(_MOST, max(_LEAST, usual + 2, cells_of(heading) / 2 + 4))


@lru_cache(20_000)
def cells_of(text: str) -> int:
    """Display cells of the longest line."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(
        sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in text.split("\n")
    )
