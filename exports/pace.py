"""How far a format is: told as a share of its work, measured by the cells of its tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from exports.cells import Cell, Column
from exports.report import Report

NOTICE = "T9"
Told = Callable[[float], None]
"""Hears which share of the work is done, from 0 to 1."""


class HasRows(Protocol):
    """A table, or several set as one."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns."""

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """Its rows."""


Rows = TypeVar("Rows", bound=HasRows)


@dataclass(frozen=True, slots=True)
class Effort:
    """About how long work takes, in microseconds on a small computer; it matters only beside that of other work."""

    once: float = 0
    cell: float = 0
    """For every cell of the report."""
    notice: float = 0
    """For every notice."""

    def of(self, report: Report) -> int:
        """For this report; never nothing."""
        cells = sum(map(size, report.tables))
        return 1 + round(self.once + self.cell * cells + self.notice * len(report.numbered(NOTICE)))


NO_EFFORT = Effort()


def unheard(_share: float) -> None:
    """Nobody wants to know."""


def between(told: Told, start: float, end: float) -> Told:
    """Hears of a part of the work, which begins and ends at these shares of the whole."""
    return lambda share: told(start + share * (end - start))


def size(table: HasRows) -> int:
    """The cells of a table, with its headings."""
    return (len(table.rows) + 1) * len(table.columns)


def paced(tables: Sequence[Rows], told: Told) -> Iterator[Rows]:
    """The tables one by one, telling how far the work is whenever one has been done."""
    whole, done = sum(map(size, tables)), 0
    for table in tables:
        yield table
        done += size(table)
        told(done / max(whole, 1))
