"""The rules of one branch in a plan: totals, first-responsible roles, contacts, condition, schedule."""

from collections.abc import Iterator
from datetime import date, timedelta

from campaign.draft import Draft, Finding, Item, code_of
from campaign.language import N_
from campaign.plan import Branch, Condition, Phase, Schedule
from campaign.texts import tr

_DAY = timedelta(days=1)
_CONDITIONS = {Condition.WEAK: N_("weak"), Condition.PARALYSED: N_("paralysed"), Condition.SHELL: N_("a shell")}
MEANS = (("venue", N_("venue")), ("funding", N_("funding")))
"""What a branch may lack: the field and its name, marked for translation."""
_TARGET_REASON = 5


def branch_findings(draft: Draft) -> Iterator[Finding]:
    """Every broken rule of every branch."""
    for item in draft.branches:
        yield from _members(item)
        yield from _responsible(item, draft)
        yield from _contacts(item, wanted=bool(draft.leaders))
        yield from _condition(item)
        yield from _spans(item)
        yield from _waivers(item)
        yield from _schedule(item, draft)
        yield from _study_days(item, draft)


def _members(item: Item[Branch]) -> Iterator[Finding]:
    branch = item.value
    total = sum(branch.members.values())
    if item.sound("members", "total") and total != branch.total:
        yield Finding(item.at("total"), "V05", {"code": code_of(item), "s": total, "t": branch.total})


def _responsible(item: Item[Branch], draft: Draft) -> Iterator[Finding]:
    """V07 to V09: one first-responsible role on every day, who heads the leading group."""
    branch, code = item.value, code_of(item)
    if branch.active and item.sound("first_responsible") and not branch.first_responsible:
        yield Finding(item.at("first_responsible"), "V07", {"code": code})
    held = [
        (each.valid_from or date.min, each.valid_to or date.max, index, each.role)
        for each, index in zip(branch.first_responsible, item.indexes("first_responsible"), strict=False)
    ]
    until = None
    for start, end, index, role in sorted(held, key=lambda each: each[:3]):
        if end < start:
            yield Finding(item.at("first_responsible", index, "valid_to"), "V21", {"phase": role})
        if until is not None and start <= until:
            last = draft.campaign.value.end_date if draft.campaign and until == date.max else until
            yield Finding(item.at("first_responsible", index), "V08", {"code": code, "d": last})
        until = max(end, until or date.min)
    if item.sound("leading_group") and not branch.leading_group.headed_by_first_responsible:
        yield Finding(item.at("leading_group", "headed_by_first_responsible"), "V09", {"code": code})


def _contacts(item: Item[Branch], *, wanted: bool) -> Iterator[Finding]:
    """V10 and V11; ``wanted``: the campaign has contact officials, so every branch should have one."""
    if wanted and item.value.active and item.sound("contacts") and not item.value.contacts:
        yield Finding(item.at("contacts"), "V10", {"x": code_of(item)})
    lead = None
    for contact, index in zip(item.value.contacts, item.indexes("contacts"), strict=False):
        if contact.lead:
            if lead is not None:
                yield Finding(item.at("contacts", index, "lead"), "V11", {"code": code_of(item), "l": lead})
            lead = lead or contact.leader


def _condition(item: Item[Branch]) -> Iterator[Finding]:
    branch, code = item.value, code_of(item)
    if not branch.active:
        return
    words = _CONDITIONS.get(branch.condition)
    if item.sound("condition", "condition_plan") and words and branch.condition_plan is None:
        yield Finding(item.at("condition"), "V12", {"code": code, "cond": tr.phrase(words)})
    for field, name in MEANS:
        missing = getattr(branch, field) == "none" and not branch.support_request.strip()
        if item.sound(field, "support_request") and missing:
            yield Finding(item.at(field), "V13", {"code": code, "what": tr.phrase(name)})


def _spans(item: Item[Branch]) -> Iterator[Finding]:
    """Busy periods and pauses end after they start."""
    for busy, index in zip(item.value.busy, item.indexes("busy"), strict=False):
        if busy.end < busy.start:
            yield Finding(item.at("busy", index, "end"), "V21", {"phase": busy.label})
    for phase, schedule in item.value.schedule.items():
        for index, pause in enumerate(schedule.pauses):
            if pause.end is not None and pause.end < pause.start:
                where = item.at("schedule", phase, "pauses", index, "end")
                yield Finding(where, "V21", {"phase": pause.reason})


def _waivers(item: Item[Branch]) -> Iterator[Finding]:
    """A step is waived only with a reason."""
    for target, index in zip(item.value.targets, item.indexes("targets"), strict=False):
        if target.waived and len(target.reason.strip()) < _TARGET_REASON:
            yield Finding(item.at("targets", index), "V34", {"step": target.step})


def _schedule(item: Item[Branch], draft: Draft) -> Iterator[Finding]:
    """V20 to V22: inside the campaign, in order, one after the other."""
    branch, code = item.value, code_of(item)
    days = draft.campaign_days()
    before: tuple[Phase, Schedule] | None = None
    for phase in (each.value for each in draft.phases):
        planned = branch.schedule.get(phase.id)
        if planned is None or (before is not None and before[0].id == phase.id):
            continue
        start, end = planned.start, planned.end
        if days is not None:
            first, last = days
            if start < first or end > last:
                values = {"phase": phase.name, "code": code, "a": start, "b": end, "s": first, "e": last}
                outside = "start" if start < first else "end"
                yield Finding(item.at("schedule", phase.id, outside), "V20", dict[str, object](values))
        if end < start:
            yield Finding(item.at("schedule", phase.id, "end"), "V21", {"phase": phase.name})
        if before is not None and start <= before[1].end:
            earliest = before[1].end + _DAY if before[1].end < date.max else before[1].end
            values = {"phase": phase.name, "a": start, "prev": before[0].name, "b": before[1].end, "c": earliest}
            yield Finding(item.at("schedule", phase.id, "start"), "V22", dict[str, object](values))
        before = (phase, planned)


def study_days(branch: Branch) -> int:
    """Σ planned days of the phases, without the days of their pauses; gaps between phases are no days of study."""
    return sum(schedule.days - _paused_days(schedule) for schedule in branch.schedule.values())


def _paused_days(schedule: Schedule) -> int:
    days, counted_to = 0, schedule.start
    for pause in sorted(schedule.pauses, key=lambda pause: pause.start):
        first = max(pause.start, counted_to)
        last = min(pause.end or schedule.end, schedule.end)
        if first <= last:
            days += (last - first).days + 1
            counted_to = last + _DAY if last < date.max else last
    return days


def _study_days(item: Item[Branch], draft: Draft) -> Iterator[Finding]:
    """V23 and V24, once every phase has its days."""
    branch, campaign = item.value, draft.campaign
    if campaign is None or not campaign.sound("study_days") or not item.sound("schedule") or not branch.active:
        return
    wanted = {phase.value.id for phase in draft.phases}
    if wanted != branch.schedule.keys() or any(each.end < each.start for each in branch.schedule.values()):
        return
    days, limits = study_days(branch), campaign.value.study_days
    if days < limits.min and not branch.short_study_reason.strip():
        yield Finding(item.at("schedule"), "V23", {"code": code_of(item), "n": days, "min": limits.min})
    if days > limits.max:
        yield Finding(item.at("schedule"), "V24", {"code": code_of(item), "n": days, "max": limits.max})
