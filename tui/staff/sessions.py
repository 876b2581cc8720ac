"""All sessions: how each stands, and from here what ends, confirms, posts or voids it, and its result."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import work as in_thread
from textual.binding import BindingType

from campaign.errors import ManyiError, Problem
from surveys.session import COUNTED
from surveys.shown import Shown
from tui.staff.account_page import AccountPage
from tui.staff.confirm import Confirm
from tui.staff.export_form import ExportForm
from tui.staff.keys import DONE, GO_ON, SESSIONS
from tui.staff.list_screen import ListScreen
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.results import ResultsScreen
from tui.staff.session_forms import PublishSession, VerifySession, VoidSession
from tui.staff.sessions_view import SessionRow, session_columns, session_listing, session_rows, sessions_title
from tui.staff.texts import tr
from tui.widgets.key_bar import Key, bindings
from tui.widgets.line_table import Column
from tui.widgets.spans import Line


class AskClose(Confirm):
    """Whether the answering is to end."""

    KEYS: ClassVar[Sequence[Key]] = GO_ON
    BINDINGS: ClassVar[list[BindingType]] = bindings(GO_ON)


class SessionsScreen(ListScreen[SessionRow]):
    """Enter opens the result, or the account while there is none."""

    KEYS = SESSIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(SESSIONS)

    def __init__(self, branch: str | None = None) -> None:
        super().__init__(session_listing())
        self._wanted = branch

    def rows(self, snapshot: Snapshot) -> Sequence[SessionRow]:
        """All sessions."""
        return session_rows(snapshot, self.lang)

    def row_key(self, row: SessionRow) -> str:
        """Tells a row from all others."""
        return row.session.id

    def columns(self, snapshot: Snapshot, rows: Sequence[SessionRow], width: int) -> list[Column[SessionRow]]:
        """State, number, whose, forms, what comes next."""
        return session_columns(snapshot, rows, self.lang, width)

    def headline(self, snapshot: Snapshot, width: int) -> Line:  # noqa: ARG002  # as in every list
        """How many are in which state."""
        return sessions_title(self._all, self.lang, width)

    def show(self, snapshot: Snapshot) -> None:
        """Begin with the newest session of the branch one came from."""
        first = not self.table.rows
        super().show(snapshot)
        mine = next((row.session.id for row in self.table.rows if row.session.branch == self._wanted), None)
        if first and mine is not None:
            self.call_after_refresh(self.table.go_to, mine)

    @property
    def session(self) -> SessionLine | None:
        """The one under the cursor."""
        return next((row.session for row in self.table.rows if row.session.id == self.table.key), None)

    @property
    def branch(self) -> str | None:
        """Its branch."""
        return self.session.branch if self.session else None

    def open_row(self, key: str) -> None:
        """Show the result, or the account of a session without one."""
        session = self.session
        if session is not None and session.state in COUNTED:
            self.app.push_screen(ResultsScreen(key))
        else:
            self.action_account()

    def action_whole(self) -> None:
        """Show the results of all units together."""
        self.app.push_screen(ResultsScreen())

    def action_account(self) -> None:
        """Look at the ballot account."""
        if self.session is not None:
            self.app.push_screen(AccountPage(self.session))

    def action_close(self) -> None:
        """End the answering, after a question."""
        session = self.session
        if session is not None:
            question = AskClose([Problem("M157", {"id": session.id})])
            self.app.push_screen(question, partial(self._answered, session.id))

    def _answered(self, session_id: str, yes: bool | None) -> None:  # what the question gives
        if yes:
            self._close(session_id)

    def action_verify(self) -> None:
        """Confirm the count by two roles."""
        if self.session is not None:
            self.app.push_screen(VerifySession(self.session), self._told)

    def action_publish(self) -> None:
        """Post the result."""
        if self.session is not None and self.live.snapshot is not None:
            self.app.push_screen(PublishSession(self.live.snapshot, self.session), self._told)

    def action_void(self) -> None:
        """Declare the session void, with a reason."""
        if self.session is not None:
            self.app.push_screen(VoidSession(self.session), self._told)

    def action_hall(self) -> None:
        """Show the result in the hall, or take it off."""
        if self.session is not None:
            self.live.toggle_hall(Shown(session=self.session.id))

    def action_export(self) -> None:
        """Write all results out."""
        self.app.push_screen(ExportForm(None), self._told)

    def _told(self, said: str | None) -> None:
        if said is not None:
            self.live.say(said)

    @in_thread(thread=True, group="close", description="close")
    def _close(self, session_id: str) -> None:
        say: Callable[[str], None] = self.live.say
        try:
            moved = self.live.desk.results().close(session_id)
        except ManyiError as error:
            self.app.call_from_thread(self._refused, error.problems)
            return
        said = tr(self.lang, "✔ {id}: the answering has ended, the counting begins", id=session_id)
        if moved.warnings:
            said = f"{said} · {moved.warnings[0].message(self.lang)}"
        self.app.call_from_thread(say, said)
        self.app.call_from_thread(self.live.poll)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.app.push_screen(Refusal(problems))


class Refusal(Confirm):
    """Why something cannot be done; there is nothing to answer."""

    KEYS: ClassVar[Sequence[Key]] = (DONE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings((DONE,))

    def heading(self) -> str:
        """That nothing was done."""
        return tr(self.lang, "Not possible; nothing was changed")
