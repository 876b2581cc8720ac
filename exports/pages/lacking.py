"""Characters of a report that the fonts of the program do not have: on its pages a box stands in their place."""

from collections.abc import Iterable, Iterator, Sequence

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Table
from exports.pages.words import LACKING
from exports.paper.fonts import missing
from exports.report import Report
from exports.texts import tr

_MOST_NAMED = 30


def missing_characters(report: Report, lang: Lang, tables: Iterable[Table] | None = None) -> tuple[str, ...]:
    """The characters of a report, or of some tables of it, each once, by their code points."""
    about = (report.metadata.title, report.metadata.organiser)
    held = report.tables if tables is None else tables
    texts = {text.text(lang) for text in (*about, *(each for table in held for each in _texts(table)))}
    doubtful = set(missing("\n".join(set().union(*texts))))  # of each character alone: few texts have any
    found = {char for text in texts if not doubtful.isdisjoint(text) for char in missing(text)}
    return tuple(sorted(found))


def named(characters: Sequence[str]) -> str:
    """Their code points, as the fonts cannot show them: ``U+1F600 U+20BB7``."""
    codes = [f"U+{ord(char):04X}" for char in characters[:_MOST_NAMED]]
    return " ".join([*codes, *(["…"] if len(characters) > _MOST_NAMED else [])])


def lacking_note(report: Report, lang: Lang, tables: Iterable[Table] | None = None) -> Iterator[str]:
    """What the boxes on these pages stand for; nothing if there are none."""
    if found := missing_characters(report, lang, tables):
        yield tr(
            lang,
            "{box} stands for characters that the fonts do not have; files in other formats have them: {codes}.",
            box=LACKING,
            codes=named(found),
        )


def _texts(table: Table) -> Iterator[I18n]:
    yield table.title
    yield from table.notes
    for column in table.columns:
        yield column.heading
        if column.group is not None:
            yield column.group
    for row in table.rows:
        yield from (cell for cell in row if isinstance(cell, I18n))
