"""Figures about members: who took part, for how long, who was reached. Numbers of people, never a person."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.log import LogEntry
from campaign.plan import Branch, Condition, Plan, StepKind
from campaign.progress import ATTENDANCE
from campaign.reaching import Reach, reach_at, reach_of_all, reach_rules
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


def attendance(plan: Plan, branches: Sequence[Branch], entries: Iterable[LogEntry]) -> tuple[Attendance, ...]:
    """For every member group, over the branches given; of ``entries`` those of them whose kind records attendance.

    For a group that is visited at home (:attr:`~campaign.plan.MemberGroup.at_home`) those of the kinds that reach
    people count too: who was reached took part, and was expected as were those who could not be reached.
    """
    kinds = {kind.id for kind in plan.kinds if EXPECTED in kind.group_counts}
    codes = {branch.code for branch in branches}
    known = [entry for entry in entries if entry.branch in codes]
    held = [entry for entry in known if entry.kind in kinds]
    brought = [*_brought(plan, (entry for entry in known if entry.kind not in kinds))]
    return tuple(
        _attendance(group.id, branches, [*held, *brought] if group.at_home else held) for group in plan.member_groups
    )


def reach(plan: Plan, branches: Sequence[Branch], entries: Iterable[LogEntry]) -> tuple[Reach, ...]:
    """For every member group that a coverage step is about, over the branches given.

    At each branch those reached are no more than its members, and the unreachable no more than are left.
    """
    rules = reach_rules(plan)
    held: dict[str, list[LogEntry]] = {branch.code: [] for branch in branches}
    for entry in entries:
        if entry.branch in held:
            held[entry.branch].append(entry)
    at = [reach_at(rules, branch.members, held[branch.code]) for branch in branches]
    return tuple(reach_of_all(group, (each[place] for each in at)) for place, group in enumerate(rules))


def working_share(plan: Plan) -> Fraction | None:
    """Members in branches that work, weak ones included, of all members of active branches; None without any."""
    total = sum(branch.total for branch in plan.active_branches)
    working = sum(branch.total for branch in plan.active_branches if branch.condition in _WORKING)
    return Fraction(working, total) if total else None


def _brought(plan: Plan, entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """Entries that reached people, with what they amount to as attendance."""
    steps = [step for step in plan.steps if step.kind is StepKind.COVERAGE]
    reached = {step.count for step in steps}
    counted = reached | {step.unreachable for step in steps} - {""}
    for entry in entries:
        groups = {
            group: {
                EXPECTED: sum(counts.get(name, 0) for name in counted),
                ATTENDANCE[0]: sum(counts.get(name, 0) for name in reached),
            }
            for group, counts in entry.groups.items()
            if not counted.isdisjoint(counts)
        }
        if groups:
            yield entry.model_copy(update={"groups": groups})


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
