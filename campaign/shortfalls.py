"""Branches that lack a venue or money and have not asked for support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.branch_rules import MEANS
from campaign.case_opening import NewCase
from campaign.case_standing import case_standings
from campaign.cases import Case, Feasibility
from campaign.plan import Plan

SUPPORT = "support"
"""Kind of case."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that a branch lacks."""

    branch: str
    means: str
    """``venue`` or ``funding``; the category of the case that asks for it."""


def shortfalls(plan: Plan, cases: Iterable[Case], today: date) -> tuple[Shortfall, ...]:
    """What active branches lack, without an open request for it among ``cases`` and none written in the plan."""
    asked = {
        (each.case.branch, each.case.category)
        for each in case_standings(plan, cases, today)
        if each.case.kind == SUPPORT and each.open
    }
    return tuple(
        Shortfall(branch.code, means)
        for branch in plan.active_branches
        if not branch.support_request.strip()
        for means, _ in MEANS
        if getattr(branch, means) == "none" and (branch.code, means) not in asked
    )


def support_request(shortfall: Shortfall, matter: str, owner: str, due: date, role: str) -> NewCase:
    """The case that asks for what is lacking, of ``owner``, who is somebody above the branch."""
    return NewCase(
        kind=SUPPORT,
        branch=shortfall.branch,
        matter=matter,
        role=role,
        due=due,
        owner=owner,
        feasibility=Feasibility.HIGHER_LEVEL,
        origin="support_request",
        category=shortfall.means,
    )
