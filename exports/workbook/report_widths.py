"""How wide the columns of a report are, by what stands in them, in the cells of a fixed-width display."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Column, ColumnKind, Hidden
from exports.heading_words import pieces
from exports.showing import mark, shown
from exports.workbook.report_layout import TableSheet
from exports.workbook.report_page import twin
from exports.workbook.report_paper import points
from exports.workbook.sheets import cells_of

_NARROW, _WIDE_FIGURE, _WIDE_TEXT, _WIDE_NOTICE = 5.5, 12.0, 60.0, 118.0
_LEAST_NOTICE = 25
"""Of the texts of a notice; its items are shorter."""
_OWN_LINES, _TWIN_LINES, _SMALLER = 3, 5, 0.85
"""Lines of a heading, and of the one in the other language, whose letters are smaller by so much."""
_READ_HEADING = 60
"""Characters; a longer heading is not measured."""
_OVER_LINES, _OVER_SMALLER, _MOST_OVER = 3, 0.9, 24.0
"""Lines of a heading over several columns, a language; its letters are smaller by so much; what it gets at the most."""
_PAGE, _LEAST_TEXT = 1100.0, 16.0
"""Points across a page in letters that can be read; and what a column of texts keeps, characters."""
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
    wished = [
        _width(column, [row[place] for row in rows], lang, notice=len(plan.columns) == _NOTICE_COLUMNS)
        for place, column in enumerate(plan.columns)
    ]
    return _squeezed(
        _below_groups(plan.columns, wished, lang), [column.kind is ColumnKind.TEXT for column in plan.columns]
    )


def _below_groups(columns: Sequence[Column], widths: Sequence[float], lang: Lang) -> list[float]:
    """Wider where the heading over several columns has no room in a few lines."""
    made = list(widths)
    for group, found in groupby(range(len(columns)), key=lambda place: columns[place].group):
        if group is None:
            continue
        places = list(found)
        needed = max(_heading(group.text(each), _OVER_LINES) for each in (lang, twin(lang))) * _OVER_SMALLER + 1
        lacking = min(needed, _MOST_OVER) - sum(made[place] for place in places)
        for place in places:
            made[place] += max(lacking, 0) / len(places)
    return made


def _squeezed(widths: Sequence[float], are_texts: Sequence[bool]) -> list[float]:
    """Texts over more lines where the whole is wider than a page on which it can be read."""
    made = list(widths)
    while points(made) > _PAGE:
        widest = max((place for place, is_text in enumerate(are_texts) if is_text), key=made.__getitem__, default=None)
        if widest is None or made[widest] <= _LEAST_TEXT:
            break
        made[widest] -= 1
    return made


def _width(column: Column, cells: Sequence[Cell], lang: Lang, *, notice: bool) -> float:
    wide = sorted(_cells(cells, lang))
    usual = wide[-1 - len(wide) // _LONG_ONES] if wide else 0
    own, other = column.heading.text(lang), column.heading.text(twin(lang))
    heading = max(_heading(own, _OWN_LINES), _heading(other, _TWIN_LINES) * _SMALLER) + 0.8
    if column.kind is ColumnKind.TEXT:
        if notice and usual > _LEAST_NOTICE:
            return _WIDE_NOTICE
        return min(_WIDE_TEXT, max(_NARROW, usual + 1.5, heading))
    return max(_NARROW, usual + 0.5, min(_WIDE_FIGURE, heading))


def _heading(text: str, lines: int) -> float:
    """What a heading needs: its longest word, and so much that it takes no more than so many lines."""
    if len(text) > _READ_HEADING:
        return math.ceil(cells_of(text[:_READ]) / lines)
    words = [cells_of(word) for word in (text.split() if text.isascii() else map(str.rstrip, pieces(text)))]
    return max([0, *words, math.ceil(cells_of(text) / lines)])


def _cells(cells: Sequence[Cell], lang: Lang) -> Iterator[int]:
    for cell in cells:
        if isinstance(cell, Hidden):
            yield cells_of(mark(cell, lang))
        elif isinstance(cell, date):
            yield len("2026-12-31")
        else:
            yield cells_of(shown(cell, lang)) + 1


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
