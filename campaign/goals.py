"""The goals of a campaign, and what was done for each.

A plan says which of its attributes holds the goals (:attr:`campaign.kinds.Attribute.goals`); an entry of the log names
one by choosing it. Which questions are about a goal is said by the questionnaire: see :mod:`surveys.goals`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.happened import SurveyEntry
from campaign.kinds import Attribute, EntryKind
from campaign.labels import totals
from campaign.log import LogEntry
from campaign.plan import Choice, Plan

NO_GOAL = ""
"""Stands for the goal where an entry names none that the plan knows."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done of one kind."""

    kind: str
    entries: int
    """How many entries of the log."""
    counts: Mapping[str, int]
    """Every count that the kind takes, added up over them; those of member groups over all groups too."""


@dataclass(frozen=True, slots=True)
class GoalDeeds:
    """What was done for one goal."""

    goal: str
    """Its id; :data:`NO_GOAL` for what names none."""
    deeds: tuple[Deeds, ...]
    """One for each kind of entry that can name a goal, in the order of the plan."""


GoalsDone = Mapping[str | None, tuple[GoalDeeds, ...]]
"""What was done, by the code of a branch; under None of all branches."""


def goal_attribute(plan: Plan) -> Attribute | None:
    """The attribute that holds the goals; None if the campaign names none."""
    return next((each for each in plan.attributes if each.goals), None)


def goals_of(plan: Plan) -> Sequence[Choice]:
    """The goals, in the order of the plan."""
    attribute = goal_attribute(plan)
    return attribute.choices if attribute else ()


def goal_kinds(plan: Plan) -> Sequence[EntryKind]:
    """The kinds of entry that can name a goal, in the order of the plan."""
    attribute = goal_attribute(plan)
    return [kind for kind in plan.kinds if attribute and attribute.id in kind.attributes]


def deeds_by_goal(plan: Plan, entries: Iterable[LogEntry]) -> tuple[GoalDeeds, ...]:
    """What was done for each goal in the order of the plan; then what names none, if there is any. One walk.

    What a session amounts to is no deed: it has no words of its own that could name a goal. Nothing at all for a
    campaign without goals.
    """
    attribute, kinds = goal_attribute(plan), goal_kinds(plan)
    if attribute is None:
        return ()
    known = [choice.id for choice in attribute.choices]
    found: dict[str, list[LogEntry]] = {goal: [] for goal in known}
    carrying = {kind.id for kind in kinds}
    for entry in entries:
        if entry.kind in carrying and not isinstance(entry, SurveyEntry):
            goal = entry.attributes.get(attribute.id, NO_GOAL)
            found.setdefault(goal if goal in known else NO_GOAL, []).append(entry)
    return tuple(GoalDeeds(goal, tuple(_deeds(kinds, held))) for goal, held in found.items())


def deeds_by_branch(plan: Plan, entries: Iterable[LogEntry]) -> GoalsDone:
    """The same of all branches together, under None, and of each one that takes part, by its code."""
    held: dict[str | None, list[LogEntry]] = {None: [], **{branch.code: [] for branch in plan.branches}}
    for entry in entries:
        held[None].append(entry)
        held.setdefault(entry.branch, []).append(entry)
    return {branch: deeds_by_goal(plan, own) for branch, own in held.items()}


def _deeds(kinds: Sequence[EntryKind], entries: Sequence[LogEntry]) -> Iterator[Deeds]:
    for kind in kinds:
        own = [totals(entry) for entry in entries if entry.kind == kind.id]
        names = dict.fromkeys((*kind.counts, *kind.group_counts))
        yield Deeds(kind.id, len(own), {name: sum(each.get(name, 0) for each in own) for name in names})
