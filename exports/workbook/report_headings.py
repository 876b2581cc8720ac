"""Headings of a table: those over several columns, then each column's, in the report's language and the other."""

import math
from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Column
from exports.workbook.report_page import Styles, twin
from exports.workbook.safe_text import cell_text, write_text
from exports.workbook.sheets import cells_of

_LINE, _SMALL_LINE = 15, 12
"""Points, the height of a line."""
_SMALLER = 1.3
"""So many more of the small letters stand on a line."""
_OVER = 2
"""Lines of a heading over several columns: one a language. A column without one has that room too."""
_MOST_LINES = 6


def write_headings(
    sheet: Worksheet, styles: Styles, lang: Lang, row: int, columns: Sequence[Column], widths: Sequence[float]
) -> int:
    """The headings from this row on; the first row below them. Only they are ever merged."""
    grouped = any(column.group for column in columns)
    pairs = list(zip(columns, widths, strict=True))
    if grouped:
        _groups(sheet, styles, lang, row, columns, widths)
    own, other = row + grouped, row + grouped + 1
    for place, column in enumerate(columns):
        first, second = _both(column.heading, lang)
        if grouped and column.group is None:
            sheet.merge_range(row, place, own, place, "", styles.head)
            write_text(sheet, row, place, first, styles.head)
        else:
            write_text(sheet, own, place, first, styles.head)
        write_text(sheet, other, place, second, styles.head_twin)
    over = _OVER if grouped else 0
    lines = (_lines(each.heading.text(lang), wide) - (over if each.group is None else 0) for each, wide in pairs)
    sheet.set_row(own, _height(max(lines), _LINE))
    small = (_lines(each.heading.text(twin(lang)), wide * _SMALLER) for each, wide in pairs)
    sheet.set_row(other, _height(max(small), _SMALL_LINE))
    return other + 1


def _groups(
    sheet: Worksheet, styles: Styles, lang: Lang, row: int, columns: Sequence[Column], widths: Sequence[float]
) -> None:
    """The headings over several columns, in both languages, in one row."""
    lines = _OVER
    for group, places in groupby(range(len(columns)), key=lambda place: columns[place].group):
        if group is None:
            continue
        across = list(places)
        text = "\n".join(part for part in _both(group, lang) if part)
        if len(across) > 1:
            sheet.merge_range(row, across[0], row, across[-1], "", styles.head)
        write_text(sheet, row, across[0], cell_text(text, lang), styles.head)
        lines = max(lines, _lines(text, sum(widths[place] for place in across)))
    sheet.set_row(row, _height(lines, _LINE))


def _both(heading: I18n, lang: Lang) -> tuple[str, str]:
    """In both languages; the second empty where it says the same."""
    first, second = heading.text(lang), heading.text(twin(lang))
    return cell_text(first, lang), cell_text(second, lang) if second != first else ""


def _lines(text: str, width: float) -> int:
    return sum(math.ceil(max(1, cells_of(part)) / max(1.0, width - 1)) for part in text.split("\n"))


def _height(lines: int, line: float) -> float:
    return 4 + line * min(_MOST_LINES, max(1, lines))
