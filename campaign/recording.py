"""Checking log entries and keeping them: all that is wrong at once, and all entries or none."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from campaign.doubts import doubts
from campaign.entry_cases import check_case, with_known_case
from campaign.errors import BadInput, Problem, Refused
from campaign.happened import happened
from campaign.helping import HELP, PLANNED
from campaign.i18n import I18n
from campaign.language import N_, HasText, Listed
from campaign.log import LogEntry, Logged
from campaign.log_checks import log_problems, looks_back
from campaign.overview import branch_standing
from campaign.plan import Branch, EntryKind, Plan, StepKind
from campaign.ports import CampaignStore
from campaign.reaching import reach_rules
from campaign.rules import Severity
from campaign.standing import BranchStanding
from campaign.state_rules import Deed, check_allowed
from campaign.texts import tr
from campaign.transitions import PHASE_EFFECTS, transition_problems
from campaign.typed import parse_count, parse_day, parse_hours

__all__ = [
    "Recorded",
    "check_entry",
    "holds_personal_number",
    "numbered_place",
    "parse_count",
    "parse_day",
    "parse_hours",
    "record",
    "record_numbered",
    "standing_by_log",
]

EXPECTED = "expected"
"""Count of a member group: how many should have come."""
_ACCOUNTED = ("attended", "made_up", "excused")
_LONG_HOURS = 8
_MOST_NAMES, _MOST_KINDS = 20, 100
"""So many known names are listed, and so many kinds: all of them but in the largest plans."""
_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # mobile phone
    r"|0\d{2,3}[ -]?\d{3,4}[ -]?\d{4}"  # telephone with its area code
    r"|\d{6}[ -]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ -]?\d{3}[\dXx]"  # identity number, GB 11643
    r"|\d{8}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}"  # identity number of 15 digits
    r")(?!\d)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of entries that were kept."""

    entries: tuple[Logged, ...]
    """Each with the number under which it is kept."""
    warnings: tuple[Problem, ...]

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers, in the order of the entries."""
        return [each.number for each in self.entries]


def numbered_place(number: int, place: str, count: int) -> str:
    """The place of a problem in one of ``count`` entries: with several of them, ``#`` and its number, from 1."""
    return f"#{number} {place}" if count > 1 else place


def record(store: CampaignStore, entries: Sequence[LogEntry], today: date, *, confirmed: bool = False) -> list[Problem]:
    """The warnings of :func:`record_numbered`."""
    return list(record_numbered(store, entries, today, confirmed=confirmed).warnings)


def record_numbered(
    store: CampaignStore,
    entries: Sequence[LogEntry],
    today: date,
    *,
    confirmed: bool = False,
    placed: Callable[[int, str, int], str] = numbered_place,
) -> Recorded:
    """Check ``entries`` against the plan and append them to the log, all or nothing; their numbers and the warnings.

    BadInput with every problem of every entry, errors first, if one is an error; Refused with M116 once the campaign is
    closed, with V31, V32, V79 or M133 if a phase cannot begin, end, be approved or be returned yet, with M131 for
    people who were counted before, and with what asks for confirmation, unless ``confirmed``; StoreError of the store.
    ``placed`` makes a problem's place of the entry's number, from 1, of the field and of how many entries there are.
    """
    with store.transaction():
        return _recorded(store, entries, today, placed, confirmed=confirmed)


