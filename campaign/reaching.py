"""Who of those that are hard to reach was reached: three counts, never a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from campaign.log import LogEntry
from campaign.plan import Plan


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a group could be reached where they are hard to reach."""

    group: str
    members: int
    reached: int
    unreachable: int

    @property
    def untried(self) -> int:
        """Those whom nobody has tried to reach yet."""
        return max(0, self.members - self.reached - self.unreachable)

    @property
    def missed(self) -> int:
        """Those who were not reached, tried or not."""
        return self.members - self.reached

    @property
    def share(self) -> Fraction | None:
        """Reached ÷ members; None without members."""
        return Fraction(self.reached, self.members) if self.members else None


NOBODY = Reach("", 0, 0, 0)
ReachRules = Mapping[str, tuple[tuple[str, str], ...]]
"""Member groups that are hard to reach, with the counts of those reached and of those who cannot be."""


def reach_rules(plan: Plan) -> ReachRules:
    """The member groups that a coverage step with a count of unreachable people is about."""
    steps = [step for step in plan.steps if step.unreachable]
    groups = dict.fromkeys(group for step in steps for group in step.groups or [each.id for each in plan.member_groups])
    return {
        group: tuple(
            dict.fromkeys((step.count, step.unreachable) for step in steps if not step.groups or group in step.groups)
        )
        for group in groups
    }


def reach_at(rules: ReachRules, members: Mapping[str, int], entries: Iterable[LogEntry]) -> tuple[Reach, ...]:
    """For each group at one branch; ``entries`` are its own.

    An entry states newly found standings, so they are added up: who was reached once stays reached, and is not counted
    again by a later entry (:mod:`campaign.log_checks` sees to that). Who was out of reach may be reached later. Those
    reached are no more than its members, and the unreachable no more than are left.
    """
    sums = {group: [0, 0] for group in rules if members.get(group)}
    for entry in entries if sums else ():
        for group, counts in entry.groups.items():
            if group in sums:
                for name, other in rules[group]:
                    sums[group][0] += counts.get(name, 0)
                    sums[group][1] += counts.get(other, 0)
    found = []
    for group in rules:
        there = members.get(group, 0)
        reached, away = sums.get(group, [0, 0])
        here = min(there, reached)
        found.append(Reach(group, there, here, min(there - here, away)))
    return tuple(found)


def reach_of_all(group: str, parts: Iterable[Reach]) -> Reach:
    """``parts`` together, under one name."""
    members = reached = unreachable = 0
    for part in parts:
        members, reached, unreachable = (
            members + part.members,
            reached + part.reached,
            unreachable + part.unreachable,
        )
    return Reach(group, members, reached, unreachable)
