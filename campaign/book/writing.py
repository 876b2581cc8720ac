"""A plan as sheets of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from campaign.book.cells import Cell, Column, as_text, written
from campaign.book.layout import CALENDAR, Sheet, sheets_of
from campaign.book.own_words import worded
from campaign.book.settings_sheet import (
    ABOUT,
    COLUMNS,
    SETTING_ROWS,
    SETTINGS,
    STAMP,
    STAMP_LABEL,
    STAMP_NOTE,
    Setting,
)
from campaign.language import Lang
from campaign.places import Keys
from campaign.plan import Plan
from campaign.texts import tr

SETTINGS_SHEET = Sheet("campaign", SETTINGS, ABOUT, COLUMNS, ("field",))


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row of a sheet."""

    path: Keys
    """Where it stands in the plan."""
    key: tuple[str, ...]
    """What tells it apart from the others of the sheet."""
    cells: tuple[Cell, ...]
    """One for each column."""
    value_column: Column | None = None
    """On the sheet of settings: how the value is written."""


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet with its rows."""

    sheet: Sheet
    rows: tuple[WrittenRow, ...]


def plan_sheets(plan: Plan, lang: Lang) -> tuple[WrittenSheet, ...]:
    """The whole plan; reading the sheets gives it again. Words of choices are in ``lang``."""
    document = plan.model_dump()
    sheets = sheets_of(
        [(group.id, group.name) for group in plan.member_groups], [(phase.id, phase.label) for phase in plan.phases]
    )
    writer = _Writer(plan, document, lang)
    sheets = tuple(worded(sheet, plan.campaign.words) for sheet in sheets)
    return (
        WrittenSheet(SETTINGS_SHEET, tuple(writer.settings())),
        *(WrittenSheet(sheet, tuple(writer.rows(sheet))) for sheet in sheets),
    )


def stamp_of(plan: Plan) -> str:
    """Twelve signs that differ for another plan."""
    rows = (
        (each.sheet.id, row.key, row.cells)
        for each in plan_sheets(plan.model_copy(update={"format": 1}), Lang.EN)
        for row in each.rows
        if row.key != (STAMP,)
    )
    return sha256(repr(list(rows)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


class _Writer:
    def __init__(self, plan: Plan, document: dict[str, Any], lang: Lang) -> None:
        self._plan, self._document, self._lang = plan, document, lang
        self._names = {
            "phases": {phase.id: phase.name for phase in plan.phases},
            "steps": {step.id: step.name for step in plan.steps},
        }

    def settings(self) -> Iterator[WrittenRow]:
        """One row a setting."""
        for setting in SETTING_ROWS:
            path = ("campaign", *setting.column.parts)
            value = value_at(self._document, path)
            column = setting.column
            zh, en = (value["zh"], value["en"]) if setting.both else (value, None)
            note = tr(self._lang, setting.note) if setting.note else None
            cells = (self._label(setting), written(zh, column, self._lang), written(en, column, self._lang), note)
            yield WrittenRow(path, (setting.field,), (*cells, setting.field), column)

    def rows(self, sheet: Sheet) -> Iterator[WrittenRow]:
        """The rows of any other sheet."""
        if sheet is CALENDAR:
            yield from self._calendar()
            return
        seen: dict[tuple[str, ...], int] = {}
        for path in self._paths(sheet.id):
            values = {column.field: self._value(column, path) for column in sheet.columns}
            key = tuple(as_text(written(values[field], sheet.column(field), Lang.EN)) for field in sheet.key)
            seen[key] = seen.get(key, 0) + 1
            key = (*key, f"#{seen[key]}") if seen[key] > 1 or len(sheet.key) < _least_key(sheet.id) else key
            cells = tuple(written(values[column.field], column, self._lang) for column in sheet.columns)
            yield WrittenRow(path, key, cells)

    def _label(self, setting: Setting) -> str:
        return tr(self._lang, setting.label)

    def _calendar(self) -> Iterator[WrittenRow]:
        days = [(day, what) for what in ("holidays", "extra_workdays") for day in self._document["calendar"][what]]
        for day, what in sorted(days):
            cells = (day, written(what, CALENDAR.column("what"), self._lang))
            yield WrittenRow(("calendar", what), (day.isoformat(), what), cells)

    def _paths(self, sheet_id: str) -> Iterator[Keys]:
        """Where in the plan the rows of a sheet stand."""
        section, _, name = sheet_id.partition(".")
        if section == "campaign":
            path: Keys = tuple(sheet_id.split("."))
            yield from ((*path, each) for each in range(len(value_at(self._document, path))))
            return
        for index, item in enumerate(self._document[section]):
            if section == "attributes":
                yield from ((section, index, "choices", each) for each in range(len(item["choices"])))
            elif name in ("", "members", "schedule"):
                yield (section, index)
            elif name in ("pauses", "changes"):
                for phase in (each.id for each in self._plan.phases if each.id in item["schedule"]):
                    count = len(item["schedule"][phase][name])
                    yield from ((section, index, "schedule", phase, name, each) for each in range(count))
            else:
                yield from ((section, index, name, each) for each in range(len(item[name])))

    def _value(self, column: Column, path: Keys) -> object:
        match column.field:
            case "@branch":
                return self._plan.branches[int(path[1])].label.text(self._lang)
            case "@phase":
                return path[3]
            case "@phase_name":
                return self._names["phases"][str(path[3])].text(self._lang)
            case "@step_name":
                name = self._names["steps"].get(value_at(self._document, (*path, "step")))
                return name.text(self._lang) if name else None
        owner = path[:2] if column.field.startswith("/") else path
        return value_at(self._document, (*owner, *column.parts))


def stamp_row(plan: Plan, lang: Lang) -> WrittenRow:
    """The row of settings that tells from which plan the workbook was written."""
    cells = (tr(lang, STAMP_LABEL), stamp_of(plan), None, tr(lang, STAMP_NOTE), STAMP)
    return WrittenRow((STAMP,), (STAMP,), cells)


def value_at(document: object, path: Keys) -> Any:  # noqa: ANN401  # whatever the plan holds there
    """What stands at ``path``; None if there is nothing."""
    for key in path:
        if isinstance(document, dict):
            document = document.get(key)
        elif isinstance(document, Sequence) and not isinstance(document, str) and isinstance(key, int):
            document = document[key]
        else:
            return None
    return document


def _least_key(sheet_id: str) -> int:
    """Rows that only their order tells apart are numbered from the first one on."""
    return {"branches.first_responsible": 2, "branches.changes": 3}.get(sheet_id, 1)
