"""The workbook of a list of what happened, to be filled in."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time

import xlsxwriter

from campaign.book.log_sheet import log_rows, log_sheet
from campaign.language import Lang
from campaign.plan import Branch, EntryKind, Plan
from campaign.texts import tr
from exports.workbook.plan_book import OPTIONS
from exports.workbook.sheets import MORE_ROWS, Pen, offer, write_table


def log_workbook(plan: Plan, kind: EntryKind, branches: Sequence[Branch], lang: Lang, today: date) -> bytes:
    """An empty list for entries of this kind, with a row for each branch, as an .xlsx file."""
    file = io.BytesIO()
    table = log_sheet(plan, [kind])
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": kind.name.text(lang), "created": datetime.combine(today, time())})
        pen = Pen(book, lang)
        sheet = book.add_worksheet(tr(lang, table.title))
        rows = list(log_rows(plan, kind, branches, lang))
        write_table(pen, sheet, table.columns, rows, 3)
        for place, column in enumerate(table.columns):
            offer(pen, sheet, column, (1, len(rows) + MORE_ROWS), place, {})
    return file.getvalue()
