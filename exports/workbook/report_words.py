"""Notes below the tables of a sheet, each said once."""

from collections.abc import Sequence

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Hidden, Table
from exports.showing import mark


def common_notes(tables: Sequence[Table]) -> list[I18n]:
    """Notes that every table of the sheet has."""
    return [note for note in tables[0].notes if all(note in table.notes for table in tables[1:])]


def legend(tables: Sequence[Table], lang: Lang) -> list[str]:
    """What the words in place of hidden figures mean."""
    reasons = {cell.reason: cell for table in tables for row in table.rows for cell in row if isinstance(cell, Hidden)}
    return [
        f"{mark(cell, lang)}: {cell.text(lang)}" for cell in reasons.values() if mark(cell, lang) != cell.text(lang)
    ]
