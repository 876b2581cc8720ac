"""All cases of the campaign or of a branch: what is owed by a date, the worst first."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from campaign.language import Lang
from tui.staff.cases_view import CaseRow, case_columns, case_listing, case_rows, cases_title
from tui.staff.keys import CASES
from tui.staff.list_screen import ListScreen
from tui.staff.live import ShowsDue
from tui.staff.number_screen import NumberScreen
from tui.staff.ports import Snapshot
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column
from tui.widgets.spans import Line


class CasesScreen(ListScreen[CaseRow], NumberScreen, ShowsDue):
    """Enter opens a case; so does a number that is scanned or typed, also of a slip that has no case yet."""

    KEYS = CASES
    BINDINGS: ClassVar[list[BindingType]] = bindings(CASES)

    def __init__(self, branch: str | None = None) -> None:
        super().__init__(case_listing())
        self._only = branch
        """The branch whose cases are shown; None: all."""
        self._worked_out: tuple[Snapshot | None, Lang, str | None, Sequence[CaseRow]] = (None, Lang.ZH, None, ())

    def rows(self, snapshot: Snapshot) -> Sequence[CaseRow]:
        """The cases; worked out once for a snapshot, however often the list is narrowed."""
        kept, lang, only, rows = self._worked_out
        if kept is not snapshot or (lang, only) != (self.lang, self._only):
            rows = case_rows(snapshot, self.lang, self._only)
            self._worked_out = (snapshot, self.lang, self._only, rows)
        return rows

    def row_key(self, row: CaseRow) -> str:
        """Tells a row from all others."""
        return row.no

    def columns(self, snapshot: Snapshot, rows: Sequence[CaseRow], width: int) -> list[Column[CaseRow]]:
        """How late, when, which, whose, what."""
        return case_columns(snapshot, rows, self._only, self.lang, width)

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """The figures."""
        return cases_title(snapshot, self._all, self._only, self.lang, width)

    @property
    def branch(self) -> str | None:
        """The branch under the cursor, or the one whose cases these are."""
        row = next((row for row in self.table.rows if row.no == self.table.key), None)
        return row.standing.case.branch if row else self._only

    def open_row(self, key: str) -> None:
        """Open the case."""
        self.live.open_case(key)

    def action_branch(self) -> None:
        """Show the cases of the branch under the cursor alone, or all again."""
        self._only = None if self._only is not None else self.branch
        self.refresh_view()
        self.table.action_go(0)

    # -- numbers -------------------------------------------------------------------------------------------------

    def entered(self, text: str) -> bool:
        """Open the case with the number that was typed; words only narrow the list."""
        return self.open_number(text)

    def say_problem(self) -> None:
        """In place of what the keys have chosen."""
        self.query_one("#list-head", Drawing).redraw()

    def _typed(self, text: str) -> None:
        if text:
            self.forget_problem()
        super()._typed(text)

    def _head(self, width: int, height: int) -> list[Line]:
        lines, wrong = super()._head(width, height), self.problem_line(width)
        return [lines[0], wrong] if wrong is not None and lines else lines
