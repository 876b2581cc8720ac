"""By when a survey is held once more where the first result was below the threshold."""

from dataclasses import dataclass
from datetime import date

from campaign.happened import RECHECK
from campaign.plan import Plan
from campaign.standing import BranchStanding


@dataclass(frozen=True, slots=True)
class PlannedRecheck:
    """The day of a branch's recheck, if it needs one."""

    phase: str
    step: str
    due: date


def planned_recheck(plan: Plan, branch: BranchStanding) -> PlannedRecheck | None:
    """By the due day of the first step that a recheck advances; None if there is none, so that no day is known."""
    steps = {step for kind in plan.kinds if kind.effect == RECHECK for step in kind.advances}
    found = ((phase.phase, step) for phase in branch.phases for step in phase.steps if step.step in steps)
    return next((PlannedRecheck(phase, step.step, step.due) for phase, step in found), None)
