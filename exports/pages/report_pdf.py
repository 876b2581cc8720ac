"""The report as a PDF: what matters first, then every table; the notices are files of their own."""

from collections.abc import Iterator
from dataclasses import replace

from campaign.language import Lang
from exports.pace import Told, between, paced, unheard
from exports.pages.choosing import left_out, printed
from exports.pages.flow import Section, paged, written
from exports.pages.summary import report_title, summary
from exports.pages.tables import table_sections
from exports.report import Report

_LAYOUT_SHARE = 0.5
"""Of the work: laying the tables out. The rest is drawing pages."""


def pdf_files(report: Report, lang: Lang, told: Told = unheard) -> Iterator[tuple[str, bytes]]:
    """The report by its file name; the same report makes the same bytes."""
    known = report.metadata
    title, day = report_title(lang), known.exported_on.isoformat()
    pages = paged(_sections(report, lang, between(told, 0, _LAYOUT_SHARE)))
    made = written(pages, title, known, f"{title}  ·  {day}", lang, told=between(told, _LAYOUT_SHARE, 1))
    yield f"report-{lang.value}.pdf", made


def _sections(report: Report, lang: Lang, told: Told) -> Iterator[Section]:
    tables = printed(report)
    yield from summary(report, left_out(report, tables), lang)
    sections = (section for table in paced(tables, told) for section in table_sections(table, lang))
    for number, section in enumerate(sections):
        yield replace(section, fresh=number == 0)
