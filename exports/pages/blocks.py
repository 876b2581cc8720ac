"""Tables of one kind as one: below each other under the same heads, and what many rows share said once above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from campaign.i18n import I18n
from exports.alike import alike, own_title
from exports.cells import Cell, Column, ColumnKind, Count, Hidden, NoFigure, Table

PART_CODE, PART_NAME = "part", "part_name"
"""Columns with the codes of groups and channels and with their names, beside which nobody reads the codes."""
_LEAST_SHARED = 2.5
"""Rows, on average, that must share what is said above them."""
_FOLDED = 2
"""So many rows that have no figures and are alike become one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows about the same thing."""

    head: tuple[I18n, ...]
    """What they are about; nothing in a table that has one part."""
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    """So many rows at the end are sums of those above."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is set as one table."""

    number: str
    title: I18n
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    notes: tuple[I18n, ...]

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """Those of all parts."""
        return [row for part in self.parts for row in part.rows]


def blocks(tables: Sequence[Table]) -> Iterator[Block]:
    """All tables in their order, those of one kind together."""
    for _, title, own in alike(tables):
        yield block(own, title)


def block(tables: Sequence[Table], title: I18n | None = None) -> Block:
    """Tables with the same columns as one."""
    first = tables[0]
    shared = min((_shared(table) for table in tables if table.rows), default=0)
    parts = (
        part for table in tables for part in _parts(table, shared, (own_title(table.title),) if tables[1:] else ())
    )
    return Block(
        number=first.number,
        title=title or first.title,
        columns=first.columns[shared:],
        parts=tuple(parts),
        notes=tuple(dict.fromkeys(note for table in tables for note in table.notes)),
    )


def _shared(table: Table) -> int:
    """How many columns at the beginning say the same in many rows one after the other; one that says more is left."""
    texts = next(
        (place for place, column in enumerate(table.columns) if column.kind is not ColumnKind.TEXT or column.group),
        len(table.columns),
    )
    if table.totals:
        return 0
    for count in range(texts - 1, 0, -1):
        runs = sum(1 for _ in groupby(table.rows, key=lambda row, count=count: row[:count]))  # type: ignore[misc]
        if runs and len(table.rows) / runs >= _LEAST_SHARED:
            return count
    return 0


def _parts(table: Table, shared: int, head: tuple[I18n, ...]) -> Iterator[Part]:
    if not shared:
        yield Part(head, table.rows, table.totals)
        return
    keys = [column.key for column in table.columns[:shared]]
    codes = {place for place, key in enumerate(keys) if key == PART_CODE and PART_NAME in keys}
    for about, rows in groupby(table.rows, key=lambda row: row[:shared]):
        named = tuple(cell for place, cell in enumerate(about) if isinstance(cell, I18n) and place not in codes)
        yield Part((*head, *named), tuple(_folded([row[shared:] for row in rows], table.columns[shared:])))


def _folded(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column]) -> Iterator[tuple[Cell, ...]]:
    """Rows without figures that differ in nothing but their name as one, from the first name to the last."""
    named_only = columns[0].kind is ColumnKind.TEXT and all(each.kind is not ColumnKind.TEXT for each in columns[1:])
    for figures, found in groupby(rows, key=lambda row: row[1:]):
        same = list(found)
        if named_only and len(same) >= _FOLDED and not any(map(_is_figure, figures)):
            first, last = same[0][0], same[-1][0]
            if isinstance(first, I18n) and isinstance(last, I18n):
                yield I18n(zh=f"{first.zh}–{last.zh}", en=f"{first.en}–{last.en}"), *figures
                continue
        yield from same


def _is_figure(cell: Cell) -> bool:
    return not (isinstance(cell, Hidden | NoFigure) or cell == Count(0))


def heading_of(part: Part) -> I18n:
    """What stands above its rows."""
    separator = "  ·  "
    return I18n(
        zh=separator.join(each.zh or each.en for each in part.head),
        en=separator.join(each.en or each.zh for each in part.head),
    )
