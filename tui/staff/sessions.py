"""All sessions: how each stands, and from here what ends, confirms, posts or voids it, and its result."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual import work as in_thread
from textual.binding import BindingType

from campaign.errors import ManyiError, Problem
from surveys.moves import refusal
from surveys.session import COUNTED
from surveys.shown import Shown
from tui.staff.account_page import AccountPage
from tui.staff.advice import ADVICE
from tui.staff.confirm import AskFirst, Confirm
from tui.staff.export_form import ExportForm
from tui.staff.keys import DONE, SESSIONS
from tui.staff.list_screen import ListScreen
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.result_words import why_hidden
from tui.staff.results import ResultsScreen
from tui.staff.session_forms import PublishSession, VerifySession, VoidSession
from tui.staff.session_words import closing_question
from tui.staff.sessions_view import (
    DEEDS,
    NEXT,
    SessionRow,
    off_keys,
    session_columns,
    session_listing,
    session_rows,
    sessions_title,
    state_signs,
)
from tui.staff.texts import tr
from tui.widgets.key_bar import Key, bindings
from tui.widgets.line_table import Column, LineTable
from tui.widgets.spans import Line


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

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """How many are in which state."""
        return sessions_title(snapshot, self._all, self.lang, width)

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

    @property
    def off(self) -> frozenset[str]:
        """What can't be done with the session under the cursor."""
        return off_keys(self.session)

    def own_signs(self) -> Sequence[str]:
        """The signs of the states."""
        return state_signs(self.lang)

    @on(LineTable.Highlighted, "#list")
    def _moved(self, message: LineTable.Highlighted) -> None:
        message.stop()
        self.redraw_foot()

    def open_row(self, key: str) -> None:
        """Show the result, or the account of a session without one."""
        session = self.session
        if session is not None and session.state in COUNTED:
            self.app.push_screen(ResultsScreen(key))
        else:
            self.action_account()

    def action_whole(self) -> None:
        """Show the results of all together."""
        self.app.push_screen(ResultsScreen())

    def action_account(self) -> None:
        """Look at the ballot account."""
        if self.session is not None:
            self.app.push_screen(AccountPage(self.session))

    def action_close(self) -> None:
        """End the answering, after a question."""
        session, snapshot = self.session, self.live.snapshot
        if session is not None and snapshot is not None and self._may("close", session):
            question = AskFirst([closing_question(snapshot.plan, session)])
            self.app.push_screen(question, partial(self._answered, session.id))

    def _answered(self, session_id: str, yes: bool | None) -> None:  # what the question gives
        if yes:
            self._close(session_id)

    def action_verify(self) -> None:
        """Confirm the count by two roles."""
        session, snapshot = self.session, self.live.snapshot
        if session is not None and snapshot is not None and self._may("verify", session):
            self.app.push_screen(VerifySession(snapshot, session), self._told)

    def action_publish(self) -> None:
        """Post the result."""
        session, snapshot = self.session, self.live.snapshot
        if session is not None and snapshot is not None and self._may("publish", session):
            self.app.push_screen(PublishSession(snapshot, session), self._told)

    def action_void(self) -> None:
        """Declare the session void, with a reason."""
        session, snapshot = self.session, self.live.snapshot
        if session is not None and snapshot is not None and self._may("void", session):
            self.app.push_screen(VoidSession(snapshot, session), self._told)

    def action_hall(self) -> None:
        """Show the result in the hall, or take it off; say why where there is nothing to be seen."""
        session = self.session
        if session is None:
            return
        if session.state not in COUNTED:
            self._refuse(Problem("V58"), session)
        elif session.hidden:
            self.live.say(why_hidden(session.hidden, self.lang))
        else:
            self.live.toggle_hall(Shown(session=session.id))

    def action_export(self) -> None:
        """Write results out: all of them, or those of this session or its branch."""
        if self.live.snapshot is not None:
            self.app.push_screen(ExportForm(self.live.snapshot, self.session), self._told)

    def _may(self, deed: str, session: SessionLine) -> bool:
        """Whether that can be done with the session as it stands; if not, say so at once."""
        problem = refusal(session.state, DEEDS[deed])
        if problem is not None:
            self._refuse(problem, session)
        return problem is None

    def _refuse(self, problem: Problem, session: SessionLine) -> None:
        """Say why, and which key leads on."""
        self.live.say(f"✘ {ADVICE.message(problem, self.lang)} · {tr(self.lang, NEXT[session.state])}")

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
        said = tr(self.lang, "✔ {id} is closed, the counting begins", id=session_id)
        if moved.warnings:
            said = f"{said} · {ADVICE.message(moved.warnings[0], self.lang)}"
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
