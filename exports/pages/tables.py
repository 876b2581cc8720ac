"""A table as strips: its title, its heads, its rows, and what is to be known about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, ColumnKind, Hidden, Table
from exports.pages.blocks import Block, Part, block, heading_of
from exports.pages.columns import PAD, SIZES, Layout, Panel, laid_out
from exports.pages.flow import MARGIN as LEFT
from exports.pages.flow import Section, Strip, body_height, text_width
from exports.pages.heads import balanced
from exports.pages.paint import ACCENT, HEAD, TILE
from exports.pages.paint import Panel as Filling
from exports.pages.words import leading, natural, one_line, wrapped
from exports.paper import fonts
from exports.paper.shapes import BLACK, DARK, PALE, Shape, Stroke, Text
from exports.paper.wrapping import Line
from exports.reasons import explained
from exports.showing import mark, shown
from exports.texts import tr

_TITLE, _NOTE = 11.0, 7.5
_HEAD_LINES, _TITLE_LINES = 9, 5
"""Longer ones end with an ellipsis: a head must leave room for rows."""
_SPACE = 0.38
"""Above and below what stands in a row, mm."""
_LOWER = 0.2
"""By so much letters stand lower than in the middle of their line, which has more room below them, mm."""
_RULE, _HAIR = 0.35, 0.1
_LAID = frozenset({ColumnKind.TEXT, ColumnKind.DATE})
"""Kinds of column that begin at the left; figures end at the right."""
_TOGETHER = 2
"""So many rows at the beginning and at the end of a table do not stand by themselves."""


class Span(NamedTuple):
    """What stands in one column, or in several that say the same reason."""

    x: float
    width: float
    text: str
    left: bool
    middle: bool = False


@dataclass(frozen=True, slots=True)
class _Grid:
    """One panel of a table, being drawn."""

    block: Block
    panel: Panel
    size: float
    lang: Lang

    @property
    def edges(self) -> list[float]:
        """Where each column begins, and where the last one ends, mm from the left edge of the page."""
        edges = [LEFT]
        for width in self.panel.widths:
            edges.append(edges[-1] + width)
        return edges


def table_sections(
    table: Table | Block, lang: Lang, sizes: Sequence[tuple[bool, float]] = SIZES, *, standing: bool = False
) -> Iterator[Section]:
    """The table on pages, one section a panel; only on pages and in letters of these sizes.

    With ``standing``, on sheets that stand if that is possible.
    """
    whole = table if isinstance(table, Block) else block([table])
    layout = laid_out(whole, lang, sizes, standing=standing)
    for number, panel in enumerate(layout.panels, 1):
        part = f" ({number}/{len(layout.panels)})" if len(layout.panels) > 1 else ""
        yield _section(layout, _Grid(whole, panel, layout.size, lang), part, last=panel is layout.panels[-1])


def _section(layout: Layout, grid: _Grid, part: str, *, last: bool) -> Section:
    lang, wide = grid.lang, layout.wide
    named = f"{grid.block.number}  {grid.block.title.text(lang)}{part}"
    head = [_heads(grid)]
    width = grid.panel.width if layout.beside else text_width(wide=wide)
    notes = list(_notes(grid.block, lang, width)) if last else []
    rows = list(_rows(grid, body_height(wide=wide) - sum(strip.height for strip in head) - 20, noted=bool(notes)))
    title = _title(named, wide=wide)
    again = _title(tr(lang, "{title} (continued)", title=named), wide=wide)
    if layout.beside:
        return Section([*rows, *notes], wide, [again], lead=[title], heads=head)
    return Section([title, *head, *rows, *notes], wide, [again, *head])


def _title(text: str, *, wide: bool) -> Strip:
    lines = wrapped(text, _TITLE, text_width(wide=wide), bold=True, most=_TITLE_LINES)
    return Strip(len(lines) * leading(_TITLE) + 1.6, tuple(stacked(lines, LEFT, 0.0, BLACK)), with_next=True)


def stacked(lines: Sequence[Line], x: float, y: float, grey: float = BLACK) -> Iterator[Text]:
    """Lines one below the other, the top of the first one at ``y``."""
    for number, line in enumerate(lines):
        yield Text(x, y + number * leading(line.size) + fonts.ASCENT * line.size * fonts.MM_PER_POINT, line, grey)


def _heads(grid: _Grid) -> Strip:
    """The headings, those over several columns above them, on a ground of their own."""
    columns, edges, lang = grid.block.columns, grid.edges, grid.lang
    over: list[Span] = []
    under: list[Span] = []
    for at, place in enumerate(grid.panel.places):
        column = columns[place]
        width = edges[at + 1] - edges[at]
        under.append(Span(edges[at], width, column.heading.text(lang), column.kind in _LAID))
        if column.group is None:
            continue
        before = columns[grid.panel.places[at - 1]].group if at else None
        if over and before == column.group:
            over[-1] = over[-1]._replace(width=over[-1].width + width)
        else:
            over.append(Span(edges[at], width, column.group.text(lang), left=True, middle=True))
    return _head_strip(grid, over, under)


def _head_strip(grid: _Grid, over: Sequence[Span], under: Sequence[Span]) -> Strip:
    """A heading that has none over it has the whole height."""
    full, size = grid.panel.width, grid.size
    grouped = {column.group is not None: 0 for column in grid.block.columns}
    for place, span in zip(grid.panel.places, under, strict=True):
        has_over = grid.block.columns[place].group is not None
        grouped[has_over] = max(grouped[has_over], len(_heading(span, size)))
    top = max((len(_heading(span, size)) for span in over), default=0) * leading(size) + (_SPACE if over else 0.0)
    below = grouped.get(True, 0) * leading(size)
    high = max(top + below, grouped.get(False, 0) * leading(size)) + 2 * _SPACE
    line = high - 2 * _SPACE - below
    shapes: list[Shape] = [Filling(LEFT, 0.0, full, high, HEAD), Stroke(LEFT, 0.0, full, 0, _RULE, DARK)]
    for span in over:
        lines = _heading(span, size)
        shapes += _set(span, lines, line - len(lines) * leading(size))
        shapes.append(Stroke(span.x + 0.6, line + 0.3, span.width - 1.2, 0, _HAIR, DARK))
    for span in under:
        lines = _heading(span, size)
        shapes += _set(span, lines, high - len(lines) * leading(size) - _SPACE)
    shapes.append(Stroke(LEFT, high, full, 0, _RULE, DARK))
    return Strip(high, tuple(shapes), with_next=True)


def _heading(span: Span, size: float) -> Sequence[Line]:
    return balanced(span.text, size, max(span.width - 2 * PAD, 4.0), _HEAD_LINES)


def _rows(grid: _Grid, most: float, *, noted: bool) -> Iterator[Strip]:
    """The rows of every part under what they are about; one that is higher than a page in several strips."""
    made: list[Strip] = []
    for part in grid.block.parts:
        made += _part(grid, part, most)
    if not made:
        text = Span(LEFT, max(grid.panel.width, 40.0), tr(grid.lang, "(none)"), left=True)
        yield from _row(grid, [text], most, bold=False, ruled=False)
        return
    for number, strip in enumerate(made):
        bound = number < _TOGETHER or len(made) - _TOGETHER <= number
        yield replace(strip, with_next=True) if bound else strip
    yield Strip(0.4, (Stroke(LEFT, 0.0, grid.panel.width, 0, _RULE, DARK),), with_next=noted)


def _part(grid: _Grid, part: Part, most: float) -> Iterator[Strip]:
    band, under = None, None
    if part.head:
        band = _band(grid, heading_of(part))
        under = _band(grid, heading_of(part), again=True)
        yield band
    first_total = len(part.rows) - part.totals
    strips: list[Strip] = []
    for number, row in enumerate(part.rows):
        total = number >= first_total
        strips += _row(grid, _spans(grid, row), most, bold=total, ruled=number == first_total and number > 0)
    for number, strip in enumerate(strips):
        yield replace(strip, under=under, with_next=bool(band) and number == 0 and len(strips) > 1)


def _band(grid: _Grid, text: I18n, *, again: bool = False) -> Strip:
    """What the rows below are about; ``again``: where they go on."""
    said = text.text(grid.lang)
    named = tr(grid.lang, "{title} (continued)", title=said) if again else said
    lines = wrapped(named, grid.size, grid.panel.width - 2 * PAD, bold=True, most=3)
    high = len(lines) * leading(grid.size) + 2 * _SPACE
    shapes = (Filling(LEFT, 0.0, grid.panel.width, high, TILE), *stacked(lines, LEFT + PAD, _SPACE + _LOWER))
    return Strip(high, (*shapes, Stroke(LEFT, high, grid.panel.width, 0, _HAIR, PALE)), with_next=True)


def _row(grid: _Grid, spans: Sequence[Span], most: float, *, bold: bool, ruled: bool) -> Iterator[Strip]:
    size = grid.size
    cells = [(span, _lines(span, size, bold=bold)) for span in spans]
    highest = max(len(lines) for _, lines in cells)
    fitting = max(int(most / leading(size)), 1)
    for start in range(0, max(highest, 1), fitting):
        shown_here = [(span, lines[start : start + fitting]) for span, lines in cells]
        high = max(1, *(len(lines) for _, lines in shown_here)) * leading(size) + 2 * _SPACE
        shapes: list[Shape] = []
        for span, lines in shown_here:
            shapes += _set(span, lines, _SPACE + _LOWER)
        ends = start + fitting >= highest
        if ends:
            shapes.append(Stroke(LEFT, high, grid.panel.width, 0, _HAIR, PALE))
        if ruled and not start:
            shapes.append(Stroke(LEFT, 0.0, grid.panel.width, 0, _RULE / 2, DARK))
        yield Strip(high, tuple(shapes))


def _spans(grid: _Grid, row: Sequence[Cell]) -> list[Span]:
    """What stands in a row; neighbours that are hidden for the same reason say it once."""
    spans: list[Span] = []
    edges = grid.edges
    before: Cell | None = None
    for at, place in enumerate(grid.panel.places):
        cell, width = row[place], edges[at + 1] - edges[at]
        if isinstance(cell, Hidden) and cell == before:
            spans[-1] = spans[-1]._replace(width=spans[-1].width + width)
        else:
            left = grid.block.columns[place].kind in _LAID
            text = mark(cell, grid.lang) if isinstance(cell, Hidden) else shown(cell, grid.lang)
            spans.append(Span(edges[at], width, text, left, isinstance(cell, Hidden)))
        before = cell
    return spans


def _lines(span: Span, size: float, *, bold: bool, most: int = 0) -> tuple[Line, ...]:
    room = span.width - 2 * PAD
    if natural(span.text, size, bold=bold) <= room + 1e-6 and "\n" not in span.text:
        return (one_line(span.text, size, bold=bold),) if span.text else ()
    return wrapped(span.text, size, max(room, 4.0), bold=bold, most=most)


def _set(span: Span, lines: Sequence[Line], y: float) -> Iterator[Text]:
    """The lines at the left, at the right or in the middle of their place."""
    for number, text in enumerate(stacked(lines, span.x + PAD, y)):
        spare = span.width - 2 * PAD - lines[number].width
        right = spare / 2 if span.middle else 0.0 if span.left else spare
        yield Text(text.x + right, text.y, text.line) if right else text


def _notes(whole: Block, lang: Lang, width: float) -> Iterator[Strip]:
    """The notes, which are whole sentences, as one paragraph."""
    if notes := explained(whole.notes, whole.rows):
        yield Strip(1.4, with_next=True)
        text = ("" if lang is Lang.ZH else " ").join(note.text(lang) for note in notes)
        yield from paragraph(text, _NOTE, width, grey=DARK)


def paragraph(text: str, size: float, width: float, *, grey: float = BLACK, bold: bool = False) -> Iterator[Strip]:
    """A paragraph, each line a strip of its own."""
    for line in wrapped(text, size, width, bold=bold):
        yield Strip(leading(size), tuple(stacked((line,), LEFT, 0.0, grey)))


def section_title(text: str, *, wide: bool = False) -> Strip:
    """A heading over part of the report."""
    lines = wrapped(text, 13.0, text_width(wide=wide) - 4, bold=True, most=_TITLE_LINES)
    high = len(lines) * leading(13.0)
    bar = Filling(LEFT, 0.6, 1.2, high - 1.2, ACCENT)
    return Strip(high + 2.0, (bar, *stacked(lines, LEFT + 3.5, 0.0)), with_next=True)
