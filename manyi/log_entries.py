"""Log entries from what was typed: new ones, and what is to be different in one that is there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from campaign.errors import BadInput, Problem
from campaign.folding import id_typed
from campaign.language import N_, Listed
from campaign.log import LogEntry, Logged
from campaign.recording import parse_count, parse_hours
from campaign.typed import parse_help_code
from campaign.validation import findings_of
from manyi.paper_key import key_of
from manyi.texts import tr
from manyi.wiring import House
from surveys.case_numbers import case_named
from surveys.entry import clean_text

LIST_COMMAND = "manyi log list"
_SHOWN = 40
_PLAIN = ("kind", "phase", "outcome", "leader", "reference", "note", "role")


def new_entry(house: House, typed: Mapping[str, Any], today: date) -> LogEntry:
    """An entry from the options of ``manyi log add``; BadInput M07, M08, V06 where a field does not fit."""
    branch, day = house.branch(typed["branch"]).code, typed["day"] or today
    counts, groups = changed_counts({}, {}, typed["counts"])
    fields = {
        **{name: clean_text(typed[name]) for name in _PLAIN if typed[name] is not None},
        "branch": branch,
        "on": day,
        "counts": counts,
        "groups": groups,
        "hours": parse_hours(typed["hours"]) if typed["hours"] is not None else None,
        "code": parse_help_code(typed["code"]) if typed["code"] else "",
        "planned": typed["planned"],
        "attributes": changed_choices({}, typed["choices"]),
        "recorded_on": today,
        "case": _case(house, typed["case"] or ""),
    }
    if not fields.get("phase"):
        fields["phase"] = house.phase_at_hand(branch, day)
    return _entry(fields)


def changed_entry(house: House, seen: LogEntry, typed: Mapping[str, Any]) -> LogEntry:
    """``seen`` with what the options of ``manyi log correct`` say otherwise; an empty value takes it away.

    BadInput M07, M08, V06 where a field does not fit.
    """
    counts, groups = changed_counts(seen.counts, seen.groups, typed["counts"])
    fields: dict[str, object] = {
        **seen.model_dump(),
        "counts": counts,
        "groups": groups,
        "attributes": changed_choices(seen.attributes, typed["choices"]),
        **{name: clean_text(typed[name]) for name in _PLAIN if name != "role" and typed[name] is not None},
    }
    if typed["branch"] is not None:
        fields["branch"] = house.branch(typed["branch"]).code
    if typed["day"] is not None:
        fields["on"] = typed["day"]
    if typed["hours"] is not None:
        fields["hours"] = parse_hours(typed["hours"]) if typed["hours"].strip() else None
    if typed["code"] is not None:
        fields["code"] = parse_help_code(typed["code"]) if typed["code"].strip() else ""
    if typed["planned"] is not None:
        fields["planned"] = typed["planned"]
    if typed["case"] is not None:
        fields["case"] = _case(house, typed["case"])
    return _entry(fields)


def logged_entry(house: House, typed: str) -> Logged:
    """The entry with the number that was typed; BadInput V06 if it is no number, M99 if there is no such entry."""
    number = parse_count(typed)
    found = next((each for each in house.store.logged() if each.number == number), None)
    if found is None:
        values = {"kind": tr.phrase(N_("log entry")), "x": number, "command": LIST_COMMAND}
        raise BadInput(Problem("M99", values, "number"))
    return found


def wanted_entries(house: House, wanted: Mapping[str, Any]) -> Sequence[Logged]:
    """The entries that the options of ``manyi log list`` let through; BadInput M08 for what the plan does not know."""
    plan = house.plan
    branch, kind, phase = (clean_text(wanted[name] or "") for name in ("branch", "kind", "phase"))
    if branch:
        branch = house.branch(branch).code
    known = {
        "kind": (kind, tr.phrase(N_("kind of entry")), [each.id for each in plan.kinds]),
        "phase": (phase, plan.campaign.words.phase, [each.id for each in plan.phases]),
    }
    problems = [
        Problem("M08", {"kind": what, "x": typed, "known": Listed(tuple(ids))}, place)
        for place, (typed, what, ids) in known.items()
        if typed and typed not in ids
    ]
    if problems:
        raise BadInput(*problems)
    first, last = wanted["first"] or date.min, wanted["last"] or date.max
    return [
        each
        for each in house.store.logged(branch or None)
        if kind in ("", each.entry.kind) and phase in ("", each.entry.phase) and first <= each.entry.on <= last
    ]


def changed_counts(
    own: Mapping[str, int], groups: Mapping[str, Mapping[str, int]], pairs: Sequence[str]
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Counts with those that ``NAME=3`` and ``GROUP.NAME=3`` say otherwise; ``NAME=`` takes one away."""
    new, by_group = dict(own), {group: dict(counts) for group, counts in groups.items()}
    for pair in pairs:
        name, number = _pair(pair, tr.phrase(N_("write NAME=3 or GROUP.NAME=3")))
        group, dot, count = name.partition(".")
        counts = by_group.setdefault(group, {}) if dot else new
        if number:
            counts[count if dot else name] = parse_count(number)
        else:
            counts.pop(count if dot else name, None)
    return new, {group: counts for group, counts in by_group.items() if counts}


def changed_choices(chosen: Mapping[str, str], pairs: Sequence[str]) -> dict[str, str]:
    """Choices with those that ``NAME=CHOICE`` says otherwise; ``NAME=`` takes one away."""
    new = dict(chosen)
    for pair in pairs:
        name, choice = _pair(pair, tr.phrase(N_("write NAME=CHOICE")))
        if choice:
            new[name] = choice
        else:
            new.pop(name, None)
    return new


def _pair(text: str, wanted: object) -> tuple[str, str]:
    """What stands before and behind the equals sign, also a full-width one; BadInput M07 without one."""
    name, sign, value = text.replace("＝", "=").partition("=")
    if not (sign and name.strip()):
        raise BadInput(Problem("M07", {"value": text[:_SHOWN], "why": wanted}))
    return id_typed(clean_text(name)), id_typed(clean_text(value))


def _case(house: House, typed: str) -> str:
    """The case that was typed or scanned; BadInput V70, Refused V72."""
    return case_named(clean_text(typed), lambda: key_of(house.settings.data, house.store))


def _entry(fields: Mapping[str, object]) -> LogEntry:
    """A log entry; BadInput M07 where a field does not fit."""
    try:
        return LogEntry.model_validate(fields)
    except ValidationError as error:
        found = findings_of(error, LogEntry, ())
        raise BadInput(*(Problem(each.code, each.values, ".".join(map(str, each.path))) for each in found)) from None
