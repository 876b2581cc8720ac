"""A change of a branch's plan while it is being typed: from the boxes to the change, or to what is wrong with each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import cast

from campaign.case_checks import LEAST_TEXT
from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.plan import Branch, BusyPeriod, Condition, ConditionPlan, Plan, Remedy
from campaign.plan_changes import (
    Because,
    PhaseDays,
    PlanChange,
    add_busy,
    add_pause,
    end_pause,
    move_dates,
    new_pause,
    remove_busy,
    set_condition,
    set_means,
    waive_step,
)
from campaign.plan_people import set_responsible
from campaign.plan_words import REMEDY_NAMES
from campaign.shortfalls import Shortfall
from campaign.typed import parse_day
from tui.staff.entry_draft import folded


class What(StrEnum):
    """What is to be changed."""

    DAYS = "days"
    PAUSE = "pause"
    RESUME = "resume"
    BUSY = "busy"
    FREE = "free"
    """A busy period goes."""
    CONDITION = "condition"
    MEANS = "means"
    WAIVE = "waive"
    ASK = "ask"
    """No change of the plan: support is asked for."""
    RESPONSIBLE = "responsible"


ALONG = "along"
"""Choice of ``after``: the phases that come after move by as many days."""
NEEDS: Mapping[What, tuple[str, ...]] = {
    What.DAYS: ("phase", "start", "end"),
    What.PAUSE: ("phase", "start"),
    What.RESUME: ("phase", "end"),
    What.BUSY: ("start", "end", "label"),
    What.FREE: ("busy",),
    What.CONDITION: ("condition",),
    What.MEANS: ("venue", "funding"),
    What.WAIVE: ("step",),
    What.RESPONSIBLE: ("responsible", "start"),
    What.ASK: ("means", "text", "owner", "end"),
}
"""Fields without which nothing can be said, beside role and reason."""
_BOXES = {"targets": "reason", "first_responsible": "start"}
_DAY_FIELDS = frozenset({"start", "end", "due"})


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What stands in the form: choices by id, texts of boxes."""

    what: What
    choices: Mapping[str, str] = field(default_factory=dict)
    """``phase``, ``after``, ``busy``, ``condition``, ``remedy``, ``venue``, ``funding``, ``step``,
    ``groups``, ``means``."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """``start``, ``end``, ``due``, ``label``, ``substitute``, ``text``, ``owner``, ``responsible``, ``short_study``,
    ``role`` and ``reason``."""


@dataclass(frozen=True, slots=True)
class Support:
    """Support that is asked for."""

    lack: Shortfall
    matter: str
    owner: str
    due: date
    role: str


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What a draft says."""

    because: Because
    make: Callable[[Plan], PlanChange] | None = None
    """The change; None while something is wrong or missing, and for support."""
    trial: Callable[[Plan], PlanChange] | None = None
    """The same as if role and reason had been typed, so that the rest can be judged before they are."""
    days: tuple[PhaseDays, ...] = ()
    """Days that it moves."""
    support: Support | None = None
    problems: Mapping[str, Problem] = field(default_factory=dict)
    """By field."""
    missing: frozenset[str] = frozenset()


def read_plan_draft(plan: Plan, branch: Branch, draft: PlanDraft, today: date) -> PlanReading:
    """Fold, parse and put together; what cannot be read is a problem of its field."""
    days, problems = _days(draft.texts, today)
    texts = {name: " ".join(text.split()) for name, text in draft.texts.items()}
    because = Because(texts.get("role", ""), texts.get("reason", ""), today, texts.get("short_study", ""))
    stand_in = replace(because, role=because.role or "–", reason=because.reason or "–" * LEAST_TEXT)
    given = {**draft.choices, **{name: text for name, text in texts.items() if text}}
    wanted = (*NEEDS[draft.what], "role", *(() if draft.what is What.ASK else ("reason",)))
    missing = frozenset(name for name in wanted if not given.get(name))
    if problems or missing - {"role", "reason"}:
        return PlanReading(because, problems=problems, missing=missing)
    if draft.what is What.ASK:
        lack = Shortfall(branch.code, given["means"])
        support = Support(lack, given["text"], given["owner"], days["end"], because.role)
        return PlanReading(because, support=support, missing=missing)
    if draft.what is What.DAYS:
        moved = _moved(plan, branch, given["phase"], days["start"], days["end"], along=given.get("after") == ALONG)
        make, trial = (_move(branch, moved, why) for why in (because, stand_in))
        return PlanReading(because, make, trial, days=moved, missing=missing)
    make, trial = (_change(branch, draft.what, given, days, why) for why in (because, stand_in))
    return PlanReading(because, make, trial, missing=missing)


