"""Everything that is owed in the whole campaign: overdue, today, in the next days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from campaign.branches import FINISHED
from campaign.case_standing import CaseStanding, case_standings
from campaign.cases import Case
from campaign.findings import OpenFindings, found_by, open_findings
from campaign.log import LogEntry
from campaign.plan import Condition, Plan
from campaign.standing import Overview, Standing, Status
from campaign.status import standing
from campaign.visits import inspections, last_inspections
from campaign.work import Found

NEXT_DAYS = 7
_STUCK = frozenset({Condition.WEAK, Condition.PARALYSED, Condition.SHELL})
_NOTHING = Fraction(0)


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
    """What is owed on the day of ``overview``: phases, steps with a day of their own, cases, inspections, conditions.

    And what inspections found, as long as it is no cases. What is paused is not owed. On a day that cannot be known for
    certain nothing is overdue, as in ``overview``.
    """
    standings = case_standings(plan, cases, overview.day, judge_overdue=overview.clock_behind is None)
    inspected, found = last_inspections(plan, entries, overview.day), found_by(plan, entries)
    return owed_by(plan, overview, standings, inspected, found, days=days)


def owed_by(
    plan: Plan,
    overview: Overview,
    cases: Sequence[CaseStanding],
    inspected: Mapping[str, date],
    found: Mapping[str, Found],
    *,
    days: int = NEXT_DAYS,
) -> DueList:
    """The same, if it is known how the cases stand, when each branch was inspected last, and what was found there.

    The cases of one branch come by the day on which they were entered.
    """
    today, sure = overview.day, overview.clock_behind is None
    owed = [
        *_of_overview(overview),
        *_of_cases(cases),
        *(
            DueThing(Owed.INSPECTION, each.branch, each.due, each.standing)
            for each in inspections(plan, overview.branches, inspected, today, judge_overdue=sure)
        ),
        *_of_findings(plan, overview, found, cases, sure=sure),
        *_of_conditions(plan, today, sure=sure),
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
            status = standing(
                start=plan.campaign.start_date,
                due=branch.condition_plan.due_date,
                done_on=None,
                progress=None,
                window=plan.campaign.due_soon_days.phase,
                tolerance=_NOTHING,
                today=today,
                judge_progress=False,
                judge_overdue=sure,
            )
            yield DueThing(Owed.CONDITION, branch.code, branch.condition_plan.due_date, status)
