"""Moves of planned days: what was planned before, what is planned since, and why."""

from dataclasses import dataclass
from datetime import date

from campaign.plan import Branch, Plan


@dataclass(frozen=True, slots=True)
class Move:
    """One change of the days of a phase at a branch."""

    branch: str
    phase: str
    on: date
    """The day on which they were moved."""
    old: tuple[date, date]
    """First and last planned day before, both included."""
    new: tuple[date, date]
    """The same since then, until the next move."""
    reason: str


def moves_of(plan: Plan, branch: Branch) -> tuple[Move, ...]:
    """All moves of a branch by the order of the phases, of each phase the oldest first."""
    found = []
    for phase in plan.phases:
        schedule = branch.schedule.get(phase.id)
        if schedule is None:
            continue
        planned = [*((each.start, each.end) for each in schedule.changes), (schedule.start, schedule.end)]
        for change, old, new in zip(schedule.changes, planned, planned[1:], strict=False):
            found.append(Move(branch.code, phase.id, change.on, old, new, change.reason))
    return tuple(found)
