"""The plan of one branch, as ``manyi plan show`` prints it: days, pauses, what was moved, what is special."""

from datetime import date

from campaign.branch_rules import study_days
from campaign.i18n import I18n
from campaign.pauses import paused_days
from campaign.plan import (
    Branch,
    BusyPeriod,
    Condition,
    ConditionPlan,
    Pause,
    Plan,
    Responsible,
    Schedule,
    ScheduleChange,
)
from campaign.report import ReportPart


class PhasePlan(ReportPart):
    """When a branch does a phase."""

    phase: str
    name: I18n
    start: date
    end: date
    days: int
    """Both ends included."""
    paused: int
    """Days of its pauses in it."""
    pauses: tuple[Pause, ...]
    changes: tuple[ScheduleChange, ...]
    """What was planned before, oldest first."""


class StepPlan(ReportPart):
    """What differs at this branch from the step of the plan."""

    step: str
    name: I18n
    waived: bool
    target: int | None
    reason: str
    substitute: str
    groups: tuple[str, ...]
    """waived: only for these member groups; empty means for the whole step."""


class BranchPlan(ReportPart):
    """The plan of a branch."""

    branch: str
    name: I18n
    active: bool
    study_days: int
    """Planned days of the phases without those of pauses; gaps between phases are none."""
    short_study_reason: str
    phases: tuple[PhasePlan, ...]
    busy: tuple[BusyPeriod, ...]
    first_responsible: tuple[Responsible, ...]
    """Roles and their days."""
    condition: Condition
    condition_plan: ConditionPlan | None
    venue: str
    funding: str
    support_request: str
    steps: tuple[StepPlan, ...]


def branch_plan(plan: Plan, branch: Branch) -> BranchPlan:
    """The plan of ``branch``, phases in the order of the campaign."""
    names = {step.id: step.name for step in plan.steps}
    return BranchPlan(
        branch=branch.code,
        name=branch.name,
        active=branch.active,
        study_days=study_days(branch),
        short_study_reason=branch.short_study_reason,
        phases=tuple(
            _phase(phase.id, phase.name, branch.schedule[phase.id])
            for phase in plan.phases
            if phase.id in branch.schedule
        ),
        busy=branch.busy,
        first_responsible=branch.first_responsible,
        condition=branch.condition,
        condition_plan=branch.condition_plan,
        venue=branch.venue,
        funding=branch.funding,
        support_request=branch.support_request,
        steps=tuple(
            StepPlan(
                step=each.step,
                name=names.get(each.step, I18n(en=each.step)),
                waived=each.waived,
                target=each.target,
                reason=each.reason,
                substitute=each.substitute,
                groups=each.groups,
            )
            for each in branch.targets
        ),
    )


def _phase(phase_id: str, name: I18n, schedule: Schedule) -> PhasePlan:
    return PhasePlan(
        phase=phase_id,
        name=name,
        start=schedule.start,
        end=schedule.end,
        days=schedule.days,
        paused=paused_days(schedule.pauses, schedule.end),
        pauses=schedule.pauses,
        changes=schedule.changes,
    )
