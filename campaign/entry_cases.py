"""Which case an entry of the log is about: a visit that helped with it names it.

What may be named at a branch is the number of a case of its own, or the file number of an entry whose kind says that
such entries are cases by themselves (``case = "own"``), as help that was given.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from campaign.case_states import kind_of
from campaign.errors import Problem
from campaign.folding import tightly_folded
from campaign.kinds import EntryKind
from campaign.language import N_, HasText, Listed
from campaign.log import LogEntry, Logged
from campaign.plan import Plan
from campaign.ports import CampaignStore, CaseStore
from campaign.texts import tr

MOST_KNOWN = 20
"""Names that a problem tells."""


class NamingStore(CampaignStore, CaseStore, Protocol):
    """Log and cases together."""


def takes_case(kind: EntryKind, entry: LogEntry) -> bool:
    """Whether an entry of this kind, with the outcome and the choices that it has, may name a case."""
    said = (entry.outcome, *entry.attributes.values())
    return kind.case == "optional" and (not kind.case_for or not set(kind.case_for).isdisjoint(said))


def check_case(plan: Plan, kind: EntryKind, entry: LogEntry) -> Iterator[Problem]:
    """M50 for a case where none is named; whether it is known is not looked at."""
    if entry.case and not takes_case(kind, entry):
        said = next((each.name for each in plan.outcomes if each.id == entry.outcome), entry.outcome)
        name = tr.phrase(N_("{kind}: {purpose}"), kind=kind.name, purpose=said) if said else kind.name
        yield Problem("M50", {"kind": name, "field": tr.phrase(N_("case")), "x": entry.case}, "case")


def unnamed_case(store: CampaignStore, plan: Plan, entry: LogEntry) -> Iterator[Problem]:
    """M108 for an entry that helped and names no case, where its branch has some; StoreError."""
    kind = plan.kind(entry.kind)
    if kind is None or entry.case or not kind.case_for or not takes_case(kind, entry):
        return
    if known := known_cases(store, plan, entry.branch):
        yield Problem("M108", {"known": _told(known)}, "case")


def known_cases(store: CampaignStore, plan: Plan, branch: str) -> Sequence[str]:
    """What may be named at a branch: its cases, those first that are still open, then file numbers; StoreError."""
    cases = sorted(store.cases(branch), key=lambda case: kind_of(case).state(case.state).closed)
    own = {kind.id for kind in plan.kinds if kind.case == "own"}
    filed = (each.reference for each in store.entries(branch) if each.kind in own and each.reference)
    return [*dict.fromkeys((*(case.no for case in cases), *filed))]


def with_known_case(store: CampaignStore, plan: Plan, entry: LogEntry) -> tuple[LogEntry, Sequence[Problem]]:
    """The entry with its case as it is written down, however it was typed; M08 with what is known where it is not.

    Nothing is read for an entry without one. StoreError.
    """
    if not entry.case:
        return entry, ()
    known = known_cases(store, plan, entry.branch)
    found = next((each for each in known if tightly_folded(each) == tightly_folded(entry.case)), None)
    if found is not None:
        return entry.model_copy(update={"case": found}), ()
    kind = tr.phrase(N_("case of {code}"), code=entry.branch)
    return entry, (Problem("M08", {"kind": kind, "x": entry.case, "known": _told(known)}, "case"),)


def _told(known: Sequence[str]) -> HasText:
    """The first of many names; that there is none is said."""
    if not known:
        return tr.phrase(N_("none yet"))
    return Listed(tuple(known) if len(known) <= MOST_KNOWN else (*known[:MOST_KNOWN], "…"))


def entries_about(store: NamingStore, no: str) -> Sequence[Logged]:
    """The entries of the log that name the case with this number, oldest first; StoreError."""
    case = store.case(no)
    if case is None:
        return ()
    naming = (each for each in store.logged(case.branch) if each.entry.case == no)
    return sorted(naming, key=lambda each: (each.entry.on, each.number))
