"""What stands in the cells of a sheet, and what people mean by it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from campaign.errors import BadInput
from campaign.folding import tightly_folded
from campaign.language import N_, HasText, Lang, Listed
from campaign.texts import tr
from campaign.typed import parse_count, parse_day

Cell = str | int | Decimal | bool | date | None
"""The value of a cell; None if it is empty."""

_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, as days after February 1900 are counted (ECMA-376 part 1, 18.17.4.1)."""
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73050
"""1990 to 2099: a smaller or larger number in a column of days is a slip."""
_ITEM = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[、,，;；\n]|$)|([^、,，;；\n]+)')
"""One name of a list: in quotes if there is a comma in it."""
_QUOTED = re.compile(r'[、,，;；\n"]')
_DUE = re.compile(r"phase_(start|end)([+-]\d{1,3})?", re.ASCII)
_MOST_DIGITS = 15
YES, NO = N_("yes"), N_("no")
_YES = {"yes", "y", "true", "1", "是", "√", "✓", "对"}
_NO = {"no", "n", "false", "0", "否", "×", "x", "不"}


class Sort(Enum):
    """What a column holds."""

    TEXT = auto()
    CODE = auto()
    """Capitals and digits; small letters are taken for capitals."""
    SLUG = auto()
    COUNT = auto()
    NUMBER = auto()
    DAY = auto()
    YES = auto()
    CHOICE = auto()
    LIST = auto()
    """Several names with commas between them."""
    DUE = auto()
    """``phase_end-7`` or a day."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    field: str
    """Of the row's item, dotted; after ``/`` one of the item that the row belongs to; ``@phase``: its phase."""
    heading: HasText
    sort: Sort = Sort.TEXT
    note: str = ""
    """What to write there, marked for translation."""
    choices: tuple[tuple[str, str], ...] = ()
    """Ids and their words, which are marked for translation."""
    refers: str = ""
    """The section of the plan whose codes it names."""
    info: bool = False
    """Only there to be read: changes are not looked at."""
    options: tuple[tuple[str, HasText], ...] = ()
    """Ids and what the plan calls them; either may be written."""
    optional: bool = False
    """Whether a sheet may be without it."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The field's path."""
        return tuple(self.field.lstrip("/").split("."))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that is not what its column holds; shown as it was typed."""

    text: str

    def __str__(self) -> str:
        """What stood there."""
        return self.text


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row of a file."""

    number: int
    """From 1, as spreadsheets count."""
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet of a file: what stands in it, and the cells that cannot be taken as they are."""

    title: str
    rows: Sequence[RowCells]
    unreadable: Mapping[tuple[int, int], HasText] = field(default_factory=dict)
    """Why a cell cannot be read, by row and column from 1."""


def column_letters(number: int) -> str:
    """``A`` for 1, ``AB`` for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(cell: Cell) -> str:
    """A cell as one line of text without what cannot be seen."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text).strip()


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in it but blanks."""
    return cell is None or (isinstance(cell, str) and not as_text(cell))


def meant(cell: Cell, column: Column, names: Mapping[str, Mapping[str, str]]) -> object:
    """What a cell that is not empty says, as the plan's field has it; :class:`Wrong` if it says nothing of the sort.

    ``names``: for each section the ids by what people may write for them, folded.
    """
    text = as_text(cell)
    known = names.get(column.refers, {})
    if column.sort in _READERS:
        return _READERS[column.sort](cell, text)
    if column.sort is Sort.CHOICE:
        return _chosen(text, column)
    if column.sort is Sort.LIST:
        return [known.get(tightly_folded(part), part) for part in _items(str(cell) if isinstance(cell, str) else text)]
    own = (each for each, name in column.options if tightly_folded(text) in _ways(each, name))
    return known.get(tightly_folded(text)) or next(own, None) or _spelt(text, column.sort)


def _items(text: str) -> Iterator[str]:
    """The names of a list."""
    for match in _ITEM.finditer(text):
        part = match[1].replace('""', '"') if match[1] is not None else as_text(match[2])
        if part:
            yield part


def _ways(option: str, name: HasText) -> set[str]:
    """What may be written for an option."""
    return {tightly_folded(option), *(tightly_folded(name.text(lang)) for lang in Lang)}


def wanted(column: Column) -> HasText | None:
    """What may be written into the column, where it is one of a few words."""
    words = [word for _, word in column.choices] if column.sort is Sort.CHOICE else [YES, NO]
    if column.sort not in (Sort.CHOICE, Sort.YES):
        return None
    quoted = tuple(tr.phrase(N_("“{word}”"), word=tr.phrase(word)) for word in words)
    return tr.phrase(N_("use one of: {expected}"), expected=Listed(quoted))


def written(value: object, column: Column, lang: Lang) -> Cell:
    """What stands in the cell for a value of the plan: choices, yes and no in words."""
    if value is None or value == () or not str(value):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value if len(str(value).lstrip("-0.").replace(".", "")) <= _MOST_DIGITS else str(value)
    return _in_words(value, column, lang) or None


def _in_quotes(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _in_words(value: object, column: Column, lang: Lang) -> Cell:
    if isinstance(value, bool):
        return tr(lang, YES if value else NO)
    if column.sort is Sort.CHOICE:
        return tr(lang, dict(column.choices).get(str(value), str(value)))
    if isinstance(value, list | tuple):
        names = [_in_quotes(name) if _QUOTED.search(name) else name for name in map(as_text, value)]
        return ("、" if lang is Lang.ZH else ", ").join(names)
    day = _day(value, value) if column.sort is Sort.DUE and isinstance(value, str) else None
    return day if isinstance(day, date) else as_text(str(value))


def shown(cell: Cell, lang: Lang) -> str:
    """A cell in a list of changes."""
    return as_text(cell) if cell is not None else tr(lang, "(empty)")


def _spelt(text: str, sort: Sort) -> str:
    if sort is Sort.TEXT:
        return text
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.upper() if sort is Sort.CODE else plain.lower()


def _count(cell: Cell, text: str) -> object:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    try:
        return parse_count(text) if isinstance(cell, str) else Wrong(text)
    except BadInput:
        return Wrong(text)


def _number(cell: Cell, text: str) -> object:
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    if not isinstance(cell, str):
        return Wrong(text)
    plain = tightly_folded(text)
    try:
        number = Decimal(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except InvalidOperation:
        return Wrong(text)
    return number if number.is_finite() else Wrong(text)


def _day(cell: Cell, text: str) -> object:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=cell)
    try:
        return parse_day(text)
    except BadInput:
        return Wrong(text)


def _due(cell: Cell, text: str) -> object:
    plain = tightly_folded(text)
    if _DUE.fullmatch(plain):
        return plain
    day = _day(cell, text)
    return day.isoformat() if isinstance(day, date) else text


def _yes(cell: Cell, text: str) -> object:
    if isinstance(cell, bool):
        return cell
    word = tightly_folded(text)
    return True if word in _YES else False if word in _NO else Wrong(text)


_READERS: Mapping[Sort, Callable[[Cell, str], object]] = {
    Sort.COUNT: _count,
    Sort.NUMBER: _number,
    Sort.DAY: _day,
    Sort.DUE: _due,
    Sort.YES: _yes,
}


def _chosen(text: str, column: Column) -> object:
    word = tightly_folded(text)
    for choice, name in column.choices:
        if word in {tightly_folded(choice), *(tightly_folded(tr(lang, name)) for lang in Lang)}:
            return choice
    return Wrong(text)
