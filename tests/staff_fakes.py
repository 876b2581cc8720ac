"""A desk in memory for staff screens, with figures that a test sets, and hand-made campaigns of any size."""

import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from campaign.branch_facts import BranchFacts, branch_facts
from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.due_list import due_list
from campaign.errors import Problem, Refused, StoreError
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.plan import Branch, Campaign, EntryKind, MemberGroup, Phase, Plan, Schedule, Step, SurveyPlan, Words
from campaign.recording import Recorded
from campaign.samples import sample_cases, sample_log, sample_plan
from campaign.search_shelves import log_shelf, search_shelves
from campaign.searching import Shelf
from campaign.standing import (
    BranchStanding,
    DueItem,
    Headline,
    Overview,
    PhaseStanding,
    Standing,
    Status,
    StepStanding,
)
from db import memory_store
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from surveys.desk import freeze_questionnaires
from surveys.headline import PublicResults
from surveys.ports import Store
from surveys.register.samples import sample_register
from surveys.session import SessionState, SurveyKind
from surveys.sitting import Sitting
from tests.screen_text import screen_text
from tui.staff.app import StaffApp
from tui.staff.opinion_ports import OpinionsDesk
from tui.staff.planning_ports import PlanningDesk
from tui.staff.ports import CaseDesk, Desk, IntakeDesk, Later, OpenedSession, Owed, SessionLine, Snapshot
from tui.staff.results_ports import ResultsDesk

DAY = date(2026, 11, 23)
NOW = 1795401127.0
"""2026-11-23 10:32:07 in Shanghai."""
START = date(2026, 7, 1)
NAMES = (
    ("镇机关党支部", "Town Office"),
    ("财税所联合党支部", "Finance & Tax Joint"),
    ("农业服务中心党支部", "Farm Service Centre"),
    ("中心学校党支部", "Central School"),
    ("卫生院党支部", "Health Centre"),
    ("供销公司党支部", "Supply & Marketing Co."),
    ("原砖瓦厂党支部", "Former Brickworks"),
    ("集镇社区党支部", "Market Community"),
    ("个体与协会联合党支部", "Traders & Associations Joint"),
    ("离退休干部党支部", "Retired Staff"),
)
STANDINGS = (
    Standing(Status.DONE),
    Standing(Status.DONE),
    Standing(Status.DONE_LATE, 2),
    Standing(Status.DONE),
    Standing(Status.DUE_SOON),
    Standing(Status.OVERDUE, 8),
    Standing(Status.ON_TRACK, 20),
    Standing(Status.DUE_SOON, 6),
    Standing(Status.BEHIND, 20),
    Standing(Status.OVERDUE, 1),
)
PROGRESS = (*((100, 100, 100),) * 5, (100, 100, 78), (100, 100, 10), (100, 100, 70), (100, 100, 15), (100, 90, 0))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def a_plan(names: Sequence[tuple[str, str]] = NAMES, phases: int = 3) -> Plan:
    """A campaign with these branches."""
    titles = (("学习动员", "Study"), ("分析评议", "Review"), ("整改提高", "Improve"), ("总结", "Summary"))
    groups = (
        MemberGroup(id="on_post", name=I18n(zh="在岗", en="On post")),
        MemberGroup(id="retired", name=I18n(zh="离退休", en="Retired")),
    )
    shown = tuple(Phase(id=f"p{at}", name=I18n(zh=zh, en=en)) for at, (zh, en) in enumerate(titles[:phases], 1))
    span = {
        phase.id: Schedule(start=START + timedelta(days=40 * at), end=START + timedelta(days=40 * at + 39))
        for at, phase in enumerate(shown)
    }
    branches = tuple(
        Branch(
            code=f"B{at:02d}",
            name=I18n(zh=zh, en=en),
            short_name=I18n(zh=zh.removesuffix("党支部"), en=en),
            type="school",
            members={"on_post": 20, "retired": 2},
            total=22,
            schedule=span,
        )
        for at, (zh, en) in enumerate(names, 1)
    )
    return Plan(
        campaign=Campaign(
            id="town",
            title=I18n(zh="样例镇先进性教育活动（示例）", en="Sample Town study-and-service campaign (example)"),
            organiser=I18n(zh="样例镇活动办公室", en="Sample Town campaign office"),
            start_date=START,
            end_date=date(2026, 12, 31),
            expected_branches=len(branches),
            expected_members=22 * len(branches),
            words=Words(
                branch=I18n(zh="支部", en="Branch"),
                branches=I18n(zh="支部", en="Branches"),
                member=I18n(zh="党员", en="Member"),
            ),
        ),
        member_groups=groups,
        phases=shown,
        steps=(Step(id="I4", phase="p3", name=I18n(zh="为民实事与帮扶", en="Help cases")),) if phases > 2 else (),
        kinds=(
            EntryKind(
                id="study",
                name=I18n(zh="集中学习", en="Study session"),
                group_counts=("expected", "attended"),
                hours=True,
            ),
            EntryKind(id="visit", name=I18n(zh="走访", en="Visit"), counts=("visits",)),
        ),
        surveys=(SurveyPlan(kind="final", questionnaire="final"), SurveyPlan(kind="pulse", questionnaire="pulse")),
        branches=branches,
    )


