"""How a table goes onto a page: standing or lying, in which size, in one panel or several side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.language import Lang
from exports.cells import Column, ColumnKind, Hidden, Table
from exports.pages.flow import text_width
from exports.pages.words import narrowest, natural
from exports.paper.fonts import MM_PER_POINT
from exports.showing import shown

PAD = 1.1
"""Left and right of what stands in a cell, mm."""
SIZES = ((False, 8.0), (False, 7.5), (True, 8.0), (True, 7.5), (True, 7.0))
"""Whether the page lies, and the size in points: the first that has room is taken."""
_LEAST_TEXT, _MOST_TEXT, _MOST_HEAD = 11.0, 62.0, 14.6
"""Of a column of texts without its padding, and of one of figures with a long heading, mm."""
_ROUNDING = 0.1
"""So that a word which just fits is not broken, mm."""
_MOST_REPEATED = 0.45
"""Share of a page that the columns which are repeated in every panel may take."""
_LEAST, _WISHED = 0, 1
"""What a column needs, and what it would like."""
_SAMPLED = 400
"""Rows that are measured of a long table, spread over all of it; wider texts of other rows are wrapped."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns of a table that stand side by side."""

    places: tuple[int, ...]
    """Which columns."""
    widths: tuple[float, ...]
    """Of each with its padding, mm."""

    @property
    def width(self) -> float:
        """Of all."""
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's place."""

    wide: bool
    size: float
    """Points."""
    panels: tuple[Panel, ...]


def laid_out(table: Table, lang: Lang) -> Layout:
    """The first of :data:`SIZES` with room for what all columns would like; or on a page that lies, for what they need.

    Otherwise the last one, in as many panels as it takes.
    """
    needs: list[tuple[float, float]] = []
    columns = [*_columns(table, lang)]
    for content, sizes in ((_WISHED, SIZES), (_LEAST, [each for each in SIZES if each[0]])):
        for wide, size in sizes:
            needs = _needs(columns, size, lang)
            if sum(need[content] for need in needs) <= text_width(wide=wide):
                return Layout(wide, size, (_panel(range(len(needs)), needs, text_width(wide=wide)),))
    wide, size = SIZES[-1]
    return Layout(wide, size, tuple(_panels(table, needs, text_width(wide=wide))))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What stands in a column."""

    column: Column
    cells: Sequence[str]
    """In its rows, but for what is hidden, each text once."""


def _columns(table: Table, lang: Lang) -> Iterator[_Contents]:
    rows = table.rows[:: max(1, len(table.rows) // _SAMPLED)]
    for place, column in enumerate(table.columns):
        cells = dict.fromkeys(shown(row[place], lang) for row in rows if not isinstance(row[place], Hidden))
        yield _Contents(column, [*cells])


def _needs(columns: Sequence[_Contents], size: float, lang: Lang) -> list[tuple[float, float]]:
    """What each column needs, and would like; those under one heading together as much as its widest word."""
    needs = [_need(each, size, lang) for each in columns]
    for group in _groups([each.column for each in columns], 0):
        over = columns[group[0]].column.group
        if over is None:
            continue
        lacking = _head(over.text(lang), size, 4.1) + 2 * PAD - sum(needs[place][0] for place in group)
        if lacking > 0:
            more = min(lacking, _MOST_TEXT) / len(group)
            for place in group:
                least, wish = needs[place]
                needs[place] = (least + more, max(wish, least + more))
    return needs


def _need(contents: _Contents, size: float, lang: Lang) -> tuple[float, float]:
    """The least that a column needs, and what it would like, with padding, mm."""
    column, cells = contents.column, contents.cells
    title = column.heading.text(lang)
    if column.kind is not ColumnKind.TEXT:
        figures = max((natural(text, size, bold=True) for text in cells), default=0.0)
        least = max(figures, _head(title, size))
        return least + 2 * PAD, max(least, min(natural(title, size, bold=True), _MOST_HEAD)) + 2 * PAD
    words = min(max((narrowest(text, size) for text in cells), default=0.0), _MOST_TEXT)
    wish = max((natural(text, size) for text in cells), default=0.0)
    least = max(words, min(wish, _LEAST_TEXT), _head(title, size))
    return least + 2 * PAD, max(least, min(wish, _MOST_TEXT)) + 2 * PAD


def _head(title: str, size: float, characters: float = 3.1) -> float:
    """What a heading needs: its widest word, and if it is Chinese, room for so many characters beside each other."""
    return min(
        max(_widest(title, size), min(natural(title, size, bold=True), characters * size * MM_PER_POINT)), _MOST_TEXT
    )


def _widest(title: str, size: float) -> float:
    """The widest word of a heading, which is bold, mm."""
    words = (natural(word, size, bold=True) for word in title.split() if word.isascii())
    return max(narrowest(title, size), *words, 0.0) + _ROUNDING


def _panel(places: Sequence[int], needs: Sequence[tuple[float, float]], room: float) -> Panel:
    """What is left of the room goes to the columns that would like more, in equal shares of what they lack."""
    least = [needs[place][0] for place in places]
    lacking = [needs[place][1] - needs[place][0] for place in places]
    spare = room - sum(least)
    share = min(1.0, spare / sum(lacking)) if sum(lacking) > 0 else 0.0
    return Panel(tuple(places), tuple(width + share * more for width, more in zip(least, lacking, strict=True)))


def _panels(table: Table, needs: Sequence[tuple[float, float]], room: float) -> Iterator[Panel]:
    """The columns that say what a row is, each time; beside them as many of the others as there is room for."""
    first, used = 0, 0.0
    while first < len(needs) and _says_what(table.columns[first]) and used + needs[first][0] <= room * _MOST_REPEATED:
        used += needs[first][0]
        first += 1
    fixed = list(range(first))
    taken = list(fixed)
    for group in _groups(table.columns, first):
        if len(taken) > len(fixed) and sum(needs[place][0] for place in (*taken, *group)) > room:
            yield _panel(taken, needs, room)
            taken = list(fixed)
        taken += group
    yield _panel(taken, needs, room)


def _says_what(column: Column) -> bool:
    return column.kind is ColumnKind.TEXT and column.group is None


def _groups(columns: Sequence[Column], first: int) -> Iterator[list[int]]:
    """Columns that stand under the same heading, or by themselves."""
    together: list[int] = []
    for place in range(first, len(columns)):
        if together and (columns[place].group is None or columns[place].group != columns[together[-1]].group):
            yield together
            together = []
        together.append(place)
    if together:
        yield together
