"""One sheet with the tables of a report: headings in both languages that stay, rows, sums, notes."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from exports.cells import Cell, ColumnKind, Hidden, Table, plain
from exports.pace import Told, paced, unheard
from exports.reasons import explained, unexplained, without_reasons
from exports.report import Metadata
from exports.workbook.report_cells import Ink
from exports.workbook.report_headings import heights, write_headings
from exports.workbook.report_layout import TableSheet
from exports.workbook.report_page import Styles, print_area, printed_widths, set_up, twin
from exports.workbook.report_paper import ROW, packed, paper_for, points
from exports.workbook.report_widths import fixed_columns, row_height, widths_of
from exports.workbook.report_words import common_notes, in_lines, joined
from exports.workbook.safe_text import cell_text, write_text

TITLE, TWIN_TITLE, HEAD = 0, 1, 2
"""Rows: the title in both languages, then the headings."""
_MOST_REMARKS = 200
"""Cells of a sheet with a remark; the same stands below the tables."""
_OWN_PAGE = "T9"
_TITLES, _BAND, _NOTE = 40.0, 16.0, 14.5
"""Points: the titles of a sheet, the one of a table among others, and a line of a note."""
BARS = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": "#A8CDB5",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
}
"""A bar as long as the share, in the cell of a rate."""


class SheetWriter:
    """Writes one sheet from the top to the bottom."""

    def __init__(self, ink: Ink, styles: Styles, sheet: Worksheet) -> None:
        self._ink, self._styles, self._sheet = ink, styles, sheet
        self._lang = ink.lang
        self._row = 0
        self._remarks = 0
        self._high = 0.0
        """Points of the rows below the headings."""

    def write(self, plan: TableSheet, about: Metadata, told: Told = unheard) -> None:
        """The whole sheet."""
        widths = widths_of(plan, self._lang)
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)
        self._titles(plan.title)
        first = self._row = write_headings(self._sheet, self._styles, self._lang, HEAD, plan.columns, widths)
        common, parts = common_notes(plan.tables), []
        for table in paced(plan.tables, told):
            parts.append((self._row, self._high))
            self._table(table, common, widths, single=plan.single)
        end = self._row
        self._notes(explained(common, [row for table in plan.tables for row in unexplained(table)]), widths)
        self._furnish(plan, widths, first, end)
        self._print(plan, about, widths, parts)
        print_area(self._sheet, self._row, widths)
        self._sheet.repeat_rows(TITLE, first - 1)

    def _print(
        self, plan: TableSheet, about: Metadata, widths: Sequence[float], parts: Sequence[tuple[int, float]]
    ) -> None:
        """How it goes onto paper; notices are not divided. ``parts``: where each table begins, its row and points."""
        heads = _TITLES + sum(heights(self._lang, plan.columns, widths))
        wide = points(printed_widths(widths))
        if plan.tables[0].number != _OWN_PAGE or plan.single:
            set_up(self._sheet, about, self._lang, paper_for(wide, self._high, heads))
            return
        ends = [*(high for _, high in parts[1:]), self._high]
        paper, starts = packed(wide, [end - high for end, (_, high) in zip(ends, parts, strict=True)], heads)
        set_up(self._sheet, about, self._lang, paper, [parts[number][0] for number in starts])

    def _titles(self, title: I18n) -> None:
        self._sheet.set_row(TITLE, _TITLES - ROW)
        lang, other = title.text(self._lang), title.text(twin(self._lang))
        write_text(self._sheet, TITLE, 0, cell_text(lang, self._lang), self._styles.title)
        if other != lang:
            write_text(self._sheet, TWIN_TITLE, 0, cell_text(other, self._lang), self._styles.under)

    def _table(self, table: Table, common: Sequence[I18n], widths: Sequence[float], *, single: bool) -> None:
        """The title of a table among others, its rows, and the notes that are its own."""
        if not single:
            self._band(table)
        sums = len(table.rows) - table.totals
        for number, row in enumerate(table.rows):
            if (height := row_height(row, widths, self._lang)) is not None:
                self._sheet.set_row(self._row, height)
            self._high += height or ROW
            before = table.rows[number - 1] if number and table.number == _OWN_PAGE else None
            self._cells(row, before, total=number >= sums)
        self._notes([note for note in without_reasons(table.notes) if note not in common], widths)

    def _band(self, table: Table) -> None:
        lang, other = table.title.text(self._lang), table.title.text(twin(self._lang))
        text = lang if lang == other else f"{lang}  ·  {other}"
        self._sheet.set_row(self._row, _BAND)
        self._high += _BAND
        for place in range(1, len(table.columns)):
            self._sheet.write_blank(self._row, place, None, self._styles.band)
        write_text(self._sheet, self._row, 0, cell_text(text, self._lang), self._styles.band)
        self._row += 1

    def _cells(self, row: Sequence[Cell], before: Sequence[Cell] | None, *, total: bool) -> None:
        """The cells of a row; of a notice, what it is about is said once where several lines are about it."""
        said = None
        for place, cell in enumerate(row):
            if before and not place and cell == before[0]:
                self._ink.write(self._sheet, self._row, place, plain(""))
                continue
            self._ink.write(self._sheet, self._row, place, cell, total=total)
            if isinstance(cell, Hidden) and cell != said and self._remarks < _MOST_REMARKS:
                self._sheet.write_comment(self._row, place, cell.text(self._lang), {"font_size": 9, "y_scale": 0.6})
                self._remarks += 1
            said = cell if isinstance(cell, Hidden) else None
        self._row += 1

    def _notes(self, notes: Sequence[I18n], widths: Sequence[float]) -> None:
        """All of them as a paragraph, then in the other language; in lines no wider than what is printed."""
        across = sum(printed_widths(widths))
        own, other = (joined([note.text(lang) for note in notes], lang) for lang in (self._lang, twin(self._lang)))
        for text, look in ((own, self._styles.note), (other if other != own else "", self._styles.note_twin)):
            for line in in_lines(cell_text(text, self._lang), across) if text else ():
                self._sheet.set_row(self._row, _NOTE)
                write_text(self._sheet, self._row, 0, line, look)
                self._row += 1
                self._high += _NOTE
        self._row += bool(notes)
        self._high += ROW * bool(notes)

    def _furnish(self, plan: TableSheet, widths: Sequence[float], first: int, end: int) -> None:
        """What stays when one scrolls, bars in the cells of rates, a filter where there is one list."""
        fixed = fixed_columns(plan.columns, widths)
        self._sheet.freeze_panes(first, fixed)
        if fixed:
            self._sheet.repeat_columns(0, fixed - 1)
        for place, column in enumerate(plan.columns):
            if column.kind is ColumnKind.RATE and column.group is None and end > first:
                self._sheet.conditional_format(first, place, end - 1, place, BARS)
        table = plan.tables[0]
        if plan.single and not table.totals and len(table.rows) > 1 and table.number != _OWN_PAGE:
            self._sheet.autofilter(first - 1, 0, first + len(table.rows) - 1, len(plan.columns) - 1)