def _recorded(
    store: CampaignStore,
    entries: Sequence[LogEntry],
    today: date,
    placed: Callable[[int, str, int], str],
    *,
    confirmed: bool,
) -> Recorded:
    """To be called inside a transaction: nobody changes the plan between checking and keeping."""
    plan = store.plan()
    named = [with_known_case(store, plan, entry) for entry in entries]
    entries = [entry for entry, _ in named]
    problems = [
        Problem(each.code, each.values, placed(number, each.place, len(entries)))
        for number, (entry, unknown) in enumerate(named, 1)
        for each in (*check_entry(plan, entry, today), *unknown)
    ]
    sorts = {severity: [each for each in problems if each.rule.severity is severity] for severity in Severity}
    errors, asked, warnings = sorts[Severity.ERROR], sorts[Severity.CONFIRM], sorts[Severity.WARNING]
    if errors:
        raise BadInput(*errors, *asked, *warnings)
    check_allowed(plan, Deed.RECORD)
    beside = [
        Problem(each.code, each.values, placed(number, each.place, len(entries)))
        for number, each in _beside_log(store, plan, entries, today)
    ]
    if late := [each for each in beside if each.rule.severity is Severity.ERROR]:
        raise Refused(*late)
    asked.extend(beside)
    if asked and not confirmed:
        raise Refused(*asked)
    odd = [
        Problem(each.code, each.values, placed(number, each.place, len(entries)))
        for number, each in doubts(store, plan, entries)
    ]
    numbers = store.add_entries(entries) if entries else ()
    return Recorded(tuple(map(Logged, numbers, entries)), (*warnings, *odd))


def _beside_log(
    store: CampaignStore, plan: Plan, entries: Sequence[LogEntry], today: date
) -> Iterator[tuple[int, Problem]]:
    """What entries cannot say beside the log, and those given before them; each with its number, from 1.

    The log is read only for entries of which that can be said.
    """
    logs: dict[str, list[LogEntry]] = {}
    for number, entry in enumerate(entries, 1):
        if looks_back(plan, entry):
            if entry.branch not in logs:
                earlier = (each for each in entries[: number - 1] if each.branch == entry.branch)
                logs[entry.branch] = [*store.entries(entry.branch), *earlier]
            stands = partial(standing_by_log, store, plan, entry.branch, today)
            yield from ((number, each) for each in log_problems(plan, logs[entry.branch], entry, stands))
        yield from ((number, each) for each in _transitions(store, plan, entry, today))
        if entry.branch in logs:
            logs[entry.branch].append(entry)


def standing_by_log(store: CampaignStore, plan: Plan, code: str, today: date) -> BranchStanding | None:
    """How a branch stands by its log, whatever the clock says; None if the plan has no such branch."""
    branch = plan.branch(code)
    return branch_standing(plan, branch, happened(store, code), today, trust_today=True) if branch else None


def _transitions(store: CampaignStore, plan: Plan, entry: LogEntry, today: date) -> list[Problem]:
    """V31 and V32; the log is read only for an entry that begins or ends a phase."""
    kind = plan.kind(entry.kind)
    if kind is None or kind.effect not in PHASE_EFFECTS:
        return []
    standing = standing_by_log(store, plan, entry.branch, today)
    return transition_problems(plan, standing, entry) if standing is not None else []


def check_entry(plan: Plan, entry: LogEntry, today: date) -> list[Problem]:
    """Everything that is wrong with ``entry``, or odd about it, on the day ``today``; the place is the field's name.

    Fields are called as in :class:`~campaign.log.LogEntry`; counts ``counts.NAME`` and ``groups.GROUP.NAME``.
    """
    kind, branch = plan.kind(entry.kind), plan.branch(entry.branch)
    return [
        *_unknown(plan, entry),
        *_day(plan, entry, today),
        *(_fields(plan, kind, entry) if kind else ()),
        *(_attendance(plan, kind, entry) if kind else ()),
        *(_chosen(plan, kind, entry) if kind else ()),
        *(check_case(plan, kind, entry) if kind else ()),
        *(_members(plan, branch, entry) if branch else ()),
        *(_busy(kind, branch, entry) if kind and branch else ()),
        *_texts(entry),
    ]


def holds_personal_number(text: str) -> bool:
    """Whether ``text`` seems to hold a phone or identity number, in digits of any width."""
    return _PERSONAL_NUMBER.search(unicodedata.normalize("NFKC", text)) is not None


def _known(names: Sequence[str], most: int = _MOST_NAMES) -> Listed:
    more = len(names) - most
    return Listed((*names[:most], tr.phrase(N_("{n} more"), n=more)) if more > 0 else tuple(names))


