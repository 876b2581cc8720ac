"""How wide the columns of a report are, by what stands in them, in the cells of a fixed-width display."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Column, ColumnKind, Hidden
from exports.showing import mark, shown
from exports.workbook.report_layout import TableSheet
from exports.workbook.report_page import twin
from exports.workbook.sheets import cells_of

_NARROW, _WIDE_FIGURE, _WIDE_TEXT, _WIDE_NOTICE = 7.0, 12.0, 42.0, 105.0
_MOST_FIXED = 60
"""Characters across that stay when one scrolls: the rest of a small screen stays free."""
_LOOKED_AT = 2000
"""Rows that a width is measured by."""
_LONG_ONES = 20
"""One text in so many may be longer than its column is wide: it goes over several lines."""
_NOTICE_COLUMNS = 2
_LINE, _HIGHEST = 14, 400
"""Points: a line, and about the highest row that there is."""
_NEARER, _BESIDE = 1.05, 1.5
"""Letters stand nearer to each other than the digits by which a width is told; some of it a text cannot use."""
_READ = 5000
"""Characters of a text that its height is measured by."""


def widths_of(plan: TableSheet, lang: Lang) -> list[float]:
    """The width of every column."""
    rows = [row for table in plan.tables for row in table.rows][:_LOOKED_AT]
    return [
        _width(column, [row[place] for row in rows], lang, notice=len(plan.columns) == _NOTICE_COLUMNS)
        for place, column in enumerate(plan.columns)
    ]


def _width(column: Column, cells: Sequence[Cell], lang: Lang, *, notice: bool) -> float:
    wide = sorted(_cells(cells, lang))
    usual = wide[-1 - len(wide) // _LONG_ONES] if wide else 0
    longest_word = max(_longest_word(column.heading.text(each)) for each in (lang, twin(lang)))
    if column.kind is ColumnKind.TEXT:
        return min(_WIDE_NOTICE if notice else _WIDE_TEXT, max(_NARROW, usual + 3, longest_word + 1.5))
    heading = cells_of(column.heading.text(lang)) / 2 + 2
    return max(_NARROW, usual + 1.5, min(_WIDE_FIGURE, max(heading, longest_word + 1.5)))


def _cells(cells: Sequence[Cell], lang: Lang) -> Iterator[int]:
    for cell in cells:
        if isinstance(cell, Hidden):
            yield cells_of(mark(cell, lang))
        elif isinstance(cell, date):
            yield len("2026-12-31")
        else:
            yield cells_of(shown(cell, lang)) + 1


def _longest_word(heading: str) -> int:
    """Of a heading; one in Chinese is broken anywhere."""
    return max((len(word) for word in heading.split() if word.isascii()), default=0)


def row_height(row: Sequence[Cell], widths: Sequence[float], lang: Lang) -> float | None:
    """In points, for a row with a text that goes over several lines; None for one line."""
    lines = max(
        (_lines(cell.text(lang), widths[place]) for place, cell in enumerate(row) if isinstance(cell, I18n)), default=1
    )
    return min(_HIGHEST, _LINE * lines + 2) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    across = _NEARER * width - _BESIDE
    if 2 * len(text) <= across and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(cells_of(line) / across)) for line in text[:_READ].split("\n"))


def fixed_columns(columns: Sequence[Column], widths: Sequence[float]) -> int:
    """The columns that say what a row is about: the number and the texts at the beginning."""
    fixed = 0
    if len(columns) == _NOTICE_COLUMNS:
        return 0
    for place, column in enumerate(columns):
        about = column.kind is ColumnKind.TEXT or (place == 0 and column.key == "no")
        if not about or sum(widths[: place + 1]) > _MOST_FIXED:
            break
        fixed = place + 1
    return min(fixed, len(columns) - 1)
