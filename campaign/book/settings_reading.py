"""Reading the sheet of the campaign's settings."""

from collections.abc import Mapping
from typing import Any

from campaign.book.cells import RowCells, as_text
from campaign.book.nesting import nested
from campaign.book.settings_sheet import ENGLISH, FIELD, LABEL, SETTING_ROWS, STAMP, STAMP_LABEL, VALUE, Setting
from campaign.book.tables import At, Found, Noticed, heading_places, read_cell
from campaign.book.writing import SETTINGS_SHEET
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.places import Keys
from campaign.texts import tr

_NULL = "remedial_threshold_pct"
"""The one setting that an empty cell switches off; with any other it stands for what is usual."""


def read_settings(found: Found, where: dict[Keys, At], noticed: Noticed) -> tuple[dict[str, Any], str]:
    """The table of the campaign, and the mark of the export."""
    head, places, whole = heading_places(found, SETTINGS_SHEET, noticed, needed=(VALUE, ENGLISH, FIELD))
    if not whole:
        return {}, ""
    values: dict[str, object] = {}
    stamp, known = "", set()
    for row in found.cells.rows:
        if row.number <= head:
            continue
        name = _named(row, places)
        setting = next((each for each in SETTING_ROWS if each.field == name), None)
        if name == STAMP:
            stamp = as_text(_cell(row, places[VALUE.field]))
        elif setting is not None and name not in known:
            known.add(name)
            values |= _read(found, row, setting, places, where, noticed)
        elif name:
            noticed.add(found.at(row.number, 1), "M124", x=name)
    for setting in SETTING_ROWS:
        if setting.field not in known:
            noticed.add(found.at(head, 1), "M122", column=tr.phrase(setting.label))
    return nested(values), stamp


def _cell(row: RowCells, number: int) -> Any:  # noqa: ANN401  # whatever stands there
    return row.cells[number - 1] if number <= len(row.cells) else None


def _named(row: RowCells, places: Mapping[str, int]) -> str:
    """The setting's field, or its label where that has been deleted; what stands there if it is neither."""
    field = as_text(_cell(row, places[FIELD.field]))
    if field in {STAMP, *(each.field for each in SETTING_ROWS)}:
        return field
    label = as_text(_cell(row, places[LABEL.field])) if LABEL.field in places else ""
    labels = {tightly_folded(tr(lang, each.label)): each.field for each in SETTING_ROWS for lang in Lang}
    labels |= {tightly_folded(tr(lang, STAMP_LABEL)): STAMP for lang in Lang}
    return labels.get(tightly_folded(label), field or label)


def _read(
    found: Found, row: RowCells, setting: Setting, places: Mapping[str, int], where: dict[Keys, At], noticed: Noticed
) -> dict[str, object]:
    """The values of one row by their dotted fields."""
    label = tr.phrase(setting.label)
    at = found.at(row.number, places[VALUE.field], label)
    path = ("campaign", *setting.field.split("."))
    where[path] = at
    for length in range(2, len(path)):
        where.setdefault(path[:length], at)
    value = read_cell(found, row, at.column, setting.column, {}, noticed, at)
    if not setting.both:
        if value is None and setting.field != _NULL:
            return {}
        return {setting.field: value}
    other = found.at(row.number, places[ENGLISH.field], label)
    english = read_cell(found, row, other.column, setting.column, {}, noticed, other)
    where[*path, "en"] = other
    if value is None and english is None:
        return {}
    return {setting.field: I18n(zh=str(value or ""), en=str(english or "")).model_dump()}
