"""CSV that Excel and WPS open rightly and that runs nothing: one file a table.

RFC 4180 with a byte order mark, without which Excel garbles Chinese. A text that a spreadsheet would take for a
formula gets an apostrophe before it (OWASP, "CSV Injection").
"""

import csv
import io
from datetime import date

from exports.tidy import Cell, TidyReport

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_files(report: TidyReport) -> dict[str, bytes]:
    """The report's tables by file name."""
    files = {}
    for table in report.tables:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(table.columns)
        writer.writerows([safe(cell) for cell in row] for row in table.rows)
        files[f"{table.name}.csv"] = text.getvalue().encode("utf-8-sig")
    return files


def safe(cell: Cell) -> str:
    """A cell as text: figures as they are, hidden ones empty, days in ISO form, texts made harmless."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.replace("\x00", "")
        return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
    return cell.isoformat() if isinstance(cell, date) else str(cell)
