"""The staff application: its forms and how one comes to them; each is imported when it is first opened."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import work

from campaign.errors import ManyiError, Problem
from campaign.language import Lang
from campaign.log import Logged
from campaign.plan import Branch
from campaign.shortfalls import Shortfall
from tui import themes
from tui.staff.advice import ADVICE
from tui.staff.dashboard import Dashboard
from tui.staff.live import Clock, LiveApp, Said
from tui.staff.pages import PagesApp
from tui.staff.ports import Desk, OpenedSession, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr

LARGE, SOON = 1000, 1
"""Branches from which a campaign is large; seconds."""


class StaffApp(PagesApp):
    """The dashboard and the screens behind it; with ``read_only`` the dashboard of the hall."""

    CSS_PATH = "staff.tcss"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(
        self,
        desk: Desk,
        *,
        read_only: bool = False,
        lang: Lang = Lang.ZH,
        theme: str = "ink",
        clock: Clock = time.time,
    ) -> None:
        super().__init__(desk, clock=clock, read_only=read_only)
        self.set_reactive(LiveApp.lang, lang)
        themes.register(self, theme)

    def on_mount(self) -> None:
        """Show the dashboard."""
        self.push_screen(Dashboard())

    def watch_snapshot(self, before: Snapshot | None, now: Snapshot | None) -> None:
        """The hall follows staff. In a large campaign what is owed is worked out after the first picture."""
        if now is not None and self.read_only:
            self.follow_hall(now)
        if before is None and now is not None and not self.read_only and len(now.overview.branches) > LARGE:
            self.set_timer(SOON, lambda: self._prepare_due(now))

    @work(thread=True, group="due", description="due")
    def _prepare_due(self, snapshot: Snapshot) -> None:
        with suppress(ManyiError):
            snapshot.owed.found  # noqa: B018  # kept by the desk

    async def action_add_entry(self) -> None:
        """Open the form for a log entry."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.add_entry import AddEntry

            await self.push_screen(AddEntry(self.snapshot, self.at_branch, first=self.offered_first), self._recorded)

    def action_undo(self) -> None:
        """Take back the entry that was recorded here last, after a question; or say why that can't be done."""
        if self.snapshot is None or self.read_only:
            return
        if not self.recorded:
            self.say(tr(self.lang, "nothing has been recorded in this window that could be undone"))
            return
        self._undo(self.snapshot, self.recorded[-1])

    @work(thread=True, exclusive=True, group="undo", description="undo")
    def _undo(self, snapshot: Snapshot, newest: Logged) -> None:
        try:
            gone = self.desk.log_desk().kept(newest)
        except ManyiError as error:
            self.call_from_thread(self.say, ADVICE.text(error.problems[0], self.lang))
        else:
            self.call_from_thread(self._ask_to_undo, snapshot, newest, gone)

    def _ask_to_undo(self, snapshot: Snapshot, newest: Logged, gone: Problem | None) -> None:
        from tui.staff.correct_entry import TakeBack

        if not self.recorded or self.recorded[-1] is not newest or isinstance(self.screen, TakeBack):
            return  # the key was pressed twice
        if gone is not None:
            self.recorded.pop()
            late = tr(self.lang, "too late to undo; correct it with e")
            self.say(late if gone.code == "M39" else tr(self.lang, "not undone: it was changed meanwhile"))
        else:
            self.push_screen(TakeBack(snapshot, newest, undo=True), self._undone)

    def correct_entry(self, seen: Logged) -> None:
        """Open the form that corrects an entry."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.correct_entry import CorrectEntry

            self.push_screen(CorrectEntry(self.snapshot, seen), self._recorded)

    def action_change_plan(self) -> None:
        """Open the form that changes the plan of the branch."""
        branch = self.snapshot.plan.branch(self.at_branch or "") if self.snapshot is not None else None
        if self.snapshot is None or branch is None or self.read_only:
            return
        self._look_what_lacks(self.snapshot, branch, ask=False)

    @work(thread=True, exclusive=True, group="lacking", description="lacking")
    def _look_what_lacks(self, snapshot: Snapshot, branch: Branch, *, ask: bool) -> None:
        try:
            lacking = self.desk.planning().lacking(branch.code)
        except ManyiError as error:
            self.call_from_thread(self.say, ADVICE.text(error.problems[0], self.lang))
        else:
            self.call_from_thread(self._change_plan, snapshot, branch, lacking, ask=ask)

    def _change_plan(self, snapshot: Snapshot, branch: Branch, lacking: Sequence[Shortfall], *, ask: bool) -> None:
        from tui.staff.change_plan import ChangePlan

        if isinstance(self.screen, ChangePlan):  # the key may have been pressed twice
            return
        form = ChangePlan(snapshot, branch, lacking, self.role, ask=ask)

        def closed(said: str | None) -> None:
            self._told(said)
            if form.ask_next:
                self._look_what_lacks(snapshot, branch, ask=True)

        self.push_screen(form, closed)

    async def action_open_session(self) -> None:
        """Open the form for a survey session."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.open_session import OpenSession

            await self.push_screen(OpenSession(self.snapshot, self.at_branch), self._opened)

    async def action_paper(self) -> None:
        """Work on the paper forms of the branch's session, or of one that is chosen from a list."""
        if self.snapshot is None or self.read_only:
            return
        from tui.staff.choose_session import ChooseSession, countable

        sessions = countable(self.snapshot)
        own = [session.id for session in sessions if session.branch == self.at_branch]
        if len(own) == 1:
            self._take_in(own[0])
        elif sessions:
            await self.push_screen(ChooseSession(self.at_branch), self._take_in)
        else:
            self.say(tr(self.lang, "there is no session to count; s opens one"))

    def action_help(self) -> None:
        """Explain the keys of the screen on top."""
        if isinstance(self.screen, LiveScreen):
            from tui.staff.help import HelpScreen

            self.push_screen(HelpScreen(self.screen.keys, own=self.screen.own_signs))

    def action_language(self) -> None:
        """Switch between Chinese and English; what the status line says is in the old language, so it goes."""
        self.notice = ""
        self.lang = self.lang.other

    def action_theme(self) -> None:
        """Switch between the light and the dark theme."""
        self.theme = "paper" if self.theme == "ink" else "ink"

    def action_leave(self) -> None:
        """Close the program."""
        self.exit()

    def action_help_quit(self) -> None:
        """Textual's answer to Ctrl+C is a toast, which loses wide characters; ours is the status line."""
        keys = self.screen.keys if isinstance(self.screen, LiveScreen) else ()
        if any(key.action == "app.leave" for key in keys):
            self.say(tr(self.lang, "q or Ctrl+Q closes the program"))
        else:
            self.say(tr(self.lang, "Esc goes back from here; Ctrl+Q closes the program"))

    def _take_in(self, session_id: str | None) -> None:
        """Open the intake screen of a session."""
        session = (
            next((each for each in self.snapshot.sessions if each.id == session_id), None) if self.snapshot else None
        )
        if session is None:
            return
        try:
            desk = self.desk.intake(session.id)
        except ManyiError as error:
            self.say(ADVICE.text(error.problems[0], self.lang))
        else:
            from tui.staff.intake import IntakeScreen

            self.push_screen(IntakeScreen(session, desk))

    def _told(self, said: str | None) -> None:
        if said is not None:
            self.say(said)

    def _recorded(self, said: Said | None) -> None:
        if said is None:
            return
        if said.recorded is not None:
            from tui.staff.branch import BranchScreen

            self.recorded.append(said.recorded)
            if isinstance(self.screen, BranchScreen):
                self.screen.recorded(said.recorded.number)
        self.say(said.text)

    def _undone(self, said: Said | None) -> None:
        if said is not None and self.recorded:
            self.recorded.pop()
        self._recorded(said)

    def _opened(self, opened: OpenedSession | None) -> None:
        if opened is not None:
            from tui.staff.open_session import SessionOpened

            self.push_screen(SessionOpened(opened))
