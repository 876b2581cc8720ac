"""Recording a list of what happened: every problem by its cell, all entries or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from campaign.book.cells import SheetCells
from campaign.book.layout import Sheet
from campaign.book.log_sheet import ABOUT, TITLE, is_prefilled, key_columns, log_sheet
from campaign.book.nesting import nested
from campaign.book.tables import At, Found, Noticed, TableRow, read_table
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.ports import CampaignStore
from campaign.recording import Recorded, check_entry, record_numbered
from campaign.rules import Severity
from campaign.texts import tr
from campaign.validation import findings_of


@dataclass(frozen=True, slots=True)
class LogList:
    """The entries of a list, and where each stands."""

    entries: tuple[LogEntry, ...]
    rows: tuple[TableRow, ...]
    """One for each entry."""
    left_alone: int
    """Rows of a template that nobody filled in."""
    warnings: tuple[Problem, ...]

    def at(self, number: int, field: str) -> At:
        """The cell of a field of an entry, counted from 1; the row's first one where it has none."""
        return _cell(self.rows[number - 1], field)


def read_log_list(
    book: Sequence[SheetCells], plan: Plan, today: date, role: str, phase_of: Callable[[str, date], str]
) -> LogList:
    """The entries of the sheet that has the headings of a list.

    ``phase_of``: the phase that a branch was in on a day. Raises BadInput with every problem of every row and its cell:
    M121 to M123, M125, M05 to M07, V06, and all that :func:`campaign.recording.check_entry` finds.
    """
    noticed = Noticed()
    found, sheet = _list_in(book, plan)
    rows = read_table(found, sheet, {}, noticed)
    if rows is None:
        raise BadInput(*(problem for _, problem in noticed.problems))
    wanted = [row for row in rows if not all(map(is_prefilled, row.values))]
    entries: list[LogEntry] = []
    problems = list(noticed.problems)
    for row in wanted:
        entry = _entry(row, plan, today, role, phase_of, noticed, problems)
        if entry is not None:
            entries.append(entry)
            problems += [_placed(row, each) for each in check_entry(plan, entry, today)]
    if not wanted:
        problems.append((0, Problem("M06", {"field": tr.phrase(N_("a row that is filled in"))}, found.at(1, 1).place)))
    in_order = [problem for _, problem in sorted(problems, key=lambda each: each[0])]
    if any(each.rule.severity is Severity.ERROR for each in in_order):
        raise BadInput(*sorted(in_order, key=lambda each: not each.refuses))
    warnings = tuple(problem for _, problem in noticed.problems)
    return LogList(tuple(entries), tuple(wanted), len(rows) - len(wanted), warnings)


def record_list(store: CampaignStore, given: LogList, today: date, *, confirmed: bool) -> Recorded:
    """Keep the entries of a list, all or none.

    Raises as :func:`campaign.recording.record_numbered`, each problem at its cell; Refused M126 too, unless
    ``confirmed``, for entries that are in the log already.
    """
    with store.transaction():
        problems: tuple[Problem, ...] = ()
        if not confirmed:
            known = {_same(each.entry): each.number for each in store.logged()}
            problems = tuple(
                Problem("M126", {"n": known[_same(entry)]}, row.at.place)
                for entry, row in zip(given.entries, given.rows, strict=True)
                if _same(entry) in known
            )
        try:
            done = record_numbered(
                store,
                given.entries,
                today,
                confirmed=confirmed,
                placed=lambda number, field, _: given.at(number, field).place,
            )
        except Refused as refused:
            raise Refused(*refused.problems, *problems) from None
        if problems:
            raise Refused(*problems)
    return done


def _list_in(book: Sequence[SheetCells], plan: Plan) -> tuple[Found, Sheet]:
    """The first sheet with the headings of a list, and its columns, by the kinds that stand in it. BadInput M121."""
    keys = Sheet("log", TITLE, ABOUT, key_columns(plan))
    for number, each in enumerate(book):
        found = Found(each, number)
        rows = read_table(found, keys, {}, Noticed())
        if rows is not None:
            named = {row.values.get("kind") for row in rows}
            return found, log_sheet(plan, [kind for kind in plan.kinds if kind.id in named])
    raise BadInput(Problem("M121", {"sheet": tr.phrase(TITLE)}))


def _entry(
    row: TableRow,
    plan: Plan,
    today: date,
    role: str,
    phase_of: Callable[[str, date], str],
    noticed: Noticed,
    problems: list[tuple[int, Problem]],
) -> LogEntry | None:
    """The entry of one row; None, and its problems, if it is none."""
    values: dict[str, object] = {**row.values, "recorded_on": today, "role": role}
    if "phase" not in values and isinstance(branch := values.get("branch"), str):
        known, day = plan.branch(branch), values.get("on")
        on = day if isinstance(day, date) else today
        values["phase"] = phase_of(branch, on) if known is not None and known.active else plan.phases[0].id
    try:
        return LogEntry.model_validate(nested(values))
    except ValidationError as error:
        for found in findings_of(error, LogEntry, ()):
            at = _cell(row, ".".join(map(str, found.path)))
            if at in noticed.cells or (found.path == ("phase",) and "phase" not in row.values):
                continue
            said = dict(found.values) | ({"field": at.heading} if found.code == "M06" and at.heading else {})
            problems.append((at.order, Problem(found.code, said, at.place)))
        return None


def _placed(row: TableRow, problem: Problem) -> tuple[int, Problem]:
    at = _cell(row, problem.place)
    return at.order, Problem(problem.code, problem.values, at.place)


def _cell(row: TableRow, field: str) -> At:
    """The cell of a field, or of the first one inside it."""
    inside = (at for name, at in row.cells.items() if name.startswith(f"{field}."))
    return row.cells.get(field) or next(inside, row.at)


def _same(entry: LogEntry) -> str:
    """What two entries of the same thing have in common: all but who recorded it, and when."""
    said: Mapping[str, object] = entry.model_dump(exclude={"recorded_on", "role"})
    return repr(sorted((name, _sorted(value)) for name, value in said.items()))


def _sorted(value: object) -> object:
    return sorted((key, _sorted(each)) for key, each in value.items()) if isinstance(value, dict) else value
