"""CSV that a spreadsheet opens rightly and that runs nothing."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.language import Lang
from exports.csv_format import FORMULA_STARTS, csv_files, safe
from exports.tidy import TidyReport, TidyTable


def written(*rows: tuple[str | int | Decimal | date | None, ...]) -> bytes:
    table = TidyTable("t", tuple(f"c{number}" for number in range(len(rows[0]))), rows)
    return csv_files(TidyReport(Lang.ZH, (table,)))["t.csv"]


def test_a_spreadsheet_sees_that_it_is_utf_8() -> None:
    """The file begins with the byte order mark, once."""
    content = written(("满意", 1))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert "满意,1\r\n" in content.decode("utf-8-sig")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1+1", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """What a spreadsheet would calculate gets an apostrophe before it and stays text."""
    assert safe(text) == f"'{text}"


def test_figures_stay_figures() -> None:
    """Numbers are written as numbers, days in ISO form, and a hidden figure is an empty cell."""
    content = written((Decimal("60.0"), -3, date(2026, 11, 23), None)).decode("utf-8-sig")
    assert content.splitlines()[1] == "60.0,-3,2026-11-23,"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    """Commas, quotes and line ends survive; only the apostrophe and lost NULs differ."""
    rows = list(csv.reader(io.StringIO(written(tuple(texts)).decode("utf-8-sig"), newline="")))
    assert rows[1:] == [[safe(text) for text in texts]] or texts == [""]


@given(st.text())
def test_no_cell_starts_like_a_formula(text: str) -> None:
    """Whatever people type, no cell begins with a sign that starts a formula."""
    assert not safe(text).lstrip(" ").startswith(FORMULA_STARTS)
