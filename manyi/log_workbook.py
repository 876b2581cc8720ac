"""Lists of what happened, between the log and workbooks."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from campaign.book.log_reading import LogList, read_log_list, record_list
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, Listed
from campaign.log import LogEntry
from campaign.recording import Recorded
from campaign.texts import tr
from exports.paper.files import whole_file
from exports.workbook.log_book import log_workbook
from exports.workbook.reading import read_workbook
from manyi.paper_key import key_of
from manyi.wiring import House
from surveys.case_numbers import case_named


def write_template(house: House, path: Path, kind_id: str, branch: str | None, *, force: bool) -> None:
    """An empty list for a kind; BadInput M08, Refused M70, StoreError M40."""
    plan = house.plan
    kind = plan.kind(kind_id)
    if kind is None:
        known = Listed(tuple(each.id for each in plan.kinds))
        raise BadInput(Problem("M08", {"kind": tr.phrase(N_("kind of entry")), "x": kind_id, "known": known}))
    branches = plan.active_branches if branch is None else [house.branch(branch)]
    content = log_workbook(plan, kind, branches, house.settings.lang, house.today())
    with whole_file(path, force=force) as file:
        file.write(content)


def record_file(house: House, path: Path, role: str, *, confirmed: bool) -> tuple[LogList, Recorded]:
    """Record what stands in a list, all or nothing; raises as reading the workbook and recording do."""
    book = read_workbook(path)
    given = read_log_list(book, house.plan, house.today(), role, cache(house.phase_at_hand))
    given = replace(given, entries=tuple(_with_number(house, entry) for entry in given.entries))
    return given, record_list(house.store, given, house.today(), confirmed=confirmed)


def _with_number(house: House, entry: LogEntry) -> LogEntry:
    """The number of its case, however it was written; what is none stays: its cell is told if nobody knows it."""
    try:
        number = case_named(entry.case, lambda: key_of(house.settings.data, house.store))
    except (BadInput, Refused):
        return entry
    return entry.model_copy(update={"case": number})
