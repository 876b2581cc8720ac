"""Changes to the plan as the command line asks for them: codes, phases and steps as people type them."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from campaign.case_desk import Handled, open_and_keep
from campaign.cases import Case
from campaign.errors import BadInput, Problem
from campaign.language import N_, Listed
from campaign.plan import Plan
from campaign.plan_changes import Because, PlanChange
from campaign.plan_desk import keep_change
from campaign.shortfalls import Shortfall, shortfalls, support_request
from manyi.texts import tr
from manyi.wiring import House
from surveys.entry import clean_text


def because(house: House, typed: Mapping[str, Any]) -> Because:
    """Who changes the plan and why, from the options of a command."""
    short = clean_text(typed.get("short_study") or "")
    return Because(clean_text(typed["role"]), clean_text(typed["reason"]), house.today(), short_study=short)


def phase_typed(plan: Plan, text: str) -> str:
    """Id of the phase that was typed: its id, or its name or short name in either language.

    What is none of them is returned as it is, for the rule that names the known ones.
    """
    wanted = _folded(text).casefold()
    for phase in plan.phases:
        names = (phase.id, phase.name.zh, phase.name.en, phase.short_name.zh, phase.short_name.en)
        if wanted in {name.casefold() for name in names if name}:
            return phase.id
    return wanted


def keep(house: House, make: Callable[[Plan], PlanChange]) -> PlanChange:
    """Make a change and keep it, with what :func:`~campaign.plan_desk.keep_change` raises."""
    return keep_change(house.store, make)


def ask_for_support(house: House, lack: Shortfall, typed: Mapping[str, Any]) -> Handled:
    """Open the request for what a branch lacks. BadInput M110 if it lacks it not, or has asked; those of a new case."""
    plan, today = house.plan, house.today()
    with house.store.transaction():
        open_now = shortfalls(plan, house.store.cases(lack.branch), today)
        if lack not in open_now:
            values = {"code": lack.branch, "x": lack.means, "known": _lacks(open_now, lack.branch)}
            raise BadInput(Problem("M110", dict[str, object](values), "ask"))
        new = support_request(
            lack, clean_text(typed["text"]), clean_text(typed["owner"]), typed["due"], clean_text(typed["role"])
        )
        return open_and_keep(house.store, plan, new, today)


def lacking(house: House, code: str, cases: tuple[Case, ...] | None = None) -> tuple[Shortfall, ...]:
    """What the branch lacks and has not asked for."""
    known = cases if cases is not None else tuple(house.store.cases(code))
    return tuple(each for each in shortfalls(house.plan, known, house.today()) if each.branch == code)


def all_lacking(house: House) -> tuple[Shortfall, ...]:
    """What all branches lack and have not asked for."""
    return shortfalls(house.plan, house.store.cases(), house.today())


def _lacks(found: tuple[Shortfall, ...], code: str) -> object:
    names = tuple(each.means for each in found if each.branch == code)
    return Listed(names) if names else tr.phrase(N_("nothing"))


def _folded(text: str) -> str:
    return clean_text(unicodedata.normalize("NFKC", text))