def an_overview(plan: Plan, day: date = DAY) -> Overview:
    """How the hand-made town stands; further branches repeat the first ten."""
    branches = tuple(_branch(plan, branch, at) for at, branch in enumerate(plan.branches))
    late = tuple(branch.code for branch in branches if branch.standing.status is Status.OVERDUE)
    due = tuple(
        DueItem(branch.code, branch.phase or plan.phases[-1].id, None, day, branch.standing)
        for branch in sorted(branches, key=lambda branch: (branch.standing.severity, branch.standing.days))
        if branch.standing.status not in (Status.DONE, Status.DONE_LATE)
    )
    return Overview(
        day=day,
        headline=Headline(len(branches) - len(late), len(branches), late),
        branches=branches,
        mean_progress=Fraction(888, 1000),
        member_progress=Fraction(914, 1000),
        phase_progress=tuple((phase.id, Fraction(100 - 7 * at * at, 100)) for at, phase in enumerate(plan.phases)),
        due=due,
    )


def _branch(plan: Plan, branch: Branch, at: int) -> BranchStanding:
    shares = [*PROGRESS[at % 10], 0][: len(plan.phases)]
    shares += [0] * (len(plan.phases) - len(shares))
    phases = tuple(
        PhaseStanding(
            phase=phase.id,
            standing=Standing(Status.DONE)
            if share == 100
            else STANDINGS[at % 10]
            if share
            else Standing(Status.NOT_STARTED, 9),
            progress=Fraction(share, 100),
            planned_start=branch.schedule[phase.id].start,
            planned_end=branch.schedule[phase.id].end,
            actual_start=branch.schedule[phase.id].start if share else None,
            actual_end=branch.schedule[phase.id].end if share == 100 else None,
            finish_date_missing=False,
            steps=tuple(
                StepStanding(
                    step.id, Standing(Status.ON_TRACK), Fraction(1, 2), DAY, None, own_due=False, required=True
                )
                for step in plan.steps
                if step.phase == phase.id
            ),
        )
        for phase, share in zip(plan.phases, shares, strict=True)
    )
    current = next((phase.phase for phase in phases if phase.actual_end is None), None)
    return BranchStanding(
        branch.code, STANDINGS[at % 10], current, Fraction(sum(shares), 100 * len(phases)), phases, branch.total, 5
    )


@dataclass
class FakeDesk:
    """A desk whose figures a test sets."""

    shown: Plan = field(default_factory=a_plan)
    day: date = DAY
    figures: Overview | None = None
    lines: list[SessionLine] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    version: int = 0
    readings: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.figures = self.figures or an_overview(self.shown)

    def change(self, code: str, standing: Standing) -> None:
        """Another process changes how a branch stands."""
        assert self.figures is not None
        branches = tuple(
            replace(branch, standing=standing) if branch.code == code else branch for branch in self.figures.branches
        )
        self.figures = replace(self.figures, branches=branches)
        self.version += 1

    def reading(self) -> Snapshot:
        self._work()
        self.readings += 1
        assert self.figures is not None
        view = replace(self.figures, day=self.day)
        return Snapshot(
            self.shown,
            view,
            tuple(self.lines),
            Later(lambda: self._owed(view), (*self.cases, *self.log)),
        )

    def _owed(self, view: Overview) -> Owed:
        sure = view.clock_behind is None
        standings = case_standings(self.shown, self.cases, view.day, judge_overdue=sure)
        return Owed(due_list(self.shown, view, self.cases, self.log), standings, tuple(self.cases))

    def revision(self) -> tuple[int, ...]:
        self._work()
        return (self.version,)

    def today(self) -> date:
        return self.day

    def entries(self, branch: str) -> Sequence[LogEntry]:
        self._work()
        return [entry for entry in self.log if entry.branch == branch]

    def check_entry(self, _entry: LogEntry) -> list[Problem]:
        return self.problems

    def add_entry(self, entry: LogEntry, *, confirmed: bool) -> Recorded:
        self._work()
        assert confirmed or not any(problem.refuses for problem in self.problems)
        with self.lock:
            self.log.append(entry)
            assert self.figures is not None
            branches = (
                replace(each, entries=each.entries + (each.code == entry.branch)) for each in self.figures.branches
            )
            self.figures = replace(self.figures, branches=tuple(branches))
            self.version += 1
            number = len(self.log)
        warnings = tuple(problem for problem in self.problems if not problem.refuses)
        return Recorded((Logged(number, entry),), warnings)

    def log_desk(self) -> "FakeLog":
        return FakeLog(self)

    def open_session(
        self, branch: str, kind: SurveyKind, pin: str | None, _sitting: Sitting, *, confirmed: bool
    ) -> OpenedSession:
        assert confirmed in (True, False)
        self._work()
        opened = f"{branch}-{self.day:%y%m%d}-{len(self.lines) + 1}"
        self.lines.append(SessionLine(opened, branch, kind, SessionState.OPEN, 0, 0))
        self.version += 1
        return OpenedSession(opened, pin or "246810", ("manyi", f"kiosk --session {opened}"))

    def search_shelves(self) -> tuple[Shelf, ...]:
        self._work()
        return search_shelves(self.shown, self.cases, ())

    def search_log(self) -> Shelf:
        self._work()
        return log_shelf(self.shown, [Logged(at, entry) for at, entry in enumerate(self.log, 1)])

    def cases_desk(self) -> CaseDesk:
        raise NotImplementedError

    def opinions(self) -> OpinionsDesk:
        raise Refused(Problem("M11", {"id": "none"}))

    def intake(self, session_id: str) -> IntakeDesk:
        self._work()
        raise Refused(Problem("M11", {"id": session_id}))

    def planning(self) -> PlanningDesk:
        self._work()
        raise StoreError(Problem("M40", {"why": "no store", "path": "/data"}))

    def results(self) -> ResultsDesk:
        self._work()
        raise StoreError(Problem("M40", {"why": "no store", "path": "/data"}))

    def late_cases(self, day: date) -> int:
        self._work()
        standings = case_standings(self.shown, self.cases, day)
        return sum(each.standing.status is Status.OVERDUE for each in standings)

    def public_results(self) -> PublicResults:
        self._work()
        return PublicResults({})

    def _work(self) -> None:
        if self.broken:
            raise StoreError(Problem("M40", {"why": "disk full", "path": "/data"}))


