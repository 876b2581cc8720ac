"""The workbook of a plan."""

import io
from datetime import date, datetime, time

import xlsxwriter

from campaign.book.cells import Column
from campaign.book.guide import GUIDE, guide_lines
from campaign.book.settings_sheet import VALUE
from campaign.book.writing import SETTINGS_SHEET, WrittenSheet, plan_sheets, stamp_row
from campaign.language import Lang
from campaign.plan import Plan
from campaign.texts import tr
from exports.workbook.sheets import MORE_ROWS, Pen, Range, offer, write_table

OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
"""Texts stay texts, whatever they look like."""
_DEFINING = {
    **dict.fromkeys(("member_groups", "phases", "steps", "counts", "branch_types"), "id"),
    **dict.fromkeys(("leaders", "branches"), "code"),
}
"""Sections whose codes other sheets name, and the field of the code."""


def plan_workbook(plan: Plan, lang: Lang, today: date) -> bytes:
    """The plan as an .xlsx file, its headings and words in ``lang``. Refused M120 for a text that no cell holds."""
    file = io.BytesIO()
    sheets = plan_sheets(plan, lang)
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": plan.campaign.title.text(lang), "created": datetime.combine(today, time())})
        pen = Pen(book, lang)
        _guide(pen, book, sheets)
        ranges = dict(_ranges(sheets, lang))
        for each in sheets:
            sheet = book.add_worksheet(tr(lang, each.sheet.title))
            rows = [row.cells for row in each.rows]
            settings = each.sheet is SETTINGS_SHEET
            if settings:
                rows.append(stamp_row(plan, lang).cells)
            write_table(pen, sheet, each.sheet.columns, rows, 1 if settings else _fixed(each.sheet.columns))
            if settings:
                _settings(pen, sheet, each)
                continue
            for place, column in enumerate(each.sheet.columns):
                offer(pen, sheet, column, (1, len(rows) + MORE_ROWS), place, ranges)
    return file.getvalue()


def _guide(pen: Pen, book: xlsxwriter.Workbook, sheets: tuple[WrittenSheet, ...]) -> None:
    """The first sheet: how it is filled in, and what each sheet is for."""
    sheet = book.add_worksheet(tr(pen.lang, GUIDE))
    sheet.set_column(0, 0, 24, pen.look())
    sheet.set_column(1, 1, 80, pen.look())
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    row = 0
    for row, line in enumerate(guide_lines(pen.lang)):
        sheet.write_string(row, 0, line, pen.look(bold=line.startswith("manyi ")))
    for number, each in enumerate(sheets, row + 1):
        title = tr(pen.lang, each.sheet.title)
        sheet.write_url(number, 0, f"internal:'{title}'!A1", pen.look(font_color="#0563C1", underline=1), title)
        sheet.write_string(number, 1, tr(pen.lang, each.sheet.about), pen.look())


def _settings(pen: Pen, sheet: xlsxwriter.worksheet.Worksheet, written: WrittenSheet) -> None:
    """Each row's value in its own form, with its own rule."""
    place = [column.field for column in written.sheet.columns].index(VALUE.field)
    for number, row in enumerate(written.rows, 1):
        if row.value_column is not None:
            look = pen.cell_look(row.value_column, align="left")
            pen.write(sheet, number, place, row.cells[place], look)
            if row.cells[place] is None:
                sheet.write_blank(number, place, None, look)
            offer(pen, sheet, row.value_column, (number, number), place, {})


def _ranges(sheets: tuple[WrittenSheet, ...], lang: Lang) -> list[tuple[str, Range]]:
    return [
        (each.sheet.id, Range(tr(lang, each.sheet.title), place, len(each.rows) + 1))
        for each in sheets
        for place, column in enumerate(each.sheet.columns)
        if each.rows and _DEFINING.get(each.sheet.id) == column.field
    ]


def _fixed(columns: tuple[Column, ...]) -> int:
    """The columns that say what a row is about: its code, and its name beside it."""
    return 2 if len(columns) > 1 and (columns[1].info or columns[1].field.startswith("name")) else 1
