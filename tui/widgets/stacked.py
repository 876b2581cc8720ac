"""Stacked bars: every part has a glyph of its own, so that they can be told apart without colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.widgets.spans import Line, Span


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, which its legend names in the same glyph and colour."""

    glyph: str
    colour: str
    number: int


def stacked_bar(parts: Sequence[Part], width: int) -> Line:
    """The parts beside each other in ``width`` cells; one that is not 0 has a cell at least where there are enough."""
    total = sum(part.number for part in parts)
    if total == 0 or width <= 0:
        return (Span(" " * max(0, width)),)
    cells = _shared([part.number for part in parts], total, width)
    return tuple(Span(part.glyph * held, part.colour) for part, held in zip(parts, cells, strict=True) if held)


def _shared(numbers: Sequence[int], total: int, width: int) -> list[int]:
    """``width`` cells by largest remainders; what got none takes one from the largest."""
    cells = [number * width // total for number in numbers]
    rest = sorted(range(len(numbers)), key=lambda at: -(numbers[at] * width % total))
    for at in rest[: width - sum(cells)]:
        cells[at] += 1
    for at, number in enumerate(numbers):
        largest = max(range(len(cells)), key=lambda place: cells[place])
        if number and not cells[at] and cells[largest] > 1:
            cells[at], cells[largest] = 1, cells[largest] - 1
    return cells