@dataclass
class FakeLog:
    """The log of a fake desk: it is shown, and cannot be changed."""

    desk: FakeDesk

    def facts(self, standing: BranchStanding, *, judge_overdue: bool) -> BranchFacts:
        self.desk._work()
        logged = [Logged(at, entry) for at, entry in enumerate(self.desk.log, 1) if entry.branch == standing.code]
        cases = [case for case in self.desk.cases if case.branch == standing.code]
        day = self.desk.day
        return branch_facts(self.desk.shown, standing, logged, (), cases, day, judge_overdue=judge_overdue)

    def helped(self, case: str) -> list[Logged]:
        return [Logged(at, entry) for at, entry in enumerate(self.desk.log, 1) if entry.case == case]

    def correct(self, seen: Logged, _entry: LogEntry, _reason: str, _role: str, *, confirmed: bool) -> list[Problem]:
        raise Refused(Problem("M53", {"what": f"{seen.number} {confirmed}"}))

    def take_back(self, seen: Logged, _reason: str, _role: str) -> None:
        raise Refused(Problem("M39", {"d": seen.entry.recorded_on}))

    def kept(self, seen: Logged) -> Problem | None:
        return Problem("M39", {"d": seen.entry.recorded_on})


@asynccontextmanager
async def staff_app(
    desk: Desk, size: tuple[int, int] = (120, 36), lang: Lang = Lang.ZH, *, read_only: bool = False, theme: str = "ink"
) -> AsyncIterator[tuple[StaffApp, Pilot[None]]]:
    """The staff application on ``desk``, its dashboard filled; the clock stands still."""
    app = StaffApp(desk, lang=lang, read_only=read_only, theme=theme, clock=Clock())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.snapshot is not None and len(screen_text(app)) > size[0])
        await pilot.pause()
        yield app, pilot


ROUNDS = 3
"""How often what is shown has to have dealt with all its messages: mounting, laying out, painting."""


async def until(pilot: Pilot[None], condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for ``condition``; fail when it does not come about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "what was waited for did not come about"
        await pilot.pause(0.02)
    for _ in range(ROUNDS):
        await pilot.pause(0)


async def shows(pilot: Pilot[None], text: str) -> None:
    """Wait for the screen on top to show ``text``; fail with the whole screen when it does not."""
    with suppress(AssertionError):
        await until(pilot, lambda: text in screen_text(pilot.app))
    assert text in screen_text(pilot.app)


async def at_rest(app: App[None]) -> None:
    """Wait for what works in threads; what a form was doing when it was left ends with the form."""
    with suppress(WorkerCancelled):
        await app.workers.wait_for_complete()


def clock_of(app: StaffApp) -> Clock:
    """The clock of an app made by :func:`staff_app`."""
    assert isinstance(app.clock, Clock)
    return app.clock


def sample_desk(name: str, store: Store | None = None) -> StaffDesk:
    """The real desk on a shipped sample, kept in memory, on the sample's demo day."""
    kept = store or memory_store()
    plan = sample_plan(name).plan
    kept.save_plan(plan, AuditEntry(on=DAY, role="test", entity="plan", field="plan"))
    freeze_questionnaires(kept, plan, None)
    kept.add_entries(sample_log(name))
    for case in sample_cases(name):
        kept.save_case(case, ())
    register = sample_register(name)
    kept.save_register([*register.heard.values()], [*register.items.values()], (), ())
    return StaffDesk(Settings(data=Path("unused"), lang=Lang.ZH, today=DAY), kept, kept)
