"""What differs between two plans, cell by cell, as people see them in the workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaign.book.cells import Cell, shown
from campaign.book.layout import CALENDAR, CHANGES, OF_CAMPAIGN, Sheet
from campaign.book.settings_sheet import ENGLISH, VALUE
from campaign.book.writing import SETTINGS_SHEET, WrittenRow, WrittenSheet, plan_sheets
from campaign.language import N_, Lang
from campaign.places import Keys
from campaign.plan import Plan
from campaign.texts import tr

ENTITIES = {
    "member_groups": "group",
    "phases": "phase",
    "steps": "step",
    "branch_types": "type",
    "counts": "count",
    "attributes": "attribute",
    "outcomes": "outcome",
    "kinds": "kind",
    "leaders": "leader",
    "surveys": "survey",
    "branches": "branch",
    "calendar": "calendar",
    "campaign": "campaign",
}
"""What the audit calls an item of each section."""
_ORDER = N_("order of the rows")


class How(StrEnum):
    """What happens to a cell or row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    how: How
    sheet: str
    """The sheet's title."""
    row: str
    """What the row is about."""
    column: str
    """The heading; empty for a whole row."""
    old: str
    new: str
    path: Keys
    """Where it stands in the new plan; of a removed row, its section alone."""
    entity: str
    """As the audit names it."""
    field: str


def changes_between(old: Plan, new: Plan, lang: Lang) -> list[Change]:
    """Everything that differs but the record of moved days, in the order of the workbook; words in ``lang``."""
    before = {each.sheet.id: each for each in plan_sheets(old, lang)}
    found: list[Change] = []
    for after in plan_sheets(new, lang):
        if after.sheet.id != CHANGES.id:
            found += _of_sheet(before[after.sheet.id], after, lang)
    return found


def _of_sheet(before: WrittenSheet, after: WrittenSheet, lang: Lang) -> Iterator[Change]:
    old, new = ({row.key: row for row in each.rows} for each in (before, after))
    named = _Named(after.sheet, lang)
    for key, row in new.items():
        if key not in old:
            yield named.whole(How.ADDED, row, _summed_up(after.sheet, row, lang))
        else:
            yield from _of_row(before.sheet, old[key], after.sheet, row, named)
    for key, row in old.items():
        if key not in new:
            yield named.whole(How.REMOVED, row, _summed_up(before.sheet, row, lang))
    if "." not in after.sheet.id or after.sheet in OF_CAMPAIGN:
        common = [[key for key in rows if key in old and key in new] for rows in (old, new)]
        if common[0] != common[1]:
            yield named.order(common)


def _of_row(old_sheet: Sheet, old: WrittenRow, sheet: Sheet, new: WrittenRow, named: "_Named") -> Iterator[Change]:
    """Cells of columns that only one of the plans has count as empty in the other."""
    before = _cells(old_sheet, old)
    after = _cells(sheet, new)
    columns = {column.field: column for column in (*old_sheet.columns, *sheet.columns) if not column.info}
    for field, column in columns.items():
        if sheet is SETTINGS_SHEET and field not in (VALUE.field, ENGLISH.field):
            continue
        if before.get(field) != after.get(field):
            yield named.cell(new, field, column.heading.text(named.lang), before.get(field), after.get(field))


def _cells(sheet: Sheet, row: WrittenRow) -> Mapping[str, Cell]:
    return {column.field: cell for column, cell in zip(sheet.columns, row.cells, strict=True)}


def _summed_up(sheet: Sheet, row: WrittenRow, lang: Lang) -> str:
    """What stands in a row, heading by heading."""
    said = [
        f"{column.heading.text(lang)} {shown(cell, lang)}"
        for column, cell in zip(sheet.columns, row.cells, strict=True)
        if cell is not None and not column.info
    ]
    return ("；" if lang is Lang.ZH else "; ").join(said)


@dataclass(frozen=True, slots=True)
class _Named:
    """Makes changes of one sheet."""

    sheet: Sheet
    lang: Lang

    def whole(self, how: How, row: WrittenRow, said: str) -> Change:
        """A row that is new, or gone."""
        added = how is How.ADDED
        old, new = ("", said) if added else (said, "")
        path = row.path if added else row.path[:1]
        return self._change(how, row, "", old, new, path, self._field(row, ""))

    def cell(self, row: WrittenRow, field: str, heading: str, old: Cell, new: Cell) -> Change:
        """Another value."""
        path: Keys = (*(row.path[:2] if field.startswith("/") else row.path), *field.lstrip("/").split("."))
        column = heading
        if self.sheet is SETTINGS_SHEET:
            path = row.path if field == VALUE.field else (*row.path, "en")
            column = "" if field == VALUE.field else heading
        said = shown(old, self.lang), shown(new, self.lang)
        return self._change(How.CHANGED, row, column, *said, path, self._field(row, field))

    def order(self, keys: Sequence[Sequence[tuple[str, ...]]]) -> Change:
        """The same rows, in another order."""
        old, new = (" ".join("·".join(key) for key in each) for each in keys)
        section, title = self.sheet.id.partition(".")[0], tr(self.lang, self.sheet.title)
        said = tr(self.lang, _ORDER)
        return Change(How.ORDER, title, said, "", old, new, (section,), ENTITIES[section], "order")

    def _change(
        self, how: How, row: WrittenRow, column: str, old: str, new: str, path: Keys, field: str
    ) -> Change:  # the parts of a change
        title = tr(self.lang, self.sheet.title)
        section = str(row.path[0])
        key = row.key[0] if section not in ("calendar", "campaign") else ""
        return Change(how, title, self._label(row), column, old, new, path, f"{ENTITIES[section]} {key}".strip(), field)

    def _label(self, row: WrittenRow) -> str:
        if self.sheet is SETTINGS_SHEET or self.sheet is CALENDAR:
            return shown(row.cells[0], self.lang)
        names = [cell for column, cell in zip(self.sheet.columns, row.cells, strict=True) if column.field == "@branch"]
        return " ".join(str(part) for part in (row.key[0], *names, *row.key[1:]))

    def _field(self, row: WrittenRow, field: str) -> str:
        if self.sheet is SETTINGS_SHEET:
            return row.key[0] if field == VALUE.field else f"{row.key[0]}.en"
        name = self.sheet.id.partition(".")[2]
        inner = "" if name in ("members", "schedule") else name
        own = row.key if str(row.path[0]) in ("calendar", "campaign") else row.key[1:]
        return ".".join(part for part in (inner, *own, field.lstrip("/@")) if part) or "all"
