"""Reading a workbook that a person has saved, whatever is in it: sheets of plain cells, or one plain message."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from campaign.book.cells import Cell, RowCells, SheetCells
from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText
from campaign.reading import unreadable
from exports.texts import tr

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 40_000_000, 300_000_000, 2_000
"""Of the file, of what is in it, and how many parts it has."""
MOST_ROWS, MOST_COLUMNS = 100_000, 400
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old .xls files begin, and those that are protected by a password (Compound File Binary Format, 2.2)."""
_DIGITS = 15
"""Significant digits of a number in a spreadsheet."""
_PIECE = 1 << 20
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_NO_SERIAL = re.compile(r"Cell ([A-Z]+)(\d+) is marked as a date but the serial value (\S+) is outside")
"""What openpyxl tells of a number in a cell of days that is too large or too small for one."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

_OLD = N_("it is an old .xls file or protected by a password. Save it as .xlsx without a password")
_NOT_XLSX = N_("it is no .xlsx workbook, whatever its name says. Open it in the spreadsheet and save it as .xlsx")
_MACROS = N_("it holds macros. Save it as .xlsx, without macros")
_DAMAGED = N_("it is damaged. Open it in the spreadsheet and save it anew")
_HUGE = N_("it is too large to be a plan or a list")
_ENCRYPTED = N_("parts of it are protected by a password. Save it without one")
_STRANGE = N_("it holds what no spreadsheet writes")


def read_workbook(path: Path) -> tuple[SheetCells, ...]:
    """Its sheets in their order, hidden ones and hidden rows too; formulas by the value that was saved with them.

    Raises BadInput: M03 if it cannot be read, M120 for anything but a sound .xlsx workbook of bearable size.
    """
    try:
        content = _content(path)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about what it would lose in writing
            return tuple(_sheets(path, content, look_closer=_examined(path, content)))
    except _BROKEN as error:
        raise _unusable(path, _DAMAGED) from error


_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError),  # the archive
    *(ParseError, InvalidFileException, UnicodeError),  # its parts
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),  # parts that do not fit together
    *(NotImplementedError, RuntimeError, OverflowError, MemoryError),
)
"""What zipfile and openpyxl raise for damaged files."""


def _content(path: Path) -> bytes:
    """What the file holds, if it may be a workbook by its size and its first bytes."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(len(_OLE))
        if head == _OLE:
            raise _unusable(path, _OLD)
        if not head.startswith(b"PK"):
            raise _unusable(path, _NOT_XLSX)
        if size > MOST_BYTES:
            raise _unusable(path, _HUGE)
        return head + file.read()


def _unusable(path: Path, why: str) -> BadInput:
    return BadInput(Problem("M120", {"path": path.name, "why": tr.phrase(why)}))


def _examined(path: Path, content: bytes) -> bool:
    """Look at the parts before anything is unpacked; whether there are formulas or merged cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _unusable(path, _HUGE)
        if any(part.flag_bits & 1 for part in parts):
            raise _unusable(path, _ENCRYPTED)
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
            raise _unusable(path, _NOT_XLSX)
        if any(name.endswith("vbaProject.bin") for name in names):
            raise _unusable(path, _MACROS)
        found = [_is_suspicious(path, archive, part) for part in parts]  # every one is looked at
        return any(found)


def _is_suspicious(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has formulas or merged cells; unpacked piece by piece, no further than it says it reaches."""
    found, seen, last = False, 0, b""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            seen += len(piece)
            text = last + piece
            if seen > part.file_size or _DOCTYPE.search(text):
                raise _unusable(path, _STRANGE)
            if part.filename.startswith("xl/worksheets/"):
                found = found or bool(_MERGED.search(text) or _FORMULA.search(text))
            last = piece[-32:]
    return found


def _sheets(path: Path, content: bytes, *, look_closer: bool) -> Iterator[SheetCells]:
    """``look_closer``: also find out which cells are merged, and which formulas have no value."""
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    whole = openpyxl.load_workbook(io.BytesIO(content), keep_links=False) if look_closer else None
    for sheet in values.worksheets:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            rows = tuple(_rows(path, sheet))
        rows = _with_numbers(rows, [str(each.message) for each in told])
        yield SheetCells(sheet.title, rows, _errors(rows) if whole is None else _unclear(whole[sheet.title], rows))


def _with_numbers(rows: tuple[RowCells, ...], told: Sequence[str]) -> tuple[RowCells, ...]:
    """The numbers that stand in cells of days and are none as spreadsheets count days: 20260720 may well be one."""
    found = {(match[1], int(match[2])): match[3] for each in told if (match := _NO_SERIAL.match(each))}
    numbers = {(row, openpyxl.utils.column_index_from_string(letters)): text for (letters, row), text in found.items()}
    if not numbers:
        return rows
    return tuple(
        RowCells(
            row.number,
            tuple(
                _cell(float(numbers[row.number, place])) if (row.number, place) in numbers else cell
                for place, cell in enumerate(row.cells, 1)
            ),
        )
        for row in rows
    )


def _rows(path: Path, sheet: Any) -> Iterator[RowCells]:  # noqa: ANN401  # openpyxl has no types
    """The rows that hold anything."""
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS:
            raise _unusable(path, _HUGE)
        cells = [_cell(value) for value in row[:MOST_COLUMNS]]
        if any(value is not None for value in row[MOST_COLUMNS:]):
            raise _unusable(path, _HUGE)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield RowCells(number, tuple(cells))


def _cell(value: object) -> Cell:
    """A value as openpyxl gives it."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(f"{value:.{_DIGITS}g}")
    if isinstance(value, bool | int | date):
        return value
    return _ESCAPED.sub(_unescaped, str(value)) if value is not None and str(value) != "" else None


def _unescaped(match: re.Match[str]) -> str:
    """A character that XML cannot hold, which spreadsheets write by its number (ECMA-376 part 1, 22.9.2.19)."""
    return chr(int(match[1], 16))


_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}


def _errors(rows: tuple[RowCells, ...]) -> dict[tuple[int, int], HasText]:
    """Cells that hold the sign of an error instead of a value."""
    return {
        (row.number, place): tr.phrase(N_("it shows the error {x}; write the value itself"), x=cell)
        for row in rows
        for place, cell in enumerate(row.cells, 1)
        if isinstance(cell, str) and cell in _ERRORS
    }


def _unclear(sheet: Any, rows: tuple[RowCells, ...]) -> dict[tuple[int, int], HasText]:  # noqa: ANN401  # as above
    """Errors, merged cells but the first of each, and formulas that nobody has worked out."""
    found = _errors(rows)
    known = {(row.number, place) for row in rows for place, cell in enumerate(row.cells, 1) if cell is not None}
    for merged in sheet.merged_cells.ranges:
        why = tr.phrase(N_("it is merged with others ({cells}); separate them and fill in each"), cells=merged.coord)
        last = min(merged.max_row, MOST_ROWS)
        for row in range(merged.min_row, last + 1):
            for place in range(merged.min_col, min(merged.max_col, MOST_COLUMNS) + 1):
                if (row, place) != (merged.min_row, merged.min_col):
                    found[row, place] = why
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)):
        for cell in row:
            if cell.data_type == "f" and (cell.row, cell.column) not in known:
                found[cell.row, cell.column] = tr.phrase(N_("its formula has no value; write the value itself"))
    return found
