"""Opinions that come in beside the surveys: from a box, a meeting, the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom

from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText, Listed
from campaign.log import LogEntry
from campaign.plan import EntryKind, Obligation, Plan
from campaign.recording import record
from surveys.entry import MAX_TEXT, clean_text
from surveys.ports import Store
from surveys.redaction import is_clean
from surveys.register.desk import Because, keep, new_numbers
from surveys.register.model import SOURCES, Heard, Register
from surveys.texts import tr

COUNT = "opinions"
"""The count of log entries that says how many opinions came in."""
CHANNEL, SOURCE = "channel", "source"
"""Attributes of log entries."""


@dataclass(frozen=True, slots=True)
class Round:
    """Opinions that were asked for at a branch on a day; none is a result too."""

    branch: str
    phase: str
    on: date
    channel: str
    source: str
    texts: Sequence[str]
    role: str


@dataclass(frozen=True, slots=True)
class Added:
    """What was kept."""

    numbers: Sequence[int]
    """Of the opinions, sorted: their order tells nothing."""
    entry: LogEntry | None
    """The log entry of the round, if there was none before."""
    warnings: Sequence[Problem]


def add_round(store: Store, plan: Plan, asked: Round, today: date) -> Added:
    """Keep opinions, and enter the round into the log unless it is there: then the numbers should agree.

    BadInput M06, M08, V30, V64 with the line's number as ``#2``; warnings V14 and M143. All or nothing.
    """
    texts = [clean_text(text) for text in asked.texts]
    problems = round_problems(plan, asked, today)
    if errors := [each for each in problems if each.refuses]:
        raise BadInput(*errors)
    kept = SystemRandom().sample([text for text in texts if text], sum(map(bool, texts)))
    with store.transaction():
        before = store.register()
        numbers = new_numbers(before, len(kept))
        heard = {number: _heard(asked, number, text) for number, text in zip(numbers, kept, strict=True)}
        after = Register({**before.heard, **heard}, before.items)
        keep(store, before, after, Because(asked.role, today))
        entry, found = _logged(store, plan, asked, after, len(kept), today)
    warnings = [each for each in problems if not each.refuses]
    return Added(sorted(numbers), entry, [*warnings, *found])


def round_problems(plan: Plan, asked: Round, today: date) -> list[Problem]:
    """Everything that is wrong with a round or odd about it."""
    channels = tuple(each.id for each in plan.campaign.opinions.channels)
    branches = tuple(branch.code for branch in plan.active_branches)
    known: list[tuple[str, HasText, str, tuple[str, ...]]] = [
        ("branch", plan.campaign.words.branch, asked.branch, branches),
        (CHANNEL, tr.phrase(N_("channel")), asked.channel, channels),
        (SOURCE, tr.phrase(N_("source")), asked.source, SOURCES),
    ]
    problems = [
        Problem("M08", {"kind": name, "x": value, "known": Listed(ids)}, place)
        for place, name, value, ids in known
        if value not in ids
    ]
    first, last = plan.campaign.start_date, min(today, plan.campaign.end_date)
    if not first <= asked.on <= last:
        problems.append(Problem("V30", {"d": asked.on, "a": first, "b": last}, "on"))
    if not asked.role.strip():
        problems.append(Problem("M06", {"field": tr.phrase(N_("role"))}, "role"))
    for at, text in enumerate(asked.texts, 1):
        place = f"#{at}" if len(asked.texts) > 1 else "text"
        if (length := len(clean_text(text))) > MAX_TEXT:
            problems.append(Problem("V64", {"m": length, "n": MAX_TEXT}, place))
        elif not is_clean(text):
            problems.append(Problem("V14", {}, place))
    return problems


def round_kind(plan: Plan) -> EntryKind | None:
    """The kind of log entry by which opinions are asked for."""
    return next((kind for kind in plan.kinds if kind.obligation is Obligation.ASK and COUNT in kind.counts), None)


def _heard(asked: Round, number: int, text: str) -> Heard:
    return Heard.model_validate(
        {
            "number": number,
            "branch": asked.branch,
            "source": asked.source,
            "channel": asked.channel,
            "received_on": asked.on,
            "text": text,
        }
    )


def _logged(
    store: Store, plan: Plan, asked: Round, register: Register, count: int, today: date
) -> tuple[LogEntry | None, list[Problem]]:
    """The new entry of the round, or M143 where the log says of that day that another number came in."""
    kind = round_kind(plan)
    if kind is None:
        return None, []
    that_day = [each for each in store.entries(asked.branch) if each.kind == kind.id and each.on == asked.on]
    rounds = [each for each in that_day if each.attributes.get(CHANNEL, asked.channel) == asked.channel]
    if not rounds:
        entry = _entry(plan, kind, asked, count, today)
        return entry, record(store, [entry], today, confirmed=True)
    said = sum(entry.counts.get(COUNT, 0) for entry in rounds)
    there = sum(
        (each.branch, each.received_on, each.channel) == (asked.branch, asked.on, asked.channel)
        for each in register.heard.values()
    )
    return None, [] if said == there else [Problem("M143", {"n": said, "m": there, "d": asked.on})]


def _entry(plan: Plan, kind: EntryKind, asked: Round, count: int, today: date) -> LogEntry:
    """The log entry that says that opinions were asked for, and how many came."""
    attributes = {}
    for name, value in ((CHANNEL, asked.channel), (SOURCE, asked.source)):
        known = plan.attribute(name) if name in kind.attributes else None
        if known is not None and value in {choice.id for choice in known.choices}:
            attributes[name] = value
    return LogEntry(
        kind=kind.id,
        branch=asked.branch,
        phase=asked.phase,
        on=asked.on,
        counts={name: count if name == COUNT else 0 for name in kind.counts},
        attributes=attributes,
        role=asked.role,
        recorded_on=today,
    )
