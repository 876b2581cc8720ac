"""CSV that a spreadsheet opens rightly and that runs nothing, whatever people have typed."""

import csv
import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import (
    NONE,
    Cell,
    Column,
    ColumnKind,
    Count,
    Hidden,
    Points,
    Rate,
    Table,
    counts,
    dates,
    rates,
    texts,
)
from exports.content import Content
from exports.csv_format import csv_files, safe
from exports.json_format import json_files
from exports.report import Metadata, Report
from exports.showing import headings
from tests.report_cells import csv_cells, csv_rows, expected_cells, json_cells, unsafe, whole

NUMBER_OF = counts("no", "No.")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HOSTILE = [
    '=HYPERLINK("http://x","点这里")',
    "@SUM(A1:A9)",
    "＝cmd|'/C calc'!A0",
    "'=1+1",
    "<script>alert(1)</script>[b]x[/b]&amp;",
    "one\ntwo\r\nthree\ttab",
    "\x01\x07\x1b[31mred\x7f\x85",
    "\u202eevil\u2066left\u2069\u200f",
    "👨‍👩‍👧‍👦🇨🇳 é \u0301",
    'a,"b";c|d\\e',
    "长" * 10_000,
    "𠮷𰻞",
    "   ",
]


def raw_rows(content: Content) -> list[list[str]]:
    """The rows as a spreadsheet gets them."""
    return list(csv.reader(io.StringIO(whole(content).decode("utf-8-sig"), newline="")))


def report_of(*names: str) -> Report:
    """A table with these names of branches; one of its figures is hidden."""
    rows: list[tuple[Cell, ...]] = [
        (I18n(zh=name, en=name), date(2026, 11, 23), Count(3), Rate(Fraction(1, 3))) for name in names
    ]
    rows.append((NONE, NONE, Hidden("<5"), Hidden("<5")))
    title = I18n(zh=names[0], en=names[0])
    columns = (texts("branch", "Code"), dates("on", "Day"), counts("n_count", names[0]), rates("n_share", "%"))
    about = Metadata("x", title, title, date(2026, 11, 23), 5, (), (), ())
    return Report(about, (Table("T1", "T1-x", title, columns, tuple(rows)),))


def test_a_spreadsheet_sees_that_it_is_utf_8() -> None:
    """Every file begins with the byte order mark, once, and lines end as RFC 4180 says."""
    for _, content in csv_files(report_of("满意"), Lang.ZH):
        text = whole(content)
        assert (text.startswith(b"\xef\xbb\xbf"), text.count(b"\xef\xbb\xbf")) == (True, 1)
        assert text.count(b"\r\n") == text.count(b"\n")


def test_columns_of_one_name_have_headings_of_their_own() -> None:
    """Two units are called the same: their columns are told apart by their keys; others keep their headings."""
    name = I18n(en="Library")
    columns = (*(Column(f"{code}_count", I18n(en="forms"), ColumnKind.COUNT, name) for code in ("L1", "L2")), NUMBER_OF)
    table = Table("T2", "T2-x", name, columns, ())
    assert headings(table, Lang.EN) == ["Library forms (L1_count)", "Library forms (L2_count)", "No."]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1+1", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """What a spreadsheet would calculate gets an apostrophe before it and stays text."""
    assert safe(text) == f"'{text}"


def test_a_negative_figure_stays_a_number() -> None:
    """The minus of a difference or of a count is no sign of a formula."""
    columns = (Column("change", I18n(en="x"), ColumnKind.POINTS), counts("days", "Days"))
    rows = ((Points(Fraction(-1, 32)), Count(-4)),)
    report = replace(report_of("x"), tables=(Table("T3", "T3-x", I18n(en="x"), columns, rows),))
    files = dict(csv_files(report, Lang.EN))
    assert whole(files["T3-x x.csv"]).decode("utf-8-sig").splitlines()[1] == "-3.1,-4,shown"
    assert [row[-5:] for row in raw_rows(dict(csv_files(report, Lang.EN))["tidy.csv"])[1:]] == [
        ["", "", "-3.1", "", "-1/32"], ["-4", "", "", "", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_break_nothing_and_come_back(text: str) -> None:
    """As a branch's name, a heading and a title: every cell of CSV and JSON is what it was."""
    report = report_of(text)
    files = dict(csv_files(report, Lang.EN))
    assert csv_cells(files, report) == expected_cells(report, Lang.EN)
    assert json_cells(dict(json_files(report, Lang.EN))["report.json"], Lang.EN) == expected_cells(report, Lang.EN)
    for content in files.values():
        assert not [cell for row in raw_rows(content) for cell in row if cell.lstrip(" ").startswith(STARTS)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    """Commas, quotes, line ends and apostrophes survive."""
    report = report_of(*texts)
    content = whole(next(content for name, content in csv_files(report, Lang.EN) if name.startswith("T1-x ")))
    assert [row[0] for row in csv_rows(content)[1:-1]] == texts
    assert json_cells(dict(json_files(report, Lang.EN))["report.json"], Lang.EN) == expected_cells(report, Lang.EN)


@given(st.text())
def test_no_cell_starts_like_a_formula(text: str) -> None:
    """Whatever people type, no cell begins with a sign that starts a formula, and none is lost but NUL."""
    assert not safe(text).lstrip(" ").startswith(STARTS)
    assert unsafe(safe(text)) == text.replace("\0", "")
