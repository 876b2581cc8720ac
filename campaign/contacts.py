"""Contact officials at their branches: visits made and wanted, inspections due, and who has no contact point."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.errors import Problem
from campaign.log import LogEntry
from campaign.plan import Branch, Plan
from campaign.standing import BranchStanding, Standing
from campaign.status import owed_standing
from campaign.visits import ContactVisits, Inspection, contact_visits, inspections, last_inspections


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A contact official at a branch of his, or one of the two without the other."""

    leader: str
    """Code; empty at a branch that has nobody."""
    branch: str
    """Code; empty for an official without a branch."""
    visits: ContactVisits | None = None
    purposes: tuple[str, ...] = ()
    """Outcomes of his visits there, in the order of the plan."""
    visited: tuple[str, ...] = ()
    """Ids of the phases in which somebody visited the branch."""
    due: date | None = None
    """The last planned day of the first phase that has not ended and has had no visit: one is wanted in each."""
    standing: Standing | None = None
    """Of that visit."""
    inspection: Inspection | None = None
    """The next inspection of the branch."""
    problem: Problem | None = None
    """V10 without the other, V11 with two leads."""


def contact_points(
    plan: Plan,
    branches: Sequence[BranchStanding],
    entries: Sequence[LogEntry],
    today: date,
    *,
    judge_overdue: bool = True,
) -> tuple[ContactPoint, ...]:
    """Every contact official at every branch of his in the order of the plan, then branches and officials alone.

    Costs one walk over the entries. None at all for a campaign that knows no officials and inspects nothing.
    """
    kinds = {kind.id for kind in plan.kinds if kind.effect == "visit"}
    made = [entry for entry in entries if entry.kind in kinds and entry.on <= today]
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in made:
        by_branch.setdefault(entry.branch, []).append(entry)
    standings = {each.code: each for each in branches}
    checked = {
        each.branch: each
        for each in inspections(
            plan, branches, last_inspections(plan, entries, today), today, judge_overdue=judge_overdue
        )
    }
    known = {branch.code: branch for branch in plan.active_branches}
    found = []
    for visits in contact_visits(plan, branches, made, today):
        branch, here = known[visits.branch], by_branch.get(visits.branch, [])
        own = [entry for entry in here if visitor(branch, entry) == visits.leader]
        seen = {entry.phase for entry in here}
        due, status, _ = wanted_visit(plan, standings.get(branch.code), seen, today, judge_overdue=judge_overdue)
        said = {named for entry in own for named in (entry.outcome, *entry.attributes.values())}
        found.append(
            ContactPoint(
                leader=visits.leader,
                branch=branch.code,
                visits=visits,
                purposes=tuple(each.id for each in plan.outcomes if each.id in said),
                visited=tuple(phase.id for phase in plan.phases if phase.id in seen),
                due=due,
                standing=status,
                inspection=checked.get(branch.code),
                problem=_two_leads(branch),
            )
        )
    return (*found, *_alone(plan, checked))


def counted_kinds(plan: Plan) -> frozenset[str]:
    """Kinds of entry that :func:`contact_points` looks at."""
    return frozenset(kind.id for kind in plan.kinds if kind.effect in {"visit", "inspection"})


def visitor(branch: Branch, entry: LogEntry) -> str:
    """Whose visit an entry is: who is named, otherwise the branch's lead contact or its only one; or nobody's."""
    if entry.leader:
        return entry.leader
    return lead_of(branch) or (branch.contacts[0].leader if len(branch.contacts) == 1 else "")


def lead_of(branch: Branch) -> str:
    """Code of the branch's lead contact; empty if it has none."""
    return next((contact.leader for contact in branch.contacts if contact.lead), "")


def _alone(plan: Plan, checked: dict[str, Inspection]) -> Iterable[ContactPoint]:
    """Branches without an official, where there are officials or inspections, and officials without a branch."""
    if not plan.leaders and not checked:
        return
    for branch in plan.active_branches:
        if not branch.contacts:
            lacking = Problem("V10", {"x": branch.label}) if plan.leaders else None
            yield ContactPoint("", branch.code, inspection=checked.get(branch.code), problem=lacking)
    used = {contact.leader for branch in plan.active_branches for contact in branch.contacts}
    for leader in plan.leaders:
        if leader.code not in used:
            yield ContactPoint(leader.code, "", problem=Problem("V10", {"x": leader.code}))


def _two_leads(branch: Branch) -> Problem | None:
    leads = [contact.leader for contact in branch.contacts if contact.lead]
    return Problem("V11", {"code": branch.code, "l": leads[0]}) if len(leads) > 1 else None


def wanted_visit(
    plan: Plan, branch: BranchStanding | None, seen: Collection[str], today: date, *, judge_overdue: bool
) -> tuple[date | None, Standing | None, str]:
    """By when the next visit is wanted, how that stands, and in which phase; ``seen``: phases that have had one."""
    phases = branch.phases if branch is not None else ()
    wanted = next((phase for phase in phases if phase.actual_end is None and phase.phase not in seen), None)
    if wanted is None:
        return None, None, ""
    status = owed_standing(
        start=wanted.planned_start,
        due=wanted.planned_end,
        window=plan.campaign.due_soon_days.visit,
        today=today,
        judge_overdue=judge_overdue,
    )
    return wanted.planned_end, status, wanted.phase
