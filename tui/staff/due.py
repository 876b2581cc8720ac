"""Everything that is owed in the whole campaign: overdue, today, in the next days."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from campaign.language import Lang
from tui.staff.due_view import DueRow, due_columns, due_listing, due_rows, due_title
from tui.staff.keys import DUE_LIST
from tui.staff.list_screen import ListScreen
from tui.staff.live import ShowsDue
from tui.staff.ports import Snapshot
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column
from tui.widgets.spans import Line


class DueScreen(ListScreen[DueRow], ShowsDue):
    """What is owed, the worst first; Enter opens the case, or whose it is."""

    KEYS = DUE_LIST
    BINDINGS: ClassVar[list[BindingType]] = bindings(DUE_LIST)

    def __init__(self, text: str = "") -> None:
        super().__init__(replace(due_listing(), text=text))
        self._laid_out: tuple[Sequence[DueRow] | None, int, list[Column[DueRow]]] = (None, 0, [])
        self._kept: tuple[Snapshot | None, Lang, Sequence[DueRow]] = (None, Lang.ZH, ())

    def rows(self, snapshot: Snapshot) -> Sequence[DueRow]:
        """Everything that is owed; looked up once for a snapshot, for there may be much of it."""
        of, lang, rows = self._kept
        if of is not snapshot or lang is not self.lang:
            rows = due_rows(snapshot, self.lang)
            self._kept = (snapshot, self.lang, rows)
        return rows

    def row_key(self, row: DueRow) -> str:
        """Tells a row from all others."""
        return row.key

    def columns(self, snapshot: Snapshot, rows: Sequence[DueRow], width: int) -> list[Column[DueRow]]:
        """How late, when, whose, what; laid out once for the same rows."""
        of, cells, columns = self._laid_out
        if of is not rows or cells != width:
            columns = due_columns(snapshot, rows, self.lang, width)
            self._laid_out = (rows, width, columns)
        return columns

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """The figures."""
        return due_title(snapshot.due, self.lang, width)

    @property
    def branch(self) -> str | None:
        """The branch under the cursor."""
        row = next((row for row in self.table.rows if row.key == self.table.key), None)
        return row.thing.branch if row else None

    def open_row(self, key: str) -> None:
        """Open the case itself, otherwise the branch."""
        row = next((row for row in self.table.rows if row.key == key), None)
        if row is not None and row.thing.case is not None:
            self.live.open_case(row.thing.case.case.no)
        elif row is not None:
            self.live.open_branch(row.thing.branch)
