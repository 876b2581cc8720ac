"""Changes to the plan at the store: made on the plan as it is then, and kept with their audit in one commit."""

from collections.abc import Callable, Sequence

from campaign.errors import Problem, Refused
from campaign.happened import happened
from campaign.overview import branch_standing
from campaign.plan import Plan
from campaign.plan_changes import Because, PhaseDays, PlanChange, move_dates
from campaign.ports import CampaignStore
from campaign.standing import BranchStanding


def keep_change(store: CampaignStore, change: Callable[[Plan], PlanChange]) -> PlanChange:
    """Make ``change`` on the plan as it is now, and keep it with its audit; nothing if it changes nothing.

    Raises what ``change`` raises, and StoreError.
    """
    with store.transaction():
        made = change(store.plan())
        if made.audit:
            store.save_plan(made.plan, made.audit[0])
            for audit in made.audit[1:]:
                store.add_audit(audit)
    return made


def reschedule(store: CampaignStore, code: str, days: Sequence[PhaseDays], because: Because) -> PlanChange:
    """Move the days of phases that have not ended. Refused M69 for one that has: its days stay as they were kept.

    Otherwise as :func:`~campaign.plan_changes.move_dates`, and StoreError.
    """

    def moved(plan: Plan) -> PlanChange:
        change = move_dates(plan, code, days, because)
        branch = plan.branch(code)
        if branch is not None:
            standing = branch_standing(plan, branch, happened(store, code), because.today, trust_today=True)
            if ended := ended_problems(plan, standing, days):
                raise Refused(*ended)
        return change

    return keep_change(store, moved)


def ended_problems(plan: Plan, standing: BranchStanding, days: Sequence[PhaseDays]) -> list[Problem]:
    """M69 for every phase of ``days`` that has ended at the branch."""
    wanted = {each.phase for each in days}
    return [
        Problem("M69", {"phase": named.name, "d": phase.actual_end}, phase.phase)
        for phase in standing.phases
        if phase.actual_end is not None and phase.phase in wanted and (named := plan.phase(phase.phase)) is not None
    ]
