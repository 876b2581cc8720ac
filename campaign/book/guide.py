"""The first sheet of a workbook, which says how it is filled in; it is not read."""

from collections.abc import Iterator

from campaign.folding import tightly_folded
from campaign.language import N_, Lang
from campaign.texts import tr

GUIDE = N_("Read me")
_LINES = (
    N_("This workbook holds the whole plan of the campaign. Change what is to be different, save it, then load it:"),
    N_("manyi plan load FILE.xlsx --reason WHY --role ROLE --dry-run"),
    N_("That checks everything, names every wrong cell, shows what would change, and changes nothing."),
    N_("Without --dry-run the changes are made, all or none."),
    N_("The grey headings are only there to help reading; what stands below them is not looked at."),
    N_("Point at a heading with a red corner to see what belongs there; many cells offer a list."),
    N_(
        "Rows and columns may be moved and sheets put in another order. Leave the headings and the names of the sheets."
    ),
    N_("To take something out, delete its row. A branch that has records cannot be taken out: set “Takes part” to no."),
    N_("Write no person's name, telephone or identity number anywhere."),
)
_SHEETS = N_("The sheets:")


def is_guide(title: str) -> bool:
    """Whether the sheet with this title is the one that explains the others."""
    return tightly_folded(title) in {tightly_folded(tr(lang, GUIDE)) for lang in Lang}


def guide_lines(lang: Lang) -> Iterator[str]:
    """What stands on it, before the list of the sheets."""
    yield from (tr(lang, line) for line in _LINES)
    yield ""
    yield tr(lang, _SHEETS)
