"""What every format must show of a report, cell by cell; and the same read back from CSV and JSON."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate
from exports.content import Content, pieces
from exports.report import Report
from exports.showing import shown

Cells = dict[tuple[str, int, str], str]
"""By name of the table, number of the row from 0, and key of the column."""
HIDDEN, NOTHING = "hidden: ", ""
"""A hidden figure is this and its reason; what has no figure is empty."""


def expected_cells(report: Report, lang: Lang) -> Cells:
    """Every cell of every table as text: figures in digits, rates in per cent, days in ISO form."""
    return {
        (table.name, line, column.key): expected(cell, lang)
        for table in report.tables
        for line, row in enumerate(table.rows)
        for column, cell in zip(table.columns, row, strict=True)
    }


def expected(cell: Cell, lang: Lang) -> str:
    """One cell."""
    if isinstance(cell, Hidden):
        return HIDDEN + cell.reason
    return NOTHING if isinstance(cell, NoFigure) else shown(cell, lang)


def exact_cells(report: Report) -> Cells:
    """The exact fractions of all rates, points and indexes."""
    return {
        (table.name, line, column.key): str(cell.value)
        for table in report.tables
        for line, row in enumerate(table.rows)
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, Rate | Points | Index)
    }


def whole(content: Content) -> bytes:
    """All of a file."""
    return b"".join(pieces(content))


def csv_rows(content: Content) -> list[list[str]]:
    """The rows of a CSV file, apostrophes of safety taken off."""
    rows = csv.reader(io.StringIO(whole(content).decode("utf-8-sig"), newline=""))
    return [[unsafe(cell) for cell in row] for row in rows]


def unsafe(text: str) -> str:
    """The text of a cell as it was before it was made safe."""
    rest = text[1:].lstrip("'").lstrip(" ")
    return text[1:] if text.startswith("'") and rest.startswith(tuple("=+-@\t\r\n＝＋－＠")) else text


def csv_cells(files: Mapping[str, Content], report: Report) -> Cells:
    """The cells of the printed tables; hidden ones by what their row's state says."""
    found: Cells = {}
    for table in report.tables:
        (name,) = [each for each in files if each.startswith(f"{table.name} ")]
        _, *rows = csv_rows(files[name])
        for line, (*cells, state) in enumerate(rows):
            reasons = _reasons(state)
            for column, cell in zip(table.columns, cells, strict=True):
                hides = reasons.get(column.key, reasons.get("") if column.kind not in {"text", "date"} else None)
                is_hidden = hides is not None and not cell and column.key != "no"
                found[table.name, line, column.key] = f"{HIDDEN}{hides}" if is_hidden else cell
    return found


def _reasons(state: str) -> dict[str, str]:
    """The reason by column, or under the empty key for all figures of the row."""
    if state == "shown":
        return {}
    parts = [part.partition(": ") for part in state.split("; ")]
    return {key: reason for reason, _, keys in parts for key in (keys.split(" ") if keys else [""])}


def json_cells(content: Content, lang: Lang) -> Cells:
    """The cells of the JSON."""
    return {
        (table["name"], line, key): _json_cell(value, lang)
        for table in json.loads(whole(content))["tables"]
        for line, row in enumerate(table["rows"])
        for key, value in row.items()
    }


def json_exact(content: Content) -> Cells:
    """The exact fractions of the JSON."""
    return {
        (table["name"], line, key): value["exact"]
        for table in json.loads(whole(content))["tables"]
        for line, row in enumerate(table["rows"])
        for key, value in row.items()
        if isinstance(value, dict) and "exact" in value
    }


def _json_cell(value: Any, lang: Lang) -> str:  # noqa: ANN401  # whatever JSON holds
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        return str(value)
    if "hidden" in value:
        return f"{HIDDEN}{value['hidden']}"
    if "zh" in value:
        return I18n(**value).text(lang)
    return str(next(value[key] for key in ("percent", "points", "index") if key in value))


def tidy_values(files: Mapping[str, Content]) -> list[dict[str, str]]:
    """The rows of ``tidy.csv``."""
    head, *rows = csv_rows(files["tidy.csv"])
    return [dict(zip(head, row, strict=True)) for row in rows]


def figures_of(report: Report) -> list[tuple[str, int, str, str]]:
    """Every count of a report that is shown and no running number: table, row from 1, column, digits."""
    return [
        (table.name, line, column.key, str(cell.value))
        for table in report.tables
        for line, row in enumerate(table.rows, 1)
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, Count) and column.key != "no"
    ]
