"""Texts that come from people, in a workbook: in its cells as they are, in its names and headers without what breaks.

XlsxWriter escapes what XML cannot hold in the texts of cells, but not in names, headers, remarks and charts.
"""

import re

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaign.language import N_, Lang
from exports.clean import clean
from exports.texts import tr

MOST_TEXT = 32767
"""UTF-16 units of a cell (Excel specifications and limits)."""
MOST_NAME = 31
"""Those of the name of a sheet."""
_MOST_HEADER = 255
_CUT = N_("… (cut: a cell of a spreadsheet holds no more)")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What would be read as a character by its number (ECMA-376 part 1, 22.9.2.19)."""
_NOT_IN_NAMES = dict.fromkeys(map(ord, "[]:：*?/\\'"), " ")


def units(text: str) -> int:
    """How long a spreadsheet takes a text to be."""
    return len(text) + sum(char > "\uffff" for char in text)


def first_units(text: str, most: int) -> str:
    """The beginning of a text, of so many units at most."""
    kept = text[:most]
    while units(kept) > most:
        kept = kept[: -max(1, (units(kept) - most) // 2)]
    return kept


def cell_text(text: str, lang: Lang) -> str:
    """The text as a cell holds it: whole, or cut with a word that says so."""
    if 2 * len(text) <= MOST_TEXT or units(text) <= MOST_TEXT:
        return text
    said = tr(lang, _CUT)
    return first_units(text, MOST_TEXT - units(said)) + said


def write_text(sheet: Worksheet, row: int, place: int, text: str, look: Format) -> None:
    """A text as a text, whatever it begins with.

    One in ``<r>`` … ``</r>`` would be taken for markup of XlsxWriter's own, so it is handed over in pieces.
    """
    safe = text.encode("utf-8", "replace").decode()
    if safe.startswith("<r>") and safe.endswith("</r>"):
        sheet.write_rich_string(row, place, safe[:1], safe[1:3], safe[3:], look)
    else:
        sheet.write_string(row, place, safe, look)


def header_text(text: str, most: int = _MOST_HEADER) -> str:
    """For the top or the foot of a page, where an ampersand begins a command."""
    return first_units(clean(text), most // 2).strip().replace("&", "&&")


class SheetNames:
    """Names of sheets: without what none may hold, short enough, no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """A name like the one that is wanted."""
        plain = _ESCAPE.sub("-", clean(wanted).translate(_NOT_IN_NAMES))
        base = " ".join(plain.split()) or "-"
        name, number = first_units(base, MOST_NAME).strip(), 1
        while name.casefold() in self._taken:
            number += 1
            more = f" ({number})"
            name = first_units(base, MOST_NAME - len(more)).strip() + more
        self._taken.add(name.casefold())
        return name
