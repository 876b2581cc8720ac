"""When each branch was inspected and visited last, and when it is due again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.standing import BranchStanding, Standing
from campaign.status import owed_standing


@dataclass(frozen=True, slots=True)
class Inspection:
    """The next inspection of a branch."""

    branch: str
    last: date | None
    due: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class ContactVisits:
    """A contact official at one of his branches."""

    leader: str
    branch: str
    lead: bool
    last: date | None
    visits: int
    unvisited: tuple[str, ...]
    """Ids of the phases that have begun, in which nobody has visited yet; one visit in each is wanted."""


def last_inspections(plan: Plan, entries: Iterable[LogEntry], today: date) -> Mapping[str, date]:
    """The day of the last inspection up to ``today`` of each branch that had any."""
    kinds = {kind.id for kind in plan.kinds if kind.effect == "inspection"}
    last: dict[str, date] = {}
    for entry in entries:
        if entry.kind in kinds and entry.on <= today:
            last[entry.branch] = max(entry.on, last.get(entry.branch, entry.on))
    return last


def inspections(
    plan: Plan,
    branches: Iterable[BranchStanding],
    last: Mapping[str, date],
    today: date,
    *,
    judge_overdue: bool = True,
) -> tuple[Inspection, ...]:
    """The next inspection of every branch that is in the campaign's phases: begun, and not at the end of all.

    Due an interval of the campaign after the ``last`` one, or after the branch began. None at all where no kind of
    entry is an inspection.
    """
    if all(kind.effect != "inspection" for kind in plan.kinds):
        return ()
    interval = timedelta(days=plan.campaign.inspection_interval_days)
    found = []
    for branch in branches:
        begun = branch.phases[0].actual_start or branch.phases[0].planned_start
        if branch.phase is None or begun > today:
            continue
        since = last.get(branch.code)
        due = (since or begun) + interval
        status = owed_standing(
            start=since or begun,
            due=due,
            window=plan.campaign.due_soon_days.visit,
            today=today,
            judge_overdue=judge_overdue,
        )
        found.append(Inspection(branch.code, since, due, status))
    return tuple(found)


def contact_visits(
    plan: Plan, branches: Iterable[BranchStanding], entries: Sequence[LogEntry], today: date
) -> tuple[ContactVisits, ...]:
    """Every contact official at every branch of his, in the order of the plan; entries after ``today`` do not count.

    A visit that names nobody counts for the branch's lead contact, or for its only one.
    """
    kinds = {kind.id for kind in plan.kinds if kind.effect == "visit"}
    made: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if entry.kind in kinds and entry.on <= today:
            made.setdefault(entry.branch, []).append(entry)
    standings = {each.code: each for each in branches}
    found = []
    for branch in plan.active_branches:
        here = made.get(branch.code, [])
        seen = {entry.phase for entry in here}
        standing = standings.get(branch.code)
        unvisited = tuple(phase for phase in (_begun(standing, today) if standing else ()) if phase not in seen)
        chief = next((contact.leader for contact in branch.contacts if contact.lead), None)
        only = branch.contacts[0].leader if len(branch.contacts) == 1 else None
        for contact in branch.contacts:
            own = [entry.on for entry in here if (entry.leader or chief or only) == contact.leader]
            last = max(own, default=None)
            found.append(ContactVisits(contact.leader, branch.code, contact.lead, last, len(own), unvisited))
    return tuple(found)


def _begun(branch: BranchStanding, today: date) -> Iterator[str]:
    """Phases that have begun, in fact or by the plan; none comes before the one before it has ended."""
    for phase in branch.phases:
        if phase.planned_start <= today or phase.actual_start is not None:
            yield phase.phase
        if phase.phase == branch.phase:
            return
