"""The states of a campaign: what each forbids, how one comes to the next, and what must hold first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.completion import completion
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, HasText, Listed
from campaign.log import AuditEntry, LogEntry
from campaign.overview import branch_standing
from campaign.plan import CampaignState, Plan
from campaign.plan_changes import Because, PlanChange, require_reason, who_problems
from campaign.plan_rules import check_plan
from campaign.state_rules import STATE_NAMES
from campaign.survey_facts import survey_facts
from campaign.texts import tr

_ANSWER = "answer"
_MOST_NAMED = 10
NEXT: Mapping[CampaignState, tuple[CampaignState, ...]] = {
    CampaignState.DRAFT: (CampaignState.ACTIVE,),
    CampaignState.ACTIVE: (CampaignState.CLOSING,),
    CampaignState.CLOSING: (CampaignState.CLOSED, CampaignState.ACTIVE),
    CampaignState.CLOSED: (CampaignState.ARCHIVED,),
    CampaignState.ARCHIVED: (),
}
"""Where a campaign can go from each state."""


class Step(StrEnum):
    """What is done with a campaign as a whole."""

    ACTIVATE = "activate"
    CLOSE = "close"
    """From active to closing, from closing to closed."""
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a change of state depends on, beside the plan."""

    entries: Sequence[LogEntry]
    """As :func:`campaign.happened.happened` gives them."""
    cases: Sequence[Case]


def state_after(plan: Plan, step: Step) -> CampaignState:
    """The state that ``step`` leads to. Refused V79 where it leads nowhere, with what is possible."""
    now = plan.campaign.state
    wanted = {
        Step.ACTIVATE: CampaignState.ACTIVE,
        Step.CLOSE: CampaignState.CLOSED if now is CampaignState.CLOSING else CampaignState.CLOSING,
        Step.ARCHIVE: CampaignState.ARCHIVED,
    }[step]
    if wanted in NEXT[now]:
        return wanted
    possible = [tr.phrase(STATE_NAMES[each]) for each in NEXT[now]]
    listed: HasText = Listed(tuple(possible)) if possible else tr.phrase(N_("nothing"))
    names = tr.phrase(STATE_NAMES[now]), tr.phrase(STATE_NAMES[wanted])
    raise Refused(Problem("V79", {"a": names[0], "b": names[1], "list": listed}))


def change_state(plan: Plan, step: Step, facts: Facts, because: Because) -> PlanChange:
    """The plan in the state that ``step`` leads to.

    Refused V79; before it begins with every error of the plan (V03, V07 …), before closing with M114 while it runs and
    branches have not completed it, before it is closed with V84 and M115. BadInput M51, M06 without reason or role.
    """
    wanted = state_after(plan, step)
    require_reason(because)
    if wrong := [each for each in who_problems(because) if each.refuses]:
        raise BadInput(*wrong)
    if problems := list(_missing(plan, wanted, facts, because.today)):
        raise Refused(*problems)
    old = plan.campaign.state
    campaign = plan.campaign.model_copy(update={"state": wanted})
    audit = AuditEntry(
        on=because.today,
        role=because.role,
        entity=f"campaign {campaign.id}",
        field="state",
        old=old.value,
        new=wanted.value,
        reason=because.reason.strip(),
    )
    return PlanChange(plan.model_copy(update={"campaign": campaign}), (audit,))


def _missing(plan: Plan, wanted: CampaignState, facts: Facts, today: date) -> Iterator[Problem]:
    if wanted is CampaignState.ACTIVE:
        yield from (problem for problem in check_plan(plan) if problem.refuses)
    elif wanted is CampaignState.CLOSING and today <= plan.campaign.end_date:
        if unfinished := _unfinished(plan, facts, today):
            values = {"d": plan.campaign.end_date, "n": len(unfinished), "list": _named(unfinished)}
            yield Problem("M114", dict[str, object](values))
    elif wanted is CampaignState.CLOSED:
        opened = [
            each.case.no for each in case_standings(plan, facts.cases, today) if each.open and each.case.kind == _ANSWER
        ]
        if opened:
            yield Problem("V84", {"n": len(opened), "list": _named(opened)})
        by_branch = _by_branch(facts.entries)
        silent = [
            branch.code
            for branch in plan.active_branches
            if survey_facts(plan, by_branch.get(branch.code, ())).published_on is None
        ]
        if silent and any(kind.effect == "result" for kind in plan.kinds):
            yield Problem("M115", {"n": len(silent), "list": _named(silent)})


def _unfinished(plan: Plan, facts: Facts, today: date) -> list[str]:
    """Branches that have not completed the campaign."""
    by_branch = _by_branch(facts.entries)
    cases: dict[str, list[Case]] = {}
    for case in facts.cases:
        cases.setdefault(case.branch, []).append(case)
    left = []
    for branch in plan.active_branches:
        entries = by_branch.get(branch.code, [])
        standing = branch_standing(plan, branch, entries, today, trust_today=True)
        if completion(plan, standing, entries, cases.get(branch.code, ()), today).completed_on is None:
            left.append(branch.code)
    return left


def _by_branch(entries: Iterable[LogEntry]) -> dict[str, list[LogEntry]]:
    found: dict[str, list[LogEntry]] = {}
    for entry in entries:
        found.setdefault(entry.branch, []).append(entry)
    return found


def _named(names: Sequence[str]) -> Listed:
    return Listed(tuple(names) if len(names) <= _MOST_NAMED else (*names[:_MOST_NAMED], "…"))
