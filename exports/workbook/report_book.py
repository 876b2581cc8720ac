"""The report of a campaign as a workbook: about, charts, and a sheet for each of the usual tables."""

import io
from collections.abc import Iterator
from datetime import datetime, time
from tempfile import TemporaryDirectory
from traceback import clear_frames

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.cells import both
from exports.clean import clean
from exports.file_names import file_name
from exports.pace import Told, between, unheard
from exports.report import Report
from exports.texts import tr
from exports.workbook.plan_book import OPTIONS
from exports.workbook.report_about import ABOUT, AboutWriter
from exports.workbook.report_cells import Ink
from exports.workbook.report_charts import write_overview
from exports.workbook.report_layout import table_sheets
from exports.workbook.report_overview import overviews
from exports.workbook.report_page import Styles
from exports.workbook.report_sheet import SheetWriter
from exports.workbook.safe_text import SheetNames, first_units
from exports.workbook.sheets import FIGURES, Pen

RESULTS = N_("results")
_CHARTS = N_("Charts, {survey}")
_MOST_PROPERTY = 200
_BASE = {"font_name": FIGURES, "font_size": 9.5}
"""Widths of columns count the digits of this font; XlsxWriter changes what it is given."""
_WRITTEN_SHARE = 0.65
"""Of the work: writing cells. Making a file of them takes the rest."""


def xlsx_files(report: Report, lang: Lang, told: Told = unheard) -> Iterator[tuple[str, bytes]]:
    """The workbook by its file name. Refused M160 for a table that no sheet holds."""
    about = report.metadata
    name = file_name(about.title.text(lang), tr(lang, RESULTS), about.exported_on, "xlsx")
    yield name, report_workbook(report, lang, told)


def report_workbook(report: Report, lang: Lang, told: Told = unheard) -> bytes:
    """The same report gives the same bytes: no names of people, no times. OSError if there is no room for it.

    Its parts lie in a folder of their own until they are packed: as texts in memory they would take four times as much.
    """
    file = io.BytesIO()
    with TemporaryDirectory(prefix="manyi-", ignore_cleanup_errors=True) as folder:
        try:
            own = {"in_memory": False, "tmpdir": folder, "default_format_properties": {**_BASE}}
            with xlsxwriter.Workbook(file, {**OPTIONS, **own}) as book:
                _fill(book, report, lang, told)
        except FileCreateError as error:
            why = error.args[0]
            clear_frames(why.__traceback__)  # the file in them closes now, while there still is something to close
            raise OSError(*why.args) from None
    return file.getvalue()


def _fill(book: xlsxwriter.Workbook, report: Report, lang: Lang, told: Told) -> None:
    about = report.metadata
    charts, tables = overviews(report), table_sheets(report)
    book.set_properties(
        {
            "title": _property(about.title, lang),
            "company": _property(about.organiser, lang),
            "created": datetime.combine(about.exported_on, time()),
        }
    )
    pen = Pen(book, lang)
    ink, styles = Ink(pen), Styles(pen)
    names = SheetNames()
    front = book.add_worksheet(names.name(tr(lang, ABOUT)))
    contents: list[tuple[str, I18n]] = []
    for chart in charts:
        name = names.name(tr(lang, _CHARTS, survey=chart.name.text(lang)))
        write_overview(book, book.add_worksheet(name), chart, about, ink, styles)
        contents.append((name, both(_CHARTS, survey=chart.name)))
    whole, done = sum(plan.size for plan in tables), 0
    for plan in tables:
        name = names.name(f"{plan.number} {plan.title.text(lang)}")
        share = _WRITTEN_SHARE * done / whole, _WRITTEN_SHARE * (done + plan.size) / whole
        SheetWriter(ink, styles, book.add_worksheet(name)).write(plan, about, between(told, *share))
        done += plan.size
        contents.append((name, plan.title))
    AboutWriter(ink, styles, front).write(about, contents)


def _property(text: I18n, lang: Lang) -> str:
    return first_units(clean(text.text(lang)), _MOST_PROPERTY)
