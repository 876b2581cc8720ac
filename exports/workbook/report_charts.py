"""The sheet of charts of one survey: a short table, and native charts that are drawn from its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.cells import Cell, ColumnKind, plain
from exports.clean import clean
from exports.report import Metadata
from exports.texts import tr
from exports.workbook.report_cells import GREEN, GREY, LINE, Ink
from exports.workbook.report_headings import write_headings
from exports.workbook.report_overview import Chart, Overview
from exports.workbook.report_page import Styles, print_area, set_up, twin
from exports.workbook.report_paper import ROW, paper_for, points
from exports.workbook.report_sheet import BARS
from exports.workbook.report_widths import row_height
from exports.workbook.safe_text import first_units, write_text
from exports.workbook.sheets import FONTS


@dataclass(frozen=True, slots=True)
class Tone:
    """How a part of a bar is filled. What differs in kind differs in pattern too: colours may be printed as greys."""

    colour: str
    pattern: str = ""
    """Of Excel; empty for a plain ground. Figures on a pattern have a white ground of their own."""
    dark: bool = False
    """Figures on it are white."""


_POSITIVE = (Tone("#2E7D5B", dark=True), Tone("#A8CDB5"), Tone("#D3E7DB"))
_NEGATIVE = (
    Tone("#C8553D", "dark_upward_diagonal"),
    Tone("#8E2F1E", "dark_horizontal"),
    Tone("#E3A294", "wide_downward_diagonal"),
)
_NO_OPINION, _BLANK = Tone("#DFE2E7"), Tone("#FFFFFF")
_OTHER = (Tone("#E0B94F"), Tone("#8FA7C4", "light_vertical"), Tone("#B59BC4", "small_grid"))
_EDGE, _INK, _GROUND = "#7A7F87", "#333333", "#FBEDE9"
"""Around each part, so that even a white one is seen; of figures; under a pattern."""
_LABEL = 60
"""Characters of the name of a bar."""
_WIDE_LABEL, _WIDE = 52, 12
_PIXELS = 7.2
"""A character across."""
_BAR, _AROUND, _ROW, _TOP = 27, 120, 20, 210
"""Pixels: a bar, what is above and below them, a row of cells that nobody made higher, titles and headings."""
_LEAST_ROW = 20.0
"""Points."""
_HEADINGS = 3
"""Rows of titles above the headings."""
_POINT = 0.75
"""Of a pixel."""
_SATISFIED = N_("Satisfaction rate %, by unit")


def write_overview(
    book: xlsxwriter.Workbook, sheet: Worksheet, overview: Overview, about: Metadata, ink: Ink, styles: Styles
) -> None:
    """Each chart below its table, on a page of its own."""
    wide = max(len(chart.columns) for chart in overview.charts)
    sheet.set_column(0, 0, _WIDE_LABEL)
    sheet.set_column(1, wide - 1, _WIDE)
    starts = [0]
    for chart in overview.charts:
        starts.append(_chart(book, sheet, chart, about, starts[-1], (ink, styles)))
    widths = [_WIDE_LABEL, *[_WIDE] * (wide - 1)]
    heights = [_height(chart, ink.lang) for chart in overview.charts]
    paper = paper_for(points(widths), sum(heights))
    if paper.tall == 1 and paper.across == 1:
        set_up(sheet, about, ink.lang, paper)
    else:
        each = paper_for(points(widths), max(heights))
        set_up(sheet, about, ink.lang, replace(each, tall=0), starts[1:-1])
    print_area(sheet, starts[-1], widths)


def _chart(
    book: xlsxwriter.Workbook, sheet: Worksheet, chart: Chart, about: Metadata, row: int, looks: tuple[Ink, Styles]
) -> int:
    """The title, the table and the chart from this row on; the row after it."""
    ink, styles = looks
    lang = ink.lang
    sheet.set_row(row, 30)
    write_text(sheet, row, 0, _label(chart.title, lang), styles.title)
    under = [_label(about.title, lang), about.exported_on.isoformat()]
    if (other := _label(chart.title, twin(lang))) != _label(chart.title, lang):
        under.insert(0, other)
    write_text(sheet, row + 1, 0, "   ".join(under), styles.under)
    widths = [_WIDE_LABEL, *(_WIDE for _ in chart.columns[1:])]
    columns = [replace(column, heading=_plain(column.heading)) for column in chart.columns]
    first = write_headings(sheet, styles, lang, row + _HEADINGS, columns, widths)
    high = _row_height(chart, lang)
    for number, cells in enumerate(chart.rows, first):
        sheet.set_row(number, high)
        for place, cell in enumerate(cells):
            ink.write(sheet, number, place, _in_line(cell, lang))
    last = first + len(chart.rows) - 1
    for place, column in enumerate(chart.columns):
        if column.kind is ColumnKind.RATE:
            sheet.conditional_format(first, place, last, place, BARS)
    below = last + 1
    if chart.note:
        write_text(sheet, below, 0, chart.note.text(lang), styles.note)
    drawn = _drawn(book, sheet, chart, (row, first, last), lang)
    height = _drawn_height(chart)
    drawn.set_size({"width": int(sum(widths) * _PIXELS), "height": height})
    description = _label(chart.title, lang)
    sheet.insert_chart(below + 2, 0, drawn, {"object_position": 2, "description": description})
    return below + 4 + int(height * _POINT / ROW)


def _drawn_height(chart: Chart) -> int:
    return _AROUND + _BAR * len(chart.rows)


def _row_height(chart: Chart, lang: Lang) -> float:
    """Points: the same of every row, so that none looks squeezed beside a higher one."""
    widths = [_WIDE_LABEL, *(_WIDE for _ in chart.columns[1:])]
    return max([_LEAST_ROW, *(row_height(cells, widths, lang) or 0 for cells in chart.rows)])


def _height(chart: Chart, lang: Lang) -> float:
    """Points of the whole page."""
    return _POINT * (_TOP + _drawn_height(chart)) + _row_height(chart, lang) * len(chart.rows)


def _in_line(cell: Cell, lang: Lang) -> Cell:
    """Texts as charts can take them: short, and with nothing that XML cannot hold."""
    return plain(_label(cell, lang)) if isinstance(cell, I18n) else cell


def _plain(heading: I18n) -> I18n:
    return I18n(zh=_label(heading, Lang.ZH), en=_label(heading, Lang.EN))


def _label(text: I18n, lang: Lang) -> str:
    line = clean(text.text(lang))
    return line if len(line) <= 2 * _LABEL else f"{first_units(line, 2 * _LABEL - 1)}…"


def _drawn(
    book: xlsxwriter.Workbook, sheet: Worksheet, chart: Chart, rows: tuple[int, int, int], lang: Lang
) -> xlsxwriter.chart.Chart:
    """From the title's row, the first and the last of the table. Names are cells: a text could be a formula."""
    title, first, last = rows
    at = sheet.get_name()
    kind = {"type": "bar", "subtype": "percent_stacked"} if chart.stacked else {"type": "bar"}
    drawn = book.add_chart(kind)
    font = {"name": FONTS[lang], "size": 9}
    for place, tone in zip(chart.bars, _tones(chart), strict=True):
        drawn.add_series(
            {
                "name": [at, title + _HEADINGS, place],
                "categories": [at, first, 0, last, 0],
                "values": [at, first, place, last, place],
                **_filled(tone),
                "border": {"color": _EDGE, "width": 0.5},
                "gap": 45,
                "data_labels": _figures(chart, tone, font),
            }
        )
    named = [at, title, 0] if chart.stacked else tr(lang, _SATISFIED)
    drawn.set_title({"name": named, "name_font": {**font, "size": 13, "bold": True}, "overlay": False})
    line = {"color": LINE}
    drawn.set_y_axis({"reverse": True, "num_font": font, "line": line, "major_tick_mark": "none"})
    percent = {"num_format": "0%", "num_font": {**font, "color": GREY}, "line": line}
    grid = {"visible": True, "line": {"color": "#E6E7EA"}}
    drawn.set_x_axis({"min": 0, "max": 1, **percent, "major_gridlines": grid})
    drawn.set_legend({"position": "top", "font": font} if chart.stacked else {"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    return drawn


def _filled(tone: Tone) -> dict[str, object]:
    if tone.pattern:
        return {"pattern": {"pattern": tone.pattern, "fg_color": tone.colour, "bg_color": _GROUND}}
    return {"fill": {"color": tone.colour}}


def _figures(chart: Chart, tone: Tone, font: dict[str, object]) -> dict[str, object]:
    """The figure on a part of a bar, or behind a bar of its own."""
    if not chart.stacked:
        return {"value": True, "num_format": "0.0%", "font": {**font, "color": _INK}}
    ground = {"fill": {"color": "#FFFFFF"}} if tone.pattern else {}
    return {
        "value": True,
        "num_format": "#,##0;;",
        "font": {**font, "color": "#FFFFFF" if tone.dark else _INK},
        **ground,
    }


def _tones(chart: Chart) -> Sequence[Tone]:
    """By what a choice counts as; within that, from the first to the last, dark beside light."""
    if not chart.stacked:
        return [Tone(GREEN)]
    kinds = {"positive": list(_POSITIVE), "negative": list(_NEGATIVE), "no_opinion": [_NO_OPINION]}
    found: list[Tone] = []
    for place in chart.bars:
        column = chart.columns[place]
        left = [_BLANK] if column.key == "blank_count" else kinds.setdefault(column.counts_as or "", list(_OTHER))
        found.append(left.pop(0) if len(left) > 1 else left[0])
    return found
