"""The pages of the staff application and how one comes from one to another.

Each is imported when it is first opened: the dashboard need not wait for all of them.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual import work

from campaign.cases import Case
from campaign.errors import ManyiError
from campaign.labels import branch_label
from surveys.shown import NOTHING, Shown
from tui.staff.advice import ADVICE
from tui.staff.live import AtBranch, LiveApp
from tui.staff.ports import FoundSlip, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr


class PagesApp(LiveApp):
    """Opens the page of a branch or a case, and the lists; in the hall none of them."""

    def open_branch(self, code: str, entry: int | None = None) -> None:
        """Show one branch; with the number of an entry its log, with that under the cursor."""
        from tui.staff.branch import BranchScreen

        self.push_screen(BranchScreen(code, entry))

    def open_officials(self, leader: str) -> None:
        """Show the contact officials, with this one under the cursor."""
        from tui.staff.officials import OfficialsScreen

        self.push_screen(OfficialsScreen(leader=leader))

    def open_due(self, text: str) -> None:
        """Show what is owed, narrowed to what holds ``text``."""
        self._once_owed(lambda: self._show_due(text))

    def _show_due(self, text: str = "") -> None:
        from tui.staff.due import DueScreen

        if not isinstance(self.screen, DueScreen):  # the key may have been pressed twice
            self.push_screen(DueScreen(text))

    def _once_owed(self, show: Callable[[], None]) -> None:
        """Call ``show`` when what is owed has been worked out for the newest snapshot."""
        if self.snapshot is not None and self.snapshot.owed.is_found:
            show()
        elif self.snapshot is not None:
            self._work_out_owed(self.snapshot, show)

    @work(thread=True, exclusive=True, group="due", description="due")
    def _work_out_owed(self, snapshot: Snapshot, show: Callable[[], None]) -> None:
        with suppress(ManyiError):  # the status line says that the store cannot be read
            snapshot.owed.found  # noqa: B018  # worked out here, not in the thread of the screen
            self.call_from_thread(self._once_owed, show)

    def action_search(self) -> None:
        """Search everything."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.search import SearchScreen

            self.push_screen(SearchScreen())

    def open_case(self, number: str) -> None:
        """Show one case; in place of another one, so that Esc leads back to where one came from."""
        self._once_owed(lambda: self._show_case(number))

    def _show_case(self, number: str) -> None:
        from tui.staff.case import CaseScreen

        if isinstance(self.screen, CaseScreen):
            self.switch_screen(CaseScreen(number))
        else:
            self.push_screen(CaseScreen(number))

    def open_slip(self, found: FoundSlip) -> None:
        """Show the case of a slip; one that has none yet is asked for what it needs."""
        if found.case is not None:
            self.open_case(found.case.no)
        elif self.snapshot is not None:
            from tui.staff.new_case import KeptSlip, NewCaseForm

            form = (
                KeptSlip(self.snapshot, found.number)
                if found.kept
                else NewCaseForm(self.snapshot, self.at_branch, found.number)
            )
            self.push_screen(form, self._case_opened)

    def action_cases(self) -> None:
        """Show all cases, or those of the branch whose page is on top."""
        if self.snapshot is not None and not self.read_only:
            branch = self._branch_on_top
            self._once_owed(lambda: self._show_cases(branch))

    def _show_cases(self, branch: str | None) -> None:
        from tui.staff.cases import CasesScreen

        if not isinstance(self.screen, CasesScreen):  # the key may have been pressed twice
            self.push_screen(CasesScreen(branch))

    async def action_new_case(self) -> None:
        """Open the form for a correction or a request for support."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.new_case import NewCaseForm

            await self.push_screen(NewCaseForm(self.snapshot, self.at_branch), self._case_opened)

    def action_due(self) -> None:
        """Show what is owed in the whole campaign."""
        if self.snapshot is not None and not self.read_only:
            self._once_owed(self._show_due)

    def action_opinions(self) -> None:
        """Show the opinions of the branch, or on the dashboard those of all."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.opinions import OpinionsScreen

            branch = self._branch_on_top
            self.push_screen(OpinionsScreen(self.snapshot, self.lang, branch))

    def action_calendar(self) -> None:
        """Show all branches side by side in time."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.calendar import CalendarScreen

            self.push_screen(CalendarScreen(self.at_branch))

    def action_officials(self) -> None:
        """Show the contact officials with their visits."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.officials import OfficialsScreen

            self.push_screen(OfficialsScreen(self.at_branch))

    def action_sessions(self) -> None:
        """Show all sessions and what became of them; say so where the branch on top has none."""
        if self.snapshot is not None and not self.read_only:
            from tui.staff.sessions import SessionsScreen  # the dashboard need not wait for it

            branch = self._branch_on_top
            self.push_screen(SessionsScreen(self.at_branch))
            if branch is not None and all(each.branch != branch for each in self.snapshot.sessions):
                name = branch_label(self.snapshot.plan, branch, self.lang)
                self.say(tr(self.lang, "{name} has had no session yet; s opens one", name=name))

    def toggle_hall(self, wanted: Shown, *, sure: bool = False) -> None:
        """Show a result in the hall, after a question if another one is there; take it off if it is there."""
        if self.snapshot is None:
            return
        from tui.staff.session_words import replacing_question

        asked = replacing_question(self.snapshot, wanted, self.lang)
        if asked is not None and not sure:
            from tui.staff.confirm import ShowInstead

            self.push_screen(ShowInstead([asked]), partial(self._show_instead, wanted))
            return
        there = self.snapshot.hall is not None and self.snapshot.hall.shown == wanted
        self._show_in_hall(NOTHING if there else wanted)

    def _show_instead(self, wanted: Shown, yes: bool | None) -> None:  # what the question gives
        if yes:
            self._show_in_hall(wanted)

    @work(thread=True, group="hall", description="hall")
    def _show_in_hall(self, shown: Shown) -> None:
        try:
            self.desk.results().show(shown)
        except ManyiError as error:
            said = ADVICE.message(error.problems[0], self.lang)
        else:
            said = tr(self.lang, "✔ taken off the hall")
            if shown.is_something:
                said = tr(self.lang, "✔ shown in the hall; h takes it off again")
        self.call_from_thread(self.say, said)
        self.call_from_thread(self.poll)

    def follow_hall(self, now: Snapshot) -> None:
        """In the hall: show the result that staff have chosen, and take it off with them."""
        from tui.staff.hall import HallScreen

        there = next((at for at, each in enumerate(self.screen_stack) if isinstance(each, HallScreen)), None)
        if now.hall is not None and there is None:
            self.push_screen(HallScreen())
        elif now.hall is None and there is not None:
            for _ in self.screen_stack[there:]:
                self.pop_screen()

    @property
    def at_branch(self) -> str | None:
        """The branch that the screen on top is about."""
        return self.screen.branch if isinstance(self.screen, AtBranch) else None

    @property
    def offered_first(self) -> str:
        """The effect of the kinds of entry that are offered first on the screen on top."""
        return self.screen.ADDS_FIRST if isinstance(self.screen, LiveScreen) else ""

    @property
    def _branch_on_top(self) -> str | None:
        """The branch whose page is on top."""
        from tui.staff.branch import BranchScreen

        return self.screen.branch if isinstance(self.screen, BranchScreen) else None

    def _case_opened(self, case: Case | None) -> None:
        if case is not None:
            self.say(tr(self.lang, "✔ opened: {no}", no=case.no))
            self.open_case(case.no)
