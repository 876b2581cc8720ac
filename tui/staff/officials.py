"""Contact officials: their branches, their visits, what is due next, and who has no contact point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work as in_thread
from textual.binding import BindingType
from textual.message import Message

from campaign.contacts import ContactPoint
from campaign.errors import ManyiError
from campaign.standing import Overview
from tui.staff.keys import OFFICIALS_LIST
from tui.staff.list_screen import ListScreen
from tui.staff.officials_view import (
    OfficialRow,
    official_columns,
    official_rows,
    officials_listing,
    officials_title,
)
from tui.staff.ports import Snapshot
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column
from tui.widgets.spans import Line


class OfficialsScreen(ListScreen[OfficialRow]):
    """Every official at every branch of his; Enter opens the branch."""

    KEYS = OFFICIALS_LIST
    BINDINGS: ClassVar[list[BindingType]] = bindings(OFFICIALS_LIST)
    ADDS_FIRST = "visit"

    @dataclass
    class ContactsRead(Message):
        """Who visited whom has been read."""

        bubble: ClassVar[bool] = False
        contacts: Sequence[ContactPoint]

    def __init__(self, branch: str | None = None, leader: str | None = None) -> None:
        super().__init__(officials_listing())
        self._wanted = (leader, branch)
        self._contacts: Sequence[ContactPoint] = ()
        self._read_for: Snapshot | None = None

    def rows(self, snapshot: Snapshot) -> Sequence[OfficialRow]:
        """Everyone."""
        return official_rows(snapshot, self._contacts, self.lang)

    def row_key(self, row: OfficialRow) -> str:
        """Tells a row from all others."""
        return row.key

    def columns(self, snapshot: Snapshot, rows: Sequence[OfficialRow], width: int) -> list[Column[OfficialRow]]:
        """Official, branch, visits, what is due."""
        return official_columns(snapshot, rows, self.lang, width)

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """The figures."""
        return officials_title(snapshot, self._all, self.lang, width)

    def show(self, snapshot: Snapshot) -> None:
        """Bring the rows in step; the log is read in a thread."""
        first = not self.table.rows
        super().show(snapshot)
        if first and self.table.rows:
            leader, branch = self._wanted
            points = ((row, row.point) for row in self.table.rows)
            row = next((row for row, each in points if leader == each.leader or branch == each.branch), None)
            self.table.go_to(row.key if row else "")
        if snapshot is not self._read_for:
            self._read_for = snapshot
            self._read(snapshot.overview)

    @property
    def branch(self) -> str | None:
        """The branch under the cursor."""
        return (self.table.key or "/").split("/")[1] or None

    def open_row(self, key: str) -> None:
        """Open the branch."""
        if branch := key.split("/")[1]:
            self.live.open_branch(branch)

    @in_thread(thread=True, exclusive=True, group="contacts", description="contacts")
    def _read(self, stands: Overview) -> None:
        try:
            found = self.live.desk.planning().contacts(stands)
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again
        self.post_message(self.ContactsRead(found))

    def on_officials_screen_contacts_read(self, message: ContactsRead) -> None:
        """Show them."""
        self._contacts = message.contacts
        self.refresh_view()
