"""Which tables of a report stand on which sheet: those of one number and with the same columns below each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.errors import Problem, Refused
from campaign.i18n import I18n
from exports.alike import alike
from exports.cells import Column, Table
from exports.pace import size
from exports.report import Report

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet (Excel specifications and limits)."""
_SPARE = 20
"""Rows for titles, headings and notes, a table."""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet."""

    number: str
    title: I18n
    tables: tuple[Table, ...]
    """One or more, all with the same columns."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of every table of the sheet."""
        return self.tables[0].columns

    @property
    def size(self) -> int:
        """Its cells."""
        return sum(map(size, self.tables))

    @property
    def single(self) -> bool:
        """Whether there is one table, whose title is the sheet's."""
        return len(self.tables) == 1


def table_sheets(report: Report, most_rows: int = MOST_ROWS) -> tuple[TableSheet, ...]:
    """All sheets, T1 to T9. Refused M160 for a table that no sheet holds."""
    for table in report.tables:
        if len(table.columns) > MOST_COLUMNS or len(table.rows) + _SPARE > most_rows:
            raise Refused(Problem("M160", {"table": table.title, "n": len(table.rows), "m": len(table.columns)}))
    ordered = sorted(alike(report.tables), key=lambda each: int(each[0][1:]))
    return tuple(
        TableSheet(number, title, tuple(part))
        for number, title, tables in ordered
        for part in _parts(tables, most_rows)
    )


def _parts(tables: Sequence[Table], most_rows: int) -> Iterator[list[Table]]:
    """As many tables on a sheet as there is room for."""
    part: list[Table] = []
    rows = 0
    for table in tables:
        needed = len(table.rows) + len(table.notes) + _SPARE
        if part and rows + needed > most_rows:
            yield part
            part, rows = [], 0
        part.append(table)
        rows += needed
    yield part
