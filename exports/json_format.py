"""JSON: the whole report in one object, in both languages. ``report.schema.json`` beside this module describes it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from pydantic_core import to_json

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate, Table
from exports.content import Files
from exports.pace import Told, paced, unheard
from exports.report import Report, SurveyMark

SCHEMA = "urn:manyi:report:1"
"""The description that a file follows; another number stands for another description."""
_AT_ONCE = 1_000
_SCHEMA_FILE = Path(__file__).with_name("report.schema.json")


def json_files(report: Report, lang: Lang, told: Told = unheard) -> Files:  # noqa: ARG001  # both languages are in it
    """The report, and what describes it."""
    yield "report.json", _pieces(report, told)
    yield _SCHEMA_FILE.name, _SCHEMA_FILE.read_bytes()


def _pieces(report: Report, told: Told) -> Iterator[bytes]:
    """The report, a table on every line."""
    head = to_json(_head(report), indent=1).removesuffix(b"\n}")
    yield head + b',\n "tables": ['
    for number, table in enumerate(paced(report.tables, told)):
        yield b",\n" if number else b"\n"
        yield from _table_pieces(table)
    yield b"\n ]\n}\n"


def _table_pieces(table: Table) -> Iterator[bytes]:
    """A table, a row on every line, some rows at a time: a large campaign has more than there is room for."""
    yield to_json(_table_head(table)).removesuffix(b"}") + b',"rows":['
    rows = iter(table.rows)
    separator = b"\n"
    while some := [*islice(rows, _AT_ONCE)]:
        yield separator + b",\n".join(to_json(_row(table, row)) for row in some)
        separator = b",\n"
    yield b"]}"


def report_values(report: Report) -> dict[str, object]:
    """The report as JSON has it."""
    return {**_head(report), "tables": [table_values(each) for each in report.tables]}


def _head(report: Report) -> dict[str, object]:
    meta = report.metadata
    return {
        "schema": SCHEMA,
        "campaign": meta.campaign,
        "title": _text(meta.title),
        "organiser": _text(meta.organiser),
        "exported_on": meta.exported_on.isoformat(),
        "min_forms": meta.min_forms,
        "surveys": [_survey(each) for each in meta.surveys],
        "formula": [_text(each) for each in meta.formula],
        "notes": [_text(each) for each in meta.notes],
    }


def table_values(table: Table) -> dict[str, object]:
    """A table as JSON has it."""
    return {**_table_head(table), "rows": [_row(table, row) for row in table.rows]}


def _table_head(table: Table) -> dict[str, object]:
    return {
        "number": table.number,
        "name": table.name,
        "title": _text(table.title),
        "survey": table.survey or None,
        "branch": table.branch or None,
        "session": table.session or None,
        "columns": [
            {
                "key": each.key,
                "heading": _text(each.heading),
                "over": _text(each.group) if each.group else None,
                "kind": each.kind.value,
            }
            for each in table.columns
        ],
        "totals": table.totals,
        "notes": [_text(note) for note in table.notes],
    }


def _row(table: Table, row: Sequence[Cell]) -> dict[str, object]:
    return {column.key: cell_value(cell) for column, cell in zip(table.columns, row, strict=True)}


def cell_value(cell: Cell) -> object:
    """A cell as JSON has it: figures as shown and exact, a hidden one as ``{"hidden": reason}``, none as null."""
    match cell:
        case NoFigure():
            return None
        case Hidden():
            return {"hidden": cell.reason}
        case I18n():
            return _text(cell)
        case date():
            return cell.isoformat()
        case _:
            return _figure(cell)


def _figure(cell: Count | Rate | Points | Index) -> object:
    match cell:
        case Count():
            return cell.value
        case Rate():
            return {"percent": float(cell.percent), "exact": str(cell.value)}
        case Points():
            return {"points": float(cell.points), "exact": str(cell.value)}
        case Index():
            return {"index": float(cell.shown), "exact": str(cell.value)}


def _text(text: I18n) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _survey(mark: SurveyMark) -> dict[str, object]:
    return {
        "kind": mark.kind,
        "name": _text(mark.name),
        "questionnaire": mark.questionnaire,
        "title": _text(mark.title),
        "version": mark.version,
        "sessions": mark.sessions,
        "hidden_sessions": mark.hidden_sessions,
        "valid": mark.valid,
    }
