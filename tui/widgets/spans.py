"""Lines made of styled spans: how all drawn widgets say what they show.

A span names theme colours, so that a line is the same value in every theme; :class:`Palette` turns it into a strip.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from tui.widgets.cells import clean, enough, fit


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. The text is data, never markup."""

    text: str
    colour: str = "foreground"
    """A theme colour's name or ``#RRGGBB``."""
    back: str = ""
    """Likewise; empty means that of the widget."""
    bold: bool = False
    act: str = ""
    """What a click on it does: an action of the screen or the app, or ``key`` with the key that it stands for."""


Line = tuple[Span, ...]


def width_of(line: Line) -> int:
    """Cells that ``line`` takes."""
    return sum(cell_len(clean(span.text)) for span in line)


def fitted(line: Line, width: int, *, right: bool = False) -> Line:
    """``line`` in exactly ``width`` cells: padded, or cut with ``…`` inside the span that is too long."""
    kept: list[Span] = []
    left = width
    for span in line:
        text = enough(span.text, left)
        if cell_len(text) > left:
            kept.append(replace(span, text=fit(text, left)))
            return tuple(kept)
        kept.append(replace(span, text=text))
        left -= cell_len(text)
    padding = Span(" " * left)
    return (padding, *kept) if right else (*kept, padding)


def spread(left: Line, right: Line, width: int) -> Line:
    """``left`` and ``right`` at both ends of ``width`` cells; where both do not fit, ``left`` is cut."""
    room = max(0, width - width_of(right) - 1)
    return fitted((*fitted(left, room), Span(" "), *right), width)


def side_by_side(columns: Iterable[tuple[Line, int]], gap: int = 1) -> Line:
    """Lines beside each other, each in its own number of cells."""
    joined: list[Span] = []
    for line, width in columns:
        if joined:
            joined.append(Span(" " * gap))
        joined.extend(fitted(line, width))
    return tuple(joined)


def flowed(parts: Sequence[Line], width: int) -> list[Line]:
    """``parts`` one after the other in lines of at most ``width`` cells, no blank at their ends; none is broken."""
    lines: list[Line] = []
    for part in parts:
        longer = (*lines[-1], *part) if lines else part
        if lines and cell_len("".join(clean(span.text) for span in longer).rstrip()) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [(*line[:-1], replace(line[-1], text=line[-1].text.rstrip())) for line in lines]


class Palette:
    """The styles of one theme, made once each."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._styles: dict[tuple[str, str, bool], Style] = {}

    def style(self, colour: str, back: str, *, bold: bool = False) -> Style:
        """The style of ``colour`` on ``back``."""
        key = (colour, back, bold)
        if key not in self._styles:
            self._styles[key] = Style(color=self._rich(colour), bgcolor=self._rich(back), bold=bold)
        return self._styles[key]

    def strip(self, line: Line, width: int, ground: str, lifted: str = "") -> Strip:
        """``line`` as a strip of exactly ``width`` cells; ``lifted`` replaces the ground, for a cursor row."""
        base = lifted or ground
        segments = [
            Segment(span.text, self.style(span.colour, span.back or base, bold=span.bold))
            for span in fitted(line, width)
            if span.text
        ]
        return Strip(segments, width)

    def _rich(self, name: str) -> RichColor:
        return Color.parse(name if name.startswith("#") else self._variables[name]).rich_color
