"""Where all parts meet: one open store, its plan, and the desks over it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from campaign.branch_report import BranchDetail, branch_detail
from campaign.case_standing import case_standings
from campaign.due_list import DueList, owed_by
from campaign.errors import BadInput, Problem, Refused
from campaign.figures import Figures
from campaign.happened import happened
from campaign.language import Listed
from campaign.overview import phase_at_hand
from campaign.plan import Branch, Plan
from campaign.standing import Overview
from db import check, open_store
from db.backups import Backup, back_up
from db.health import Health
from db.known import KnownFile
from db.pictures import PictureFolder
from db.restoring import Restored, restore
from exports.report import Records, Report, build_report, sessions_report
from manyi.advice import ADVICE
from manyi.session_lines import session_line, session_lines
from manyi.settings import Settings
from surveys.cleared_cases import cleared, cleared_due
from surveys.desk import Moved, SurveyDesk
from surveys.paper.scan_desk import tidy_pictures
from surveys.ports import Store
from surveys.register.desk import erase_old_texts
from surveys.session import SurveySession
from surveys.sitting import CountSaid
from surveys.two_roles import TwoRoles
from tui.staff.ports import SessionLine


def checked(settings: Settings) -> Health:
    """Whether the data folder is sound; StoreError M01, M42 or V86 if not."""
    return check(settings.data)


def backed_up(settings: Settings, target: Path, *, plain: bool, open_sessions: bool) -> Backup:
    """A backup of the data folder; Refused M70, M71, StoreError."""
    with opened(settings):
        return back_up(settings.data, target, plain=plain, open_sessions=open_sessions)


def restored(settings: Settings, source: Path, *, replaced: bool) -> Restored:
    """A backup brought back into the data folder; BadInput M03, M72, Refused M73, M74, StoreError."""
    today = settings.today or datetime.now(UTC).astimezone().date()
    return restore(source, settings.data, today, replaced=replaced)


class House:
    """An open store with its plan, and what can be done with them on the day of the settings."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self._figures = Figures(store, KnownFile(settings.data))

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.store.plan()

    def today(self) -> date:
        """Today, or the day that stands for it."""
        return self.settings.day(self.plan)

    def overview(self) -> Overview:
        """How everything stands today."""
        return self._figures.overview(self.today(), trust_today=self.settings.today is not None)

    def clock_behind(self) -> date | None:
        """The day of the newest record if that shows that the computer's clock is wrong; None if today is believed."""
        return None if self.settings.today is not None else self.overview().clock_behind

    def branch_detail(self, stands: Overview, code: str) -> BranchDetail:
        """What a branch of ``stands`` owes the public, its open cases, and what it lacks."""
        branch = next(each for each in stands.branches if each.code == code)
        entries, sure = self.store.entries(code), stands.clock_behind is None
        cases = [*map(cleared, self.store.cases(code))]
        held = self.store.held_surveys(code)
        told = partial(ADVICE.message, lang=self.settings.lang)
        return branch_detail(self.plan, branch, entries, cases, stands.day, told, held=held, judge_overdue=sure)

    def due(self, days: int, branch: str | None = None) -> DueList:
        """What is owed today and in so many days after it, by all or by one branch, without what is personal."""
        stands, plan = self.overview(), self.plan
        cases = case_standings(plan, self.store.cases(branch), stands.day, judge_overdue=stands.clock_behind is None)
        found = owed_by(plan, stands, cases, self._figures.inspected(stands), days=days)
        return cleared_due(found if branch is None else found.of(branch))

    def surveys(self) -> SurveyDesk:
        """The desk for survey sessions."""
        plan = self.plan
        return SurveyDesk(self.store, plan, self.settings.day(plan))

    def verify(self, session_id: str, by: TwoRoles, said: CountSaid | None = None, *, confirmed: bool = False) -> Moved:
        """Confirm the count by two roles, as :meth:`surveys.desk.SurveyDesk.verify`; pictures of scanned forms go.

        They go too if that was done before, for it may have been broken off between the two.
        """
        try:
            moved = self.surveys().verify(session_id, by, said, confirmed=confirmed)
        except Refused:
            self.tidy()
            raise
        self.tidy()
        return moved

    def tidy(self) -> None:
        """Remove pictures of scanned forms that nobody needs any more, and texts of old opinions; StoreError M40."""
        tidy_pictures(self.store, PictureFolder(self.settings.data))
        erase_old_texts(self.store, self.plan, self.today())

    def sessions(self) -> Sequence[SessionLine]:
        """All sessions with their counts of forms, oldest first."""
        return session_lines(self.store, self.plan.campaign.publish_min_forms)

    def session_line(self, session: SurveySession) -> SessionLine:
        """A session with its counts of forms."""
        return session_line(self.store, session, self.plan.campaign.publish_min_forms)

    def branch(self, code: str) -> Branch:
        """The branch with this code; BadInput M08 if there is none."""
        plan = self.plan
        if branch := plan.branch(code):
            return branch
        raise _no_branch(plan, code, plan.branches)

    def phase_at_hand(self, code: str) -> str:
        """The branch's current phase, or its last one if all have ended; BadInput M08 if no such branch takes part."""
        if phase := phase_at_hand(self.overview(), code):
            return phase
        plan = self.plan
        raise _no_branch(plan, code, plan.active_branches)

    def report(self) -> Report:
        """The report of the whole campaign on the day, without results before any count is verified; Refused V61."""
        plan, store = self.plan, self.store
        figures = self.surveys().figures()
        records = Records(self.overview(), happened(store), store.cases(), store.register(), store.sessions())
        return build_report(plan, figures, records, self.today())

    def report_of(self, session_ids: Sequence[str]) -> Report:
        """The tables of these sessions, as they stand in the report of the campaign; Refused M11, V58, V61."""
        desk = self.surveys()
        figures = desk.figures()
        for each in session_ids:
            if figures.session(each) is None:
                desk.results(each)  # says why there are none
        return sessions_report(self.plan, figures, session_ids, self.today(), self.store.cases())

    def declare_void(self, session_id: str, reason: str) -> Moved:
        """Declare a session void, as :meth:`surveys.desk.SurveyDesk.declare_void`; pictures of scanned forms go."""
        moved = self.surveys().declare_void(session_id, reason)
        self.tidy()
        return moved


def _no_branch(plan: Plan, code: str, known: Sequence[Branch]) -> BadInput:
    codes = Listed(tuple(branch.code for branch in known))
    return BadInput(Problem("M08", {"kind": plan.campaign.words.branch, "x": code, "known": codes}))


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """The store of the data folder, closed at the end; StoreError where it can't be used."""
    store = open_store(settings.data)
    try:
        yield House(settings, store)
    finally:
        store.close()
