"""Notes below the tables of a sheet, each said once."""

import re
from collections.abc import Sequence

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Table
from exports.workbook.sheets import cells_of

_PIECES = re.compile(r"[!-~]+\s*|\s+|[^\s!-~][，。、；：！？）”]?")
"""A word in Latin letters, blanks, or any other character with the sign that may not begin a line."""


def common_notes(tables: Sequence[Table]) -> list[I18n]:
    """Notes that every table of the sheet has."""
    return [note for note in tables[0].notes if all(note in table.notes for table in tables[1:])]


def joined(notes: Sequence[str], lang: Lang) -> str:
    """Notes, which are whole sentences, as a paragraph."""
    return ("" if lang is Lang.ZH else " ").join(notes)


def in_lines(text: str, width: float) -> list[str]:
    """A note in lines that are so many characters wide."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and cells_of(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
