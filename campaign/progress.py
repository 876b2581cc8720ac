"""Progress of a step at one branch, derived from the log by the step's kind.

Progress is exact, from 0 to 1, and carries the day on which it reached 1. Entries come oldest first; those that
do not advance the step, or lie after the day in question, have been left out by the caller (:mod:`campaign.phases`).
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from campaign.log import LogEntry
from campaign.plan import Branch, Plan, Step, StepKind

ATTENDANCE = ("attended", "made_up")
"""Counts of a member group whose sum has taken part: at the time, or afterwards."""
HOURS = "hours"
"""As the denominator of a rate: the hours of study wanted of the groups."""
_TENTHS = 10  # hours are recorded with one decimal place

NONE_YET = Fraction(0)
ALL_DONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far a step is."""

    value: Fraction
    """0 to 1."""
    done_on: date | None = None
    """The day on which it reached 1; None below 1."""
    applicable: bool = True
    """False where there is nothing to do: the target is 0, or nobody is in scope. Such a step counts like a waived
    one: in neither sum, so that it neither lifts a phase that has not begun nor holds one up."""


@dataclass(frozen=True, slots=True)
class StepScope:
    """A step with its groups looked up: what measuring it needs, the same for every branch."""

    step: Step
    groups: tuple[str, ...]
    """Member groups in scope, all of them where the step names none."""
    hour_targets: tuple[tuple[str, int], ...]
    """Those of the groups with a target, with the hours wanted of each member."""
    measure: "Measure"
    """The measure of its kind."""

    def without(self, groups: Collection[str]) -> "StepScope":
        """The step where it is asked of the other groups alone."""
        left = tuple(group for group in self.groups if group not in groups)
        targets = tuple((group, hours) for group, hours in self.hour_targets if group not in groups)
        return replace(self, groups=left, hour_targets=targets)


Measure = Callable[[StepScope, Mapping[str, int], int | None, Sequence[LogEntry]], StepProgress]
"""Progress of a step at a branch with these members by group; the number is the branch's own target, if it has one."""

_UNTOUCHED = StepProgress(NONE_YET)
_NOT_APPLICABLE = StepProgress(NONE_YET, applicable=False)


def step_scopes(plan: Plan) -> tuple[StepScope, ...]:
    """The plan's steps, in its order, with their groups looked up."""
    every = tuple(group.id for group in plan.member_groups)
    targets = {group.id: group.hour_target for group in plan.member_groups if group.hour_target}
    return tuple(
        StepScope(step, groups, tuple((group, targets[group]) for group in groups if group in targets), _measure(step))
        for step in plan.steps
        for groups in [step.groups or every]
    )


def count_of(plan: Plan, step: Step, branch: Branch, entries: Iterable[LogEntry]) -> tuple[int, int]:
    """The sum of a counted step at ``branch`` and what is wanted; ``entries`` are those that advance it."""
    scope = next(each for each in step_scopes(plan) if each.step is step)
    own = next((each for each in branch.targets if each.step == step.id), None)
    target = own.target if own is not None else None
    if own is not None and own.waived:
        scope = scope.without(own.groups)
    return sum(_amount(entry, step.count, scope.groups) for entry in entries), _wanted(scope, branch.members, target)


