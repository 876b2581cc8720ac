"""QR codes on the terminal, to be photographed: black on white whatever the theme.

A module is two blanks of which only the background is seen, where there is room: no glyph, no seam. Elsewhere two
modules above each other share a cell with ``▀``. That glyph is two cells wide on an old Windows console in Chinese, so
there is another way to draw for whoever sees a torn code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from exports.paper.qr import Level, Modules, modules
from tui.widgets.cells import wrap
from tui.widgets.drawing import Drawing
from tui.widgets.spans import Line, Span

BLACK, WHITE = "#000000", "#ffffff"
"""Exact, since a camera sees no theme; both are named for every cell, so that nothing of the screen shines through."""
QUIETS = (4, 2)
"""Modules of white around a code: as in ISO/IEC 18004, or fewer where that does not fit; cameras manage with 2."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a code is drawn."""

    two_cells: bool
    """Two cells a module; otherwise half a cell."""
    quiet: int
    """Modules of white around it."""

    def size(self, side: int) -> tuple[int, int]:
        """Columns and rows of a code of ``side`` modules a side."""
        whole = side + 2 * self.quiet
        return (2 * whole, whole) if self.two_cells else (whole, (whole + 1) // 2)


def ways(side: int, width: int, height: int) -> tuple[Way, ...]:
    """How a code of ``side`` modules can be drawn in so many columns and rows, best first: two ways at most."""
    found = []
    for two_cells in (True, False):
        tried = (Way(two_cells, quiet) for quiet in QUIETS)
        fits = (way for way in tried if way.size(side)[0] <= width and way.size(side)[1] <= height)
        found.extend(list(fits)[:1])
    return tuple(found)


def qr_lines(code: Modules, way: Way) -> tuple[Line, ...]:
    """The code with its quiet zone."""
    white = (False,) * way.quiet
    blank = (False,) * (len(code) + 2 * way.quiet)
    rows = [*[blank] * way.quiet, *((*white, *row, *white) for row in code), *[blank] * way.quiet]
    if way.two_cells:
        return tuple(_line(zip(row, row, strict=True), 2) for row in rows)
    if len(rows) % 2:
        rows.append(blank)
    return tuple(_line(zip(above, below, strict=True), 1) for above, below in zip(rows[::2], rows[1::2], strict=True))


def _line(halves: Iterator[tuple[bool, bool]], cells: int) -> Line:
    """A row of cells from what is dark in their upper and lower halves, each ``cells`` cells wide."""
    return tuple(_run(above, below, cells * len(list(run))) for (above, below), run in groupby(halves))


def _run(above: bool, below: bool, cells: int) -> Span:
    fore, back = (BLACK if dark else WHITE for dark in (above, below))
    return Span((" " if above == below else "▀") * cells, fore, back)


class QrCode(Drawing):
    """A code as large as its place allows, in the middle of it; where there is no room it says so."""

    def __init__(self, too_small: str, *, level: Level = "M", widget_id: str | None = None) -> None:
        super().__init__(self._lines_of, widget_id=widget_id)
        self._too_small = too_small
        self._level: Level = level
        self._code: Modules = ()
        self._other = False

    def show(self, digits: str, *, too_small: str = "") -> None:
        """Show the code of ``digits``, or nothing if there are none; ``too_small`` is said from now on.

        ValueError for anything but digits.
        """
        self._code = modules(digits, self._level) if digits else ()
        self._too_small = too_small or self._too_small
        self.redraw()

    def toggle(self) -> None:
        """Draw in the other way, if there is room for it, and back."""
        self._other = not self._other
        self.redraw()

    def _lines_of(self, width: int, height: int) -> tuple[Line, ...]:
        side = len(self._code)
        if not side:
            return ()
        # Without a height the widget is as tall as the code.
        found = ways(side, width, height or 2 * side)
        if not found:
            return tuple((Span(line, "warning", bold=True),) for line in wrap(f"▲ {self._too_small}", width))
        way = found[-1 if self._other else 0]
        columns, rows = way.size(side)
        margin = Span(" " * ((width - columns) // 2))
        above: list[Line] = [()] * max(0, (height - rows) // 2)
        return (*above, *((margin, *line) for line in qr_lines(self._code, way)))
