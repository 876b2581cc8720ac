"""A log entry while it is being typed: from the texts of the boxes to an entry, or to what is wrong with each."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText, Lang
from campaign.log import LogEntry
from campaign.plan import Branch, EntryKind, Plan
from campaign.standing import Overview
from campaign.typed import parse_count, parse_day
from tui.staff.texts import tr

MOST_HOURS = 24
_HOURS_TYPED = re.compile(r"\d{1,2}(\.\d)?", re.ASCII)
EXPECTED = "expected"
"""The count of people who should come (rule V36)."""


@dataclass(frozen=True, slots=True)
class _Said(HasText):
    """A text of this package inside a message of another."""

    message: str

    def text(self, lang: Lang) -> str:
        return tr(lang, self.message)


_HOURS = _Said(N_("hours are more than 0 and at most 24, with one decimal"))


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What stands in the boxes of the form. Field names are those of :class:`~campaign.log.LogEntry`."""

    kind: str | None = None
    branch: str | None = None
    phase: str | None = None
    outcome: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """``on``, ``hours``, ``reference``, ``note``, ``counts.NAME`` and ``groups.GROUP.NAME``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft says."""

    entry: LogEntry | None
    """None while something is wrong or missing."""
    problems: Mapping[str, Problem]
    """By field."""
    missing: frozenset[str]
    """Fields that need a value and have none."""


def read_draft(draft: EntryDraft, today: date) -> Reading:
    """Fold, parse and put together; what cannot be read is a problem of its field."""
    values: dict[str, object] = {"recorded_on": today, "outcome": draft.outcome}
    problems: dict[str, Problem] = {}
    chosen = {"kind": draft.kind, "branch": draft.branch, "phase": draft.phase}
    missing = {name for name, value in chosen.items() if not value}
    values |= {name: value for name, value in chosen.items() if value}
    counts: dict[str, int] = {}
    groups: dict[str, dict[str, int]] = {}
    for name, raw in draft.texts.items():
        text = folded(raw)
        try:
            match name.split("."):
                case ["on"]:
                    values["on"] = parse_day(text, today)
                case ["counts", count] if text:
                    counts[count] = parse_count(text)
                case ["groups", group, count] if text:
                    groups.setdefault(group, {})[count] = parse_count(text)
                case ["hours"] if text:
                    values["hours"] = _hours(text)
                case ["reference" | "note"]:
                    values[name] = " ".join(raw.split())
        except BadInput as error:
            problems[name] = error.problems[0]
    if problems or missing:
        return Reading(None, problems, frozenset(missing))
    return Reading(LogEntry.model_validate({**values, "counts": counts, "groups": groups}), {}, frozenset())


def folded(text: str) -> str:
    """``text`` with full-width digits and signs made plain, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def _hours(text: str) -> Decimal:
    """Hours to one decimal; BadInput M07."""
    if not (_HOURS_TYPED.fullmatch(text) and 0 < Decimal(text) <= MOST_HOURS):
        raise BadInput(Problem("M07", {"value": text, "why": _HOURS}))
    return Decimal(text)


def current_phase(plan: Plan, overview: Overview, branch: str | None) -> str:
    """The branch's current phase; the last one if all have ended."""
    standing = next((item for item in overview.branches if item.code == branch), None)
    return (standing.phase if standing else None) or plan.phases[-1].id


def wanted_boxes(kind: EntryKind, branch: Branch) -> dict[str, str]:
    """The boxes that a kind asks for at a branch, each with what stands in it at first.

    People expected are all members of the group, which the person corrects downwards.
    """
    boxes = {f"counts.{name}": "" for name in kind.counts}
    for group, members in branch.members.items():
        for name in kind.group_counts if members else ():
            boxes[f"groups.{group}.{name}"] = str(members) if name == EXPECTED else ""
    return boxes | ({"hours": ""} if kind.hours else {})
