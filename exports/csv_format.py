"""CSV that Excel and WPS open rightly and that runs nothing.

``about.csv`` says where the figures come from and what is in which file; ``tidy.csv`` has a row for every figure, for
programs; the other files are the tables as they are printed, one each. RFC 4180 with a byte order mark, without which
Excel garbles Chinese. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
Injection"); so does one that only looks as if it had got one, so that the apostrophe can be taken off again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from campaign.language import Lang
from exports.about import about_lines
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate, Table
from exports.report import Report
from exports.showing import NO_FIGURES, NUMBERING, SHOWN, figure_state, heading, shown

STATE = "figure_state"
"""Heading of the column that says what is hidden in a row and why."""
ROW_KEYS = (
    "branch",
    "branch_name",
    "on",
    "part",
    "phase",
    "question",
    "question_text",
    "choice",
    "choice_text",
    "dimension",
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
    "column",
    "over",
    "heading",
    "kind",
    STATE,
    "count",
    "rate_pct",
    "points",
    "index",
    "exact",
)
"""Columns of ``tidy.csv``, the same in every language."""
_FORMULA = re.compile("'* *[=+\\-@\t\r\n＝＋－＠]")
Row = Sequence[str]


def csv_files(report: Report, lang: Lang) -> Mapping[str, bytes]:
    """All files by name; those of the tables are called by the table's name and title."""
    return {
        "about.csv": _file([("item", "of", "text"), *about_lines(report, lang)]),
        "tidy.csv": _file([TIDY, *tidy_rows(report, lang)]),
        **{csv_name(table, lang): _file(printed_rows(table, lang)) for table in report.tables},
    }


def csv_name(table: Table, lang: Lang) -> str:
    """What a table's file is called."""
    return f"{table.name} {table.title.text(lang)}.csv"


def printed_rows(table: Table, lang: Lang) -> Iterator[Row]:
    """Headings, then the rows; a hidden figure is an empty cell, and the last column says why."""
    yield (*(heading(table, place, lang) for place in range(len(table.columns))), STATE)
    for row in table.rows:
        yield (*(_printed(cell, lang) for cell in row), figure_state(table, row))


def _printed(cell: Cell, lang: Lang) -> str:
    return "" if isinstance(cell, Hidden | NoFigure) else shown(cell, lang)


def tidy_rows(report: Report, lang: Lang) -> Iterator[Row]:
    """A row for every figure of every table, hidden ones included; running numbers are no figures."""
    for table in report.tables:
        figures = [
            (place, column)
            for place, column in enumerate(table.columns)
            if column.kind not in NO_FIGURES and column.key != NUMBERING
        ]
        if not figures:
            continue
        heads = {
            place: (column.key, column.group.text(lang) if column.group else "", column.heading.text(lang), column.kind)
            for place, column in figures
        }
        sums = len(table.rows) - table.totals
        for line, row in enumerate(table.rows):
            about = (table.number, table.name, table.survey, str(line + 1), "total" if line >= sums else "")
            keys = _row_keys(table, row, lang)
            for place, head in heads.items():
                if not isinstance(row[place], NoFigure):
                    yield (*about, *keys, *head, *_figure(row[place]))


def _row_keys(table: Table, row: Sequence[Cell], lang: Lang) -> Row:
    """What the row is about; what has no column of its own stands together in the last one."""
    said = {
        column.key: _printed(cell, lang)
        for column, cell in zip(table.columns, row, strict=True)
        if column.kind in NO_FIGURES
    }
    if table.branch:
        said.setdefault("branch", table.branch)
    rest = (text for key, text in said.items() if key not in ROW_KEYS and text)
    return (*(said.get(key, "") for key in ROW_KEYS), " · ".join(rest))


def _figure(cell: Cell) -> Row:
    """State, count, rate in per cent, points, index, and the exact value of what is no count."""
    match cell:
        case Hidden():
            return (cell.reason, "", "", "", "", "")
        case Count():
            return (SHOWN, str(cell.value), "", "", "", "")
        case Rate():
            return (SHOWN, "", str(cell.percent), "", "", str(cell.value))
        case Points():
            return (SHOWN, "", "", str(cell.points), "", str(cell.value))
        case Index():
            return (SHOWN, "", "", "", str(cell.shown), str(cell.value))
        case _:
            raise TypeError(cell)


def _file(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without NUL."""
    text = text.replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text
