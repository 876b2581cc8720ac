"""Cells as text for people and as values for programs: the same in every format."""

from datetime import date
from decimal import Decimal

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate, Table

DASH = "—"
"""A figure that does not exist."""


def shown(cell: Cell, lang: Lang) -> str:
    """The cell in words and digits; rates in per cent, without the sign, which stands in the heading."""
    match cell:
        case NoFigure():
            return DASH
        case Hidden():
            return cell.text(lang)
        case I18n():
            return cell.text(lang)
        case date():
            return cell.isoformat()
        case _:
            return str(number(cell))


def number(cell: Count | Rate | Points | Index) -> int | Decimal:
    """The figure as it is shown, exact: a whole number, or a decimal of so many digits."""
    match cell:
        case Count():
            return cell.value
        case Rate():
            return cell.percent
        case Points():
            return cell.points
        case Index():
            return cell.shown


def heading(table: Table, place: int, lang: Lang) -> str:
    """The heading of a column, with that over it."""
    column = table.columns[place]
    over = column.group.text(lang) if column.group else ""
    return f"{over} {column.heading.text(lang)}".strip()


def as_value(cell: Cell) -> object:
    """The cell for JSON: figures as numbers, days in ISO form, a hidden one as ``{"hidden": reason}``, none as null."""
    match cell:
        case NoFigure():
            return None
        case Hidden():
            return {"hidden": cell.reason}
        case I18n():
            return {"zh": cell.zh, "en": cell.en}
        case date():
            return cell.isoformat()
        case _:
            figure = number(cell)
            return figure if isinstance(figure, int) else float(figure)


def table_values(table: Table) -> dict[str, object]:
    """A table for JSON."""
    return {
        "number": table.number,
        "name": table.name,
        "title": as_value(table.title),
        "columns": [
            {"key": each.key, "heading": as_value(each.heading), "kind": each.kind.value} for each in table.columns
        ],
        "rows": [
            {column.key: as_value(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows
        ],
        "totals": table.totals,
        "notes": [as_value(note) for note in table.notes],
    }
