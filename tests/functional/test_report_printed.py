"""LibreOffice opens the workbook of a report and prints it: another program reads what we wrote."""

import subprocess
from collections import Counter
from collections.abc import Sequence
from ctypes import c_float
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from campaign.i18n import I18n
from campaign.language import Lang
from db import open_store
from exports.cells import Rate
from exports.report import Report, SurveyMark
from exports.workbook.report_book import report_workbook
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from tests.report_makers import DAY, HOSTILE, report
from tests.unit.test_report_sheets import scale_table

pytestmark = pytest.mark.rig


def town(folder: Path) -> Report:
    """The sample town's."""
    settings = Settings(data=folder / "data", today=DAY, lang=Lang.EN)
    start_from_sample(settings, "town")
    return House(settings, open_store(folder / "data")).report()


def hostile() -> Report:
    """One with a table, a chart and a survey for each hostile text."""
    texts = [I18n(zh=what, en=what) for what in HOSTILE]
    surveys = [
        SurveyMark(f"k{place}", f"k{place}", text, f"k{place}", text, "1", 1, 0, 4) for place, text in enumerate(texts)
    ]
    tables = [scale_table(f"T2-k{place}", what) for place, what in enumerate(HOSTILE)]
    return report(tables, surveys=surveys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("printed")


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[str, list[str]]:
    """The text of every page of each workbook, by its name; each page is A4."""
    made = town(folder)
    books = {"zh": report_workbook(made, Lang.ZH), "en": report_workbook(made, Lang.EN)}
    books["hostile"] = report_workbook(hostile(), Lang.ZH)
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    _print(folder, [folder / f"{name}.xlsx" for name in books])
    return {name: _pages(folder / f"{name}.pdf") for name in books}


@pytest.fixture(scope="module")
def sizes(folder: Path, printed: dict[str, list[str]]) -> dict[str, float]:
    """On every page of the town's workbooks, the size of most of its letters, in points."""
    found: dict[str, float] = {}
    for name in set(printed) - {"hostile"}:
        with pdfium.PdfDocument(folder / f"{name}.pdf") as document:
            found |= {f"{name} {number}": _usual_size(page) for number, page in enumerate(document, 1)}
    return found


def _usual_size(page: pdfium.PdfPage) -> float:
    counted: Counter[float] = Counter()
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = c_float()
        raw.FPDFTextObj_GetFontSize(each.raw, size)
        counted[round(size.value * abs(each.get_matrix().get()[0]), 1)] += 1
    return counted.most_common(1)[0][0]


def _print(folder: Path, books: Sequence[Path]) -> None:
    own = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True)


def _pages(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        for page in document:
            assert sorted(round(side) for side in page.get_size()) == [595, 842]
        return [page.get_textpage().get_text_range() for page in document]


SMALLEST = ("T4 Opinions who they came from", "Total — —", "<5: fewer than 5 opinions of one of them")
"""The smallest table, whole: its title, its last row and its note on one page."""


def test_every_sheet_is_printed_on_few_pages_with_their_numbers(printed: dict[str, list[str]]) -> None:
    """No column and no note on a page of its own: a page a sheet, and some more for long tables and the notices."""
    assert len(printed["zh"]) <= 30
    pages = printed["en"]
    assert len(pages) <= 30
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert len(page) > 400 or all(part in page for part in SMALLEST), "more than its title and its headings"


def test_letters_are_printed_large_enough_to_be_read(printed: dict[str, list[str]], sizes: dict[str, float]) -> None:
    """Cells of 10 points are no smaller than 7, rounded."""
    assert printed
    assert {name: size for name, size in sizes.items() if size < 6.5} == {}


def test_charts_are_printed_beside_their_figures(printed: dict[str, list[str]]) -> None:
    """The names of the bars stand in the table, and again in the chart on the same page."""
    questions, units = printed["en"][1:3]
    assert questions.count("Overall, how satisfied are you with this unit's campaign?") == 2
    assert units.count("Health Centre") == 2
    assert units.count("84.8%") == 2


def test_all_rates_of_the_town_are_on_paper(printed: dict[str, list[str]], tmp_path: Path) -> None:
    """As the report shows them."""
    table = town(tmp_path).table("T3-final")
    assert table is not None
    page = next(page for page in printed["en"] if "Catch-up" in page)
    rates = {f"{cell.percent}%" for row in table.rows for cell in row if isinstance(cell, Rate)}
    assert len(rates) > 30
    assert {rate for rate in rates if rate not in page} == set()


def test_hostile_texts_are_printed_as_texts(printed: dict[str, list[str]]) -> None:
    """Nothing of them is worked out, and the whole workbook is read."""
    everything = "\n".join(printed["hostile"])
    assert "@SUM(A1)" in everything
    assert "<r><t>raw</t></r>" in everything
    assert "T2" in printed["hostile"][-1]
