"""The sheets of an XLSForm, read by pyxform, with every cell where a person sees it.

pyxform takes 0.5 s to import: this module is imported by :mod:`surveys.xlsform` when a questionnaire is compiled.
"""

import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import error as StructError  # noqa: N812  a class
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, is_zipfile

from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, md_to_dict, xlsx_to_dict

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import N_, Lang, Place
from campaign.reading import read_text, unreadable
from surveys.entry import clean_text
from surveys.texts import tr

Column = tuple[str, ...]
"""A column's name as pyxform understands it: ``("bind", "relevant")``, ``("label", "中文 (zh)")``."""

UNREADABLE = (
    PyXFormError, OSError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError,
    ParseError, StructError, EOFError, zlib.error,
)  # fmt: skip
"""What pyxform, openpyxl and zipfile raise for a file that is no spreadsheet, or for a table with ragged rows."""

LANGUAGE_CODE = re.compile(r"\(\s*([a-zA-Z]+)(?:[-_][\w-]+)?\s*\)\s*$")
LANGUAGE_NAMES = {"zh": Lang.ZH, "中文": Lang.ZH, "chinese": Lang.ZH, "en": Lang.EN, "english": Lang.EN}
SHEET_IN_MESSAGE = re.compile(r"'(\w+)' sheet")
NO_SURVEY = N_('there is no sheet "survey", or nothing in it')
TWICE_IN_MESSAGE = re.compile(r"Duplicate column header: (.*)")
ROW_IN_MESSAGE = re.compile(r"\[row ?: ?(\d+)\]\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet."""

    sheet: str
    number: int
    """As a person counts it; the header is row 1."""
    cells: Mapping[Column, str]
    """Cells that are not blank."""
    default_language: Lang

    @property
    def place(self) -> Place:
        """Where it is, for messages."""
        return row_place(self.sheet, self.number)

    def plain(self, *column: str) -> str:
        """The cell's text; empty for a blank."""
        return clean_text(self.cells.get(column, ""))

    def expression(self, *column: str) -> str:
        """The cell's expression, with the quotes that a spreadsheet has curled made straight."""
        return str(clean_text_values(self.plain(*column)))

    def texts(self, *column: str) -> I18n:
        """The texts of the column in each language; without a language it is the default language's."""
        found: dict[str, str] = {}
        for name, cell in self.cells.items():
            if name == column:
                found.setdefault(self.default_language, clean_text(cell, keep_lines=True))
            elif name[:-1] == column and (lang := language(name[-1])):
                found[lang] = clean_text(cell, keep_lines=True)
        return I18n(**found)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The three sheets of a questionnaire."""

    survey: Sequence[Row]
    choices: Sequence[Row]
    settings: Row
    headers: Mapping[str, Mapping[Column, str]]
    """By sheet, each column's header as it is written."""
    default_language: Lang


MOST_UNPACKED = 30_000_000
"""Bytes; openpyxl reads a workbook of this size in some seconds."""


def row_place(sheet: str, number: int) -> Place:
    """A row as a person counts it; the header is row 1."""
    return Place(f"{sheet} row {number}", f"{sheet}表第{number}行")


def language(name: str) -> Lang | None:
    """The language that a column names: ``中文 (zh)``, ``English (en)``, ``en``; None for another one."""
    if code := LANGUAGE_CODE.search(name):
        return LANGUAGE_NAMES.get(code[1].lower())
    return LANGUAGE_NAMES.get(name.strip().lower())


def read_sheets(source: Path | str) -> tuple[Sheets, Problem | None]:
    """The sheets of a file, or of Markdown text, and what pyxform says of them (M22; it stops at the first).

    BadInput M03 if the file can't be read, M22 if it holds no sheets.
    """
    raw = _raw(source)
    sheets = _sheets(raw)
    return sheets, _verdict(raw)


def _raw(source: Path | str) -> DefinitionData:
    """What pyxform reads. In Markdown a row without any cell is not counted."""
    data, read = _content(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of spreadsheet features that no question uses
            raw = DefinitionData(**read(BytesIO(data)))
    except IndexError:
        raise _no_form(N_("a row has more cells than its header")) from None
    except UNREADABLE as error:
        if twice := TWICE_IN_MESSAGE.search(str(error)):
            raise _no_form(N_('the column "{column}" stands there twice'), column=clean_text(twice[1])) from None
        if read is xlsx_to_dict:
            raise _no_form(N_("the file is damaged; open it in a spreadsheet program and save it anew")) from None
        raise _no_form(NO_SURVEY) from None
    if not raw.survey:
        raise _no_form(NO_SURVEY)
    return raw


def _content(source: Path | str) -> tuple[bytes, Callable[[BytesIO], dict[str, object]]]:
    """The bytes of a form, and what reads them; BadInput M03, or M22 for a workbook that is none."""
    if isinstance(source, str):
        return source.replace("\r\n", "\n").encode(errors="replace"), md_to_dict
    file_type = source.suffix.lower()
    if file_type == ".md":
        return read_text(source).replace("\r\n", "\n").encode(), md_to_dict
    if file_type != ".xlsx":
        raise BadInput(Problem("M03", {"path": source, "why": tr.phrase(N_("it is neither .xlsx nor .md"))}))
    try:
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        raise unreadable(source, error) from None
    if not is_zipfile(BytesIO(data)):
        raise _no_form(N_("it is no .xlsx workbook, whatever its name says; save it as .xlsx"))
    if _unpacked(data) > MOST_UNPACKED:
        raise _no_form(N_("it is larger than {mb} MB unpacked, which no questionnaire is"), mb=MOST_UNPACKED // 10**6)
    return data, xlsx_to_dict


def _unpacked(data: bytes) -> int:
    """How many bytes the parts of a workbook have when they are unpacked, as it says itself."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except BadZipFile:
        return 0  # openpyxl says what is wrong


def _no_form(why: str, **values: object) -> BadInput:
    return BadInput(Problem("M22", {"why": tr.phrase(why, **values)}))


def _sheets(raw: DefinitionData) -> Sheets:
    known = {
        "survey": (aliases.survey_header, set(MultipleChoiceQuestion.get_slot_names())),
        "choices": (aliases.list_header, set(Option.get_slot_names())),
        "settings": (aliases.settings_header, set(Survey.get_slot_names())),
    }
    rows: dict[str, list[dict[Column, str]]] = {}
    headers: dict[str, dict[Column, str]] = {}
    for sheet, (names, slots) in known.items():
        written = [header for header in next(iter(getattr(raw, f"{sheet}_header") or [{}])) if header]
        double_colon = any("::" in header for header in written)
        column = {header: tuple(process_header(header, double_colon, names, slots)[1]) for header in written}
        headers[sheet] = {name: header for header, name in column.items()}
        rows[sheet] = [
            {column[header]: str(cell) for header, cell in row.items() if header in column and str(cell).strip()}
            for row in getattr(raw, sheet) or []
        ]
    settings = next(iter(rows["settings"]), {})
    default = _default_language(settings, headers["survey"])
    made = {
        sheet: [Row(sheet, number, cells, default) for number, cells in enumerate(found, start=2)]
        for sheet, found in rows.items()
    }
    return Sheets(made["survey"], made["choices"], Row("settings", 2, settings, default), headers, default)


def _default_language(settings: Mapping[Column, str], columns: Iterable[Column]) -> Lang:
    """What the settings say, otherwise the first language among the labels, otherwise Chinese."""
    if said := language(settings.get(("default_language",), "")):
        return said
    languages = (language(column[-1]) for column in columns if column[0] == "label" and len(column) > 1)
    return next((lang for lang in languages if lang), Lang.ZH)


def _verdict(raw: DefinitionData) -> Problem | None:
    """What pyxform itself says of the form. It changes the data it is given, so it comes last."""
    try:
        workbook_to_json(raw, warnings=[])
    except UNREADABLE as error:
        message = clean_text(str(error)) or type(error).__name__
        row = ROW_IN_MESSAGE.search(message)
        sheet = named[1] if (named := SHEET_IN_MESSAGE.search(message)) else "survey"
        said = ROW_IN_MESSAGE.sub("", message, count=1)
        why = tr.phrase(N_("pyxform, which checks forms, says: {said}"), said=said)
        return Problem("M22", {"why": why}, row_place(sheet, int(row[1])) if row else "")
    return None
