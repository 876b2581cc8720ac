"""Cross-footing: before a table is written, its parts must add up to its totals; a figure is never bent to do so."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from campaign.errors import Problem, Refused
from campaign.i18n import I18n
from exports.cells import NONE, Cell, ColumnKind, Count, Rate, Table, both
from exports.tables.common import MEAN, POOLED, WEIGHTED

_RATE = "satisfaction"


def require_footing(tables: Iterable[Table]) -> None:
    """Refused V61, with every sum that is not right."""
    every = list(tables)
    problems = [problem for table in every for problem in unfooted(table)]
    if problems := [*problems, *disagreeing(every)]:
        raise Refused(*problems)


def disagreeing(tables: Sequence[Table]) -> Iterator[Problem]:
    """Where rates of all together are not what the tables of units and groups add up to: V61 with both, in per cent."""
    by_name = {table.name: table for table in tables}
    for table in tables:
        key = table.name.removesuffix("-all")
        if key != table.name and (units := by_name.get(key)):
            yield from _rates_of_all(table, units, by_name.get(f"{key}-weights"))


def _rates_of_all(table: Table, units: Table, weights: Table | None) -> Iterator[Problem]:
    place, of_unit = table.place(_RATE), units.place(_RATE)
    body, (total, *_) = units.rows[: -units.totals], units.rows[-units.totals :]
    shown = [cell.value for row in body if isinstance(cell := row[of_unit], Rate)]
    expected = {both(POOLED): total[of_unit], both(MEAN): Rate(sum(shown) / Fraction(len(shown))) if shown else NONE}
    if weights is not None:
        share, rate = weights.place("weight_share"), weights.place(_RATE)
        pairs = [(row[share], row[rate]) for row in weights.rows]
        found = [of.value * at.value for of, at in pairs if isinstance(of, Rate) and isinstance(at, Rate)]
        expected[both(WEIGHTED)] = Rate(sum(found, Fraction())) if found else NONE
    for row in table.rows:
        wanted, told = expected.get(row[0]) if isinstance(row[0], I18n) else None, row[place]
        if isinstance(wanted, Rate) and isinstance(told, Rate) and wanted.value != told.value:
            yield Problem("V61", {"table": table.title, "a": wanted.percent, "b": told.percent})


def unfooted(table: Table) -> Iterator[Problem]:
    """What does not add up: across each row, and down each column of counts to the first row of totals."""
    for row in table.rows:
        for footing in table.footings:
            parts = [row[table.place(key)] for key in footing.parts]
            total = row[table.place(footing.total)]
            if isinstance(total, Count) and (added := _sum(parts)) is not None and added != total.value:
                yield Problem("V61", {"table": table.title, "a": added, "b": total.value})
    if table.totals:
        body, total_row = table.rows[: -table.totals], table.rows[-table.totals]
        for place, column in enumerate(table.columns):
            total = total_row[place]
            if column.kind is ColumnKind.COUNT and isinstance(total, Count):
                summed = (row[place] for number, row in enumerate(body) if number not in table.apart)
                added = sum(cell.value for cell in summed if isinstance(cell, Count))
                if added != total.value:
                    yield Problem("V61", {"table": table.title, "a": added, "b": total.value})


def _sum(cells: list[Cell]) -> int | None:
    """The sum of counts; None if one of them is hidden or has no figure."""
    values = [cell.value for cell in cells if isinstance(cell, Count)]
    return sum(values) if len(values) == len(cells) else None
