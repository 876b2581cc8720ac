"""Figures about members: who took part, for how long, who was reached. Numbers of people, never a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.log import LogEntry
from campaign.plan import Branch, Condition, Plan
from campaign.progress import ATTENDANCE
from campaign.recording import EXPECTED

_WORKING = frozenset({Condition.FUNCTIONING, Condition.WEAK})


@dataclass(frozen=True, slots=True)
class Attendance:
    """Attendance of one member group over some entries."""

    group: str
    members: int
    expected: int
    attended: int
    made_up: int
    excused: int
    person_hours: Decimal
    """Σ hours × people who took part, then or afterwards."""

    @property
    def rate(self) -> Fraction | None:
        """Attended ÷ expected; None if nobody was expected."""
        return Fraction(self.attended, self.expected) if self.expected else None

    @property
    def participation(self) -> Fraction | None:
        """(attended + made up) ÷ expected; None if nobody was expected."""
        return Fraction(self.attended + self.made_up, self.expected) if self.expected else None

    @property
    def hours_each(self) -> Fraction | None:
        """Hours for each member of the group; None without members."""
        return Fraction(self.person_hours) / self.members if self.members else None


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
    def share(self) -> Fraction | None:
        """Reached ÷ members; None without members."""
        return Fraction(self.reached, self.members) if self.members else None


def attendance(plan: Plan, branches: Sequence[Branch], entries: Iterable[LogEntry]) -> tuple[Attendance, ...]:
    """For every member group, over the branches given; of ``entries`` those of them whose kind records attendance."""
    kinds = {kind.id for kind in plan.kinds if EXPECTED in kind.group_counts}
    codes = {branch.code for branch in branches}
    held = [entry for entry in entries if entry.kind in kinds and entry.branch in codes]
    return tuple(_attendance(group.id, branches, held) for group in plan.member_groups)


def reach(plan: Plan, branches: Sequence[Branch], entries: Iterable[LogEntry]) -> tuple[Reach, ...]:
    """For every member group that a coverage step is about, over the branches given.

    At each branch those reached are no more than its members, and the unreachable no more than are left.
    """
    steps = [step for step in plan.steps if step.unreachable]
    groups = dict.fromkeys(group for step in steps for group in step.groups or [each.id for each in plan.member_groups])
    held = list(entries)
    found = []
    for group in groups:
        names = [(step.count, step.unreachable) for step in steps if not step.groups or group in step.groups]
        members = reached = away = 0
        for branch in branches:
            own = [entry.groups.get(group, {}) for entry in held if entry.branch == branch.code]
            there = branch.members.get(group, 0)
            here = min(there, sum(counts.get(name, 0) for counts in own for name, _ in names))
            members, reached = members + there, reached + here
            away += min(there - here, sum(counts.get(name, 0) for counts in own for _, name in names))
        found.append(Reach(group, members, reached, away))
    return tuple(found)


def working_share(plan: Plan) -> Fraction | None:
    """Members in branches that work, weak ones included, of all members of active branches; None without any."""
    total = sum(branch.total for branch in plan.active_branches)
    working = sum(branch.total for branch in plan.active_branches if branch.condition in _WORKING)
    return Fraction(working, total) if total else None


def _attendance(group: str, branches: Sequence[Branch], entries: Iterable[LogEntry]) -> Attendance:
    sums = dict.fromkeys((EXPECTED, *ATTENDANCE, "excused"), 0)
    hours = Decimal(0)
    for entry in entries:
        counts = entry.groups.get(group, {})
        for name in sums:
            sums[name] += counts.get(name, 0)
        hours += (entry.hours or 0) * sum(counts.get(name, 0) for name in ATTENDANCE)
    members = sum(branch.members.get(group, 0) for branch in branches)
    return Attendance(group, members, sums[EXPECTED], sums["attended"], sums["made_up"], sums["excused"], hours)
