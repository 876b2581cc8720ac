"""A table on Textual's line API: ten thousand rows cost what the visible ones cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.widgets.spans import Line, Palette, Span, fitted

RowT = TypeVar("RowT")
EDGE = 2
"""Cells left of the first column; the cursor's mark stands there."""
CURSOR = "▌"


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """A column of fixed width."""

    title: str
    width: int
    """Cells, without the gap to the next column."""
    cell: Callable[[RowT, int], Line]
    """The cell of a row in that many cells; longer lines are cut, shorter ones padded."""
    right: bool = False
    """Whether title and cells stand at the right."""
    colour: str = "muted"
    """Colour of the title."""
    gap: int = 2
    """Cells to the next column."""


class LineTable(ScrollView, Generic[RowT], can_focus=True):
    """Rows of any frozen value, drawn by the columns when they come into sight.

    Where all rows fit with an empty line between them and ``airy`` is set, they are drawn so.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = "LineTable { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        Binding("enter", "select", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a row."""

        table: "LineTable[Any]"
        """Where."""
        key: str
        """Key of the row."""

        @property
        def control(self) -> Widget:
            """The table, for handlers that name it."""
            return self.table

    @dataclass
    class Selected(Highlighted):
        """Enter was pressed on a row, or it was clicked."""

    def __init__(
        self, key: Callable[[RowT], str], *, cursor: bool = True, airy: bool = False, widget_id: str | None = None
    ) -> None:
        super().__init__(id=widget_id)
        self.can_focus = cursor
        if not cursor:
            self.styles.scrollbar_size_vertical = 0
        self._key = key
        self._airy = airy
        self._rows: Sequence[RowT] = ()
        self._columns: Sequence[Column[RowT]] = ()
        self._at = 0
        self._palette: Palette | None = None

    # -- contents ------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[RowT]:
        """The rows in the order shown."""
        return self._rows

    @property
    def key(self) -> str | None:
        """Key of the row under the cursor."""
        return self._key(self._rows[self._at]) if self._rows else None

    def set_columns(self, columns: Sequence[Column[RowT]]) -> None:
        """Show these columns."""
        self._columns = columns
        self.refresh()

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show these rows; the cursor stays on its row, and only visible lines that differ are painted."""
        before, held = self._rows, self.key
        self._rows = rows
        self._at = next((at for at, row in enumerate(rows) if self._key(row) == held), min(self._at, len(rows) - 1))
        self._at = max(0, self._at)
        if len(before) != len(rows):
            self._measure()
            self.refresh()
            return
        for at in self._visible():
            if before[at] != rows[at] or held != self.key:
                self._refresh_row(at)

    def update_row(self, at: int, row: RowT) -> None:
        """Put ``row`` in place of the one at index ``at``; its line alone is painted."""
        rows = list(self._rows) if not isinstance(self._rows, list) else self._rows
        rows[at] = row
        self._rows = rows
        self._refresh_row(at)

    # -- the cursor ----------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._move_to(self._at + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by screenfuls."""
        self._move_to(self._at + by * max(1, self.page_rows - 1))

    def action_go(self, at: int) -> None:
        """Move the cursor to a row; -1 is the last one."""
        self._move_to(at if at >= 0 else len(self._rows) + at)

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if (key := self.key) is not None:
            self.post_message(self.Selected(self, key))

    def go_to(self, key: str) -> None:
        """Put the cursor on the row with this key and show as much as possible of what follows it."""
        at = next((at for at, row in enumerate(self._rows) if self._key(row) == key), None)
        if at is not None:
            self._move_to(at)
            self.scroll_to(y=at * self._pitch, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        at = (event.y - self._head + round(self.scroll_y)) // self._pitch
        if self.can_focus and event.y >= self._head and at < len(self._rows):
            self._move_to(at)
            self.action_select()

    def show_page(self, page: int) -> None:
        """Scroll to a screenful, the first one being 0."""
        self.scroll_to(y=page * self.page_rows * self._pitch, animate=False)

    @property
    def page_rows(self) -> int:
        """Rows that fit."""
        return max(1, (self._body + self._pitch - 1) // self._pitch)

    @property
    def pages(self) -> int:
        """Screenfuls."""
        return max(1, -(-len(self._rows) // self.page_rows))

    def _move_to(self, at: int) -> None:
        at = max(0, min(at, len(self._rows) - 1))
        if not self._rows or at == self._at:
            return
        before, self._at = self._at, at
        self._refresh_row(before)
        self._refresh_row(at)
        self.scroll_to_row(at)
        self.post_message(self.Highlighted(self, self._key(self._rows[at])))

    def scroll_to_row(self, at: int) -> None:
        """Scroll as little as brings the row into sight."""
        top = at * self._pitch
        if top < self.scroll_y:
            self.scroll_to(y=top, animate=False)
        elif top >= self.scroll_y + self._body:
            self.scroll_to(y=top - self._body + 1, animate=False)

    # -- drawing -------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, _event: events.Resize) -> None:
        """Find out how many rows fit."""
        self._measure()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._refresh_row(self._at)

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._refresh_row(self._at)

    def render_line(self, y: int) -> Strip:
        """The heading, or what has been scrolled to line ``y``."""
        if self._palette is None:
            self._palette = Palette(self.app.theme_variables)
        width = self.size.width
        if y < self._head:
            return self._palette.strip(self._heading() if y == 0 else (), width, "surface")
        at, gap = divmod(y - self._head + round(self.scroll_y), self._pitch)
        if gap or at >= len(self._rows):
            return self._palette.strip((), width, "surface")
        here = self.has_focus and at == self._at
        return self._palette.strip(self._line(at, here), width, "surface", "panel" if here else "")

    def _heading(self) -> Line:
        cells = [
            (fitted((Span(column.title, column.colour, bold=True),), column.width, right=column.right), column.gap)
            for column in self._columns
        ]
        return (Span(" " * EDGE), *(span for line, gap in cells for span in (*line, Span(" " * gap))))

    def _line(self, at: int, here: bool) -> Line:
        row = self._rows[at]
        spans: list[Span] = [Span((CURSOR if here else " ") + " " * (EDGE - 1), "accent")]
        for column in self._columns:
            spans.extend(fitted(column.cell(row, column.width), column.width, right=column.right))
            spans.append(Span(" " * column.gap))
        return tuple(spans)

    @property
    def _head(self) -> int:
        """Lines of the heading, with an empty one below it where there is room."""
        if not any(column.title for column in self._columns):
            return 0
        return 2 if self._airy and len(self._rows) + 2 <= self.size.height else 1

    @property
    def _body(self) -> int:
        return max(1, self.size.height - self._head)

    @property
    def _pitch(self) -> int:
        """Lines from one row to the next."""
        return 2 if self._airy and 2 * len(self._rows) + 1 <= self.size.height else 1

    def _visible(self) -> range:
        first = round(self.scroll_y) // self._pitch
        return range(first, min(len(self._rows), first + self.page_rows + 1))

    def _refresh_row(self, at: int) -> None:
        y = self._head + at * self._pitch - round(self.scroll_y)
        if self._head <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self._head + max(0, len(self._rows) * self._pitch - self._pitch + 1))

    def _theme_changed(self, _theme: Theme) -> None:
        self._palette = None
        self.refresh()
