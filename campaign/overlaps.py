"""What gets in the way of each other in the calendar of all branches: pure, one walk over plan and log.

A hint, never a refusal: whoever arranges the days sees it before it happens.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campaign.contacts import lead_of, visitor
from campaign.i18n import I18n
from campaign.log import LogEntry
from campaign.plan import Branch, BusyPeriod, Plan, Schedule
from campaign.visits import Inspection

_DAY = timedelta(days=1)


class Clash(StrEnum):
    """What two things have in common."""

    BUSY = "busy"
    """A phase is planned in days on which its branch has other work."""
    SESSION = "session"
    """People were called together on such a day."""
    LEADER = "leader"
    """One official at two branches on a day."""
    INSPECTION = "inspection"
    """Inspections of several branches of one official are due on the same day."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """One of them."""

    clash: Clash
    start: date
    end: date
    """The last day of it."""
    branches: tuple[str, ...]
    """Codes, in the order of the plan."""
    leader: str = ""
    """Code, where it is about an official."""
    phase: str = ""
    """Id, where it is about a phase."""
    label: I18n | None = None
    """What the branch is busy with."""


def overlaps(plan: Plan, entries: Iterable[LogEntry], due: Iterable[Inspection], today: date) -> tuple[Overlap, ...]:
    """Everything that overlaps: what is still to come or going on, the nearest first, then what is past, newest first.

    Entries after ``today`` do not count.
    """
    known = {branch.code: branch for branch in plan.active_branches}
    places = {code: at for at, code in enumerate(known)}
    held = [entry for entry in entries if entry.on <= today and entry.branch in known]
    found = [
        *(each for branch in known.values() for each in phases_in_busy(plan, branch)),
        *_sessions(plan, known, held),
        *_officials(plan, known, places, held),
        *_inspections(known, places, due, today),
    ]
    found.sort(key=lambda each: (each.start, each.branches, each.clash, each.leader, each.phase))
    coming = [each for each in found if each.end >= today]
    past = sorted((each for each in found if each.end < today), key=lambda each: each.end, reverse=True)
    return (*coming, *past)


def counted_kinds(plan: Plan) -> frozenset[str]:
    """Kinds of entry that :func:`overlaps` and the inspections look at; of others, only those that name a leader."""
    watched = {kind.id for kind in plan.kinds if kind.effect in {"visit", "inspection"}}
    return frozenset(watched | _gatherings(plan))


def phases_in_busy(plan: Plan, branch: Branch) -> Iterator[Overlap]:
    """From the first to the last day that a phase and a busy period have in common and on which it does not pause."""
    for phase in plan.phases:
        schedule = branch.schedule.get(phase.id)
        for busy in branch.busy if schedule is not None else ():
            days = _common(schedule, busy) if schedule is not None else []
            if days:
                yield Overlap(Clash.BUSY, days[0], days[-1], (branch.code,), phase=phase.id, label=busy.label)


def _common(schedule: Schedule, busy: BusyPeriod) -> list[date]:
    first, last = max(schedule.start, busy.start), min(schedule.end, busy.end)
    days = [first + _DAY * at for at in range((last - first).days + 1)]
    return [
        day
        for day in days
        if not any(pause.start <= day and (pause.end is None or day <= pause.end) for pause in schedule.pauses)
    ]


def _sessions(plan: Plan, known: dict[str, Branch], entries: Sequence[LogEntry]) -> Iterator[Overlap]:
    """Each day once, with the busy period it lies in."""
    kinds = _gatherings(plan)
    days = dict.fromkeys((entry.branch, entry.on) for entry in entries if entry.kind in kinds)
    for code, day in days:
        busy = next((each for each in known[code].busy if each.start <= day <= each.end), None)
        if busy is not None:
            yield Overlap(Clash.SESSION, day, day, (code,), label=busy.label)


def _officials(
    plan: Plan, known: dict[str, Branch], places: dict[str, int], entries: Sequence[LogEntry]
) -> Iterator[Overlap]:
    visits = {kind.id for kind in plan.kinds if kind.effect == "visit"}
    where: dict[tuple[date, str], set[str]] = {}
    for entry in entries:
        leader = visitor(known[entry.branch], entry) if entry.kind in visits else entry.leader
        if leader:
            where.setdefault((entry.on, leader), set()).add(entry.branch)
    for (day, leader), codes in where.items():
        if len(codes) > 1:
            yield Overlap(Clash.LEADER, day, day, _ordered(places, codes), leader=leader)


def _inspections(
    known: dict[str, Branch], places: dict[str, int], due: Iterable[Inspection], today: date
) -> Iterator[Overlap]:
    where: dict[tuple[date, str], set[str]] = {}
    for each in due:
        branch = known.get(each.branch)
        if branch is not None and each.due >= today and (leader := lead_of(branch)):
            where.setdefault((each.due, leader), set()).add(each.branch)
    for (day, leader), codes in where.items():
        if len(codes) > 1:
            yield Overlap(Clash.INSPECTION, day, day, _ordered(places, codes), leader=leader)


def _gatherings(plan: Plan) -> set[str]:
    """Kinds of entry that call people together."""
    return {kind.id for kind in plan.kinds if kind.hours or kind.group_counts}


def _ordered(places: dict[str, int], codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=places.__getitem__))
