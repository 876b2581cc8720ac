"""The register of help: what a household, a member or a branch needs, by code, and what became of it. Never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.log import LogEntry
from campaign.plan import Plan

HELP = "help"
"""Effect of the kinds of entry that make up the register."""
PLANNED, DONE, CONFIRMED = "planned", "done", "confirmed"
"""Outcomes of those kinds: promised for a day; given; those helped say so."""


@dataclass(frozen=True, slots=True)
class HelpCase:
    """Everything that was recorded under one code of a branch."""

    branch: str
    code: str
    attributes: tuple[tuple[str, str], ...]
    """The newest choice of each attribute, such as what is needed and who is helped; in the order of their naming."""
    note: str
    """The newest one that says anything."""
    planned: date | None
    """The day by which it is to be given, as said last."""
    done_on: date | None
    """The first day on which it was given, or confirmed where nobody recorded that it was given."""
    confirmed_on: date | None


def help_kinds(plan: Plan) -> frozenset[str]:
    """The kinds of entry that make up the register."""
    return frozenset(kind.id for kind in plan.kinds if kind.effect == HELP)


def is_given(entry: LogEntry) -> bool:
    """Whether an entry of the register says that help was given; what is only planned advances no step."""
    return entry.outcome != PLANNED


def help_cases(plan: Plan, entries: Iterable[LogEntry]) -> tuple[HelpCase, ...]:
    """The entries of the register that have a code, folded by branch and code, in the order of these."""
    kinds = help_kinds(plan)
    return fold_help(entry for entry in entries if entry.kind in kinds)


def fold_help(entries: Iterable[LogEntry]) -> tuple[HelpCase, ...]:
    """The same of entries that all belong to the register."""
    found: dict[tuple[str, str], list[LogEntry]] = {}
    for entry in entries:
        if entry.code:
            found.setdefault((entry.branch, entry.code), []).append(entry)
    return tuple(_folded(branch, code, found[branch, code]) for branch, code in sorted(found))


def _folded(branch: str, code: str, entries: Iterable[LogEntry]) -> HelpCase:
    oldest_first = sorted(entries, key=lambda entry: entry.on)  # stable: on one day the order of recording holds
    chosen: dict[str, str] = {}
    note, planned = "", None
    for entry in oldest_first:
        chosen |= entry.attributes
        note, planned = entry.note or note, entry.planned or planned
    return HelpCase(
        branch=branch,
        code=code,
        attributes=tuple(chosen.items()),
        note=note,
        planned=planned,
        done_on=next((entry.on for entry in oldest_first if is_given(entry)), None),
        confirmed_on=next((entry.on for entry in oldest_first if entry.outcome == CONFIRMED), None),
    )
