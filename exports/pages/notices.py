"""The public notices (公示) of a report, as PDF to post and as Markdown to publish elsewhere."""

from collections.abc import Iterator, Mapping, Sequence

from campaign.language import Lang
from exports.cells import Table
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
from exports.texts import tr

MANY = 20
"""From so many notices of a survey on, the characters that they have in common are embedded by themselves."""
_COMPARED = 2
"""Notices of which two tell what all have in common."""
_TEXT, _LARGE, _SMALL = 10.5, 18.0, 8.0
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
        name, tables = f"notice-{notice.name.partition('-')[2]}-{lang.value}", _posted(notice, named)
        yield f"{name}.pdf", _pdf(report, notice, tables, lang, common.get(notice.survey, {}))
        yield f"{name}.md", document(notice, tables, origin(report, notice, lang), lang).encode()


def _posted(notice: Table, named: Mapping[str, Table]) -> Sequence[Table]:
    """The tables that are posted with it."""
    return [named[name] for name in notice.posted_with if name in named]


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
    """Where the notice's figures come from: campaign, questionnaire and version, day of the export."""
    known = report.metadata
    mark = next((mark for mark in known.surveys if mark.key == notice.survey), None)
    asked = (
        tr(lang, "questionnaire {id}, version {version}", id=mark.questionnaire, version=mark.version) if mark else ""
    )
    day = tr(lang, "exported on {day}", day=known.exported_on.isoformat())
    return ("；" if lang is Lang.ZH else "; ").join(part for part in (known.campaign, asked, day) if part)


def _pdf(report: Report, notice: Table, tables: Sequence[Table], lang: Lang, first: Mapping[str, str]) -> bytes:
    known = report.metadata
    title = drawable(notice.title.text(lang))
    named = tr(lang, "Public notice")
    footer = f"{named}  ·  {known.exported_on.isoformat()}"
    return written(_pages(report, notice, tables, lang), title, known, footer, lang, first=first)


def _pages(report: Report, notice: Table, tables: Sequence[Table], lang: Lang) -> Sequence[Page]:
    sections = [_text(report, notice, tables, lang)]
    sections += (
        scale_bars(table, ("question", "question_text"), table.title.text(lang), lang)
        for table in tables
        if table.number == "T2" and shows_scale(table)
    )
    for table in tables:
        sections += table_sections(table, lang)
    return paged(sections)


def _text(report: Report, notice: Table, tables: Sequence[Table], lang: Lang) -> Section:
    """The items, the result large among them; a name is not repeated."""
    strips = [title_block(notice.title.text(lang), report.metadata.organiser.text(lang))]
    rows = [tuple(shown(cell, lang) for cell in row) for row in notice.rows]
    names = min(max(natural(name, _TEXT, bold=True) for name, _ in rows) + 5.0, _MOST_NAMES)
    before = ""
    for number, (name, text) in enumerate(rows):
        large = number == notice.main
        strips += item("" if name == before else name, text, _TEXT, names, large=_LARGE if large else None)
        before = name
    strips.append(Strip(GAP / 2))
    small = [origin(report, notice, lang), *lacking_note(report, lang, [notice, *tables])]
    for text in small:
        strips += paragraph(text, _SMALL, text_width(wide=False), grey=GREY)
    return Section(strips)
