"""The rules of a plan that no single field can tell: dates, totals, responsibilities, schedules.

The codes are those of :mod:`campaign.rules`. Every rule looks only at what is sound, and none depends on another, so
that all mistakes of a plan are found at once. References between tables are in :mod:`campaign.plan_references`.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaign.branch_rules import branch_findings
from campaign.draft import Draft, Finding
from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.language import N_
from campaign.places import Places
from campaign.plan import Plan
from campaign.plan_references import reference_findings
from campaign.target_rules import target_findings
from campaign.texts import tr

MAX_DAYS = 731
"""A campaign lasts two years at most."""
_TITLE = 80
_MANY = 3
"""From so many branches on it is odd that all have the same days."""


def check_plan(plan: Plan) -> list[Problem]:
    """Every problem of a plan that has no file, warnings included, in the order of its parts."""
    places = Places(plan.model_dump())
    return [Problem(found.code, found.values, places.place(found.path)) for found in plan_findings(Draft.of(plan))]


def plan_findings(draft: Draft) -> list[Finding]:
    """Every broken rule of a plan, warnings included."""
    return [
        *_campaign(draft),
        *_calendar(draft),
        *_totals(draft),
        *_same_days(draft),
        *_texts(draft),
        *_leaders_without_branch(draft),
        *reference_findings(draft),
        *branch_findings(draft),
        *target_findings(draft),
    ]


def _campaign(draft: Draft) -> Iterator[Finding]:
    item = draft.campaign
    if item is None:
        return
    campaign = item.value
    if item.sound("start_date", "end_date"):
        days = (campaign.end_date - campaign.start_date).days + 1
        if campaign.start_date >= campaign.end_date:
            yield Finding(item.at("end_date"), "V01", {"a": campaign.start_date, "b": campaign.end_date})
        elif days > MAX_DAYS:
            yield Finding(item.at("end_date"), "M61", {"n": days, "max": MAX_DAYS})
    if item.sound("timezone") and not _is_timezone(campaign.timezone):
        yield Finding(item.at("timezone"), "V02", {"tz": campaign.timezone})
    study = campaign.study_days
    if item.sound("study_days") and not study.min <= study.target <= study.max:
        why = tr.phrase(N_("min, target and max must not fall"))
        given = f"{study.min}, {study.target}, {study.max}"
        yield Finding(item.at("study_days"), "M07", {"value": given, "why": why})


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _calendar(draft: Draft) -> Iterator[Finding]:
    if draft.calendar is None:
        return
    calendar = draft.calendar.value
    for day in sorted(calendar.holidays & calendar.extra_workdays):
        why = tr.phrase(N_("it is a holiday and an extra workday at once"))
        yield Finding(draft.calendar.at("extra_workdays"), "M07", {"value": day, "why": why})


def _totals(draft: Draft) -> Iterator[Finding]:
    """V03 over the active branches, at the first total that is wrong; not while a branch's own figures are wrong."""
    item = draft.campaign
    known = item is not None and item.sound("expected_branches", "expected_members", "totals_acknowledged")
    if item is None or not known or not draft.complete:
        return
    if item.value.totals_acknowledged or not all(branch.sound("total", "active") for branch in draft.branches):
        return
    active = [branch.value for branch in draft.branches if branch.value.active]
    found = (len(active), sum(branch.total for branch in active))
    expected = (item.value.expected_branches, item.value.expected_members)
    if found != expected:
        values = {"n": found[0], "m": found[1], "en": expected[0], "em": expected[1]}
        field = "expected_branches" if found[0] != expected[0] else "expected_members"
        yield Finding(item.at(field), "V03", dict[str, object](values))


def _same_days(draft: Draft) -> Iterator[Finding]:
    """V26: every active branch has the very same days, which nobody's work allows."""
    active = [branch for branch in draft.branches if branch.value.active]
    if not draft.complete or len(active) < _MANY or not all(branch.sound("schedule") for branch in active):
        return
    days = [{phase: (each.start, each.end) for phase, each in branch.value.schedule.items()} for branch in active]
    if days[0] and all(each == days[0] for each in days):
        yield Finding(active[0].at("schedule"), "V26", {})


def _texts(draft: Draft) -> Iterator[Finding]:
    """Titles and names are not empty."""
    if item := draft.campaign:
        for field, least in (("title", 1), ("organiser", 1), ("theme", 0)):
            text: I18n = getattr(item.value, field)
            length = max(len(text.zh), len(text.en))
            if item.sound(field) and not least <= length <= _TITLE:
                yield Finding(item.at(field), "M16", {"what": field, "min": least, "max": _TITLE, "n": length})
    for items in (
        draft.member_groups,
        draft.phases,
        draft.steps,
        draft.counts,
        draft.attributes,
        draft.kinds,
        draft.branches,
    ):
        for each in items:
            if each.sound("name") and each.value.name == I18n():
                yield Finding(each.at("name"), "M16", {"what": "name", "min": 1, "max": _TITLE, "n": 0})


def _leaders_without_branch(draft: Draft) -> Iterator[Finding]:
    used = {contact.leader for branch in draft.branches for contact in branch.value.contacts}
    if not all(branch.sound("contacts") for branch in draft.branches):
        return
    for leader in draft.leaders:
        if leader.sound("code") and leader.value.code not in used:
            yield Finding(leader.at("code"), "V10", {"x": leader.value.code})
