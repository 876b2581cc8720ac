"""The public notices (公示) of a report, as PDF to post and as Markdown to publish elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from campaign.language import N_, Lang
from exports.alike import own_title
from exports.cells import Table, both
from exports.file_names import notice_name
from exports.pace import NOTICE, Told, paced, unheard
from exports.pages.bars import scale_bars, shows_scale
from exports.pages.flow import GAP, Page, Section, Strip, characters, paged, text_width, written
from exports.pages.lacking import lacking_note
from exports.pages.markdown import document
from exports.pages.summary import item, title_block
from exports.pages.tables import paragraph, table_sections
from exports.pages.words import drawable, natural
from exports.paper.shapes import GREY
from exports.report import Report
from exports.showing import shown
from exports.tables.notice import ISSUED_BY, POSTED
from exports.texts import tr

MANY = 20
"""From so many notices of a survey on, the characters that they have in common are embedded by themselves."""
_COMPARED = 2
"""Notices of which two tell what all have in common."""
_TEXT, _LARGE, _SMALL = 10.0, 18.0, 8.0
_LEFT_OUT = frozenset({"dimension", "expressed", "expressing", "index", "no", "branch", "low", "high"})
"""Columns that a notice has no room for; files of other formats have them."""
_MOST_WHOLE = 8
"""So many lines of an item are kept together."""
_MOST_NAMES = 60.0
"""Width of the names of the items, mm."""


def notice_files(report: Report, lang: Lang, told: Told = unheard) -> Iterator[tuple[str, bytes]]:
    """Every notice of the report as PDF and Markdown, by file name; the same report makes the same bytes."""
    notices = report.numbered(NOTICE)
    named = {table.name: table for table in report.tables}
    common: dict[str, Mapping[str, str]] = {}
    for survey, alike in _alike(notices).items():
        pages = (_pages(report, notice, _posted(notice, named), lang) for notice in alike[:_COMPARED])
        common[survey] = _common([characters(each) for each in pages])
    for notice in paced(notices, told):
        about = own_title(notice.title).text(lang)
        name = notice_name(tr(lang, "Public notice"), notice.name.partition("-")[2], about)
        tables = _posted(notice, named)
        yield f"{name}.pdf", _pdf(report, notice, tables, lang, common.get(notice.survey, {}))
        yield f"{name}.md", document(notice, tables, origin(report, notice, lang), lang).encode()


def _posted(notice: Table, named: Mapping[str, Table]) -> Sequence[Table]:
    """The tables that are posted with it.

    Those of a unit need not name it, whatever it is called now, and say nothing that may be another tomorrow.
    """
    found = [named[name] for name in notice.posted_with if name in named]
    return [_lasting(table) for table in found] if notice.branch else found


def _lasting(table: Table) -> Table:
    return replace(table, title=both(N_("Results by question")), notes=table.notes[: len(table.notes) - table.fleeting])


def _issued_by(report: Report, notice: Table, lang: Lang) -> str:
    """Who issues it, as it says itself."""
    said = (shown(text, lang) for name, text in notice.rows if name == both(ISSUED_BY))
    return next(said, report.metadata.organiser.text(lang))


def _alike(notices: Sequence[Table]) -> Mapping[str, Sequence[Table]]:
    """The notices of each survey that has many: they say the same, but for the unit and its figures."""
    found: dict[str, list[Table]] = {}
    for notice in notices:
        found.setdefault(notice.survey, []).append(notice)
    return {survey: own for survey, own in found.items() if len(own) >= MANY}


def _common(found: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """The characters that all of these have, by font, in the order of the first."""
    return {
        font: "".join(char for char in own if all(char in each.get(font, "") for each in found))
        for font, own in found[0].items()
    }


def origin(report: Report, notice: Table, lang: Lang) -> str:
    """Where the notice's figures come from: campaign, questionnaire and version; of a draft, the day of the export.

    A notice that is posted is the same whenever it is exported.
    """
    known = report.metadata
    mark = next((mark for mark in known.surveys if mark.key == notice.survey), None)
    asked = (
        tr(lang, "questionnaire {id}, version {version}", id=mark.questionnaire, version=mark.version) if mark else ""
    )
    day = "" if notice.posted_on else tr(lang, "exported on {day}", day=known.exported_on.isoformat())
    return ("；" if lang is Lang.ZH else "; ").join(part for part in (known.campaign, asked, day) if part)


def _pdf(report: Report, notice: Table, tables: Sequence[Table], lang: Lang, first: Mapping[str, str]) -> bytes:
    title, author = drawable(notice.title.text(lang)), drawable(_issued_by(report, notice, lang))
    posted, day = notice.posted_on, report.metadata.exported_on.isoformat()
    named, draft = tr(lang, "Public notice"), tr(lang, "Draft, exported on {day}", day=day)
    footer = f"{named}  ·  {posted}" if posted else draft
    made_on = posted or report.metadata.exported_on
    return written(_pages(report, notice, tables, lang), title, author, footer, lang, day=made_on, first=first)


def _pages(report: Report, notice: Table, tables: Sequence[Table], lang: Lang) -> Sequence[Page]:
    """Text and bars one below the other on sheets that stand; then the tables, shortened: the bars have the shares."""
    rows = [tuple(shown(cell, lang) for cell in row) for row in notice.rows]
    foot = next((row for row, (name, _) in enumerate(notice.rows) if name == both(POSTED)), len(rows))
    head = title_block(notice.title.text(lang), _issued_by(report, notice, lang))
    sections = [Section([head, *_items(notice, rows[:foot], tables, lang)])]
    for table in tables:
        sections += table_sections(
            shortened(table, [shown(text, Lang.ZH) for _, text in notice.rows]), lang, standing=True
        )
    small = [origin(report, notice, lang), *lacking_note(report, lang, [notice, *tables])]
    where = [strip for text in small for strip in paragraph(text, _SMALL, text_width(wide=False), grey=GREY)]
    sections.append(Section([*_items(notice, rows[foot:], (), lang), Strip(GAP / 4), *where]))
    return paged(sections)


def shortened(table: Table, said: Sequence[str]) -> Table:
    """The table without what stands in the bars, and without the notes that are ``said`` above, in Chinese."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if not column.key.endswith("_share") and column.key not in _LEFT_OUT
    ]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        notes=tuple(note for note in table.notes if not any(note.zh in each for each in said)),
        footings=(),
    )


def _items(notice: Table, rows: Sequence[tuple[str, ...]], tables: Sequence[Table], lang: Lang) -> Iterator[Strip]:
    """Items of the notice, the result large among them with its bars below; a name is not repeated."""
    every = (shown(name, lang) for name, _ in notice.rows)
    names = min(max(natural(name, _TEXT, bold=True) for name in every) + 5.0, _MOST_NAMES)
    before = ""
    for number, (name, text) in enumerate(rows):
        large = bool(tables) and number == notice.main
        yield from _whole([*item("" if name == before else name, text, _TEXT, names, large=_LARGE if large else None)])
        before = name
        if large:
            yield from _bars(tables, lang)


def _whole(strips: Sequence[Strip]) -> Iterator[Strip]:
    """Strips on one page, unless there are many."""
    for number, strip in enumerate(strips, 1):
        yield replace(strip, with_next=number < len(strips) <= _MOST_WHOLE)


def _bars(tables: Sequence[Table], lang: Lang) -> Iterator[Strip]:
    for table in tables:
        if table.number == "T2" and shows_scale(table):
            yield Strip(GAP / 2)
            yield from scale_bars(table, ("question", "question_text"), tr(lang, "By question"), lang).strips
            yield Strip(GAP / 2)