def field_of(place: str, phase: str) -> str:
    """The box beside which a problem of the plan is said; ``phase`` is the one that is being changed."""
    match place.split("."):
        case ["schedule"]:
            return "short_study"
        case ["schedule", other, bound, *_] if bound in _DAY_FIELDS:
            return bound if other == phase else "end"
        case ["schedule" | "busy" | "pauses", *_]:
            return "end"
        case ["condition", *_] | ["condition_plan", *_]:
            return "remedy"
    return _BOXES.get(place.split(".", maxsplit=1)[0], place)


def _days(texts: Mapping[str, str], today: date) -> tuple[dict[str, date], dict[str, Problem]]:
    found: dict[str, date] = {}
    problems: dict[str, Problem] = {}
    for name in _DAY_FIELDS & texts.keys():
        if text := folded(texts[name]):
            try:
                found[name] = parse_day(text, today)
            except BadInput as error:
                problems[name] = error.problems[0]
    return found, problems


def _moved(plan: Plan, branch: Branch, phase: str, start: date, end: date, *, along: bool) -> tuple[PhaseDays, ...]:
    """The phase, and those after it by as many days as its end moves."""
    moved = [PhaseDays(phase, start, end)]
    old = branch.schedule.get(phase)
    order = [each.id for each in plan.phases]
    if along and old is not None and phase in order:
        by = end - old.end
        after = [(each, branch.schedule[each]) for each in order[order.index(phase) + 1 :] if each in branch.schedule]
        moved += [PhaseDays(later, planned.start + by, planned.end + by) for later, planned in after]
    return tuple(moved)


def _move(branch: Branch, days: tuple[PhaseDays, ...], because: Because) -> Callable[[Plan], PlanChange]:
    return lambda plan: move_dates(plan, branch.code, days, because)


def _change(  # noqa: PLR0911  # one of each kind
    branch: Branch, what: What, given: Mapping[str, str], days: Mapping[str, date], because: Because
) -> Callable[[Plan], PlanChange]:
    code = branch.code
    match what:
        case What.PAUSE:
            start, end, phase = days["start"], days.get("end"), given["phase"]
            return lambda plan: add_pause(plan, code, phase, new_pause(start, end, because), because)
        case What.RESUME:
            return lambda plan: end_pause(plan, code, given["phase"], days["end"], because)
        case What.BUSY:
            label = I18n(zh=given["label"], en=given["label"])
            busy = BusyPeriod(start=days["start"], end=days["end"], label=label)
            return lambda plan: add_busy(plan, code, busy, because)
        case What.FREE:
            period = branch.busy[int(given["busy"])]
            return lambda plan: remove_busy(plan, code, period, because)
        case What.CONDITION:
            remedy, state = _remedy(given, days), Condition(given["condition"])
            return lambda plan: set_condition(plan, code, state, remedy, because)
        case What.RESPONSIBLE:
            name = I18n(zh=given["responsible"], en=given["responsible"])
            return lambda plan: set_responsible(plan, code, name, days["start"], because)
        case What.MEANS:
            return lambda plan: set_means(plan, code, given["venue"], given["funding"], because)
    groups = tuple(each for each in (given.get("groups", ""),) if each)
    return lambda plan: waive_step(plan, code, given["step"], given.get("substitute", ""), because, groups)


def _remedy(given: Mapping[str, str], days: Mapping[str, date]) -> ConditionPlan | None:
    kind = given.get("remedy", "")
    if kind not in REMEDY_NAMES or "due" not in days:
        return None
    return ConditionPlan(kind=cast(Remedy, kind), due_date=days["due"])
