"""Log entries of every kind of a plan, with everything that the kind takes."""

from decimal import Decimal

from campaign.log import LogEntry
from campaign.overview import phase_at_hand
from campaign.plan import Branch, EntryKind, Plan
from campaign.standing import Overview
from tests.staff_fakes import DAY


def full_entry(plan: Plan, view: Overview, kind: EntryKind, branch: Branch, *, zero: bool = False) -> LogEntry:
    """An entry that says all that its kind lets it say, valid at ``branch``; with ``zero`` every count is 0."""
    groups = {}
    for group, members in branch.members.items():
        if members and kind.group_counts:
            named = dict.fromkeys(kind.group_counts, 0)
            named[kind.group_counts[0]] = 0 if zero else members
            groups[group] = named
    return LogEntry(
        kind=kind.id,
        branch=branch.code,
        phase=phase_at_hand(view, branch.code) or plan.phases[0].id,
        on=DAY,
        counts={name: 0 if zero else at for at, name in enumerate(kind.counts, 2)},
        groups=groups,
        hours=Decimal("2.5") if kind.hours else None,
        outcome=kind.outcomes[-1] if kind.outcomes else "",
        attributes={each.id: each.choices[-1].id for name in kind.attributes if (each := plan.attribute(name))},
        leader="" if kind.leader == "none" else plan.leaders[-1].code,
        case=f"R-{branch.code}-001" if kind.case == "optional" else "",
        reference="档-01",
        note=f"说明 {kind.id}",
        role="支部记录员",
        recorded_on=DAY,
    )
