"""The report as a PDF: what matters first, then every table; the notices are files of their own."""

from collections.abc import Iterator
from dataclasses import replace

from campaign.language import Lang
from exports.cells import Table
from exports.file_names import file_name
from exports.pace import Told, between, paced, unheard
from exports.pages.blocks import blocks
from exports.pages.choosing import left_out, printed
from exports.pages.columns import LYING
from exports.pages.flow import Section, paged, written
from exports.pages.summary import report_title, summary
from exports.pages.tables import section_title, table_sections
from exports.pages.words import drawable
from exports.report import Report
from exports.texts import tr

_ORDER = ("T1", "T2", "T3", "T4", "T5", "T8", "T6", "T7")

_LAYOUT_SHARE = 0.5
"""Of the work: laying the tables out. The rest is drawing pages."""


def pdf_files(report: Report, lang: Lang, told: Told = unheard) -> Iterator[tuple[str, bytes]]:
    """The report by its file name; the same report makes the same bytes."""
    known = report.metadata
    title, day = report_title(lang), known.exported_on.isoformat()
    pages = paged(_sections(report, lang, between(told, 0, _LAYOUT_SHARE)))
    author, footer = drawable(known.organiser.text(lang)), f"{title}  ·  {day}"
    made = written(pages, title, author, footer, lang, day=known.exported_on, told=between(told, _LAYOUT_SHARE, 1))
    yield file_name(known.title.text(lang), title, known.exported_on, "pdf"), made


def _sections(report: Report, lang: Lang, told: Told) -> Iterator[Section]:
    """What is read stands, then all the tables lie: nobody turns the paper twice."""
    tables = printed(report)
    yield from summary(report, left_out(report, tables), lang)
    title = section_title(tr(lang, "Annex: all tables"), wide=True)
    ordered = list(blocks(sorted(tables, key=_place)))
    sections = (section for whole in paced(ordered, told) for section in table_sections(whole, lang, LYING))
    for number, section in enumerate(sections):
        if number:
            yield section
        elif section.heads:
            yield replace(section, fresh=True, lead=[title, *section.lead])
        else:
            yield replace(section, fresh=True, strips=[title, *section.strips])


def _place(table: Table) -> int:
    """By their numbers, but what people said and what became of it together."""
    return _ORDER.index(table.number) if table.number in _ORDER else len(_ORDER)
