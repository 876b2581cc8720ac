"""How a table goes onto a page: standing or lying, in which size, in one panel or several, in two columns or across."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.language import Lang
from exports.cells import Column, ColumnKind, Hidden
from exports.pages.blocks import Block
from exports.pages.flow import half_width, text_width
from exports.pages.heads import least_width
from exports.pages.words import narrowest, natural
from exports.showing import NUMBERING, shown

PAD = 0.9
"""Left and right of what stands in a cell, mm."""
SIZES = ((False, 8.0), (False, 7.5), (True, 8.0), (True, 7.5), (True, 7.0))
"""Whether the page lies, and the size in points: the first that has room is taken."""
LYING = ((True, 7.5), (True, 7.0))
"""Of a part of a document that lies altogether."""
_LEAST, _WISHED, _UNBROKEN = 0, 1, 2
"""What a column needs, what it would like, and what its longest text takes in one line."""
_BESIDE = ((_UNBROKEN, 7.5), (_UNBROKEN, 7.0), (_LEAST, 7.0))
"""The size of two columns of the same table beside each other on a page that lies, and what has to have room."""
_LONG = 16
"""Rows: a table with fewer is not set in two columns."""
HEAD_LINES = 5
"""A heading takes no more, unless one word is wider than its column can be."""
_USUAL_LINES = 2
_LEAST_TEXT, _MOST_TEXT, _MOST_HEAD = 11.0, 62.0, 14.6
"""Of a column of texts without its padding, and of one of figures with a long heading, mm."""
_MOST_REPEATED = 0.45
"""Share of a page that the columns which are repeated in every panel may take."""
_SAMPLED = 400
"""Rows that are measured of a long table, spread over all of it; wider texts of other rows are wrapped."""
Needs = Sequence[tuple[float, float, float]]


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
    beside: bool = False
    """In two columns on each page."""


def laid_out(
    block: Block, lang: Lang, sizes: Sequence[tuple[bool, float]] = SIZES, *, standing: bool = False
) -> Layout:
    """The first of the sizes with room for what all columns would like; or on a page that lies, for what they need.

    With ``standing``, rather on a page that stands, if it has room for what they need. Otherwise the last one, in as
    many panels as it takes. A long, narrow table in two columns where all pages lie.
    """
    columns = [*_contents(block, lang)]
    if sizes == LYING and len(block.rows) >= _LONG:
        for content, size in _BESIDE:
            beside = _needs(columns, size, lang)
            if sum(need[content] for need in beside) <= half_width():
                return Layout(wide=True, size=size, panels=(_whole(block, beside, half_width()),), beside=True)
    needs: Needs = []
    unbroken = sizes if sizes == LYING else ()
    upright = [each for each in sizes if standing and not each[0]]
    lying = [each for each in sizes if each[0]]
    tries = ((_UNBROKEN, unbroken), (_WISHED, upright), (_LEAST, upright), (_WISHED, sizes), (_LEAST, lying))
    for content, tried in tries:
        for wide, size in tried:
            needs = _needs(columns, size, lang)
            if sum(need[content] for need in needs) <= text_width(wide=wide):
                return Layout(wide, size, (_whole(block, needs, text_width(wide=wide)),))
    wide, size = sizes[-1]
    return Layout(wide, size, tuple(_panels(block, needs, text_width(wide=wide))))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What stands in a column."""

    column: Column
    cells: Sequence[str]
    """In its rows, but for what is hidden, each text once."""


