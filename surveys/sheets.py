"""The sheets of an XLSForm, read by pyxform, with every cell where a person sees it.

pyxform takes 0.5 s to import: this module is imported by :mod:`surveys.xlsform` when a questionnaire is compiled.
"""

import re
import warnings
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import error as StructError  # noqa: N812  a class
from xml.etree.ElementTree import ParseError

from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, get_xlsform

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import Lang
from surveys.entry import clean_text

Column = tuple[str, ...]
"""A column's name as pyxform understands it: ``("bind", "relevant")``, ``("label", "中文 (zh)")``."""

FORMATS = (".xlsx", ".md")

UNREADABLE = (
    PyXFormError, OSError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError, ParseError,
    StructError, EOFError, zlib.error,
)  # fmt: skip
"""What pyxform, openpyxl and zipfile raise for a file that is no spreadsheet, or for a table with ragged rows."""

LANGUAGE_CODE = re.compile(r"\(\s*([a-zA-Z]+)(?:[-_][\w-]+)?\s*\)\s*$")
LANGUAGE_NAMES = {"zh": Lang.ZH, "中文": Lang.ZH, "chinese": Lang.ZH, "en": Lang.EN, "english": Lang.EN}
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
    def place(self) -> str:
        """Where it is, for messages."""
        return f"{self.sheet} row {self.number}"

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
    columns: Mapping[str, Collection[Column]]
    """Columns by sheet."""
    default_language: Lang


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
    """pyxform's reading. In Markdown a row without any cell is not counted."""
    if isinstance(source, Path) and source.suffix.lower() not in FORMATS:
        raise BadInput(Problem("M03", {"path": source, "why": f"{' / '.join(FORMATS)}"}))
    try:
        data = source.encode(errors="replace") if isinstance(source, str) else source.read_bytes()
    except OSError as error:
        raise BadInput(Problem("M03", {"path": source, "why": error.strerror or error})) from None
    file_type = source.suffix.lower() if isinstance(source, Path) else ".md"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of spreadsheet features that no question uses
            raw = get_xlsform(data.replace(b"\r\n", b"\n") if file_type == ".md" else data, file_type=file_type)
    except UNREADABLE as error:
        raise BadInput(Problem("M22", {"why": clean_text(str(error)) or type(error).__name__})) from None
    if not raw.survey:
        raise BadInput(Problem("M22", {"why": "survey?"}, "survey"))
    return raw


def _sheets(raw: DefinitionData) -> Sheets:
    known = {
        "survey": (aliases.survey_header, set(MultipleChoiceQuestion.get_slot_names())),
        "choices": (aliases.list_header, set(Option.get_slot_names())),
        "settings": (aliases.settings_header, set(Survey.get_slot_names())),
    }
    rows: dict[str, list[dict[Column, str]]] = {}
    columns: dict[str, list[Column]] = {}
    for sheet, (names, slots) in known.items():
        headers = [header for header in next(iter(getattr(raw, f"{sheet}_header") or [{}])) if header]
        double_colon = any("::" in header for header in headers)
        column = {header: tuple(process_header(header, double_colon, names, slots)[1]) for header in headers}
        columns[sheet] = list(column.values())
        rows[sheet] = [
            {column[header]: str(cell) for header, cell in row.items() if header in column and str(cell).strip()}
            for row in getattr(raw, sheet) or []
        ]
    settings = next(iter(rows["settings"]), {})
    default = _default_language(settings, columns["survey"])
    made = {
        sheet: [Row(sheet, number, cells, default) for number, cells in enumerate(found, start=2)]
        for sheet, found in rows.items()
    }
    return Sheets(made["survey"], made["choices"], Row("settings", 2, settings, default), columns, default)


def _default_language(settings: Mapping[Column, str], columns: Sequence[Column]) -> Lang:
    """What the settings say, otherwise the first language among the labels, otherwise Chinese."""
    if said := language(settings.get(("default_language",), "")):
        return said
    languages = (language(column[-1]) for column in columns if column[0] == "label" and len(column) > 1)
    return next((lang for lang in languages if lang), Lang.ZH)


def _verdict(raw: DefinitionData) -> Problem | None:
    """pyxform's own judgement; it changes the data it is given, so it comes last."""
    try:
        workbook_to_json(raw, warnings=[])
    except UNREADABLE as error:
        message = clean_text(str(error)) or type(error).__name__
        row = ROW_IN_MESSAGE.search(message)
        sheet = "choices" if "'choices' sheet" in message else "survey"
        why = ROW_IN_MESSAGE.sub("", message, count=1)
        return Problem("M22", {"why": why}, f"{sheet} row {row[1]}" if row else "")
    return None
