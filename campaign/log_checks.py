"""What an entry cannot say beside the log of its branch: who was reached already, which phase was approved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.language import N_, HasText, Listed
from campaign.log import LogEntry
from campaign.plan import EntryKind, Plan
from campaign.reaching import reach_rules
from campaign.standing import BranchStanding
from campaign.texts import tr
from campaign.work import APPROVED

REQUESTED, RETURNED = "requested", "returned"
"""Outcomes of a gate, beside that which approves."""
GATE_MOVES: Mapping[str, tuple[str, ...]] = {
    "": (REQUESTED,),
    REQUESTED: (APPROVED, RETURNED),
    RETURNED: (REQUESTED,),
    APPROVED: (RETURNED,),
}
"""What may follow the newest outcome of a phase's gate; none yet is the empty one. Whoever approved may take it back,
as long as the next phase has not begun."""
_NOT_YET = N_("not requested yet")

Stands = Callable[[], BranchStanding | None]
"""How the branch stands without the entry; asked for only where it matters."""


def looks_back(plan: Plan, entry: LogEntry) -> bool:
    """Whether :func:`log_problems` of ``entry`` can say anything: the log need not be read for others."""
    kind = plan.kind(entry.kind)
    return kind is not None and (kind.effect == "gate" or any(_stated(plan, kind, group) for group in entry.groups))


def log_problems(
    plan: Plan, known: Sequence[LogEntry], entry: LogEntry, stands: Stands, place: int | None = None
) -> list[Problem]:
    """What ``entry`` says that cannot be beside ``known``, the other entries of its branch in the order of recording.

    It was recorded after the first ``place`` of them; None: after all.

    M131 more people were reached, or found to be out of reach, than are left; M132, which is asked about, people who
    were out of reach must be among those reached now; V79 a gate's outcome that does not follow the one before it, or
    after which the next one would not follow; M133 an approval taken back though the next phase has begun. The place
    is the field's name.
    """
    kind = plan.kind(entry.kind)
    if kind is None:
        return []
    return [
        *_reach_problems(plan, kind, known, entry),
        *(_gate_problems(plan, _around(known, entry, place), entry, stands) if kind.effect == "gate" else ()),
    ]


def _stated(plan: Plan, kind: EntryKind, group: str) -> tuple[tuple[str, str], ...]:
    """The pairs of counts, reached and out of reach, by which ``kind`` states how it stands with a group."""
    return tuple(pair for pair in reach_rules(plan).get(group, ()) if set(pair) <= set(kind.group_counts))


def _reach_problems(plan: Plan, kind: EntryKind, known: Sequence[LogEntry], entry: LogEntry) -> Iterator[Problem]:
    """M131 and M132. An entry states newly found standings: nobody is reached for the first time twice."""
    branch = plan.branch(entry.branch)
    for group, counts in entry.groups.items():
        members = branch.members.get(group, 0) if branch is not None else 0
        for pair in _stated(plan, kind, group):
            own = _same_people(plan, known, entry, pair)
            reached, away = (sum(each.groups.get(group, {}).get(name, 0) for each in own) for name in pair)
            yield from _beyond(plan, entry, group, pair, (members, min(members, reached), away, counts))


def _same_people(plan: Plan, known: Sequence[LogEntry], entry: LogEntry, pair: tuple[str, str]) -> Iterable[LogEntry]:
    """The entries that count the same people: of all phases, unless several of them have them reached anew."""
    phases = {step.phase for step in plan.steps if (step.count, step.unreachable) == pair}
    return known if len(phases) < 2 else [each for each in known if each.phase == entry.phase]  # noqa: PLR2004


def _beyond(
    plan: Plan,
    entry: LogEntry,
    group: str,
    pair: tuple[str, str],
    people: tuple[int, int, int, Mapping[str, int]],
) -> Iterator[Problem]:
    """``people``: members, those reached before, those called out of reach before, the new counts."""
    members, reached, away, counts = people
    new, gone = (counts.get(name, 0) for name in pair)
    away = min(away, members - reached)
    left = members - reached
    values: dict[str, object] = {
        "code": entry.branch,
        "cat": next((each.name for each in plan.member_groups if each.id == group), I18n(en=group)),
        "m": members,
        "r": reached,
        "u": away,
    }
    if new > left:
        yield Problem("M131", {**values, **_too_many(plan, pair[0], new, left)}, f"groups.{group}.{pair[0]}")
        return
    found = max(0, new - (left - away))
    untried = left - new - (away - found)
    if gone > untried:
        yield Problem("M131", {**values, **_too_many(plan, pair[1], gone, untried)}, f"groups.{group}.{pair[1]}")
    elif found:
        yield Problem("M132", {**values, "n": new, "f": found}, f"groups.{group}.{pair[0]}")


def _too_many(plan: Plan, name: str, number: int, left: int) -> dict[str, object]:
    label: HasText | str = next((count.name for count in plan.counts if count.id == name), name)
    return {"name": label, "n": number, "left": left}


def _gate_problems(plan: Plan, around: tuple[str, str], entry: LogEntry, stands: Stands) -> Iterator[Problem]:
    """V79 and M133; ``around`` are the outcomes just before and just after."""
    before, after = around
    if entry.outcome not in GATE_MOVES[before]:
        yield _no_move(plan, before, entry.outcome)
    elif after and after not in GATE_MOVES[entry.outcome]:
        yield _no_move(plan, entry.outcome, after)
    elif before == APPROVED and (standing := stands()) is not None:
        yield from _begun_since(plan, standing, entry)


def _around(known: Sequence[LogEntry], entry: LogEntry, place: int | None) -> tuple[str, str]:
    """The outcomes just before and just after ``entry`` at the gate of its phase; empty where there is none.

    On one day the order of recording holds.
    """
    here = entry.on, len(known) if place is None else place
    gates = sorted(
        (each.on, at + (here[1] <= at), each.outcome)
        for at, each in enumerate(known)
        if (each.kind, each.phase) == (entry.kind, entry.phase) and each.outcome in GATE_MOVES
    )
    before = [outcome for on, at, outcome in gates if (on, at) < here]
    after = [outcome for on, at, outcome in gates if (on, at) > here]
    return before[-1] if before else "", after[0] if after else ""


def _no_move(plan: Plan, before: str, after: str) -> Problem:
    names = {"": tr.phrase(_NOT_YET), **{each.id: each.name for each in plan.outcomes}}
    possible = Listed(tuple(names.get(each, each) for each in GATE_MOVES[before]))
    values = {"a": names.get(before, before), "b": names.get(after, after), "list": possible}
    return Problem("V79", dict[str, object](values), "outcome")


def _begun_since(plan: Plan, standing: BranchStanding, entry: LogEntry) -> Iterator[Problem]:
    """M133: a phase after that of ``entry`` has begun."""
    order = [phase.phase for phase in standing.phases]
    for phase in standing.phases[order.index(entry.phase) + 1 :] if entry.phase in order else ():
        if phase.actual_start is not None:
            named, after = plan.phase(entry.phase), plan.phase(phase.phase)
            if named is not None and after is not None:
                values = {"code": entry.branch, "phase": named.name, "next": after.name, "d": phase.actual_start}
                yield Problem("M133", dict[str, object](values), "outcome")
            return
