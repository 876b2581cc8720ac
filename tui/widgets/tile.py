"""Tiles: one figure each, three rows high where there is room, for reading across a hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len

from tui.widgets.bars import bar
from tui.widgets.numerals import numerals
from tui.widgets.spans import Line, Span, fitted, side_by_side

ROOMY = 22
"""Cells from which a tall tile has wide margins."""
TALL = 7
"""Rows of a tall tile; a short one has two."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name."""

    caption: str
    figure: str
    """Digits and ``. / -``."""
    unit: str = ""
    """Stands after the figure: ``%``."""
    colour: str = "foreground"
    """Colour of the edge, the caption and the bar."""
    soft: str = ""
    """Colour of a bar that is not full; empty means ``colour``."""
    share: Fraction | None = None
    """Draws a bar."""
    note: str = ""
    """Said below the figure of a tall tile that has no bar, if it fits."""
    brief: str = ""
    """Said beside the figure of a short one, and where the note does not fit."""


def tiles(shown: Sequence[Tile], width: int, height: int) -> list[Line]:
    """All tiles beside each other, ``width`` cells wide, tall or short."""
    if not shown:
        return []
    room = width - (len(shown) - 1)
    widths = [room // len(shown) + (1 if index < room % len(shown) else 0) for index in range(len(shown))]
    way = max((_way(tile, _inner(cells)) for tile, cells in zip(shown, widths, strict=True) if tile.unit), default=0)
    drawn = [
        _tall(tile, cells, way) if height >= TALL else _short(tile, cells)
        for tile, cells in zip(shown, widths, strict=True)
    ]
    rows = TALL if height >= TALL else 2
    return [
        side_by_side([(lines[row], cells) for lines, cells in zip(drawn, widths, strict=True)]) for row in range(rows)
    ]


def _tall(tile: Tile, width: int, way: int) -> list[Line]:
    margin, inner = _margin(width), _inner(width)
    figure, unit = _figure(tile, inner, way)
    caption: Line = (Span(tile.caption, tile.colour, bold=True), Span(f" {unit}" if unit else "", tile.colour))
    note = tile.note if cell_len(tile.note) <= inner else tile.brief
    rows: list[Line] = [caption, (), *figure, _below(tile, inner, note), ()]
    return [_edged(tile, row, inner, margin) for row in rows]


def _short(tile: Tile, width: int) -> list[Line]:
    inner = width - 2
    number = f"{tile.figure}{tile.unit} "
    below: Line = (Span(number, bold=True), *_below(tile, inner - cell_len(number), tile.brief))
    return [_edged(tile, row, inner, margin=1) for row in ((Span(tile.caption, tile.colour, bold=True),), below)]


def _below(tile: Tile, width: int, note: str) -> Line:
    if tile.share is None:
        return (Span(note, "muted"),)
    return bar(tile.share, width, tile.colour if tile.share >= 1 or not tile.soft else tile.soft)


def _margin(width: int) -> int:
    return 2 if width >= ROOMY else 1


def _inner(width: int) -> int:
    return width - _margin(width) - 1


def _ways(tile: Tile) -> tuple[tuple[str, str, str], ...]:
    """What stands in large digits, what small beside them, what in the caption; the best way first."""
    return ((tile.figure + tile.unit, "", ""), (tile.figure, tile.unit, ""), (tile.figure, "", tile.unit))


def _way(tile: Tile, width: int) -> int:
    """The first way that fits; one more than there are where none does."""
    fits = (
        at
        for at, (text, beside, _) in enumerate(_ways(tile))
        if cell_len(numerals(text)[0]) + cell_len(beside) <= width
    )
    return next(fits, len(_ways(tile)))


def _figure(tile: Tile, width: int, way: int) -> tuple[list[Line], str]:
    """The figure in three rows, and its unit if that must stand in the caption; as its neighbours have theirs."""
    at = max(_way(tile, width), way if tile.unit else 0)
    if at == len(_ways(tile)):
        return [(), (Span(tile.figure + tile.unit, bold=True),), ()], ""
    text, beside, above = _ways(tile)[at]
    rows = numerals(text)
    return [(Span(row), Span(beside if place == len(rows) - 1 else "")) for place, row in enumerate(rows)], above


def _edged(tile: Tile, row: Line, inner: int, margin: int) -> Line:
    body = fitted(row, inner)
    ground = tuple(Span(span.text, span.colour, span.back or "surface", span.bold) for span in body)
    return (
        Span("▌", tile.colour, "surface"),
        Span(" " * (margin - 1), back="surface"),
        *ground,
        Span(" ", back="surface"),
    )