def weighted_mean(parts: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Σ weight × share ÷ Σ weight, exactly, of ``(weight, share)`` pairs; 0 without any weight."""
    over, under, total = _summed(parts)
    return Fraction(over, under * total) if total else NONE_YET


class RunningMean:
    """The same of shares that come and go."""

    def __init__(self, parts: Iterable[tuple[int, Fraction]]) -> None:
        self._over, self._under, self._total = _summed(parts)

    def add(self, weight: int, share: Fraction) -> None:
        """Count ``share``; with a ``weight`` below 0 take it out again."""
        numerator, denominator = share.as_integer_ratio()
        if self._under % denominator:
            common = math.lcm(self._under, denominator)
            self._over, self._under = self._over * (common // self._under), common
        self._over += weight * numerator * (self._under // denominator)
        self._total += weight

    @property
    def value(self) -> Fraction:
        """The mean of what is counted."""
        return Fraction(self._over, self._under * self._total) if self._total else NONE_YET


def _summed(parts: Iterable[tuple[int, Fraction]]) -> tuple[int, int, int]:
    """Numerator and denominator of Σ weight × share, and Σ weight.

    Adds whole numbers over the least common denominator: adding thousands of fractions one by one would cancel a
    growing denominator every time.
    """
    sums: dict[int, int] = {}
    total = 0
    for weight, share in parts:
        numerator, denominator = share.as_integer_ratio()
        sums[denominator] = sums.get(denominator, 0) + weight * numerator
        total += weight
    common = math.lcm(*sums)
    return sum(part * (common // denominator) for denominator, part in sums.items()), common, total


def _measure(step: Step) -> Measure:
    if step.kind is StepKind.RATE:
        return _study_hours if step.of == HOURS else _newest_rate
    return {StepKind.MILESTONE: _milestone, StepKind.COUNT: _count, StepKind.COVERAGE: _coverage}[step.kind]


def _milestone(
    _scope: StepScope, _members: Mapping[str, int], _target: int | None, entries: Sequence[LogEntry]
) -> StepProgress:
    """Done with the first entry."""
    return StepProgress(ALL_DONE, entries[0].on) if entries else _UNTOUCHED


def _count(
    scope: StepScope, members: Mapping[str, int], target: int | None, entries: Sequence[LogEntry]
) -> StepProgress:
    """The sum against the target of the branch, of the step, or one for each member in scope."""
    wanted = _wanted(scope, members, target)
    if wanted == 0:
        return _NOT_APPLICABLE
    if not entries:
        return _UNTOUCHED
    total = 0
    for entry in entries:
        total += _amount(entry, scope.step.count, scope.groups)
        if total >= wanted:
            return StepProgress(ALL_DONE, entry.on)
    return StepProgress(Fraction(total, wanted)) if total else _UNTOUCHED


def _wanted(scope: StepScope, members: Mapping[str, int], target: int | None) -> int:
    """The target of the branch, of the step, or one for each member in scope."""
    if target is not None:
        return target
    if scope.step.target is not None:
        return scope.step.target
    return sum(members.get(group, 0) for group in scope.groups)


def _coverage(
    scope: StepScope, members: Mapping[str, int], _target: int | None, entries: Sequence[LogEntry]
) -> StepProgress:
    """People reached, of the people who can be reached, each group capped at its members.

    Whoever was reached could be reached: the unreachable never take more out of a group than is left of it. So an
    entry never lowers the progress. When all who are left out are unreachable, the step is done on that day.
    """
    people = {group: members[group] for group in scope.groups if members.get(group)}
    if not people:
        return _NOT_APPLICABLE
    if not entries:
        return _UNTOUCHED
    reached = dict.fromkeys(people, 0)
    away = dict.fromkeys(people, 0)
    wanted = sum(people.values())
    for entry in entries:
        for group in people.keys() & entry.groups.keys():
            counts = entry.groups[group]
            reached[group] = min(people[group], reached[group] + counts.get(scope.step.count, 0))
            away[group] += counts.get(scope.step.unreachable, 0)
        wanted = sum(max(reached[group], people[group] - away[group]) for group in people)
        if sum(reached.values()) == wanted:
            return StepProgress(ALL_DONE, entry.on)
    return StepProgress(Fraction(sum(reached.values()), wanted))


def _study_hours(
    scope: StepScope, members: Mapping[str, int], _target: int | None, entries: Sequence[LogEntry]
) -> StepProgress:
    """Hours × people who took part, of members × hours wanted, each group capped at what it needs; in tenths."""
    need = {group: members.get(group, 0) * hours * _TENTHS for group, hours in scope.hour_targets}
    wanted = sum(need.values())
    if wanted == 0:
        return _NOT_APPLICABLE
    if not entries:
        return _UNTOUCHED
    studied = dict.fromkeys(need, 0)
    for entry in entries:
        tenths = int(entry.hours * _TENTHS) if entry.hours is not None else 0
        for group in need.keys() & entry.groups.keys():
            counts = entry.groups[group]
            people = sum(counts.get(name, 0) for name in ATTENDANCE)
            studied[group] = min(need[group], studied[group] + tenths * people)
        if sum(studied.values()) == wanted:
            return StepProgress(ALL_DONE, entry.on)
    return StepProgress(Fraction(sum(studied.values()), wanted))


def _newest_rate(
    scope: StepScope, _members: Mapping[str, int], _target: int | None, entries: Sequence[LogEntry]
) -> StepProgress:
    """The newest report of the two counts; 0 of 0 is all.

    A later report can be lower: new corrections may be found after all known ones were made. So it is done on the day
    of the first report since which every one said all.
    """
    if not entries:
        return _UNTOUCHED
    value, since = NONE_YET, None
    for entry in entries:
        if not _reports(entry, scope.step.of):
            continue
        part = _amount(entry, scope.step.count, scope.groups)
        whole = _amount(entry, scope.step.of, scope.groups)
        if part >= whole:
            value, since = ALL_DONE, since or entry.on
        else:
            value, since = Fraction(part, whole), None
    return StepProgress(value, since)


def _amount(entry: LogEntry, name: str, groups: Sequence[str]) -> int:
    """The count ``name`` of the whole entry and of the groups in scope together."""
    return entry.counts.get(name, 0) + sum(
        counts.get(name, 0) for group, counts in entry.groups.items() if group in groups
    )


def _reports(entry: LogEntry, name: str) -> bool:
    """Whether the entry says anything about the count ``name``."""
    return name in entry.counts or any(name in counts for counts in entry.groups.values())
