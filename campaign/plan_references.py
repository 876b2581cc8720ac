"""What the tables of a plan say about each other: references, duplicates, and what measures a step."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from campaign.draft import Draft, Finding, Item
from campaign.i18n import I18n
from campaign.language import N_, Listed
from campaign.places import Keys
from campaign.plan import Branch, EntryKind, Step, StepKind, Words
from campaign.texts import tr

T = TypeVar("T", bound=BaseModel)

_PHASE, _GROUP, _STEP = N_("phase"), N_("member group"), N_("step")
_COUNT, _KIND, _LEADER, _SURVEY = N_("count"), N_("kind of entry"), N_("leader"), N_("survey")
_TYPE = N_("type of branch")
_ATTRIBUTE, _CHOICE = N_("attribute"), N_("choice")

_NEEDS: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.MILESTONE: (),
    StepKind.COUNT: ("count",),
    StepKind.COVERAGE: ("count",),
    StepKind.RATE: ("count", "of"),
}
_HOURS = "hours"
_CARRIED = ("counts", "group_counts")


def reference_findings(draft: Draft) -> Iterator[Finding]:
    """Every dangling reference, every duplicate, and every step that nothing can advance."""
    yield from _duplicates(draft)
    names = _Names(draft)
    for step in draft.steps:
        yield from names.of_step(step)
        yield from _measured(step)
        yield from _due_day(step, draft)
        yield from _advanced(step, draft)
    for kind in draft.kinds:
        yield from names.of_kind(kind)
        yield from _gate_outcomes(kind)
    yield from _gates(draft)
    for branch in draft.branches:
        yield from names.of_branch(branch)


class _Names:
    """The names that may be referred to."""

    def __init__(self, draft: Draft) -> None:
        self.phases = draft.names("phases")
        self.groups = draft.names("member_groups")
        self.steps = draft.names("steps")
        self.counts = draft.names("counts")
        self.attributes = draft.names("attributes")
        self.choices = {each.value.id: [choice.id for choice in each.value.choices] for each in draft.attributes}
        self.leaders = draft.names("leaders")
        self.branches = draft.names("branches")
        self.branch_word = (draft.campaign.value.words if draft.campaign else Words()).branch
        self.types = sorted({branch.value.type for branch in draft.branches})

    def of_step(self, item: Item[Step]) -> Iterator[Finding]:
        """Phase, groups, counts and branch types."""
        step = item.value
        if item.sound("phase"):
            yield from _unknown(_PHASE, [(item.at("phase"), step.phase)], self.phases)
        groups = zip(step.groups, item.indexes("groups"), strict=False)
        yield from _unknown(_GROUP, [(item.at("groups", index), group) for group, index in groups], self.groups)
        for field in ("count", "of", "unreachable"):
            name = getattr(step, field)
            if name and not (field == "of" and name == _HOURS):
                yield from _unknown(_COUNT, [(item.at(field), name)], self.counts)
        for name, index in zip(step.branch_types, item.indexes("branch_types"), strict=False):
            if name not in self.types:
                yield Finding(item.at("branch_types", index), "M68", {"x": name, "known": Listed(tuple(self.types))})
        for code, index in zip(step.branches, item.indexes("branches"), strict=False):
            if code not in self.branches:
                values = {"kind": self.branch_word, "x": code, "known": Listed(tuple(self.branches))}
                yield Finding(item.at("branches", index), "M08", dict[str, object](values))

    def of_kind(self, item: Item[EntryKind]) -> Iterator[Finding]:
        """Counts, steps, attributes, and the outcomes and choices with which a case is named."""
        for field, what, known in (
            ("counts", _COUNT, self.counts),
            ("group_counts", _COUNT, self.counts),
            ("advances", _STEP, self.steps),
            ("attributes", _ATTRIBUTE, self.attributes),
        ):
            named = zip(getattr(item.value, field), item.indexes(field), strict=False)
            yield from _unknown(what, [(item.at(field, index), name) for name, index in named], known)
        known = [*item.value.outcomes, *(each for name in item.value.attributes for each in self.choices.get(name, ()))]
        named = zip(item.value.case_for, item.indexes("case_for"), strict=False)
        if item.sound("outcomes", "attributes"):
            yield from _unknown(_CHOICE, [(item.at("case_for", index), name) for name, index in named], known)

    def of_branch(self, item: Item[Branch]) -> Iterator[Finding]:
        """Groups, phases, leaders and steps; and a schedule for every phase."""
        branch = item.value
        yield from _unknown(_GROUP, [(item.at("members", group), group) for group in branch.members], self.groups)
        yield from _unknown(_PHASE, [(item.at("schedule", phase), phase) for phase in branch.schedule], self.phases)
        contacts = zip(branch.contacts, item.indexes("contacts"), strict=False)
        leaders = [(item.at("contacts", index, "leader"), contact.leader) for contact, index in contacts]
        yield from _unknown(_LEADER, leaders, self.leaders)
        targets = zip(branch.targets, item.indexes("targets"), strict=False)
        steps = [(item.at("targets", index, "step"), target.step) for target, index in targets]
        yield from _unknown(_STEP, steps, self.steps)
        if branch.active and ("schedule",) not in item.broken:
            for phase in self.phases:
                if phase not in branch.schedule and ("schedule", phase) not in item.broken:
                    yield Finding(item.at("schedule"), "M06", {"field": f"schedule.{phase}"})


def _unknown(what: str, named: Iterable[tuple[Keys, str]], known: Sequence[str]) -> Iterator[Finding]:
    for path, name in named:
        if name not in known:
            yield Finding(path, "M08", {"kind": tr.phrase(what), "x": name, "known": Listed(tuple(known))})


def _duplicates(draft: Draft) -> Iterator[Finding]:
    """M60, and V04 for branches: what has a name has it alone."""
    seen: dict[str, I18n] = {}
    for branch in draft.branches:
        code = branch.value.code
        if branch.sound("code") and code in seen:
            yield Finding(branch.at("code"), "V04", {"code": code, "name": seen[code]})
        elif branch.sound("code"):
            seen[code] = branch.value.name
    yield from _twice(_GROUP, draft.member_groups, "id", lambda group: group.id)
    yield from _twice(_PHASE, draft.phases, "id", lambda phase: phase.id)
    yield from _twice(_STEP, draft.steps, "id", lambda step: step.id)
    yield from _twice(_COUNT, draft.counts, "id", lambda count: count.id)
    yield from _twice(_ATTRIBUTE, draft.attributes, "id", lambda attribute: attribute.id)
    for attribute in draft.attributes:
        choices = zip(attribute.value.choices, attribute.indexes("choices"), strict=False)
        yield from _again(_CHOICE, [(attribute.at("choices", index, "id"), each.id) for each, index in choices])
    yield from _goals_twice(draft)
    yield from _twice(_KIND, draft.kinds, "id", lambda kind: kind.id)
    yield from _twice(_TYPE, draft.branch_types, "id", lambda each: each.id)
    yield from _twice(_LEADER, draft.leaders, "code", lambda leader: leader.code)
    yield from _twice(_SURVEY, draft.surveys, "kind", lambda survey: survey.kind)
    for item in draft.branches:
        contacts = zip(item.value.contacts, item.indexes("contacts"), strict=False)
        yield from _again(_LEADER, [(item.at("contacts", index, "leader"), each.leader) for each, index in contacts])
        targets = zip(item.value.targets, item.indexes("targets"), strict=False)
        yield from _again(_STEP, [(item.at("targets", index, "step"), each.step) for each, index in targets])


def _twice(what: str, items: Sequence[Item[T]], field: str, name: Callable[[T], str]) -> Iterator[Finding]:
    return _again(what, [(item.at(field), name(item.value)) for item in items if item.sound(field)])


def _again(what: str, named: Iterable[tuple[Keys, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Finding(path, "M60", {"kind": tr.phrase(what), "x": name})
        seen.add(name)


def _goals_twice(draft: Draft) -> Iterator[Finding]:
    """M107: a campaign has one list of goals."""
    named = [item for item in draft.attributes if item.sound("goals") and item.value.goals]
    for item in named[1:]:
        yield Finding(item.at("goals"), "M107", {"x": item.value.name, "first": named[0].value.name})


def _measured(item: Item[Step]) -> Iterator[Finding]:
    """A count needs to know what is counted, a rate of what it is a share; hours of study are known."""
    step = item.value
    hours = step.kind is StepKind.RATE and step.of == _HOURS
    needs = _NEEDS[step.kind] if item.sound("kind") and not hours else ()
    for field in needs:
        if item.sound(field) and not getattr(step, field):
            yield Finding(item.at(field), "M62", {"step": step.id, "kind": step.kind, "field": field})


def _due_day(item: Item[Step], draft: Draft) -> Iterator[Finding]:
    """A due day of its own exists and lies in the campaign."""
    due, days = item.value.due, draft.campaign_days()
    if not item.sound("due") or due.startswith("phase_"):
        return
    try:
        day = date.fromisoformat(due)
    except ValueError:
        yield Finding(item.at("due"), "M17", {"x": due})
        return
    if days is not None and not days[0] <= day <= days[1]:
        yield Finding(item.at("due"), "V30", {"d": day, "a": days[0], "b": days[1]})


def _advanced(item: Item[Step], draft: Draft) -> Iterator[Finding]:
    """Warnings: a step that no kind of entry advances, or none with its count."""
    step = item.value
    if not item.sound("id", "count") or not all(kind.sound("advances", *_CARRIED) for kind in draft.kinds):
        return
    kinds = [kind.value for kind in draft.kinds if step.id in kind.value.advances]
    if not kinds:
        yield Finding(item.path, "M63", {"step": step.id})
    elif step.count in draft.names("counts") and all(
        step.count not in (*kind.counts, *kind.group_counts) for kind in kinds
    ):
        names = Listed(tuple(kind.id for kind in kinds))
        yield Finding(item.at("count"), "M64", {"step": step.id, "count": step.count, "kinds": names})


def _gate_outcomes(item: Item[EntryKind]) -> Iterator[Finding]:
    decides = item.value.effect == "gate" and item.sound("effect", "outcomes")
    if decides and not {"approved", "returned"} <= set(item.value.outcomes):
        yield Finding(item.at("outcomes"), "M65", {"kind": item.value.id})


def _gates(draft: Draft) -> Iterator[Finding]:
    """A warning: a phase that needs an approval nobody can record."""
    if all(kind.sound("effect") for kind in draft.kinds) and any(kind.value.effect == "gate" for kind in draft.kinds):
        return
    for phase in draft.phases:
        if phase.value.gate_required and phase.sound("gate_required"):
            yield Finding(phase.path, "M66", {"phase": phase.value.name})
