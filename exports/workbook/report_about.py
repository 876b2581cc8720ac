"""The first sheet of a report: where its figures come from, how they are computed, what stands on which sheet."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.cells import NONE, Cell, Count, both, plain
from exports.clean import clean
from exports.origin import CAMPAIGN, DAY, FORMULA, ORGANISER
from exports.report import Metadata, SurveyMark
from exports.workbook.report_cells import Ink
from exports.workbook.report_page import Styles, print_area, set_up, twin
from exports.workbook.report_paper import ROW, paper_for, points
from exports.workbook.safe_text import cell_text, first_units, write_text

ABOUT = N_("About this report")
_FACTS = N_("Facts"), N_("Surveys"), FORMULA, N_("Notes"), N_("Sheets")
_ID = N_("Campaign id")
_LEAST = N_("Fewest valid forms that are shown")
_SURVEY_HEADS = (
    N_("Survey"),
    N_("Questionnaire"),
    N_("Version"),
    N_("Sessions shown"),
    N_("Sessions hidden"),
    N_("Valid forms"),
)
_WIDTHS = (56, 42, 11, 11, 11, 11)
_MOST_TITLE, _HIGHER = 100, 90.0
"""Characters of a title, and points by which title and headings are higher than other rows."""


class AboutWriter:
    """Writes the sheet from the top to the bottom."""

    def __init__(self, ink: Ink, styles: Styles, sheet: Worksheet) -> None:
        self._ink, self._styles, self._sheet, self._lang = ink, styles, sheet, ink.lang
        self._row = 0

    def write(self, about: Metadata, sheets: Sequence[tuple[str, I18n]]) -> None:
        """All of it; ``sheets`` are the names of the others and their titles."""
        for place, width in enumerate(_WIDTHS):
            self._sheet.set_column(place, place, width)
        self._title(about.title)
        self._facts(about)
        self._surveys(about.surveys)
        for heading, lines in ((_FACTS[2], about.formula), (_FACTS[3], about.notes)):
            self._heading(heading)
            for line in lines:
                self._line(line)
        self._contents(sheets)
        set_up(self._sheet, about, self._lang, paper_for(points(_WIDTHS), ROW * self._row + _HIGHER))
        print_area(self._sheet, self._row, _WIDTHS)

    def _title(self, title: I18n) -> None:
        self._sheet.set_row(0, 30)
        self._text(0, title.text(self._lang), self._styles.title)
        self._row += 1
        if (other := title.text(twin(self._lang))) != title.text(self._lang):
            self._text(0, other, self._styles.under)
            self._row += 1

    def _facts(self, about: Metadata) -> None:
        self._heading(_FACTS[0])
        facts: list[tuple[str, I18n | date | int]] = [
            (CAMPAIGN, about.title),
            (_ID, plain(about.campaign)),
            (ORGANISER, about.organiser),
            (DAY, about.exported_on),
            (_LEAST, about.min_forms),
        ]
        for name, value in facts:
            self._text(0, _twins(both(name), self._lang), self._styles.label)
            if isinstance(value, I18n):
                self._text(1, value.text(self._lang), self._styles.text)
            elif isinstance(value, date):
                self._sheet.write_datetime(self._row, 1, value, self._styles.day)
            else:
                self._sheet.write_number(self._row, 1, value, self._styles.count)
            self._row += 1

    def _surveys(self, surveys: Sequence[SurveyMark]) -> None:
        if not surveys:
            return
        self._heading(_FACTS[1])
        for place, heading in enumerate(_SURVEY_HEADS):
            self._sheet.set_row(self._row, 64)
            text = "\n".join(dict.fromkeys(both(heading).text(each) for each in (self._lang, twin(self._lang))))
            write_text(self._sheet, self._row, place, text, self._styles.head)
        for mark in surveys:
            self._row += 1
            cells: tuple[Cell, ...] = (
                mark.name,
                mark.title,
                plain(mark.version),
                Count(mark.sessions),
                Count(mark.hidden_sessions),
                NONE if mark.valid is None else Count(mark.valid),
            )
            for place, cell in enumerate(cells):
                self._ink.write(self._sheet, self._row, place, cell)
        self._row += 1

    def _contents(self, sheets: Sequence[tuple[str, I18n]]) -> None:
        self._heading(_FACTS[4])
        for name, title in sheets:
            self._sheet.write_url(self._row, 0, f"internal:'{name}'!A1", self._styles.link, name)
            self._text(1, first_units(clean(title.text(self._lang)), _MOST_TITLE), self._styles.plain)
            self._row += 1

    def _heading(self, message: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row, 20)
        for place in range(1, len(_WIDTHS)):
            self._sheet.write_blank(self._row, place, None, self._styles.band)
        self._text(0, _twins(both(message), self._lang), self._styles.band)
        self._row += 1

    def _line(self, line: I18n) -> None:
        own, other = line.text(self._lang), line.text(twin(self._lang))
        self._text(0, own, self._styles.plain)
        self._row += 1
        if other != own:
            self._text(0, other, self._styles.note_twin)
            self._row += 1

    def _text(self, place: int, text: str, look: Format) -> None:
        write_text(self._sheet, self._row, place, cell_text(text, self._lang), look)


def _twins(heading: I18n, lang: Lang) -> str:
    """``说明 About``."""
    return " ".join(dict.fromkeys((heading.text(lang), heading.text(twin(lang)))))
