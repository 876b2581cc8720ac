"""Tables of a report as values: every cell says what it is, every heading is in both languages.

A format shows them and decides nothing: a figure that is hidden has no number any more, only the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from campaign.i18n import I18n
from campaign.language import N_, HasText, Lang
from exports.texts import tr
from surveys.hiding import GROUPS
from surveys.rates import half_up, shown_percent
from surveys.suppression import ALIKE


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things."""

    value: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, exact; 1 is 100 %."""

    value: Fraction
    threshold: Decimal | None = None
    """Per cent; a rate below it never looks as if it reached it."""

    @property
    def percent(self) -> Decimal:
        """In per cent, half up to one decimal, or as many as it takes to look below the threshold."""
        shown = shown_percent(self.value, self.threshold)
        return shown if shown is not None else Decimal(0)


@dataclass(frozen=True, slots=True)
class Points:
    """A difference of two rates, exact; 1/10 is ten points more."""

    value: Fraction

    @property
    def points(self) -> Decimal:
        """In points, half away from 0 to one decimal."""
        shown = half_up(abs(100 * self.value))
        return -shown if self.value < 0 and shown else shown


@dataclass(frozen=True, slots=True)
class Index:
    """A satisfaction index, exact, 0 to 100."""

    value: Fraction

    @property
    def shown(self) -> Decimal:
        """Half up to one decimal."""
        return half_up(self.value)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that is hidden."""

    reason: str
    """``<5``, ``alike`` or ``groups``."""

    def text(self, lang: Lang) -> str:
        """Why, in words that tell nothing more."""
        if self.reason == ALIKE:
            return tr(lang, "fewer than 10 forms, all alike: hidden")
        if self.reason == GROUPS:
            return tr(lang, "small groups: hidden")
        return self.reason


class HidingNote(I18n):
    """A note that says why figures are hidden."""

    reason: str
    """That of the :class:`Hidden` cells that it tells of."""
    of_table: bool = False
    """Whether it tells of its own table alone, where the reason means something else than in the others."""


@dataclass(frozen=True, slots=True)
class NoFigure:
    """What does not apply, is not known, or has nobody in its denominator; shown as a dash."""


NONE = NoFigure()
_KEPT = 100_000
"""A large campaign has millions of cells, and few different ones."""
Cell = Count | Rate | Points | Index | date | I18n | Hidden | NoFigure
"""A value of a table; a text of data or of the program is in both languages."""


class ColumnKind(StrEnum):
    """What the cells of a column are, beside those that are hidden or have no figure."""

    COUNT = "count"
    RATE = "rate"
    POINTS = "points"
    INDEX = "index"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    key: str
    """For programs; the same in every language."""
    heading: I18n
    kind: ColumnKind
    group: I18n | None = None
    """Heading over several columns."""
    counts_as: str | None = None
    """Of a choice of a scale: ``positive``, ``negative`` or ``no_opinion``; of the blanks: ``blank``."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What must add up in every row: the parts to the total, where all of them are shown."""

    parts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report."""

    number: str
    """``T1`` to ``T9``, the usual tables; several tables may have the same."""
    name: str
    """Short and unlike all others: letters, digits and hyphens."""
    title: I18n
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[I18n, ...] = ()
    totals: int = 0
    """So many rows at the end are sums of those above."""
    footings: tuple[Footing, ...] = ()
    survey: str = ""
    """The survey that all figures are from, if it is one: its kind, and the questionnaire where that says more."""
    branch: str = ""
    """Code of the branch that the whole table is about, if it is one."""
    session: str = ""
    """Id of the session that the whole table is about, if it is one."""
    question: str = ""
    """Name of the question that the whole table is about, if it is one."""
    part: str = ""
    """What the rows are divided by: ``group`` or ``channel``."""
    main: int | None = None
    """The row that stands for all: of the overall question, of all together; of a notice, its result."""
    posted_with: tuple[str, ...] = ()
    """Of a notice: names of the tables that are posted with it."""
    apart: frozenset[int] = frozenset()
    """Rows that are in no sum, as a note says."""
    fleeting: int = 0
    """So many notes at the end say how it is today, and may be others tomorrow: a posted notice leaves them out."""
    posted_on: date | None = None
    """Of a notice: the day on which it was posted; None of a draft."""

    def has(self, key: str) -> bool:
        """Whether there is a column with this key."""
        return any(column.key == key for column in self.columns)

    def place(self, key: str) -> int:
        """Where the column with this key stands; KeyError."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)


def both(message: str, /, **values: object) -> I18n:
    """A text of the program, marked with ``N_()``, in both languages."""
    return _filled(message, values) if values else _fixed(message)


def _filled(message: str, values: dict[str, object]) -> I18n:
    return I18n(zh=tr(Lang.ZH, message, **values), en=tr(Lang.EN, message, **values))


@lru_cache(_KEPT)
def _fixed(message: str) -> I18n:
    return _filled(message, {})


def said(label: Callable[[Lang], str]) -> I18n:
    """What a function says, in both languages."""
    return I18n(zh=label(Lang.ZH), en=label(Lang.EN))


def hiding_note(reason: str, text: I18n, *, of_table: bool = False) -> HidingNote:
    """The note ``text`` on cells that are hidden for ``reason``."""
    return HidingNote(zh=text.zh, en=text.en, reason=reason, of_table=of_table)


def text_of(thing: HasText) -> I18n:
    """A text that knows both languages."""
    return said(thing.text)


@lru_cache(_KEPT)
def plain(text: str) -> I18n:
    """A text of data, the same in both languages."""
    return I18n(zh=text, en=text)


@lru_cache(_KEPT)
def count(value: int | None, hidden: str | None = None) -> Cell:
    """A number, or why there is none."""
    return Hidden(hidden) if hidden else NONE if value is None else Count(value)


@lru_cache(_KEPT)
def rate_cell(value: Fraction | None, hidden: str | None = None, threshold: Decimal | None = None) -> Cell:
    """A rate, or why there is none."""
    return Hidden(hidden) if hidden else NONE if value is None else Rate(value, threshold)


def counts(key: str, heading: str) -> Column:
    """A column of counts; its heading marked for translation."""
    return Column(key, both(heading), ColumnKind.COUNT)


def rates(key: str, heading: str) -> Column:
    """A column of rates."""
    return Column(key, both(heading), ColumnKind.RATE)


def texts(key: str, heading: str) -> Column:
    """A column of texts."""
    return Column(key, both(heading), ColumnKind.TEXT)


def dates(key: str, heading: str) -> Column:
    """A column of days."""
    return Column(key, both(heading), ColumnKind.DATE)


def numbered(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with their number, from 1, before each."""
    return tuple((Count(number), *row) for number, row in enumerate(rows, 1))


NUMBER = N_("No.")
