"""The workbook of a report says, cell by cell, what the report says; opened with openpyxl, for both samples."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from campaign.language import Lang
from db import open_store
from exports.cells import Count, Hidden, Index, Points, Rate
from exports.report import Records, Report, build_report, session_report
from exports.showing import number
from exports.workbook.report_book import xlsx_files
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from tests.report_books import found, looks, opened, tables_in, text, unbroken, wanted, wanted_row

DEMO = date(2026, 11, 23)
BOTH = pytest.mark.parametrize("lang", list(Lang))
SAMPLES = pytest.mark.parametrize("sample", ["town", "library"])


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, House]:
    """Both samples on the demo day."""
    made = {}
    for sample in ("town", "library"):
        folder: Path = tmp_path_factory.mktemp(sample) / "data"
        settings = Settings(data=folder, today=DEMO, lang=Lang.EN)
        start_from_sample(settings, sample)
        made[sample] = House(settings, open_store(folder))
    return made


@pytest.fixture(scope="module")
def reports(houses: dict[str, House]) -> dict[str, Report]:
    return {name: _report(house) for name, house in houses.items()}


def _report(house: House) -> Report:
    records = Records(house.overview(), house.store.entries(), house.store.cases(), house.store.register())
    return build_report(house.plan, house.surveys().figures(), records, house.today())


@pytest.fixture(scope="module")
def books(reports: dict[str, Report]) -> dict[tuple[str, Lang], bytes]:
    return {
        (name, lang): content
        for name, report in reports.items()
        for lang in Lang
        for _, content in xlsx_files(report, lang)
    }


Books = dict[tuple[str, Lang], bytes]


@BOTH
@SAMPLES
def test_every_cell_is_that_of_the_report(reports: dict[str, Report], books: Books, sample: str, lang: Lang) -> None:
    """Of every table: numbers to the last digit, days as days, texts as texts, reasons in place of what is hidden."""
    book = opened(books[sample, lang])
    compared = 0
    for table, sheet, first in tables_in(book, reports[sample], lang):
        shown = [[found(cell) for cell in row[: len(table.columns)]] for row in _rows(sheet, first, len(table.rows))]
        assert shown == [wanted_row(table, number, lang) for number in range(len(table.rows))], table.name
        compared += len(table.rows) * len(table.columns)
    assert compared > (5000 if sample == "town" else 700)


def _rows(sheet: object, first: int, rows: int) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=first, max_row=first + rows - 1)) if rows else []  # type: ignore[attr-defined]


@BOTH
def test_every_figure_looks_as_it_does_elsewhere(reports: dict[str, Report], books: Books, lang: Lang) -> None:
    """Rates half up to one decimal, in per cent, and never as if a threshold were reached."""
    book = opened(books["town", lang])
    kinds = set()
    for table, sheet, first in tables_in(book, reports["town"], lang):
        for number_of_row, row in enumerate(table.rows, first):
            for place, cell in enumerate(row, 1):
                if isinstance(cell, Count | Rate | Points | Index):
                    kinds.add(type(cell))
                    assert looks(sheet.cell(number_of_row, place)) == number(cell)
    assert {Count, Rate, Index} <= kinds


def test_hidden_figures_say_why_and_are_no_numbers(reports: dict[str, Report], books: Books) -> None:
    """In the cell, in the remark on it, and below the table."""
    book = opened(books["town", Lang.EN])
    reasons, remarks = set(), 0
    for table, sheet, first in tables_in(book, reports["town"], Lang.EN):
        for number_of_row, row in enumerate(table.rows, first):
            for place, cell in enumerate(row, 1):
                if isinstance(cell, Hidden):
                    shown = sheet.cell(number_of_row, place)
                    assert shown.data_type == "s"
                    reasons.add(cell.reason)
                    if shown.comment:
                        assert cell.text(Lang.EN) in shown.comment.text
                        remarks += 1
    assert {"<5", "alike"} <= reasons
    assert remarks > 10
    below = [text(cell.value) for cell in book["T2 Results by question"]["A"]]
    assert any("alike: fewer than 10 valid forms, all with the same answer; not shown." in line for line in below)


@BOTH
@SAMPLES
def test_nothing_is_a_formula_and_nothing_leads_outside(books: Books, sample: str, lang: Lang) -> None:
    """Links lead to the sheets of the book itself; there are no macros, no names of people and no times."""
    content = books[sample, lang]
    book = opened(content)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    names = set(book.sheetnames)
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links
    assert all(link.target is None and link.location.split("'")[1] in names for link in links)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 31)}
        assert b"TargetMode" not in b"".join(archive.read(name) for name in archive.namelist() if "rels" in name)
        for name in archive.namelist():
            ET.fromstring(archive.read(name))  # noqa: S314  # our own file
    about = book.properties
    assert (about.creator or "", about.lastModifiedBy or "") == ("", "")
    assert about.created == about.modified == datetime(2026, 11, 23)  # noqa: DTZ001


@BOTH
def test_the_same_report_gives_the_same_bytes(reports: dict[str, Report], books: Books, lang: Lang) -> None:
    ((_, again),) = xlsx_files(reports["town"], lang)
    assert again == books["town", lang]


@BOTH
@SAMPLES
def test_every_sheet_is_set_up_for_screen_and_paper(books: Books, sample: str, lang: Lang) -> None:
    """A4, page numbers; headings that stay on the screen and come again on every page."""
    for sheet in opened(books[sample, lang]).worksheets:
        assert sheet.page_setup.orientation in {"landscape", "portrait"}
        assert int(sheet.page_setup.paperSize) == 9
        assert "&P" in sheet.oddFooter.center.text
        assert "&N" in sheet.oddFooter.center.text
        if re.match(r"T\d ", sheet.title):
            last = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
            assert sheet.print_title_rows == f"$1:${last}"
            merged = [area for area in sheet.merged_cells.ranges if area.max_row > last]
            assert merged == []


@BOTH
def test_headings_are_in_both_languages(reports: dict[str, Report], books: Books, lang: Lang) -> None:
    """First that of the report, then the other; in two rows, below a heading over several columns."""
    sheet = next(sheet for sheet in opened(books["town", lang]).worksheets if sheet.title.startswith("T2 "))
    heads = [[text(sheet.cell(row, place).value) for place in range(1, 19)] for row in (3, 4, 5)]
    over, own, other = heads
    table = reports["town"].table("T2-final")
    assert table is not None
    twin = Lang.EN if lang is Lang.ZH else Lang.ZH
    choice = table.columns[3]
    assert choice.group is not None
    assert over[3] == f"{choice.group.text(lang)}\n{choice.group.text(twin)}"
    assert (unbroken(own[3]), other[3]) == (choice.heading.text(lang), choice.heading.text(twin))
    assert (over[0], other[0]) == (table.columns[0].heading.text(lang), table.columns[0].heading.text(twin))


def test_there_is_a_sheet_for_each_usual_table(books: Books) -> None:
    """T1 to T9, behind what the report is about and the charts of each survey."""
    names = opened(books["town", Lang.ZH]).sheetnames
    assert names[:3] == ["关于本报告", "图表 终期测评", "图表 简短测评"]
    assert sorted({name[:2] for name in names[3:]}) == [f"T{number}" for number in range(1, 10)]
    assert names[3:] == sorted(names[3:], key=lambda name: name[:2])


@BOTH
def test_charts_are_drawn_from_cells(reports: dict[str, Report], books: Books, lang: Lang) -> None:
    """Answers by question as bars of their parts, and satisfaction by unit; the cells are those of the tables."""
    book = opened(books["town", lang])
    sheet = book.worksheets[1]
    assert len(sheet._charts) == 2
    stacked, units = sheet._charts
    assert (stacked.grouping, stacked.overlap, len(stacked.series)) == ("percentStacked", 100, 5)
    assert len(units.series) == 1
    table = reports["town"].table("T2-final")
    assert table is not None
    for series, key in zip(stacked.series, ("A", "B", "C", "D", "blank"), strict=True):
        drawn = [found(cell[0]) for cell in sheet[series.val.numRef.f.rpartition("!")[2].replace("$", "")]]
        assert drawn == [wanted(row[table.place(f"{key}_count")], lang) for row in table.rows]


def test_rates_have_bars_in_their_cells(books: Books) -> None:
    book = opened(books["town", Lang.EN])
    sheet = book["T3 Results by unit"]
    ruled = {str(area.sqref) for area in sheet.conditional_formatting}
    assert len(ruled) == 5
    assert {rule.type for area in sheet.conditional_formatting for rule in area.rules} == {"dataBar"}


def test_the_first_sheet_says_where_the_figures_come_from(books: Books) -> None:
    """Campaign, organiser, day, questionnaire and its version, sessions, formula."""
    sheet = opened(books["town", Lang.EN]).worksheets[0]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert ["Campaign id 活动标识", "sample-town-2026"] in rows
    assert ["Day of export 导出日期", datetime(2026, 11, 23)] in rows  # noqa: DTZ001
    assert ["final survey", "Public satisfaction survey (final)", "1", 5, 0, 232] in rows
    assert ["pulse survey", "Public satisfaction survey (short)", "1", 1, 1, 8] in rows
    assert ["Satisfaction rate: positive answers ÷ valid forms × 100."] in rows


def test_the_report_of_one_session_has_its_branch_and_its_notice(houses: dict[str, House]) -> None:
    """And the chart of that branch."""
    house = houses["town"]
    report = session_report(house.plan, house.surveys().figures(), "B01-261008-1", DEMO)
    ((_, content),) = xlsx_files(report, Lang.EN)
    book = opened(content)
    assert [name[:2] for name in book.sheetnames] == ["Ab", "Ch", "T2", "T9"]
    assert "Town Office" in book.worksheets[1]["A1"].value


@BOTH
def test_the_file_says_what_it_is(reports: dict[str, Report], lang: Lang) -> None:
    ((name, _),) = xlsx_files(reports["town"], lang)
    assert (
        name
        == {
            Lang.ZH: "样例镇先进性教育活动（示例）-测评结果-2026-11-23.xlsx",
            Lang.EN: "Sample-Town-study-and-service-campaign-(example)-results-2026-11-23.xlsx",
        }[lang]
    )
