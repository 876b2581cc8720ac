"""Cells as text for people and as values for programs: the same in every format."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.cells import Cell, Column, ColumnKind, Count, Hidden, Index, NoFigure, Points, Rate, Table
from exports.texts import tr
from surveys.hiding import GROUPS
from surveys.suppression import ALIKE

DASH = "—"
"""A figure that does not exist."""
NO_FIGURES = (ColumnKind.TEXT, ColumnKind.DATE)
"""Columns that say what the figures of a row are about."""
_MARKS = {ALIKE: N_("alike"), GROUPS: N_("groups")}
"""Marked for translation: short, as it stands in a narrow column; what it means stands below the table."""
NUMBERING = "no"
"""Column of running numbers, which are no figures."""


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


def mark(hidden: Hidden, lang: Lang) -> str:
    """Why a figure is hidden, in a word."""
    known = _MARKS.get(hidden.reason)
    return tr(lang, known) if known else hidden.reason


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


def headings(table: Table, lang: Lang) -> list[str]:
    """The headings of all columns, each with that over it; those that are alike, as of units of one name, with keys."""
    found = [_heading(column, lang) for column in table.columns]
    times = Counter(found)
    return [
        f"{heading} ({column.key})" if times[heading] > 1 else heading
        for heading, column in zip(found, table.columns, strict=True)
    ]


def _heading(column: Column, lang: Lang) -> str:
    over = column.group.text(lang) if column.group else ""
    return f"{over} {column.heading.text(lang)}".strip()


SHOWN = "shown"
"""State of a figure that is not hidden."""


def figure_state(table: Table, row: Sequence[Cell]) -> str:
    """What is hidden in a row and why: the reason if it hides every figure, else each reason with its columns."""
    reasons: dict[str, list[str]] = {}
    for column, cell in zip(table.columns, row, strict=True):
        if isinstance(cell, Hidden):
            reasons.setdefault(cell.reason, []).append(column.key)
    if not reasons:
        return SHOWN
    if len(reasons) == 1:
        reason, keys = next(iter(reasons.items()))
        if keys == [each.key for each in table.columns if each.kind not in NO_FIGURES and each.key != NUMBERING]:
            return reason
    return "; ".join(f"{reason}: {' '.join(keys)}" for reason, keys in reasons.items())
