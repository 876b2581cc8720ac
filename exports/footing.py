"""Cross-footing: before a table is written, its parts must add up to its totals; a figure is never bent to do so."""

from collections.abc import Iterable, Iterator

from campaign.errors import Problem, Refused
from exports.cells import Cell, ColumnKind, Count, Table


def require_footing(tables: Iterable[Table]) -> None:
    """Refused V61, with every sum that is not right."""
    if problems := [problem for table in tables for problem in unfooted(table)]:
        raise Refused(*problems)


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
