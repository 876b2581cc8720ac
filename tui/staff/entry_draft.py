"""A log entry while it is being typed: from the texts of the boxes to an entry, or to what is wrong with each."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campaign.errors import BadInput, Problem
from campaign.log import LogEntry
from campaign.plan import Branch, EntryKind, Plan
from campaign.recording import EXPECTED
from campaign.typed import parse_count, parse_day, parse_hours

ATTRIBUTE = "attributes."
"""What the fields of attributes begin with."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What stands in the boxes of the form. Field names are those of :class:`~campaign.log.LogEntry`."""

    kind: str | None = None
    branch: str | None = None
    phase: str | None = None
    outcome: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """``on``, ``hours``, ``case``, ``reference``, ``note``, ``role``, ``counts.NAME`` and ``groups.GROUP.NAME``."""
    leader: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The choice of each attribute; empty where nothing is said."""


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
    values: dict[str, object] = {"recorded_on": today, "outcome": draft.outcome, "leader": draft.leader}
    values["attributes"] = {name: choice for name, choice in draft.attributes.items() if choice}
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
                    values["hours"] = parse_hours(text)
                case ["case" | "reference" | "note" | "role"]:
                    values[name] = " ".join(raw.split())
        except BadInput as error:
            problems[name] = error.problems[0]
    if problems or missing:
        return Reading(None, problems, frozenset(missing))
    return Reading(LogEntry.model_validate({**values, "counts": counts, "groups": groups}), {}, frozenset())


def draft_of(entry: LogEntry) -> EntryDraft:
    """The draft that reads as ``entry``."""
    texts = {"on": entry.on.isoformat(), "reference": entry.reference, "note": entry.note, "role": entry.role}
    texts |= {f"counts.{name}": str(number) for name, number in entry.counts.items()}
    for group, counts in entry.groups.items():
        texts |= {f"groups.{group}.{name}": str(number) for name, number in counts.items()}
    if entry.case:
        texts["case"] = entry.case
    if entry.hours is not None:
        texts["hours"] = f"{entry.hours.normalize():f}"
    return EntryDraft(entry.kind, entry.branch, entry.phase, entry.outcome, texts, entry.leader, dict(entry.attributes))


def new_draft(plan: Plan, kind: EntryKind, branch: Branch) -> EntryDraft:
    """What stands in the boxes of a new entry at first.

    All members of a group are expected, each attribute has its usual choice where it has one, the branch's lead
    contact official is the one it is about.
    """
    leader = "" if kind.leader == "none" else next(iter(officials(plan, branch)), "")
    attributes = [each for name in kind.attributes if (each := plan.attribute(name))]
    usual = {each.id: "" if each.required else each.choices[0].id for each in attributes}
    return EntryDraft(kind.id, branch.code, None, "", wanted_boxes(kind, branch), leader, usual)


def officials(plan: Plan, branch: Branch) -> list[str]:
    """Codes of the contact officials: the branch's own, the lead one first, then the others."""
    own = sorted(branch.contacts, key=lambda contact: not contact.lead)
    known = {leader.code for leader in plan.leaders}
    mine = [contact.leader for contact in own if contact.leader in known]
    return list(dict.fromkeys([*mine, *(leader.code for leader in plan.leaders)]))


def folded(text: str) -> str:
    """``text`` with full-width digits and signs made plain, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def wanted_boxes(kind: EntryKind, branch: Branch) -> dict[str, str]:
    """The boxes that a kind asks for at a branch, each with what stands in it at first.

    People expected are all members of the group, which the person corrects downwards.
    """
    boxes = {f"counts.{name}": "" for name in kind.counts}
    for group, members in branch.members.items():
        for name in kind.group_counts if members else ():
            boxes[f"groups.{group}.{name}"] = str(members) if name == EXPECTED else ""
    return boxes | ({"hours": ""} if kind.hours else {}) | ({"case": ""} if kind.case == "optional" else {})
