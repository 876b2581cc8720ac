"""What is charted of each survey: its answers by question, and how satisfied people are with each unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.i18n import I18n
from campaign.language import N_
from exports.cells import Cell, Column, ColumnKind, Count, Rate, Table, both
from exports.report import Report

MOST_BARS, MOST_CHARTS = 40, 25
"""Of a chart, for more cannot be told apart; and of a table."""
_PART = N_("{title} ({n} of {m})")
_LEFT_OUT = N_("The first {n} of {m}, in the order of the plan; {table} has them all.")
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
        charts = [*(_answers(questions) if questions else ()), *(_units(units) if units else ())]
        if drawn := tuple(chart for chart in charts if _has_figures(chart)):
            found.append(Overview(mark.name, drawn))
    return tuple(found)


def _questions(tables: Sequence[Table], key: str) -> Table | None:
    """Of all together; in the report of one session, its own."""
    asked = [table for table in tables if table.columns[0].key == "question"]
    return next((table for table in asked if table.name == f"T2-{key}"), asked[0] if asked else None)


def _has_figures(chart: Chart) -> bool:
    return any(isinstance(row[place], Count | Rate) for row in chart.rows for place in chart.bars)


def _answers(table: Table) -> Iterator[Chart]:
    """How often each choice was given, question by question."""
    places = [
        table.place("question_text"),
        *(place for place, column in enumerate(table.columns) if column.key.endswith("_count")),
        table.place(_VALID),
        table.place(_RATE),
    ]
    yield from _pages(table, places, tuple(range(1, len(places) - 2)))


def _units(table: Table) -> Iterator[Chart]:
    """The satisfaction rate of every unit in the order of the plan: nobody is ranked. Below each, all together."""
    places = [table.place(key) for key in ("branch_name", _VALID, "expressed", "return_rate", _RATE)]
    yield from _pages(table, places, (len(places) - 1,))


def _pages(table: Table, places: Sequence[int], bars: tuple[int, ...]) -> Iterator[Chart]:
    """The rows on as many charts as it takes, in their order, with the sums at the end of each."""
    rows = [tuple(row[place] for place in places) for row in table.rows]
    body, sums = rows[: len(rows) - table.totals], rows[len(rows) - table.totals :]
    parts = [body[at : at + MOST_BARS] for at in range(0, len(body), MOST_BARS)] or [[]]
    for number, part in enumerate(parts[:MOST_CHARTS], 1):
        title = table.title
        if len(parts) > 1:
            title = both(_PART, title=title, n=number, m=len(parts))
        last = number == MOST_CHARTS < len(parts)
        note = both(_LEFT_OUT, n=MOST_CHARTS * MOST_BARS, m=len(body), table=table.number) if last else None
        yield Chart(title, _short(table, places), (*part, *sums), bars, note)


def _short(table: Table, places: Sequence[int]) -> tuple[Column, ...]:
    """The columns with one heading each: that over several stands for the count."""
    return tuple(
        Column(column.key, column.group or column.heading, column.kind, None, column.counts_as)
        for column in (table.columns[place] for place in places)
    )
