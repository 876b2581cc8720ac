"""Keys to touch: a row of key caps in fixed places, each with the key that does the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.widgets.cells import centred
from tui.widgets.drawing import Drawing
from tui.widgets.spans import Line, Span

GAP = 2
EDGED = 3
"""Rows from which the caps have edges of half blocks."""


@dataclass(frozen=True, slots=True)
class Cap:
    """One key cap."""

    name: str
    """What a touch reports."""
    text: str
    main: bool = False
    """Whether it is the one that leads on."""


Places = Sequence[Cap | None]
"""Caps from left to right; None keeps a place empty, so that every key has its place on every page."""


class TouchKeys(Drawing):
    """The row of caps."""

    class Pressed(Message):
        """A cap was touched."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name
            """The cap's name."""

    def __init__(self, widget_id: str) -> None:
        super().__init__(self._lines_of, widget_id=widget_id)
        self._places: Places = ()

    def show(self, places: Places) -> None:
        """Show these caps from now on."""
        self._places = places
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Say which cap was touched."""
        for cap, (start, end) in zip(self._places, edges(len(self._places), self.size.width), strict=True):
            if cap and start <= event.x < end:
                event.stop()
                self.post_message(self.Pressed(cap.name))

    def _lines_of(self, width: int, height: int) -> tuple[Line, ...]:
        return cap_lines(self._places, width, height)


def edges(places: int, width: int) -> list[tuple[int, int]]:
    """First column and the one after the last, of each place."""
    share = width + GAP
    return [(at * share // places, (at + 1) * share // places - GAP) for at in range(places)]


def cap_lines(places: Places, width: int, height: int) -> tuple[Line, ...]:
    """The rows of all caps; three rows with half blocks, or one without."""
    if height < EDGED:
        return (_line(places, width, ""),)
    return (_line(places, width, "▄"), _line(places, width, ""), _line(places, width, "▀"))


def _line(places: Places, width: int, edge: str) -> Line:
    spans: list[Span] = []
    at = 0
    for cap, (start, end) in zip(places, edges(len(places), width), strict=True):
        spans.append(Span(" " * (start - at)))
        at = end
        if cap is None:
            spans.append(Span(" " * (end - start)))
            continue
        back, text = ("key", "on-key") if cap.main else ("panel", "foreground")
        if edge:
            spans.append(Span(edge * (end - start), back))
        else:
            spans.append(Span(centred(cap.text, end - start), text, back, bold=True))
    return tuple(spans)
