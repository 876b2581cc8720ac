"""What is charted of each survey: its answers by question, and how satisfied people are with each unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.i18n import I18n
from campaign.language import N_
from exports.cells import Cell, Column, ColumnKind, Count, Rate, Table, both
from exports.report import Report

MOST_BARS = 40
"""More cannot be told apart."""
_LEFT_OUT = N_("{n} of {m} units: those with the lowest rates.")
_VALID, _RATE = "valid", "satisfaction"


@dataclass(frozen=True, slots=True)
class Chart:
    """A short table and what is drawn from it. The first column is what a bar is called."""

    title: I18n
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: tuple[int, ...]
    """Columns whose figures are drawn."""
    note: I18n | None = None

    @property
    def stacked(self) -> bool:
        """Counts lie behind each other in one bar; a rate is a bar of its own."""
        return self.columns[self.bars[0]].kind is ColumnKind.COUNT


@dataclass(frozen=True, slots=True)
class Overview:
    """The charts of one survey."""

    name: I18n
    charts: tuple[Chart, ...]


def overviews(report: Report) -> tuple[Overview, ...]:
    """One a survey that has any figures to draw."""
    found = []
    for mark in report.metadata.surveys:
        own = [table for table in report.numbered("T2") if table.survey == mark.key]
        questions, units = _questions(own, mark.key), report.table(f"T3-{mark.key}")
        charts = [_answers(questions)] if questions else []
        charts += [_units(units)] if units else []
        if drawn := tuple(chart for chart in charts if _has_figures(chart)):
            found.append(Overview(mark.name, drawn))
    return tuple(found)


def _questions(tables: Sequence[Table], key: str) -> Table | None:
    """Of all together; in the report of one session, its own."""
    asked = [table for table in tables if table.columns[0].key == "question"]
    return next((table for table in asked if table.name == f"T2-{key}"), asked[0] if asked else None)


def _has_figures(chart: Chart) -> bool:
    return any(isinstance(row[place], Count | Rate) for row in chart.rows for place in chart.bars)


def _answers(table: Table) -> Chart:
    """How often each choice was given, question by question."""
    places = [
        table.place("question_text"),
        *(place for place, column in enumerate(table.columns) if column.key.endswith("_count")),
        table.place(_VALID),
        table.place(_RATE),
    ]
    columns = _short(table, places)
    bars = tuple(range(1, len(places) - 2))
    rows = tuple(tuple(row[place] for place in places) for row in table.rows[:MOST_BARS])
    return Chart(table.title, columns, rows, bars)


def _units(table: Table) -> Chart:
    """Units by their satisfaction rate, the highest first; those whose rate is hidden at the end."""
    body = list(table.rows[: len(table.rows) - table.totals])
    rate = table.place(_RATE)
    shown = [row for row in body if isinstance(row[rate], Rate)]
    hidden = [row for row in body if not isinstance(row[rate], Rate)]
    ordered = sorted(shown, key=lambda row: -_rate(row[rate]))
    kept = [*ordered, *hidden][:MOST_BARS] if len(body) <= MOST_BARS else ordered[-MOST_BARS:]
    keys = ["branch_name", _VALID, "expressed", "return_rate", _RATE]
    places = [table.place(key) for key in keys]
    rows = tuple(tuple(row[place] for place in places) for row in [*kept, *table.rows[len(body) :]])
    note = both(_LEFT_OUT, n=len(kept), m=len(body)) if len(kept) < len(body) else None
    return Chart(table.title, _short(table, places), rows, (len(keys) - 1,), note)


def _rate(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell, Rate) else 0.0


def _short(table: Table, places: Sequence[int]) -> tuple[Column, ...]:
    """The columns with one heading each: that over several stands for the count."""
    return tuple(
        Column(column.key, column.group or column.heading, column.kind, None, column.counts_as)
        for column in (table.columns[place] for place in places)
    )
