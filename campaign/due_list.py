"""Everything that is owed in the whole campaign: overdue, today, in the next days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from campaign.branches import FINISHED
from campaign.case_standing import CaseStanding, case_standings
from campaign.cases import Case
from campaign.contacts import wanted_visit
from campaign.errands import NO_ERRANDS, Errands, errands_of
from campaign.findings import OpenFindings, found_by, open_findings
from campaign.log import LogEntry
from campaign.plan import Condition, Plan
from campaign.rechecks import planned_recheck
from campaign.standing import BranchStanding, Overview, Standing, Status
from campaign.status import owed_standing
from campaign.told import Told
from campaign.visits import inspections, last_inspections
from campaign.work import Found

NEXT_DAYS = 7
_STUCK = frozenset({Condition.WEAK, Condition.PARALYSED, Condition.SHELL})


class Owed(StrEnum):
    """What kind of thing is owed."""

    PHASE = "phase"
    STEP = "step"
    CASE = "case"
    INSPECTION = "inspection"
    FINDINGS = "findings"
    """What an inspection found is to become cases."""
    CONDITION = "condition"
    """What was planned for a branch that is weak or does not work."""
    VISIT = "visit"
    """The visit of a contact official that each phase wants."""
    HELP = "help"
    """Help that was promised for a day."""
    RECHECK = "recheck"
    """The survey after a catch-up."""


@dataclass(frozen=True, slots=True)
class DueThing:
    """One thing that is owed by a day."""

    owed: Owed
    branch: str
    due: date
    standing: Standing
    phase: str = ""
    step: str = ""
    case: CaseStanding | None = None
    """The case, with its working days and whether it is the acknowledgement that is due."""
    code: str = ""
    """Of the help that was promised."""
    findings: OpenFindings | None = None
    """What was found and is no case yet."""


@dataclass(frozen=True, slots=True)
class DueList:
    """What is owed on a day."""

    day: date
    overdue: tuple[DueThing, ...]
    """The longest overdue first."""
    today: tuple[DueThing, ...]
    soon: tuple[DueThing, ...]
    """Due after today and within so many days, the nearest first."""
    clock_behind: date | None = None
    """Day of the newest record if that lies after the day (V80): what is overdue is then not known."""

    def of(self, branch: str) -> "DueList":
        """What of it one branch owes."""
        overdue, today, soon = (
            tuple(each for each in part if each.branch == branch) for part in (self.overdue, self.today, self.soon)
        )
        return replace(self, overdue=overdue, today=today, soon=soon)


def due_list(
    plan: Plan, overview: Overview, cases: Iterable[Case], entries: Sequence[LogEntry], *, days: int = NEXT_DAYS
) -> DueList:
    """What is owed on the day of ``overview``.

    Phases, steps with a day of their own, cases, inspections and what they found, conditions, visits, promised help, a
    survey once more. What is paused is not owed. On a day that cannot be known for certain nothing is overdue, as in
    ``overview``.
    """
    standings = case_standings(plan, cases, overview.day, judge_overdue=overview.clock_behind is None)
    told = Told(
        last_inspections(plan, entries, overview.day),
        errands_of(plan, entries, overview.day),
        found_by(plan, entries),
    )
    return owed_by(plan, overview, standings, told, days=days)


def owed_by(
    plan: Plan,
    overview: Overview,
    cases: Sequence[CaseStanding],
    told: Told,
    *,
    days: int = NEXT_DAYS,
) -> DueList:
    """The same, if it is known how the cases stand, and what the log tells of each branch.

    The cases of one branch come by the day on which they were entered.
    """
    today, sure = overview.day, overview.clock_behind is None
    owed = [
        *_of_overview(overview),
        *_of_cases(cases),
        *(
            DueThing(Owed.INSPECTION, each.branch, each.due, each.standing)
            for each in inspections(plan, overview.branches, told.inspected, today, judge_overdue=sure)
        ),
        *_of_findings(plan, overview, told.found, cases, sure=sure),
        *_of_conditions(plan, today, sure=sure),
        *_of_errands(plan, overview.branches, told.errands, today, sure=sure),
    ]
    late = [each for each in owed if each.standing.status is Status.OVERDUE]
    last = today + timedelta(days=days)
    coming = [each for each in owed if today < each.due <= last and each.standing.status is not Status.PAUSED]
    now = [each for each in owed if each.due == today and each.standing.status is not Status.PAUSED]
    return DueList(
        day=today,
        overdue=tuple(sorted(late, key=lambda each: (-each.standing.days, each.branch, each.owed))),
        today=tuple(sorted(now, key=lambda each: (each.branch, each.owed))),
        soon=tuple(sorted(coming, key=lambda each: (each.due, each.branch, each.owed))),
        clock_behind=overview.clock_behind,
    )


def _of_overview(overview: Overview) -> Iterator[DueThing]:
    for item in overview.due:
        kind = Owed.PHASE if item.step is None else Owed.STEP
        yield DueThing(kind, item.branch, item.due, item.standing, phase=item.phase, step=item.step or "")


def _of_cases(cases: Iterable[CaseStanding]) -> Iterator[DueThing]:
    for each in cases:
        if each.standing.status not in FINISHED:
            yield DueThing(Owed.CASE, each.case.branch, each.due, each.standing, case=each)


def _of_findings(
    plan: Plan, overview: Overview, found: Mapping[str, Found], cases: Sequence[CaseStanding], *, sure: bool
) -> Iterator[DueThing]:
    """By branch in the order of the plan; none of branches that take no part."""
    here = {branch.code: found[branch.code] for branch in overview.branches if branch.code in found}
    known = (each.case for each in cases)
    for each in open_findings(plan, here, known, overview.day, judge_overdue=sure):
        yield DueThing(Owed.FINDINGS, each.branch, each.due, each.standing, findings=each)


def _of_conditions(plan: Plan, today: date, *, sure: bool) -> Iterator[DueThing]:
    for branch in plan.active_branches:
        if branch.condition in _STUCK and branch.condition_plan is not None:
            due = branch.condition_plan.due_date
            status = _owed_once(plan, plan.campaign.start_date, due, today, sure=sure)
            yield DueThing(Owed.CONDITION, branch.code, due, status)


def _of_errands(
    plan: Plan, branches: Iterable[BranchStanding], errands: Mapping[str, Errands], today: date, *, sure: bool
) -> Iterator[DueThing]:
    """Visits where there is an official to make them, help, and rechecks that have a day in the plan."""
    visited = {branch.code for branch in plan.active_branches if branch.contacts}
    visits = any(kind.effect == "visit" for kind in plan.kinds)
    for branch in branches:
        own = errands.get(branch.code, NO_ERRANDS)
        if visits and branch.code in visited:
            due, status, phase = wanted_visit(plan, branch, own.visited, today, judge_overdue=sure)
            paused = any(each.phase == phase and each.standing.status is Status.PAUSED for each in branch.phases)
            if due is not None and status is not None and status.status is not Status.NOT_STARTED and not paused:
                yield DueThing(Owed.VISIT, branch.code, due, status, phase=phase)
        for code, due in own.promised:
            status = _owed_once(plan, plan.campaign.start_date, due, today, sure=sure)
            yield DueThing(Owed.HELP, branch.code, due, status, code=code)
        if own.recheck and (planned := planned_recheck(plan, branch)) is not None:
            status = _owed_once(plan, plan.campaign.start_date, planned.due, today, sure=sure)
            yield DueThing(Owed.RECHECK, branch.code, planned.due, status, phase=planned.phase, step=planned.step)


def _owed_once(plan: Plan, start: date, due: date, today: date, *, sure: bool) -> Standing:
    """How something stands that is owed from ``start`` on and is not done."""
    return owed_standing(
        start=start, due=due, window=plan.campaign.due_soon_days.phase, today=today, judge_overdue=sure
    )
