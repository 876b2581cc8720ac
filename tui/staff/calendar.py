"""The calendar of all branches: a row for each, time from left to right, and what overlaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import on
from textual import work as in_thread
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.overlaps import Overlap
from campaign.standing import Overview
from tui.staff.calendar_view import (
    CalendarRow,
    ClashRow,
    calendar_columns,
    calendar_listing,
    calendar_rows,
    calendar_title,
    clash_columns,
    clash_rows,
    legend_lines,
    name_cells,
    strip_cells,
)
from tui.staff.keys import CALENDAR_LIST
from tui.staff.list_screen import ListScreen
from tui.staff.ports import Snapshot
from tui.staff.timeline import Timeline, scale_lines, whole_campaign
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import EDGE, Column, LineTable
from tui.widgets.search_table import SearchTable
from tui.widgets.spans import Line, Span


class TimeTable(SearchTable[CalendarRow]):
    """A list whose left and right move through the time, not through cells."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.shift(-1)", show=False),
        Binding("right", "screen.shift(1)", show=False),
    ]


class CalendarScreen(ListScreen[CalendarRow]):
    """Every branch with its phases, pauses and busy days; Enter opens the branch."""

    KEYS = CALENDAR_LIST
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALENDAR_LIST)

    @dataclass
    class OverlapsRead(Message):
        """The overlaps have been worked out."""

        bubble: ClassVar[bool] = False
        overlaps: Sequence[Overlap]

    def __init__(self, branch: str | None) -> None:
        super().__init__(calendar_listing())
        self._wanted = branch
        self._found: Sequence[Overlap] | None = None
        """The overlaps, once they have been worked out."""
        self._line: Timeline | None = None
        self._read_for: Snapshot | None = None

    def content(self) -> Iterable[Widget]:
        """Title, scale, rows, legend, overlaps."""
        head, _ = super().content()
        yield head
        yield Drawing(self._scale, widget_id="scale")
        yield TimeTable(self.row_key, typed=self._typed, entered=self.entered, widget_id="list")
        yield Drawing(self._legend, widget_id="legend")
        yield LineTable[ClashRow](lambda row: row.key, widget_id="clashes")

    def rows(self, snapshot: Snapshot) -> Sequence[CalendarRow]:
        """Every branch."""
        return calendar_rows(snapshot, self._overlaps, self.lang)

    def row_key(self, row: CalendarRow) -> str:
        """Tells a row from all others."""
        return row.code

    def columns(self, snapshot: Snapshot, rows: Sequence[CalendarRow], width: int) -> list[Column[CalendarRow]]:
        """Sign, name, time."""
        cells = strip_cells(rows, width)
        if self._line is None:
            self._line = whole_campaign(snapshot.plan, cells, snapshot.overview.day)
        elif self._line.width != cells:
            self._line = self._line.resized(cells, snapshot.plan)
        return calendar_columns(snapshot, rows, self._line, width)

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """The days in sight, and the number of overlaps."""
        if self._line is None:
            return ()
        return calendar_title(snapshot, self._line, self._found, self.lang, width)

    def show(self, snapshot: Snapshot) -> None:
        """Bring the rows in step; overlaps are worked out in a thread."""
        if self.table.size.width == 0:
            return
        first = not self.table.rows
        super().show(snapshot)
        if first and self._wanted is not None:
            self.table.go_to(self._wanted)
        rows = clash_rows(snapshot, self._overlaps, self.lang)
        self.clashes.set_columns(clash_columns(rows, self.lang, self.table.size.width))
        self.clashes.set_rows(rows)
        self.query_one("#scale", Drawing).redraw()
        if snapshot is not self._read_for:
            self._read_for = snapshot
            self._read(snapshot.overview)

    @property
    def _overlaps(self) -> Sequence[Overlap]:
        return self._found or ()

    @property
    def clashes(self) -> LineTable[ClashRow]:
        """The list of overlaps."""
        return self.query_one("#clashes", LineTable)

    @property
    def branch(self) -> str | None:
        """The branch under the cursor."""
        return self.table.key

    def open_row(self, key: str) -> None:
        """Open the branch."""
        self.live.open_branch(key)

    @on(LineTable.Selected, "#clashes")
    def _open_clash(self, message: LineTable.Selected) -> None:
        message.stop()
        self.live.open_branch(message.key.split()[-1])

    @on(LineTable.Highlighted, "#clashes")
    def _follow(self, message: LineTable.Highlighted) -> None:
        """Show the branch and the days of the overlap under the cursor."""
        message.stop()
        row = next((row for row in self.clashes.rows if row.key == message.key), None)
        if row is not None:
            self._look_at(row.overlap.start)
            self.table.go_to(row.overlap.branches[0])

    def action_shift(self, by: int) -> None:
        """Earlier or later."""
        if self._line is not None and self.live.snapshot is not None:
            self._turn(self._line.moved(by, self.live.snapshot.plan))

    def action_zoom(self, by: int) -> None:
        """Nearer or farther."""
        snapshot = self.live.snapshot
        if self._line is not None and snapshot is not None:
            self._turn(self._line.zoomed(by, snapshot.plan, snapshot.overview.day))

    def action_overlaps(self) -> None:
        """Open the list of overlaps below, or close it."""
        opened = not self.has_class("-clashes")
        self.set_class(opened, "-clashes")
        self.set_focus(self.clashes if opened and self._overlaps else self.table)
        self.call_after_refresh(self.refresh_view)

    @in_thread(thread=True, exclusive=True, group="overlaps", description="overlaps")
    def _read(self, stands: Overview) -> None:
        try:
            found = self.live.desk.planning().overlaps(stands)
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again
        self.post_message(self.OverlapsRead(found))

    def on_calendar_screen_overlaps_read(self, message: OverlapsRead) -> None:
        """Mark them."""
        self._found = message.overlaps
        self.refresh_view()

    def _look_at(self, day: date) -> None:
        snapshot, line = self.live.snapshot, self._line
        if snapshot is not None and line is not None and not line.start <= day <= line.end:
            self._turn(replace(line, start=day).resized(line.width, snapshot.plan))

    def _turn(self, line: Timeline) -> None:
        """Show other days; the rows stay as they are."""
        self._line, snapshot = line, self.live.snapshot
        if snapshot is not None:
            self.table.set_columns(calendar_columns(snapshot, self._all, line, self.table.size.width))
        for name in ("#scale", "#list-head"):
            self.query_one(name, Drawing).redraw()

    def _scale(self, _width: int, _height: int) -> list[Line]:
        snapshot, line = self.live.snapshot, self._line
        if snapshot is None or line is None:
            return []
        cells = EDGE + 2 + name_cells(self._all, self.table.size.width) + 1
        lines = scale_lines(line, snapshot.plan, snapshot.overview.day, self.lang)
        return [(Span(" " * cells), *each) for each in lines]

    def _legend(self, width: int, height: int) -> list[Line]:
        return legend_lines(self.live.snapshot, self.lang, width, height) if self.live.snapshot else []
