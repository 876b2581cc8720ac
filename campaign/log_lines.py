"""Log entries as text: one JSON object a line (JSON Lines, UTF-8).

Only what an entry says is written; days are ``2026-11-23``, hours have one decimal place.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from campaign.errors import BadInput, Problem
from campaign.language import N_
from campaign.log import LogEntry
from campaign.places import line_place, written
from campaign.reading import read_text
from campaign.texts import tr
from campaign.validation import findings_of, shown


def dump_log(entries: Iterable[LogEntry]) -> str:
    """The entries in their order, one a line."""
    return "".join(f"{json.dumps(_written(entry), ensure_ascii=False)}\n" for entry in entries)


def load_log(path: Path) -> list[LogEntry]:
    """Read the entries of a file. Raises BadInput: M03 if it cannot be read, otherwise as :func:`parse_log`."""
    return parse_log(read_text(path))


def parse_log(text: str) -> list[LogEntry]:
    """Read entries, one a line; empty lines are passed over.

    Raises BadInput with every problem and its line: M67 no JSON object, M05 to M07 and V06 wrong fields. Whether the
    entries fit a plan is not looked at.
    """
    entries: list[LogEntry] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            _read(line, number, entries, problems)
    if problems:
        raise BadInput(*problems)
    return entries


def _read(line: str, number: int, entries: list[LogEntry], problems: list[Problem]) -> None:
    """Append what the line holds: an entry, or its problems."""
    where = line_place(number)
    try:
        raw = json.loads(line, parse_float=Decimal)
    except json.JSONDecodeError as error:
        problems.append(
            Problem("M67", {"why": tr.phrase(N_("it is no JSON from column {column} on"), column=error.colno)}, where)
        )
        return
    except (ValueError, ArithmeticError, RecursionError):
        problems.append(Problem("M67", {"why": tr.phrase(N_("a number or a bracket goes too far"))}, where))
        return
    if not isinstance(raw, dict):
        problems.append(Problem("M67", {"why": shown(line)}, where))
        return
    try:
        entries.append(LogEntry.model_validate(raw))
    except ValidationError as error:
        problems += [
            Problem(found.code, found.values, line_place(number, written(found.path, raw)))
            for found in findings_of(error, LogEntry, ())
        ]


def _written(entry: LogEntry) -> dict[str, object]:
    """The fields that say something; hours as a number."""
    fields = entry.model_dump(mode="json", exclude_defaults=True)
    if entry.hours is not None:
        whole = entry.hours == entry.hours.to_integral_value()
        fields["hours"] = int(entry.hours) if whole else float(entry.hours)
    return fields
