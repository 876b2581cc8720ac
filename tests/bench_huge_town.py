"""A huge campaign to measure with: the town's branches, log and cases over and over, written through the store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from campaign.cases import Case
from campaign.log import LogEntry
from campaign.plan import Branch, Plan
from campaign.samples import sample_cases, sample_log
from surveys.ports import Store
from tests.bench_stores import begun

AT_ONCE = 50_000
"""Entries in one transaction."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    branches: int
    entries: int
    cases: int


SHIFTS, MORE = 17, 23
"""How many days earlier than the town a branch may be, and how many more members: hardly any two are the same."""
HUGE = Size(10_000, 500_000, 20_000)


def make_huge(folder: Path, size: Size = HUGE) -> Store:
    """A new store in ``folder`` with so much of everything; it is left open."""
    store = begun(folder)
    plan = huge_plan(store.plan(), size.branches)
    store.save_plan(plan, store.audits()[0])
    entries = islice(huge_log(plan, size.entries), size.entries)
    while some := list(islice(entries, AT_ONCE)):
        store.add_entries(some)
    with store.transaction():
        for case in islice(huge_cases(plan, size.cases), size.cases):
            store.save_case(case, ())
    return store


def code(number: int) -> str:
    """The code of a branch."""
    return f"C{number:05}"


def huge_plan(plan: Plan, branches: int) -> Plan:
    """The plan with its branches over and over."""
    copies = zip(range(branches), cycle(plan.branches))
    return plan.model_copy(update={"branches": tuple(_renamed(branch, number) for number, branch in copies)})


def huge_log(plan: Plan, entries: int) -> Iterator[LogEntry]:
    """What happened at every branch, and again and again if that is too little; branches take turns."""
    own: dict[str, list[LogEntry]] = {}
    for entry in sample_log("town"):
        own.setdefault(entry.branch, []).append(entry)
    town = list(own)
    for turn in range(-(-entries // len(plan.branches))):
        for number in range(len(plan.branches)):
            known = own[town[number % len(town)]]
            entry = known[turn % len(known)]
            yield entry.model_copy(update={"branch": code(number), "on": entry.on - timedelta(number // 10 % SHIFTS)})


def huge_cases(plan: Plan, cases: int) -> Iterator[Case]:
    """The town's cases over and over, with numbers of their own."""
    for number, case in zip(range(cases), cycle(sample_cases("town"))):
        branch = code(number % len(plan.branches))
        yield case.model_copy(update={"branch": branch, "no": f"R-{branch}-{number // len(plan.branches):03}"})


def _renamed(branch: Branch, number: int) -> Branch:
    days = timedelta(number // 10 % SHIFTS)
    schedule = {
        phase: planned.model_copy(update={"start": planned.start - days, "end": planned.end - days})
        for phase, planned in branch.schedule.items()
    }
    members = {group: count + number // 10 % MORE for group, count in branch.members.items()}
    label = branch.label.model_copy(update={"zh": f"{branch.label.zh}{number}", "en": f"{branch.label.en} {number}"})
    return branch.model_copy(
        update={
            "code": code(number),
            "short_name": label,
            "schedule": schedule,
            "members": members,
            "total": sum(members.values()),
        }
    )
