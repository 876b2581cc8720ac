"""The rows of a sheet that a person has edited: columns by their headings, wherever they stand, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaign.book.cells import (
    Column,
    RowCells,
    SheetCells,
    Wrong,
    column_letters,
    is_empty,
    meant,
    shown,
    wanted,
)
from campaign.book.layout import Sheet
from campaign.book.own_words import OWN_WORDS
from campaign.errors import Problem
from campaign.folding import tightly_folded
from campaign.language import HasText, Lang, Phrase, Place
from campaign.texts import tr

_HEADING_ROWS = 20
"""The headings stand in one of the first rows; people put a title above them."""
_SHEETS, _ROWS = 10**12, 10**6
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class At:
    """A cell of a workbook."""

    number: int
    """Of its sheet, from 0."""
    sheet: str
    row: int
    column: int
    heading: HasText | None = field(default=None, compare=False)
    """What its column is called."""

    @property
    def place(self) -> Place:
        """``Schedule!D7``."""
        where = f"{self.sheet}!{column_letters(self.column)}{self.row}"
        return Place(where, where)

    @property
    def order(self) -> int:
        """What stands first in the workbook comes first."""
        return self.number * _SHEETS + self.row * _ROWS + self.column


@dataclass(slots=True)
class Noticed:
    """What is wrong or odd in the cells themselves."""

    problems: list[tuple[int, Problem]] = field(default_factory=list)
    """With the order of their places."""
    cells: set[At] = field(default_factory=set)
    """Cells about which nothing more need be said."""

    def add(self, at: At, code: str, **values: object) -> None:
        """One problem at a cell."""
        self.problems.append((at.order, Problem(code, values, at.place)))

    def wrong(self, at: At, code: str, **values: object) -> None:
        """The same, and what the rules say of the cell is left out."""
        self.add(at, code, **values)
        self.cells.add(at)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its fields."""

    at: At
    """Its first cell."""
    values: Mapping[str, object]
    """What its cells say; empty ones are left out."""
    cells: Mapping[str, At]
    """Where each field stands, empty ones too."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet in the workbook."""

    cells: SheetCells
    number: int

    def at(self, row: int, column: int, heading: HasText | None = None) -> At:
        """One of its cells."""
        return At(self.number, self.cells.title, row, column, heading)


def find_sheet(book: Sequence[SheetCells], sheet: Sheet) -> Found | None:
    """The sheet with this title in any language."""
    names = {tightly_folded(sheet.id), *(tightly_folded(tr(lang, sheet.title)) for lang in Lang)}
    return next((Found(each, number) for number, each in enumerate(book) if tightly_folded(each.title) in names), None)


def read_table(
    found: Found, sheet: Sheet, names: Mapping[str, Mapping[str, str]], noticed: Noticed
) -> list[TableRow] | None:
    """Its rows that hold anything; None, and a problem, if a column is missing or stands there twice."""
    needed = [column for column in sheet.columns if not (column.info or column.optional)]
    head, places, whole = heading_places(found, sheet, noticed, needed=needed)
    if not whole:
        return None
    rows = []
    for row in found.cells.rows:
        if row.number <= head or _is_blank(row, found, sheet, places):
            continue
        rows.append(_row(found, sheet, row, places, names, noticed))
    return rows


def _heading_row(cells: SheetCells, sheet: Sheet) -> RowCells:
    """The row with the most headings."""
    first = [row for row in cells.rows if row.number <= _HEADING_ROWS]
    matches = [(sum(_column_of(cell, sheet) is not None for cell in row.cells), row) for row in first]
    return max(matches, key=lambda each: each[0], default=(0, RowCells(1, ())))[1]


def _column_of(cell: object, sheet: Sheet) -> Column | None:
    """The column that a heading names."""
    lines = cell.splitlines() if isinstance(cell, str) else ()
    return next((column for line in lines if (column := _named_column(tightly_folded(line), sheet)) is not None), None)


def _named_column(text: str, sheet: Sheet) -> Column | None:
    """The column that a line of a heading, folded, names: each line says it in another language."""
    if not text:
        return None
    for column in sheet.columns:
        if text in {tightly_folded(column.field), *(tightly_folded(column.heading.text(lang)) for lang in Lang)}:
            return column
    ends = [(end, column) for column in sheet.columns for end in _ends(column) if text.endswith(end)]
    return max(ends, key=lambda each: len(each[0]), default=("", None))[1]


def _ends(column: Column) -> Iterator[str]:
    """What a heading with the name of a group or phase ends with, whatever it was called when it was written."""
    if isinstance(column.heading, Phrase) and "name" in column.heading.values and "id" in column.heading.values:
        bare = replace(column.heading, values={**column.heading.values, "name": ""})
        yield from (tightly_folded(bare.text(lang)) for lang in Lang)
    elif column.field in OWN_WORDS:
        yield from (tightly_folded(f"({column.heading.text(lang)})") for lang in Lang)


def heading_places(
    found: Found, sheet: Sheet, noticed: Noticed, *, needed: Sequence[Column]
) -> tuple[int, dict[str, int], bool]:
    """The row of the headings, the number of each field's column, from 1, and whether all that are needed are there."""
    head = _heading_row(found.cells, sheet)
    places: dict[str, int] = {}
    whole = True
    for number, cell in enumerate(head.cells, 1):
        column = _column_of(cell, sheet)
        at = found.at(head.number, number)
        if column is None:
            if not is_empty(cell):
                noticed.add(at, "M124", x=shown(cell, Lang.EN)[:_SHOWN])
        elif column.field in places:
            noticed.add(at, "M123", column=column.heading, first=column_letters(places[column.field]))
            whole = False
        else:
            places[column.field] = number
    for column in needed:
        if column.field not in places:
            noticed.add(found.at(head.number, 1), "M122", column=column.heading)
            whole = False
    return head.number, places, whole


def _is_blank(row: RowCells, found: Found, sheet: Sheet, places: Mapping[str, int]) -> bool:
    """Whether nothing that is read stands in the row."""
    numbers = [places[column.field] for column in sheet.columns if column.field in places and not column.info]
    empty = all(number > len(row.cells) or is_empty(row.cells[number - 1]) for number in numbers)
    return empty and not any((row.number, number) in found.cells.unreadable for number in numbers)


def _row(
    found: Found,
    sheet: Sheet,
    row: RowCells,
    places: Mapping[str, int],
    names: Mapping[str, Mapping[str, str]],
    noticed: Noticed,
) -> TableRow:
    values: dict[str, object] = {}
    cells: dict[str, At] = {}
    for column in sheet.columns:
        if column.info or column.field not in places:
            continue
        number = places[column.field]
        at = cells[column.field] = found.at(row.number, number, column.heading)
        value = read_cell(found, row, number, column, names, noticed, at)
        if value is not None:
            values[column.field] = value
    return TableRow(cells[sheet.columns[0].field], values, cells)


def read_cell(
    found: Found,
    row: RowCells,
    number: int,
    column: Column,
    names: Mapping[str, Mapping[str, str]],
    noticed: Noticed,
    at: At,
) -> object | None:
    """What one cell says; None if it is empty."""
    if why := found.cells.unreadable.get((row.number, number)):
        noticed.wrong(at, "M125", why=why)
        return Wrong("")
    cell = row.cells[number - 1] if number <= len(row.cells) else None
    if is_empty(cell):
        return None
    value = meant(cell, column, names)
    words = wanted(column)
    if isinstance(value, Wrong) and words is not None:
        noticed.wrong(at, "M07", value=value.text[:_SHOWN], why=words)
    return value
