"""One cell of a report in a worksheet: figures are numbers, days are days, texts are texts; what is hidden says why."""

from datetime import date
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from exports.cells import Cell, Count, Hidden, Index, NoFigure, Points, Rate
from exports.showing import DASH, mark
from exports.workbook.safe_text import cell_text, write_text
from exports.workbook.sheets import FIGURES, Pen

GREEN, PALE, GREY, LINE = "#2E7D5B", "#E4F1EA", "#6B6B6B", "#C9CCD1"
_FORMATS = {Count: "#,##0", Points: "+0.0;-0.0;0.0", Index: "0.0", date: "yyyy-mm-dd"}


class Ink:
    """Writes the cells of one workbook; every look is made once."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self.lang = pen.lang
        self._looks: dict[tuple[object, bool], Format] = {}

    def write(self, sheet: Worksheet, row: int, place: int, cell: Cell, *, total: bool = False) -> None:
        """The cell; in a row of sums with ``total``."""
        match cell:
            case Rate():
                decimals = -int(cell.percent.as_tuple().exponent)
                sheet.write_number(row, place, float(cell.value), self._look(max(1, decimals), total))
            case Count() | Index() | Points():
                sheet.write_number(row, place, _number(cell), self._look(type(cell), total))
            case I18n():
                write_text(sheet, row, place, cell_text(cell.text(self.lang), self.lang), self._look("text", total))
            case Hidden():
                sheet.write_string(row, place, mark(cell, self.lang), self._look("hidden", total))
            case NoFigure():
                sheet.write_string(row, place, DASH, self._look("none", total))
            case date():
                sheet.write_datetime(row, place, cell, self._look(date, total))

    def _look(self, kind: object, total: bool) -> Format:
        if (kind, total) not in self._looks:
            self._looks[kind, total] = self._made(kind, total=total)
        return self._looks[kind, total]

    def _made(self, kind: object, *, total: bool) -> Format:
        fields: dict[str, object] = {"bottom": 4, "bottom_color": LINE, "valign": "vcenter"}
        if total:
            fields |= {"bold": True, "bg_color": PALE, "top": 1, "bottom": 1, "top_color": GREEN}
            fields["bottom_color"] = GREEN
        if kind == "text":
            return self._pen.look(num_format="@", text_wrap=True, align="left", indent=1, **fields)
        if kind == "hidden":
            return self._pen.look(num_format="@", align="right", italic=True, font_color=GREY, **fields)
        if kind == "none":
            return self._pen.look(num_format="@", align="center", font_color=GREY, **fields)
        fields["font_name"] = FIGURES
        if isinstance(kind, int):
            return self._pen.look(num_format=f"0.{'0' * kind}%", align="right", **fields)
        align = "center" if kind is date else "right"
        return self._pen.look(num_format=_FORMATS[kind], align=align, **fields)  # type: ignore[index]


def _number(cell: Count | Index | Points) -> int | float:
    """The exact figure; a difference in points, as its heading says."""
    value: int | Fraction = 100 * cell.value if isinstance(cell, Points) else cell.value
    return float(value) if isinstance(value, Fraction) else value
