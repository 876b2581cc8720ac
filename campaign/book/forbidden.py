"""What a running campaign does not let be changed by loading a workbook."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.book.reading import Where
from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.language import N_
from campaign.log import LogEntry
from campaign.overview import branch_standing
from campaign.pauses import paused_days
from campaign.places import Keys
from campaign.plan import Branch, Plan
from campaign.texts import tr

Named = Counter[tuple[str, str]]
"""How many records name something: by its section and its code, choices as ``attribute.choice``."""


@dataclass(frozen=True, slots=True)
class Held:
    """What sessions hold of the plan, beside log and cases."""

    branches: Sequence[str] = ()
    """The branch of each session."""
    kinds: Sequence[str] = ()
    """The survey of each session."""


def named_in(entries: Sequence[LogEntry], cases: Sequence[str], held: Held) -> Named:
    """What is named by log entries, by cases (the branch of each) and by sessions."""
    named: Named = Counter()
    for entry in entries:
        named["branches", entry.branch] += 1
        named["phases", entry.phase] += 1
        named["kinds", entry.kind] += 1
        counts = {name for group in entry.groups.values() for name in group} | entry.counts.keys()
        named.update(("counts", name) for name in counts)
        named.update(("member_groups", group) for group in entry.groups)
        named.update(("attributes", attribute) for attribute in entry.attributes)
        named.update(("attributes", f"{name}.{choice}") for name, choice in entry.attributes.items())
        named.update([("outcomes", entry.outcome)] if entry.outcome else [])
        named.update([("leaders", entry.leader)] if entry.leader else [])
    named.update(("branches", code) for code in (*cases, *held.branches))
    named.update(("surveys", kind) for kind in held.kinds)
    return named


def codes_of(plan: Plan) -> dict[tuple[str, str], I18n | str]:
    """Everything in the plan that records can name, with what it is called."""
    codes: dict[tuple[str, str], I18n | str] = {}
    for section in ("branches", "phases", "kinds", "counts", "member_groups", "attributes", "outcomes"):
        for item in getattr(plan, section):
            codes[section, item.code if section == "branches" else item.id] = item.name
    for attribute in plan.attributes:
        codes |= {("attributes", f"{attribute.id}.{each.id}"): each.name for each in attribute.choices}
    codes |= {("leaders", leader.code): leader.role for leader in plan.leaders}
    return codes | {("surveys", survey.kind): survey.kind for survey in plan.surveys}


def removed_problems(old: Plan, new: Plan, named: Named, where: Where) -> Iterator[Problem]:
    """M127: codes and ids that records name are still there."""
    left = codes_of(new)
    for code, name in codes_of(old).items():
        if code not in left and named[code]:
            what = f"{code[1]} {name.zh or name.en}" if isinstance(name, I18n) else code[1]
            yield _at(where, (code[0],), "M127", x=what, n=named[code])


def step_problems(old: Plan, new: Plan, where: Where) -> Iterator[Problem]:
    """V33: a required step stays, and stays required."""
    steps = {step.id: (place, step) for place, step in enumerate(new.steps)}
    for step in old.steps:
        if step.origin != "required":
            continue
        place, now = steps.get(step.id, (None, None))
        if now is None:
            yield _at(where, ("steps",), "V33", step=step.name)
        elif now.origin != "required":
            yield _at(where, ("steps", place or 0, "origin"), "V33", step=step.name)


def identity_problems(old: Plan, new: Plan, where: Where) -> Iterator[Problem]:
    """M128: the campaign's id and state, and the record of moved days."""
    if old.campaign.id != new.campaign.id:
        why = tr.phrase(N_("records and printed codes carry it; it is {id}"), id=old.campaign.id)
        yield _at(where, ("campaign", "id"), "M128", what=new.campaign.id, why=why)
    if old.campaign.state != new.campaign.state:
        why = tr.phrase(N_("the state is changed by the commands of the campaign alone"))
        yield _at(where, ("campaign", "state"), "M128", what=new.campaign.state, why=why)
    branches = {branch.code: branch for branch in old.branches}
    for place, branch in enumerate(new.branches):
        before = branches.get(branch.code)
        for phase, schedule in branch.schedule.items():
            kept = before.schedule[phase].changes if before and phase in before.schedule else ()
            known = {(each.on, each.start, each.end) for each in kept}
            for index, each in enumerate(schedule.changes):
                if (each.on, each.start, each.end) not in known:
                    path = ("branches", place, "schedule", phase, "changes", index)
                    why = tr.phrase(N_("the program keeps the record of moved days by itself"))
                    yield _at(where, path, "M128", what=f"{each.start}/{each.end}", why=why)


def schedule_problems(
    old: Branch, new: Branch, place: int, plan: Plan, entries: Sequence[LogEntry], today: date, where: Where
) -> Iterator[Problem]:
    """M69: days of phases that have ended stay; V28: pauses that are changed keep to the limit.

    ``plan``: the plan as it is; ``entries``: those of the branch.
    """
    moved = {
        phase
        for phase, days in new.schedule.items()
        if phase in old.schedule and _days(old, phase) != _days(new, phase)
    }
    if moved:
        standing = branch_standing(plan, old, entries, today, trust_today=True)
        for ended in standing.phases:
            named = plan.phase(ended.phase)
            if ended.phase in moved and ended.actual_end is not None and named is not None:
                end = "start" if _days(old, ended.phase)[0] != _days(new, ended.phase)[0] else "end"
                at: Keys = ("branches", place, "schedule", ended.phase, end)
                yield _at(where, at, "M69", phase=named.name, d=ended.actual_end)
    most = plan.campaign.pause_max_days
    for phase, schedule in new.schedule.items():
        before = old.schedule[phase].pauses if phase in old.schedule else ()
        if schedule.pauses and set(schedule.pauses) != set(before):
            until = max(
                [today, *(day for each in schedule.pauses for day in (each.start, each.end) if day is not None)]
            )
            days = paused_days(schedule.pauses, until)
            if days > most:
                last: Keys = ("branches", place, "schedule", phase, "pauses", len(schedule.pauses) - 1)
                yield _at(where, last, "V28", n=days, max=most)


def _days(branch: Branch, phase: str) -> tuple[date, date]:
    return branch.schedule[phase].start, branch.schedule[phase].end


def _at(where: Where, path: Keys, code: str, **values: object) -> Problem:
    at = where.at(path)
    return Problem(code, values, at.place if at is not None else "")