def _contents(block: Block, lang: Lang) -> Iterator[_Contents]:
    rows = block.rows
    sampled = rows[:: max(1, len(rows) // _SAMPLED)]
    for place, column in enumerate(block.columns):
        cells = dict.fromkeys(shown(row[place], lang) for row in sampled if not isinstance(row[place], Hidden))
        yield _Contents(column, [*cells])


def _needs(columns: Sequence[_Contents], size: float, lang: Lang) -> list[tuple[float, float, float]]:
    """What each column needs and would like; those under one heading together as much as that one."""
    needs = [_need(each, size, lang) for each in columns]
    for group in _groups([each.column for each in columns], 0):
        over = columns[group[0]].column.group
        if over is None:
            continue
        lacking = least_width(over.text(lang), size, _USUAL_LINES) + 2 * PAD - sum(needs[place][0] for place in group)
        if lacking > 0:
            more = min(lacking, _MOST_TEXT) / len(group)
            for place in group:
                least, wish, whole = needs[place]
                needs[place] = (least + more, max(wish, least + more), max(whole, least + more))
    return needs


def _need(contents: _Contents, size: float, lang: Lang) -> tuple[float, float, float]:
    """The least that a column needs, what it would like, and its longest text in one line, with padding, mm."""
    column, cells = contents.column, contents.cells
    title = column.heading.text(lang)
    head, short = (min(least_width(title, size, lines), _MOST_TEXT) for lines in (HEAD_LINES, _USUAL_LINES))
    if column.kind is not ColumnKind.TEXT:
        figures = max((natural(text, size, bold=True) for text in cells), default=0.0)
        least = max(figures, head)
        wish = max(least, min(short, _MOST_HEAD))
        return least + 2 * PAD, wish + 2 * PAD, wish + 2 * PAD
    words = min(max((narrowest(text, size) for text in cells), default=0.0), _MOST_TEXT)
    whole = max((natural(text, size) for text in cells), default=0.0)
    least = max(words, min(whole, _LEAST_TEXT), head)
    wish = max(least, min(whole, _MOST_TEXT), short)
    return least + 2 * PAD, wish + 2 * PAD, max(wish, whole) + 2 * PAD


def _whole(block: Block, needs: Needs, room: float) -> Panel:
    """All columns, as wide as the page: texts first, then every column in proportion."""
    panel = _panel(range(len(needs)), needs, room)
    if not panel.places or panel.width >= room:
        return panel
    stretch = room / panel.width
    texts = [column.kind is ColumnKind.TEXT for column in block.columns]
    of_texts = sum(width for width, is_text in zip(panel.widths, texts, strict=True) if is_text)
    if not of_texts or stretch < _EVEN:
        return Panel(panel.places, tuple(width * stretch for width in panel.widths))
    spare = room - panel.width * _EVEN
    return Panel(
        panel.places,
        tuple(
            width * _EVEN + (spare * width / of_texts if is_text else 0.0)
            for width, is_text in zip(panel.widths, texts, strict=True)
        ),
    )


_EVEN = 1.6
"""By so much all columns grow alike; what is left then is the texts'."""


def _panel(places: Sequence[int], needs: Needs, room: float) -> Panel:
    """What is left of the room goes to the columns that would like more, in equal shares of what they lack."""
    widths = [needs[place][_LEAST] for place in places]
    for wanted in (_WISHED, _UNBROKEN):
        lacking = [needs[place][wanted] - width for place, width in zip(places, widths, strict=True)]
        share = min(1.0, (room - sum(widths)) / sum(lacking)) if sum(lacking) > 0 else 0.0
        widths = [width + max(share, 0.0) * more for width, more in zip(widths, lacking, strict=True)]
    return Panel(tuple(places), tuple(widths))


def _panels(block: Block, needs: Needs, room: float) -> Iterator[Panel]:
    """The columns that say what a row is, each time; beside them as many of the others as there is room for."""
    first, used = 0, 0.0
    while first < len(needs) and _says_what(block.columns[first]) and used + needs[first][0] <= room * _MOST_REPEATED:
        used += needs[first][0]
        first += 1
    fixed = list(range(first))
    taken = list(fixed)
    for group in _groups(block.columns, first):
        if len(taken) > len(fixed) and sum(needs[place][0] for place in (*taken, *group)) > room:
            yield _panel(taken, needs, room)
            taken = list(fixed)
        taken += group
    yield _panel(taken, needs, room)


def _says_what(column: Column) -> bool:
    return column.group is None and (column.kind is ColumnKind.TEXT or column.key == NUMBERING)


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
