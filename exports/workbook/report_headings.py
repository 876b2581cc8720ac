"""Headings of a table: those over several columns, then each column's, in the report's language and the other."""

import math
from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Column
from exports.heading_words import pieces
from exports.workbook.report_page import Styles, twin
from exports.workbook.safe_text import cell_text, write_text
from exports.workbook.sheets import cells_of

_LINE, _SMALL_LINE = 15, 13
"""Points, the height of a line."""
_SMALLER = 1.1
"""So many more of the small letters stand on a line."""
_OVER = 2
"""Lines of a heading over several columns: one a language. A column without one has that room too."""
_MOST_LINES = 6
_LONGEST = 40
"""Characters of a heading whose lines are broken by us."""


def write_headings(
    sheet: Worksheet, styles: Styles, lang: Lang, row: int, columns: Sequence[Column], widths: Sequence[float]
) -> int:
    """The headings from this row on; the first row below them. Only they are ever merged."""
    grouped = any(column.group for column in columns)
    if grouped:
        _groups(sheet, styles, lang, row, columns)
    own, other = row + grouped, row + grouped + 1
    for place, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        first, second = _both(column.heading, lang)
        if grouped and column.group is None:
            sheet.merge_range(row, place, own, place, "", styles.head)
            write_text(sheet, row, place, broken(first, wide), styles.head)
        else:
            write_text(sheet, own, place, broken(first, wide), styles.head)
        write_text(sheet, other, place, broken(second, wide * _SMALLER), styles.head_twin)
    for place, height in enumerate(heights(lang, columns, widths)):
        sheet.set_row(row + place, height)
    return other + 1


def heights(lang: Lang, columns: Sequence[Column], widths: Sequence[float]) -> list[float]:
    """Points, of each of the rows."""
    pairs = list(zip(columns, widths, strict=True))
    grouped = any(column.group for column in columns)
    over = _over_lines(lang, columns, widths) if grouped else 0
    lines = (_lines(each.heading.text(lang), wide) - (over if each.group is None else 0) for each, wide in pairs)
    small = (_lines(each.heading.text(twin(lang)), wide * _SMALLER) for each, wide in pairs)
    own = [_height(max(lines), _LINE), _height(max(small), _SMALL_LINE)]
    return [_height(over, _LINE), *own] if grouped else own


def broken(heading: str, width: float) -> str:
    """A Chinese heading with its ends of lines, which stand between words; other headings break by themselves."""
    if heading.isascii() or "\n" in heading or len(heading) > _LONGEST or cells_of(heading) <= width - 1:
        return heading
    lines = [""]
    for piece in pieces(heading):
        if lines[-1] and cells_of(lines[-1] + piece) > width - 1:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _groups(sheet: Worksheet, styles: Styles, lang: Lang, row: int, columns: Sequence[Column]) -> None:
    """The headings over several columns, in both languages, in one row."""
    for group, places in groupby(range(len(columns)), key=lambda place: columns[place].group):
        if group is None:
            continue
        across = list(places)
        text = "\n".join(part for part in _both(group, lang) if part)
        if len(across) > 1:
            sheet.merge_range(row, across[0], row, across[-1], "", styles.over)
        write_text(sheet, row, across[0], cell_text(text, lang), styles.over)


def _over_lines(lang: Lang, columns: Sequence[Column], widths: Sequence[float]) -> int:
    lines = _OVER
    for group, places in groupby(range(len(columns)), key=lambda place: columns[place].group):
        if group is not None:
            room = sum(widths[place] for place in places)
            lines = max(lines, sum(_lines(part, room) for part in _both(group, lang) if part))
    return lines


def _both(heading: I18n, lang: Lang) -> tuple[str, str]:
    """In both languages; the second empty where it says the same."""
    first, second = heading.text(lang), heading.text(twin(lang))
    return cell_text(first, lang), cell_text(second, lang) if second != first else ""


def _lines(text: str, width: float) -> int:
    """How many lines it takes: between words, as nobody breaks one."""
    if len(text) > _LONGEST:
        return sum(math.ceil(max(1, cells_of(part)) / max(1.0, width - 1)) for part in text.split("\n"))
    lines, used = 1, 0
    for piece in pieces(text.replace("\n", " ")):
        if used and used + cells_of(piece.rstrip()) > width - 1:
            lines, used = lines + 1, 0
        used += cells_of(piece)
    return lines


def _height(lines: int, line: float) -> float:
    return 4 + line * min(_MOST_LINES, max(1, lines))