def _label(plan: Plan, name: str) -> HasText | str:
    return next((count.name for count in plan.counts if count.id == name), name)


def _group_name(plan: Plan, group_id: str) -> I18n:
    return next((group.name for group in plan.member_groups if group.id == group_id), I18n(en=group_id))


def _unknown(plan: Plan, entry: LogEntry) -> Iterator[Problem]:
    """M08: what the plan does not know, or a branch that takes no part."""
    words = plan.campaign.words
    groups = [group.id for group in plan.member_groups]
    named: list[tuple[str, HasText, str, list[str]]] = [
        ("kind", tr.phrase(N_("kind of entry")), entry.kind, [kind.id for kind in plan.kinds]),
        ("branch", words.branch, entry.branch, [branch.code for branch in plan.active_branches]),
        ("phase", words.phase, entry.phase, [phase.id for phase in plan.phases]),
        *((f"groups.{group}", tr.phrase(N_("member group")), group, groups) for group in entry.groups),
    ]
    if kind := plan.kind(entry.kind):
        count = tr.phrase(N_("count"))
        named += [(f"counts.{name}", count, name, list(kind.counts)) for name in entry.counts]
        named += [
            (f"groups.{group}.{name}", count, name, list(kind.group_counts))
            for group, counts in entry.groups.items()
            for name in counts
        ]
    for place, what, name, known in named:
        if name not in known:
            most = _MOST_KINDS if place == "kind" else _MOST_NAMES
            yield Problem("M08", {"kind": what, "x": name, "known": _known(known, most)}, place)


def _day(plan: Plan, entry: LogEntry, today: date) -> Iterator[Problem]:
    """V30: within the campaign, and not in the future."""
    first, last = plan.campaign.start_date, min(today, plan.campaign.end_date)
    if not first <= entry.on <= last:
        yield Problem("V30", {"d": entry.on, "a": first, "b": last}, "on")


def _fields(plan: Plan, kind: EntryKind, entry: LogEntry) -> Iterator[Problem]:
    """M06, M18, M50, V37: what the kind wants and what it does not take."""
    for name in kind.counts:
        if name not in entry.counts:
            yield Problem("M06", {"field": _label(plan, name)}, f"counts.{name}")
    if kind.group_counts and not any(entry.groups.values()):
        yield Problem("M06", {"field": tr.phrase(N_("counts of the member groups"))}, "groups")
    hours = tr.phrase(N_("hours"))
    if kind.hours and entry.hours is None:
        yield Problem("M06", {"field": hours}, "hours")
    if entry.hours is not None and not kind.hours:
        yield Problem("M50", {"kind": kind.name, "field": hours, "x": entry.hours}, "hours")
    if entry.hours is not None and entry.hours > _LONG_HOURS:
        yield Problem("V37", {"h": entry.hours}, "hours")
    outcome = tr.phrase(N_("outcome"))
    if kind.outcomes and not entry.outcome:
        yield Problem("M06", {"field": outcome}, "outcome")
    if kind.outcomes and entry.outcome and entry.outcome not in kind.outcomes:
        yield Problem("M18", {"known": _known(kind.outcomes), "x": entry.outcome}, "outcome")
    if entry.outcome and not kind.outcomes:
        yield Problem("M50", {"kind": kind.name, "field": outcome, "x": entry.outcome}, "outcome")


def _chosen(plan: Plan, kind: EntryKind, entry: LogEntry) -> Iterator[Problem]:
    """M08, M31, M50, M06: attributes, choices, officials that the plan knows and the kind takes; M38: large counts."""
    for name, choice in entry.attributes.items():
        place, attribute = f"attributes.{name}", plan.attribute(name)
        if name not in kind.attributes or attribute is None:
            known = _known(kind.attributes)
            yield Problem("M08", {"kind": tr.phrase(N_("attribute")), "x": name, "known": known}, place)
        elif choice not in (choices := [each.id for each in attribute.choices]):
            yield Problem("M31", {"name": attribute.name, "x": choice, "known": _known(choices)}, place)
    leader = tr.phrase(N_("leader"))
    if entry.leader and kind.leader == "none":
        yield Problem("M50", {"kind": kind.name, "field": leader, "x": entry.leader}, "leader")
    elif entry.leader and entry.leader not in (codes := [each.code for each in plan.leaders]):
        yield Problem("M08", {"kind": leader, "x": entry.leader, "known": _known(codes)}, "leader")
    elif not entry.leader and kind.leader == "required":
        yield Problem("M06", {"field": leader}, "leader")
    yield from _help(kind, entry)
    for count in plan.counts:
        if count.most is not None and entry.counts.get(count.id, 0) > count.most:
            values = {"name": count.name, "n": entry.counts[count.id], "most": count.most}
            yield Problem("M38", dict[str, object](values), f"counts.{count.id}")


