"""A band: an option for fingers and digit keys, drawn to the cell.

First and last row are half blocks, which sets bands apart by a visible gap for free. Heights are 5 (with a numeral of
three rows), 3, or 1 without edges; a label of more lines makes a band as much higher.
"""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message

from tui.widgets.cells import centred, fit
from tui.widgets.drawing import Drawing
from tui.widgets.numerals import ROWS, numerals
from tui.widgets.spans import Line, Span

CAP = 9
"""Cells of the key cap at the left."""
LEAD = 4
"""Cells between cap and label, for the pointer."""
SIGN = 13
"""Cells at the right for the sign."""
EDGES = 2


@dataclass(frozen=True, slots=True)
class Face:
    """What a band says."""

    key: str
    """The digit that chooses it."""
    label: tuple[str, ...]
    """Lines of the label."""
    sign: str = ""
    """At the right: what it means on a scale, or that it is chosen. Colour is never the only sign."""
    chosen: bool = False
    pointed: bool = False
    """Whether the arrow keys point at it."""


def label_width(band_width: int) -> int:
    """Cells for a line of the label in a band of ``band_width`` cells."""
    return max(2, band_width - CAP - LEAD - SIGN)


class Band(Drawing):
    """One band; a touch anywhere on it is a press."""

    class Pressed(Message):
        """The band was touched."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            """Its digit."""

    def __init__(self, widget_id: str) -> None:
        super().__init__(self._lines_of, widget_id=widget_id)
        self._face = Face("", ())

    def show(self, face: Face) -> None:
        """Show ``face`` from now on."""
        self._face = face
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Say that the band was pressed."""
        event.stop()
        self.post_message(self.Pressed(self._face.key))

    def _lines_of(self, width: int, height: int) -> tuple[Line, ...]:
        return band_lines(self._face, width, height)


def band_lines(face: Face, width: int, height: int) -> tuple[Line, ...]:
    """The rows of a band."""
    card = "chosen" if face.chosen else "panel" if face.pointed else "surface"
    cap = "chosen" if face.chosen else "key"
    inner = height if height < 1 + EDGES else height - EDGES
    rows = [_row(face, y, inner, width, (cap, card)) for y in range(inner)]
    if inner == height:
        return tuple(rows)

    def edge(block: str) -> Line:
        return (Span(block * CAP, cap), Span(block * (width - CAP), card))

    return (edge("▄"), *rows, edge("▀"))


def _row(face: Face, y: int, rows: int, width: int, colours: tuple[str, str]) -> Line:
    """Row ``y`` of the ``rows`` between the edges."""
    cap, card = colours
    text = "on-chosen" if face.chosen else "foreground"
    number = _number(face.key, y, rows)
    line = y - (rows - len(face.label)) // 2
    label = face.label[line] if 0 <= line < len(face.label) else ""
    middle = y == (rows - 1) // 2
    pointer = " ▶  " if face.pointed and middle else " " * LEAD
    sign_colour = "on-chosen" if face.chosen else "primary"
    return (
        Span(centred(number, CAP), "on-chosen" if face.chosen else "on-key", cap, bold=True),
        Span(pointer, text, card, bold=True),
        Span(fit(label, label_width(width)), text, card, bold=True),
        Span(fit(face.sign if middle else "", SIGN), sign_colour, card, bold=face.chosen),
    )


def _number(key: str, y: int, rows: int) -> str:
    """Row ``y`` of the key's number: three rows high where there is room."""
    if rows >= ROWS and cell_len(key) == 1:
        at = y - (rows - ROWS) // 2
        return numerals(key)[at] if 0 <= at < ROWS else ""
    return key if y == (rows - 1) // 2 else ""
