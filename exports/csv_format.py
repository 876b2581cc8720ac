"""CSV that Excel and WPS open rightly and that runs nothing.

``about.csv`` says where the figures come from and what is in which file; ``tidy.csv`` has a row for every figure, for
programs; the other files are the tables as they are printed, one each. RFC 4180 with a byte order mark, without which
Excel garbles Chinese. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
Injection"); so does one that only looks as if it had got one, so that the apostrophe can be taken off again.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from campaign.i18n import I18n
from campaign.language import Lang
from exports.about import about_lines
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate, Table
from exports.content import Files
from exports.pace import Told, between, paced, unheard
from exports.report import Report
from exports.showing import NO_FIGURES, NUMBERING, SHOWN, figure_state, headings, shown

STATE = "figure_state"
"""Heading of the column that says what is hidden in a row and why."""
ROW_KEYS = (
    "branch",
    "branch_name",
    "on",
    "part",
    "part_name",
    "phase",
    "question",
    "choice",
    "dimension",
    "goal",
)
"""Columns that say what a figure is about, in whichever tables they are."""
TIDY = (
    "table",
    "name",
    "survey",
    "row",
    "total",
    *ROW_KEYS,
    "row_text",
    "figure",
    "figure_text",
    STATE,
    "count",
    "rate_pct",
    "points",
    "index",
    "exact",
)
"""Columns of ``tidy.csv``, the same in every language."""
_TEXTS = frozenset({"question_text", "choice_text"})
"""Columns that only say in words what a code beside them says; the printed tables have them."""
_AT_ONCE = 1_000
_TIDY_SHARE = 0.6
"""Of the work."""
_FORMULA = re.compile("'* *[=+\\-@\t\r\n＝＋－＠]")
Row = Sequence[str]


def csv_files(report: Report, lang: Lang, told: Told = unheard) -> Files:
    """All files by name; those of the tables are called by the table's name and title."""
    yield "about.csv", _chunks(chain([("item", "of", "text")], _safe_rows(about_lines(report, lang))))
    yield "tidy.csv", _chunks(chain([TIDY], tidy_rows(report, lang, between(told, 0, _TIDY_SHARE))))
    for table in paced(report.tables, between(told, _TIDY_SHARE, 1)):
        yield csv_name(table, lang), _chunks(printed_rows(table, lang))


def _safe_rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield [safe(cell) for cell in row]


def csv_name(table: Table, lang: Lang) -> str:
    """What a table's file is called."""
    return f"{table.name} {table.title.text(lang)}.csv"


def printed_rows(table: Table, lang: Lang) -> Iterator[Row]:
    """Headings, then the rows; a hidden figure is an empty cell, and the last column says why."""
    yield (*map(safe, headings(table, lang)), STATE)
    for row in table.rows:
        yield (*(_printed(cell, lang) for cell in row), figure_state(table, row))


def _printed(cell: Cell, lang: Lang) -> str:
    """Figures as they are, a minus before them too; texts made harmless."""
    if isinstance(cell, Hidden | NoFigure):
        return ""
    return safe(cell.text(lang)) if isinstance(cell, I18n) else shown(cell, lang)


def tidy_rows(report: Report, lang: Lang, told: Told = unheard) -> Iterator[Row]:
    """A row for every figure of every table, hidden ones included; a count and its share are one figure."""
    for table in paced(report.tables, told):
        figures = [*_figures(table, lang)]
        sums = len(table.rows) - table.totals
        for line, row in enumerate(table.rows if figures else ()):
            about = (table.number, safe(table.name), safe(table.survey), str(line + 1), "total" if line >= sums else "")
            keys = _row_keys(table, row, lang)
            for figure in figures:
                cells = [row[place] for place in figure.places]
                if not all(isinstance(cell, NoFigure) for cell in cells):
                    yield (*about, *keys, figure.name, figure.text, *_values(cells))


@dataclass(frozen=True, slots=True)
class _Figure:
    """What one row of ``tidy.csv`` is made from."""

    name: str
    text: str
    places: tuple[int, ...]
    """Where its cells stand: of a count, or of a count and its share."""


def _figures(table: Table, lang: Lang) -> Iterator[_Figure]:
    """The figures of a table's rows; running numbers are none."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    heads = headings(table, lang)
    for place, column in enumerate(table.columns):
        name, _, what = column.key.rpartition("_")
        if column.kind in NO_FIGURES or column.key == NUMBERING:
            continue
        if what == "count" and f"{name}_share" in places:
            over = column.group or column.heading
            yield _Figure(safe(name), safe(over.text(lang)), (place, places[f"{name}_share"]))
        elif not (what == "share" and f"{name}_count" in places):
            yield _Figure(safe(column.key), safe(heads[place]), (place,))


def _row_keys(table: Table, row: Sequence[Cell], lang: Lang) -> Row:
    """What the row is about; what has no column of its own stands together in the last one."""
    said = {
        column.key: _printed(cell, lang)
        for column, cell in zip(table.columns, row, strict=True)
        if column.kind in NO_FIGURES
    }
    if table.branch:
        said.setdefault("branch", safe(table.branch))
    rest = (text for key, text in said.items() if key not in ROW_KEYS and key not in _TEXTS and text)
    return (*(said.get(key, "") for key in ROW_KEYS), safe(" · ".join(rest)))


def _values(cells: Sequence[Cell]) -> Row:
    """State, count, rate in per cent, points, index, and the exact value of what is no count."""
    state, count, percent, points, index, exact = SHOWN, "", "", "", "", ""
    for cell in cells:
        match cell:
            case Hidden():
                state = cell.reason
            case Count():
                count = str(cell.value)
            case Rate():
                percent, exact = str(cell.percent), str(cell.value)
            case Points():
                points, exact = str(cell.points), str(cell.value)
            case Index():
                index, exact = str(cell.shown), str(cell.value)
            case _:
                continue
    return (state, count, percent, points, index, exact)


def _chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """A file, some rows at a time: a large campaign has more of them than there is room for."""
    yield codecs.BOM_UTF8
    left = iter(rows)
    while some := [*islice(left, _AT_ONCE)]:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(some)
        yield text.getvalue().encode(errors="replace")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without NUL."""
    text = text.replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text