def _help(kind: EntryKind, entry: LogEntry) -> Iterator[Problem]:
    """M50 and M06: the code and the day of help belong to the register of help, where planned help needs both; M176."""
    said = (("code", tr.phrase(N_("code")), entry.code), ("planned", tr.phrase(N_("planned day")), entry.planned))
    if kind.effect != HELP:
        for place, name, value in said:
            if value:
                yield Problem("M50", {"kind": kind.name, "field": name, "x": value}, place)
    elif not entry.code:
        yield Problem("M06", {"field": said[0][1]}, "code")
    elif entry.outcome == PLANNED and entry.planned is None:
        yield Problem("M176", {}, "planned")


def _attendance(plan: Plan, kind: EntryKind, entry: LogEntry) -> Iterator[Problem]:
    """V35: nobody takes part who was not expected. How many were must be said where anybody is accounted for."""
    if EXPECTED not in kind.group_counts:
        return
    for group, counts in entry.groups.items():
        accounted = sum(counts.get(name, 0) for name in _ACCOUNTED)
        if EXPECTED not in counts:
            if accounted:
                yield Problem("M06", {"field": _label(plan, EXPECTED)}, f"groups.{group}.{EXPECTED}")
        elif accounted > counts[EXPECTED]:
            values = {"s": accounted, "e": counts[EXPECTED], "cat": _group_name(plan, group)}
            yield Problem("V35", values, f"groups.{group}.{_ACCOUNTED[0]}")


def _members(plan: Plan, branch: Branch, entry: LogEntry) -> Iterator[Problem]:
    """V36: no more people than the group has at the branch, reached or out of reach. Counts of things may be more."""
    people = {EXPECTED, *_ACCOUNTED, "reached"}
    for step in plan.steps:
        people |= {step.count, step.unreachable} if step.kind is StepKind.COVERAGE else set()
    pairs = reach_rules(plan)
    for group, counts in entry.groups.items():
        members = branch.members.get(group, 0)
        beyond = [(_label(plan, name), name, counts[name]) for name in counts if name in people]
        for one, other in pairs.get(group, ()):
            if max(one_of := (counts.get(one, 0), counts.get(other, 0))) <= members:
                both = tr.phrase(N_("{a} and {b} together"), a=_label(plan, one), b=_label(plan, other))
                beyond.append((both, other, sum(one_of)))
        for label, name, number in beyond:
            if number > members:
                values: dict[str, object] = {
                    "name": label,
                    "e": number,
                    "code": branch.code,
                    "m": members,
                    "cat": _group_name(plan, group),
                }
                yield Problem("V36", values, f"groups.{group}.{name}")


def _busy(kind: EntryKind, branch: Branch, entry: LogEntry) -> Iterator[Problem]:
    """V25: people are called together on a day on which the branch has other work."""
    if not (kind.hours or kind.group_counts):
        return
    for busy in branch.busy:
        if busy.start <= entry.on <= busy.end:
            yield Problem("V25", {"date": entry.on, "label": busy.label, "code": branch.code}, "on")


def _texts(entry: LogEntry) -> Iterator[Problem]:
    """V14: no number that belongs to a person."""
    for field in ("case", "reference", "note", "role"):
        if holds_personal_number(getattr(entry, field)):
            yield Problem("V14", {}, field)
