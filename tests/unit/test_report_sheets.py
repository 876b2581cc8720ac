"""The workbook of a report holds whatever the tables hold, and nothing that stands in them does anything."""

import errno
import io
import tempfile
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from campaign.errors import Refused
from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Column, ColumnKind, Count, Rate, Table, plain
from exports.clean import clean
from exports.file_names import file_name
from exports.report import SurveyMark
from exports.workbook.report_book import report_workbook
from exports.workbook.report_layout import table_sheets
from exports.workbook.safe_text import MOST_TEXT, SheetNames, cell_text, header_text, units
from tests.report_books import found, opened, tables_in, text, wanted_row
from tests.report_makers import DAY, HOSTILE, report, tables

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXTS = st.text(st.characters(codec="utf-8"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tables=tables(), lang=st.sampled_from(Lang))
def test_tables_come_back_as_they_were(tables: list[Table], lang: Lang) -> None:
    """Any columns, any headings, any cells: table, sheet, table."""
    made = report(tables)
    book = opened(report_workbook(made, lang))
    back = list(tables_in(book, made, lang))
    assert [table.name for table, _, _ in back] == [table.name for table in tables]
    for table, sheet, first in back:
        rows = [
            [found(sheet.cell(row, place)) for place in range(1, len(table.columns) + 1)]
            for row in range(first, first + len(table.rows))
        ]
        assert rows == [wanted_row(table, number, lang) for number in range(len(table.rows))]


def scale_table(name: str, what: str) -> Table:
    """A table that is charted, full of this text."""
    label = I18n(zh=what, en=what)
    return Table(
        "T2",
        name,
        label,
        (
            Column("question", label, ColumnKind.TEXT),
            Column("question_text", label, ColumnKind.TEXT),
            Column("A_count", label, ColumnKind.COUNT, plain(what or "-"), "positive"),
            Column("blank_count", label, ColumnKind.COUNT),
            Column("valid", label, ColumnKind.COUNT),
            Column("satisfaction", label, ColumnKind.RATE),
        ),
        ((label, label, Count(3), Count(1), Count(4), Rate(Fraction(3, 4))),),
        (label,),
        survey="k",
    )


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_texts_do_nothing_and_break_nothing(what: str) -> None:
    """In cells, headings, titles, notes, names of sheets, charts, headers and properties."""
    label = I18n(zh=what, en=what)
    survey = SurveyMark("k", "k", label, "k", label, what, 1, 0, 4)
    made = report([scale_table("T2-k", what)], label, [survey])
    for lang in Lang:
        content = report_workbook(made, lang)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        trees = {name: ET.fromstring(part) for name, part in parts.items()}  # noqa: S314  # our own file
        (chart,) = (tree for name, tree in trees.items() if name.startswith("xl/charts/chart"))
        book = opened(content)
        places = {formula.text.rpartition("!")[0].strip("'") for formula in chart.iter(f"{CHART}f") if formula.text}
        assert {text(place) for place in places} == {text(book.worksheets[1].title)}
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        table, sheet, first = next(tables_in(book, made, lang))
        assert text(sheet.cell(first, 1).value) == what
        assert sheet.cell(first, 3).value == 3
        assert table.name == "T2-k"


@given(wanted_names=st.lists(st.one_of(TEXTS, st.sampled_from(HOSTILE)), max_size=30))
@example(wanted_names=["a" * 40] * 12)
@example(wanted_names=["Ｔ1", "T1", "t1", "ß", "SS"])
def test_sheets_have_names_that_excel_takes(wanted_names: list[str]) -> None:
    """At most 31 long, none twice whatever the case, none with what names must not hold."""
    names = SheetNames()
    given_names = [names.name(each) for each in wanted_names]
    assert len({name.casefold() for name in given_names}) == len(given_names)
    for name in given_names:
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name == name.strip()


@given(title=TEXTS, what=TEXTS)
@example(title="CON", what="")
@example(title="con.", what="")
@example(title="a/b\\c:d*e?f", what="..")
@example(title="满意" * 200, what="结果")
def test_file_names_work_on_windows(title: str, what: str) -> None:
    """No forbidden characters, no dot by which the beginning could be a device, short enough."""
    name = file_name(title, what[:20], DAY, "xlsx")
    stem, _, suffix = name.rpartition(".")
    assert suffix == "xlsx"
    assert stem.endswith("2026-11-23")
    assert not set(stem) & set('<>:"/\\|?*.\t\n\r\x00 ')
    assert "." not in stem
    assert len(name.encode()) <= 255


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    """Characters beyond the basic plane count twice, as a spreadsheet counts them."""
    for char in "a满😀":
        whole = char * (MOST_TEXT // units(char))
        assert cell_text(whole, Lang.EN) == whole
        cut = cell_text(whole + char, Lang.EN)
        assert units(cut) <= MOST_TEXT
        assert cut.endswith("… (cut: a cell of a spreadsheet holds no more)")


@given(TEXTS)
def test_headers_hold_no_commands(what: str) -> None:
    """Every ampersand of the text is doubled."""
    made = header_text(what)
    assert "&" not in made.replace("&&", "")
    assert units(made) <= 255
    assert clean(made) == made


def small(name: str, title: str, rows: int, columns: int = 1) -> Table:
    made = tuple(Column(f"c{place}", plain("c"), ColumnKind.COUNT) for place in range(columns))
    return Table("T1", name, I18n(zh=title, en=title), made, ((Count(1),) * columns,) * rows)


def test_tables_with_the_same_columns_stand_on_one_sheet_as_long_as_there_is_room() -> None:
    made = report([small(f"t{number}", f"Accounts: {number}", 10) for number in range(5)])
    assert [len(each.tables) for each in table_sheets(made)] == [5]
    assert table_sheets(made)[0].title.en == "Accounts"
    assert [len(each.tables) for each in table_sheets(made, most_rows=70)] == [2, 2, 1]


def test_a_table_that_no_sheet_holds_is_refused_by_its_name() -> None:
    for table in (small("t", "Too long", 60), small("t", "Too wide", 1, 16_385)):
        with pytest.raises(Refused) as refused:
            table_sheets(report([table]), most_rows=70)
        (problem,) = refused.value.problems
        assert problem.code == "M160"
        assert table.title.en in problem.text(Lang.EN)


def test_a_report_without_tables_is_a_workbook_too() -> None:
    assert opened(report_workbook(report([]), Lang.ZH)).sheetnames == ["关于本报告"]


def test_a_workbook_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parts lie in a folder of their own, which goes; what failed is said as the system says it."""

    def full(_: Worksheet, __: str) -> None:
        assert list(tmp_path.rglob("*"))
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Worksheet, "_set_xml_writer", full)
    with pytest.raises(OSError, match=r"^\[Errno 28\]") as refused:
        report_workbook(report([]), Lang.EN)
    assert refused.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []
