"""A table as strips: its title, its heads, its rows, and what is to be known about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campaign.language import Lang
from exports.cells import Cell, ColumnKind, Hidden, Table
from exports.pages.columns import PAD, Layout, Panel, laid_out
from exports.pages.flow import MARGIN as LEFT
from exports.pages.flow import Section, Strip, body_height, text_width
from exports.pages.paint import ACCENT, HEAD
from exports.pages.paint import Panel as Filling
from exports.pages.words import leading, natural, one_line, wrapped
from exports.paper import fonts
from exports.paper.shapes import BLACK, DARK, PALE, Shape, Stroke, Text
from exports.paper.wrapping import Line
from exports.showing import shown
from exports.texts import tr

_TITLE, _NOTE = 11.0, 7.5
_HEAD_LINES, _TITLE_LINES = 9, 5
"""Longer ones end with an ellipsis: a head must leave room for rows."""
_SPACE = 0.9
"""Above and below what stands in a row, mm."""
_RULE, _HAIR = 0.35, 0.1
_LAID = frozenset({ColumnKind.TEXT, ColumnKind.DATE})
"""Kinds of column that begin at the left; figures end at the right."""


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

    table: Table
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


def table_sections(table: Table, lang: Lang) -> Iterator[Section]:
    """The table on pages, one section a panel."""
    layout = laid_out(table, lang)
    for number, panel in enumerate(layout.panels, 1):
        part = f" ({number}/{len(layout.panels)})" if len(layout.panels) > 1 else ""
        yield _section(table, layout, _Grid(table, panel, layout.size, lang), part, last=panel is layout.panels[-1])


def _section(table: Table, layout: Layout, grid: _Grid, part: str, *, last: bool) -> Section:
    lang, wide = grid.lang, layout.wide
    named = f"{table.number}  {table.title.text(lang)}{part}"
    head = list(_heads(grid))
    rows = list(_rows(grid, body_height(wide=wide) - sum(strip.height for strip in head) - 20))
    notes = list(_notes(table, lang, text_width(wide=wide))) if last else []
    again = tr(lang, "{title} (continued)", title=named)
    return Section(
        strips=[_title(named, wide=wide), *head, *rows, *notes],
        wide=wide,
        again=[_title(again, wide=wide), *head],
    )


def _title(text: str, *, wide: bool) -> Strip:
    lines = wrapped(text, _TITLE, text_width(wide=wide), bold=True, most=_TITLE_LINES)
    return Strip(len(lines) * leading(_TITLE) + 1.6, tuple(stacked(lines, LEFT, 0.0, BLACK)), with_next=True)


def stacked(lines: Sequence[Line], x: float, y: float, grey: float = BLACK) -> Iterator[Text]:
    """Lines one below the other, the top of the first one at ``y``."""
    for number, line in enumerate(lines):
        yield Text(x, y + number * leading(line.size) + fonts.ASCENT * line.size * fonts.MM_PER_POINT, line, grey)


def _heads(grid: _Grid) -> Iterator[Strip]:
    """The headings, those over several columns above them, on a ground of their own."""
    columns, edges, lang = grid.table.columns, grid.edges, grid.lang
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
    full = grid.panel.width
    if over:
        cells = [(span, _lines(span, grid.size, bold=True, most=_HEAD_LINES)) for span in over]
        high = max(len(lines) for _, lines in cells) * leading(grid.size) + _SPACE
        shapes: list[Shape] = [Filling(LEFT, 0.0, full, high + 0.05, HEAD), Stroke(LEFT, 0.0, full, 0, _RULE, DARK)]
        for span, lines in cells:
            shapes += _set(span, lines, high - len(lines) * leading(grid.size))
            shapes.append(Stroke(span.x + 0.6, high, span.width - 1.2, 0, _HAIR, DARK))
        yield Strip(high, tuple(shapes), with_next=True)
    cells = [(span, _lines(span, grid.size, bold=True, most=_HEAD_LINES)) for span in under]
    high = max(len(lines) for _, lines in cells) * leading(grid.size) + 2 * _SPACE
    shapes = [Filling(LEFT, 0.0, full, high, HEAD)]
    if not over:
        shapes.append(Stroke(LEFT, 0.0, full, 0, _RULE, DARK))
    for span, lines in cells:
        shapes += _set(span, lines, high - len(lines) * leading(grid.size) - _SPACE)
    shapes.append(Stroke(LEFT, high, full, 0, _RULE, DARK))
    yield Strip(high, tuple(shapes), with_next=True)


def _rows(grid: _Grid, most: float) -> Iterator[Strip]:
    """The rows; one that is higher than a page in several strips."""
    table = grid.table
    if not table.rows:
        text = Span(LEFT, max(grid.panel.width, 40.0), tr(grid.lang, "(none)"), left=True)
        yield from _row(grid, [text], most, bold=False, ruled=False)
    first_total = len(table.rows) - table.totals
    for number, row in enumerate(table.rows):
        spans = _spans(grid, row)
        yield from _row(grid, spans, most, bold=number >= first_total, ruled=number == first_total and number > 0)
    if table.rows:
        yield Strip(0.4, (Stroke(LEFT, 0.0, grid.panel.width, 0, _RULE, DARK),))


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
            shapes += _set(span, lines, _SPACE)
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
            left = grid.table.columns[place].kind in _LAID
            spans.append(Span(edges[at], width, shown(cell, grid.lang), left, isinstance(cell, Hidden)))
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


def _notes(table: Table, lang: Lang, width: float) -> Iterator[Strip]:
    """The notes, which are whole sentences, as one paragraph."""
    if table.notes:
        yield Strip(1.4)
        text = ("" if lang is Lang.ZH else " ").join(note.text(lang) for note in table.notes)
        yield from paragraph(text, _NOTE, width, grey=DARK)


def paragraph(text: str, size: float, width: float, *, grey: float = BLACK, bold: bool = False) -> Iterator[Strip]:
    """A paragraph, each line a strip of its own."""
    for line in wrapped(text, size, width, bold=bold):
        yield Strip(leading(size), tuple(stacked((line,), LEFT, 0.0, grey)))


def section_title(text: str) -> Strip:
    """A heading over part of the report."""
    lines = wrapped(text, 13.0, text_width(wide=False) - 4, bold=True, most=_TITLE_LINES)
    high = len(lines) * leading(13.0)
    bar = Filling(LEFT, 0.6, 1.2, high - 1.2, ACCENT)
    return Strip(high + 2.0, (bar, *stacked(lines, LEFT + 3.5, 0.0)), with_next=True)
