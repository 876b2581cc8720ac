"""The public notices (公示) of a report, as PDF to post and as Markdown to publish elsewhere."""

from collections.abc import Iterator

from campaign.language import Lang
from exports.cells import Table
from exports.pages.bars import scale_bars, shows_scale
from exports.pages.flow import GAP, Section, Strip, paged, text_width, written
from exports.pages.lacking import lacking_note
from exports.pages.markdown import document
from exports.pages.summary import item, title_block
from exports.pages.tables import paragraph, table_sections
from exports.pages.words import drawable, natural
from exports.paper.shapes import GREY
from exports.report import Report
from exports.showing import shown
from exports.texts import tr

_NUMBER = "T9"
_TEXT, _LARGE, _SMALL = 10.5, 18.0, 8.0
_MOST_NAMES = 60.0
"""Width of the names of the items, mm."""


def notice_files(report: Report, lang: Lang) -> dict[str, bytes]:
    """Every notice of the report as PDF and Markdown, by file name; the same report makes the same bytes."""
    files = {}
    for notice in report.numbered(_NUMBER):
        name = f"notice-{notice.name.partition('-')[2]}-{lang.value}"
        files[f"{name}.pdf"] = _pdf(report, notice, lang)
        tables = list(posted_tables(report, notice))
        files[f"{name}.md"] = document(notice, tables, origin(report, notice, lang), lang).encode()
    return files


def posted_tables(report: Report, notice: Table) -> Iterator[Table]:
    """The tables that are posted with a notice."""
    found = (report.table(name) for name in notice.posted_with)
    return (table for table in found if table is not None)


def origin(report: Report, notice: Table, lang: Lang) -> str:
    """Where the notice's figures come from: campaign, questionnaire and version, day of the export."""
    known = report.metadata
    about = " ".join(notice.posted_with)
    marks = [mark for mark in known.surveys if about.startswith(f"T2-{mark.key}")]
    mark = max(marks, key=lambda each: len(each.key), default=None)
    asked = (
        tr(lang, "questionnaire {id}, version {version}", id=mark.questionnaire, version=mark.version) if mark else ""
    )
    day = tr(lang, "exported on {day}", day=known.exported_on.isoformat())
    return ("；" if lang is Lang.ZH else "; ").join(part for part in (known.campaign, asked, day) if part)


def _pdf(report: Report, notice: Table, lang: Lang) -> bytes:
    known = report.metadata
    title = notice.title.text(lang)
    sections = [_text(report, notice, lang)]
    tables = list(posted_tables(report, notice))
    sections += (
        scale_bars(table, ("question", "question_text"), table.title.text(lang), lang)
        for table in tables
        if table.number == "T2" and shows_scale(table)
    )
    for table in tables:
        sections += table_sections(table, lang)
    named = tr(lang, "Public notice")
    footer = f"{named}  ·  {known.exported_on.isoformat()}"
    return written(paged(sections), drawable(title), known, footer, lang)


def _text(report: Report, notice: Table, lang: Lang) -> Section:
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
    small = [origin(report, notice, lang), *lacking_note(report, lang, [notice, *posted_tables(report, notice)])]
    for text in small:
        strips += paragraph(text, _SMALL, text_width(wide=False), grey=GREY)
    return Section(strips)
