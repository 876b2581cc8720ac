"""The workbook of a report, read back with openpyxl by somebody who only looks at what stands in it."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import openpyxl

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate, Table
from exports.report import Report

_KEPT = "\ue000"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def opened(content: bytes) -> Any:  # noqa: ANN401  # openpyxl has no types
    """The workbook; openpyxl leaves out the escape of an escape, so that stands in another way until :func:`text`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name).replace(b"_x005F_x", f"_{_KEPT}x".encode()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of openpyxl, about what it would lose in writing
        return openpyxl.load_workbook(file)


def text(value: object) -> str:
    """A text as Excel shows it: what XML cannot hold is written by its number."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value or "")).replace(f"_{_KEPT}x", "_x")


def tables_in(book: Any, report: Report, lang: Lang) -> Iterator[tuple[Table, Any, int]]:  # noqa: ANN401
    """Every table of the report with its sheet and the first of its rows, found by its title."""
    seen: set[tuple[str, int]] = set()
    for table in report.tables:
        first, other = table.title.text(lang), table.title.text(Lang.EN if lang is Lang.ZH else Lang.ZH)
        band = first if first == other else f"{first}  ·  {other}"
        sheet, row = next(
            (sheet, row)
            for sheet in book.worksheets
            if sheet.title.split()[0] == table.number
            for row in _starts(sheet, first, band)
            if (sheet.title, row) not in seen and fits(sheet, table)
        )
        seen.add((sheet.title, row))
        yield table, sheet, row


def _starts(sheet: Any, title: str, band: str) -> Iterator[int]:  # noqa: ANN401
    below = int(re.sub(r"\D", "", sheet.freeze_panes))
    if text(sheet["A1"].value) == title:
        yield below
    for row in range(below, sheet.max_row + 1):
        if text(sheet.cell(row, 1).value) == band:
            yield row + 1


def fits(sheet: Any, table: Table) -> bool:  # noqa: ANN401
    """Whether the headings of the sheet are those of the table."""
    below = int(re.sub(r"\D", "", sheet.freeze_panes))
    grouped = any(column.group for column in table.columns)
    for place, column in enumerate(table.columns, 1):
        row = below - 3 if grouped and column.group is None else below - 2
        shown = {unbroken(text(sheet.cell(each, place).value)) for each in (row, below - 1)} - {""}
        if shown != {unbroken(column.heading.text(lang)) for lang in Lang} - {""}:
            return False
    return True


def unbroken(heading: str) -> str:
    """Without the ends of lines, which stand between words."""
    return heading.replace("\n", "")


def wanted_row(table: Table, number: int, lang: Lang) -> list[object]:
    """What stands in a row; of a notice, what several lines are about is said once."""
    row = [wanted(cell, lang) for cell in table.rows[number]]
    said_before = table.number == "T9" and number and table.rows[number - 1][0] == table.rows[number][0]
    return ["", *row[1:]] if said_before else row


def wanted(cell: Cell, lang: Lang) -> object:
    """What stands in the cell of a sheet: a number, a day, or a text."""
    match cell:
        case Count():
            return cell.value
        case Rate() | Index() | Points():
            return exact(100 * cell.value if isinstance(cell, Points) else cell.value)
        case I18n():
            return cell.text(lang)
        case date():
            return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  # spreadsheets know no time zone
        case NoFigure() | Hidden():
            reason = "—" if isinstance(cell, NoFigure) else cell.reason
            words = {
                "alike": ("相同", "alike"),
                "groups": ("人少", "groups"),
            }
            zh, en = words.get(reason, (reason, reason))
            return zh if lang is Lang.ZH else en


def exact(value: Fraction) -> str:
    """To the last digit that a spreadsheet keeps."""
    return f"{float(value):.16G}"


def found(cell: Any) -> object:  # noqa: ANN401
    """The cell of a sheet, comparable with :func:`wanted`."""
    if cell.data_type == "n" and cell.number_format != "#,##0":
        return exact(Fraction(cell.value))
    return cell.value if cell.data_type in "nd" else text(cell.value)


def looks(cell: Any) -> Decimal:  # noqa: ANN401
    """A number as its format shows it: in per cent, with so many digits, half up."""
    digits = cell.number_format.split(";")[0].partition(".")[2].count("0")
    value = Decimal(f"{cell.value:.15G}") * (100 if "%" in cell.number_format else 1)
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
