"""One branch: who it is, its phases and steps, its newest log entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual import work as in_thread
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.log import LogEntry
from tui.staff.branch_view import (
    EntryRow,
    WorkRow,
    branch_head,
    entry_columns,
    entry_rows,
    work_columns,
    work_rows,
)
from tui.staff.keys import BRANCH
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import LineTable
from tui.widgets.spans import Line


class BranchScreen(LiveScreen[None]):
    """Head, phases with steps, log."""

    KEYS = BRANCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(BRANCH)

    @dataclass
    class EntriesRead(Message):
        """The log of the branch has been read."""

        bubble: ClassVar[bool] = False
        entries: Sequence[LogEntry]

    def __init__(self, code: str) -> None:
        super().__init__()
        self.branch = code
        self._entries: Sequence[LogEntry] = ()
        self._read_for: Snapshot | None = None

    def content(self) -> Iterable[Widget]:
        """Head and the two lists."""
        yield Drawing(self._head, widget_id="head")
        yield Container(
            LineTable[WorkRow](lambda row: row.key, widget_id="work"),
            LineTable[EntryRow](lambda row: row.key, widget_id="log"),
            id="lists",
        )

    def show(self, snapshot: Snapshot) -> None:
        """Bring both lists in step; the log is read in a thread."""
        standing = next((item for item in snapshot.overview.branches if item.code == self.branch), None)
        if standing is not None:
            first = not self.work.rows
            rows = work_rows(snapshot.plan, standing, self.lang)
            self.work.set_columns(work_columns(rows, self.lang, self.work.size.width))
            self.work.set_rows(rows)
            if first and standing.phase is not None:
                self.call_after_refresh(self.work.go_to, standing.phase)
        self.log_table.set_columns(entry_columns(self.lang, self.log_table.size.width))
        self.log_table.set_rows(entry_rows(snapshot.plan, self._entries, self.lang))
        if snapshot is not self._read_for:
            self._read_for = snapshot
            self._read()

    @property
    def work(self) -> LineTable[WorkRow]:
        """Phases and steps."""
        return self.query_one("#work", LineTable)

    @property
    def log_table(self) -> LineTable[EntryRow]:
        """The log."""
        return self.query_one("#log", LineTable)

    @in_thread(thread=True, exclusive=True, group="entries")
    def _read(self) -> None:
        try:
            entries = self.live.desk.entries(self.branch)
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again
        self.post_message(self.EntriesRead(entries))

    def on_branch_screen_entries_read(self, message: EntriesRead) -> None:
        """Show the log."""
        self._entries = message.entries
        self.refresh_view()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        branch = snapshot.plan.branch(self.branch) if snapshot else None
        if snapshot is None or branch is None:
            return []
        standing = next((item for item in snapshot.overview.branches if item.code == self.branch), None)
        return branch_head(snapshot, branch, standing, self.lang, width) if standing else []
