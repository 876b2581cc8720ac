"""From the sheets of a workbook to a plan: the same tables as a campaign file, checked by the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaign.book.branch_rows import BranchRows
from campaign.book.cells import SheetCells
from campaign.book.guide import is_guide
from campaign.book.layout import (
    ATTRIBUTES,
    BRANCHES,
    CALENDAR,
    DEFINITIONS,
    OF_BRANCHES,
    OF_CAMPAIGN,
    OF_PHASES,
    Sheet,
    members_sheet,
    schedule_sheet,
)
from campaign.book.nesting import nested, register
from campaign.book.settings_reading import read_settings
from campaign.book.tables import At, Found, Noticed, TableRow, find_sheet, read_table
from campaign.book.writing import SETTINGS_SHEET
from campaign.draft import Finding
from campaign.errors import BadInput, Problem
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import N_
from campaign.loading import examined, plan_of
from campaign.places import Keys
from campaign.plan import Plan
from campaign.texts import tr

_STRUCTURE = {"M121", "M122", "M123"}
_OF_ONE_CELL = {"M07", "M124", "M125", "V06"}
"""What is wrong in a cell by itself, also while a sheet or column is missing: anything else may come of that."""
_ON_SHEETS = {"total": members_sheet(()).title, "schedule": schedule_sheet(()).title}
"""Fields of a branch that stand on a sheet of their own: its title, for a branch that has no row there."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where each part of the plan stands in the workbook."""

    cells: dict[Keys, At]

    def at(self, path: Keys) -> At | None:
        """The cell of ``path``, or of what encloses it."""
        return next((self.cells[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.cells), None)


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A plan without mistakes, and its workbook."""

    plan: Plan
    warnings: tuple[Problem, ...]
    where: Where
    stamp: str
    """From which plan the workbook was written; empty if that is not known."""


def read_plan(book: Sequence[SheetCells]) -> BookPlan:
    """The plan that the sheets hold.

    Raises BadInput with every problem, each with its sheet and cell: M121 to M123 missing sheets and columns, M125
    cells that cannot be taken as they are, and all of :func:`campaign.loading.parse_plan` but M04 and M05.
    """
    reader = _Reader(book)
    reader.read()
    noticed, where = reader.noticed, Where(reader.where)
    draft, findings = examined(reader.document)
    problems = [*noticed.problems, *(_problem(each, where) for each in findings if not _is_said(each, where, noticed))]
    if any(problem.code in _STRUCTURE for _, problem in problems):
        problems = [each for each in problems if each[1].code in _STRUCTURE | _OF_ONE_CELL]
    if any(problem.refuses for _, problem in problems):
        raise _all_of(problems)
    warnings = tuple(problem for _, problem in sorted(problems, key=lambda each: each[0]))
    return BookPlan(plan_of(draft), warnings, where, reader.stamp)


def _all_of(problems: Sequence[tuple[int, Problem]]) -> BadInput:
    """Errors in the order of the workbook, then warnings."""
    in_order = [problem for _, problem in sorted(problems, key=lambda each: each[0])]
    return BadInput(*sorted(in_order, key=lambda problem: not problem.refuses))


def _is_said(finding: Finding, where: Where, noticed: Noticed) -> bool:
    return where.at(finding.path) in noticed.cells


def _problem(finding: Finding, where: Where) -> tuple[int, Problem]:
    """The finding at its cell; a missing field is called by its heading."""
    path, values = finding.path, dict(finding.values)
    named = str(values.get("field", values.get("what", "")))
    if finding.code == "M06" and (inner := (*path, named.rpartition(".")[2])) in where.cells:
        path = inner  # a phase without days: its own cells, not those of the whole schedule
    at = where.at(path)
    if at is None:
        return 0, Problem(finding.code, values)
    if finding.code == "M06" and path not in where.cells and named in _ON_SHEETS:
        values["field"] = tr.phrase(_ON_SHEETS[named])
    elif finding.code == "M06" and named == "schedule":  # its row is there, known by its code, and holds no day
        values["field"] = tr.phrase(N_("the days of its phases"))
    elif at.heading is not None and path in where.cells:
        values |= {name: at.heading for name in ("field", "what") if name in values and finding.code in {"M06", "M16"}}
    return at.order, Problem(finding.code, values, at.place)


class _Reader:
    def __init__(self, book: Sequence[SheetCells]) -> None:
        self.noticed = Noticed()
        self.where: dict[Keys, At] = {}
        self.document: dict[str, Any] = {}
        self.stamp = ""
        self._book = book
        self._names: dict[str, dict[str, str]] = {}
        self._used: set[int] = set()

    def read(self) -> None:
        """Everything, in an order in which what is referred to is known."""
        self._settings()
        for sheet in OF_CAMPAIGN:
            self._listed(sheet)
        for sheet in DEFINITIONS:
            self._items(sheet)
        self._attributes()
        self._items(BRANCHES)
        self._calendar()
        rows = BranchRows(self.document, self.where, self.noticed)
        named = {
            section: [(str(each.get("id", "")), I18n(**each.get("name", {}))) for each in self.document[section]]
            for section in ("member_groups", "phases")
        }
        members, schedule = members_sheet(named["member_groups"]), schedule_sheet(named["phases"])
        for sheet in (members, schedule):
            rows.once_each(sheet, self._table(sheet))
        for sheet in OF_BRANCHES:
            rows.lists(sheet, self._table(sheet))
        for sheet in OF_PHASES:
            rows.of_phases(sheet, self._table(sheet))
        self._unknown_sheets()

    def _settings(self) -> None:
        found = self._find(SETTINGS_SHEET)
        if found is not None:
            campaign, self.stamp = read_settings(found, self.where, self.noticed)
            self.document["campaign"] = campaign

    def _find(self, sheet: Sheet) -> Found | None:
        found = find_sheet(self._book, sheet)
        if found is None:
            self.noticed.problems.append((0, Problem("M121", {"sheet": tr.phrase(sheet.title)})))
        else:
            self._used.add(found.number)
            section = sheet.id.partition(".")[0]
            self.where.setdefault((section,), found.at(1, 1))
        return found

    def _table(self, sheet: Sheet) -> list[TableRow]:
        found = self._find(sheet)
        rows = read_table(found, sheet, self._names, self.noticed) if found is not None else None
        return rows or []

    def _items(self, sheet: Sheet) -> None:
        """A sheet with one row an item of its section."""
        items = self.document[sheet.id] = []
        for row in self._table(sheet):
            items.append(nested(row.values))
            register(self.where, row, (sheet.id, len(items) - 1))
        self._know(sheet.id)

    def _listed(self, sheet: Sheet) -> None:
        """A sheet with one row an item of a list among the settings."""
        found = self._find(sheet)
        rows = read_table(found, sheet, self._names, self.noticed) if found is not None else None
        if rows is None:
            return
        *outer, name = sheet.id.split(".")
        table = self.document
        for key in outer:
            table = table.setdefault(key, {})
        items = table[name] = []
        for row in rows:
            items.append(nested(row.values))
            register(self.where, row, (*outer, name, len(items) - 1))

    def _attributes(self) -> None:
        attributes: list[dict[str, Any]] = []
        index: dict[object, int] = {}
        self.document["attributes"] = attributes
        for row in self._table(ATTRIBUTES):
            own = nested({name[1:]: value for name, value in row.values.items() if name.startswith("/")})
            choice = nested({name: value for name, value in row.values.items() if not name.startswith("/")})
            place = index.setdefault(own.get("id"), len(attributes))
            if place == len(attributes):
                attributes.append({**own, "choices": []})
                register(self.where, row, ("attributes", place), owner=True)
            attributes[place]["choices"].append(choice)
            register(self.where, row, ("attributes", place, "choices", len(attributes[place]["choices"]) - 1))
        self._know("attributes")

    def _calendar(self) -> None:
        calendar: dict[str, list[object]] = {"holidays": [], "extra_workdays": []}
        self.document["calendar"] = calendar
        for row in self._table(CALENDAR):
            for field in ("day", "what"):
                if field not in row.values:
                    at = row.cells[field]
                    self.noticed.wrong(at, "M06", field=at.heading)
            what = row.values.get("what")
            if isinstance(what, str) and "day" in row.values:
                calendar[what].append(row.values["day"])
                self.where["calendar", what, len(calendar[what]) - 1] = row.cells["day"]
                self.where["calendar", what] = row.cells["day"]

    def _know(self, section: str) -> None:
        """What may be written for each id of the section: the id, or a name that no other has."""
        names: dict[str, str] = {}
        twice: set[str] = set()
        field = "code" if section in ("leaders", "branches") else "id"
        items = [item for item in self.document[section] if isinstance(item.get(field), str)]
        for item in items:
            name = item.get("role" if section == "leaders" else "name", {})
            for text in {tightly_folded(str(each)) for each in name.values()} if isinstance(name, dict) else ():
                twice |= {text} & names.keys()
                names[text] = item[field]
        self._names[section] = {name: code for name, code in names.items() if name not in twice}
        self._names[section] |= {tightly_folded(item[field]): item[field] for item in items}

    def _unknown_sheets(self) -> None:
        """Sheets that people have added for themselves; the first sheet of an export explains the others."""
        for number, sheet in enumerate(self._book):
            if number not in self._used and sheet.rows and not is_guide(sheet.title):
                self.noticed.add(At(number, sheet.title, 1, 1), "M124", x=sheet.title)
