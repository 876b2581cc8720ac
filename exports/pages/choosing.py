"""Which tables are printed: all of them, unless they would fill hundreds of pages that nobody turns."""

from collections.abc import Sequence

from exports.cells import Table
from exports.report import Report

NOTICE = "T9"
MOST_CELLS = 30_000
"""About 150 pages."""


def printed(report: Report, most: int = MOST_CELLS) -> Sequence[Table]:
    """The tables that are printed, in the order of the report; notices are files of their own.

    If there is not room for all: first those of all units together, with the results before the rest; then, of the
    others, as many as there is room for.
    """
    keys = {mark.key for mark in report.metadata.surveys}
    whole = {f"{number}-{key}" for number in ("T1", "T2", "T3") for key in keys}
    tables = [table for table in report.tables if table.number != NOTICE]
    left, chosen = most, set()
    for table in sorted(tables, key=lambda each: (each.name not in whole, each.number == "T1", each.number == "T2")):
        size = (len(table.rows) + 1) * len(table.columns)
        if size <= left:
            left -= size
            chosen.add(table.name)
    return [table for table in tables if table.name in chosen]


def left_out(report: Report, shown: Sequence[Table]) -> Sequence[Table]:
    """The tables that there was no room for."""
    names = {table.name for table in shown}
    return [table for table in report.tables if table.number != NOTICE and table.name not in names]
