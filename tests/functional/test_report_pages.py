"""The report and the public notices on pages: every figure as it is elsewhere, nothing cut, nothing overlapping."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from campaign.language import Lang
from db import open_store
from exports.pages import notices
from exports.pages.columns import PAD, laid_out
from exports.pages.notices import notice_files
from exports.pages.report_pdf import pdf_files
from exports.pages.words import wrapped
from exports.report import Records, Report, build_report, session_report
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from surveys.published import Published
from tests.pdf_reading import ReadPage, bare, fonts_of, read_pages, rows_not_drawn

DEMO = date(2026, 11, 23)
GOLDEN = Path(__file__).parent.parent / "golden"
SESSION = "B03-261105-1"
_FONT_PART = re.compile(rb"/Length1 \d+\n>>\nstream\n(.*?)endstream", re.DOTALL)
LANGS = pytest.mark.parametrize("lang", list(Lang))
Reports = dict[str, Report]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Of both samples on the demo day, and of one session; the library has counted no survey yet."""
    made: Reports = {}
    for sample in ("town", "library"):
        settings = Settings(data=tmp_path_factory.mktemp(sample) / "data", today=DEMO, lang=Lang.EN)
        start_from_sample(settings, sample)
        store = open_store(settings.data)
        house = House(settings, store)
        if sample == "town":
            made[sample] = house.report()
            made["session"] = session_report(house.plan, house.surveys().figures(), SESSION, DEMO, store.cases())
        else:
            records = Records(house.overview(), store.entries(), store.cases())
            made[sample] = build_report(house.plan, Published(()), records, DEMO)
        store.close()
    return made


@cache
def _read(content: bytes) -> Sequence[ReadPage]:
    return read_pages(content)


def report_pdf(report: Report, lang: Lang) -> bytes:
    """The only file."""
    ((name, content),) = pdf_files(report, lang)
    assert name == f"report-{lang}.pdf"
    return content


def pdfs(report: Report, lang: Lang) -> dict[str, bytes]:
    """The report and the notices that are PDF."""
    notices = {name: content for name, content in notice_files(report, lang) if name.endswith(".pdf")}
    return {"report": report_pdf(report, lang), **notices}


@LANGS
@pytest.mark.parametrize("name", ["town", "library", "session"])
def test_every_cell_of_every_table_is_on_a_page(reports: Reports, name: str, lang: Lang) -> None:
    """Read back from the PDF, cell by cell, in the order of the report; the notices have files of their own."""
    report = reports[name]
    pieces = [piece for page in _read(report_pdf(report, lang)) for piece in page.pieces]
    at = 0
    tables = [table for table in report.tables if table.number != "T9"]
    assert tables
    for table in tables:
        lacking, at = rows_not_drawn(pieces, table, lang, at)
        assert lacking == [], table.name


@LANGS
@pytest.mark.parametrize("name", ["town", "session"])
def test_every_item_of_a_notice_is_on_its_pages(reports: Reports, name: str, lang: Lang) -> None:
    """And the tables that are posted with it."""
    report = reports[name]
    files = pdfs(report, lang)
    for notice in report.numbered("T9"):
        drawn = "".join(piece for page in _read(files[f"notice-{notice.name[3:]}-{lang}.pdf"]) for piece in page.pieces)
        assert all(bare(cell.text(lang)) in drawn for row in notice.rows for cell in row if hasattr(cell, "text"))
        pieces = [piece for page in _read(files[f"notice-{notice.name[3:]}-{lang}.pdf"]) for piece in page.pieces]
        posted = [table for name in notice.posted_with if (table := report.table(name))]
        assert posted
        at = 0
        for table in posted:
            lacking, at = rows_not_drawn(pieces, table, lang, at)
            assert lacking == [], (notice.name, table.name)


@LANGS
def test_nothing_overlaps_and_nothing_is_cut(reports: Reports, lang: Lang) -> None:
    """No character's ink stands on another's, and none reaches beyond the margins."""
    for report in reports.values():
        for name, content in pdfs(report, lang).items():
            for number, page in enumerate(_read(content), 1):
                assert (page.overlaps, page.outside) == ((), ""), (name, number)


@LANGS
def test_pages_are_a4_and_numbered(reports: Reports, lang: Lang) -> None:
    """Standing or lying; each says which of how many it is."""
    for report in reports.values():
        for content in pdfs(report, lang).values():
            pages = _read(content)
            for number, page in enumerate(pages, 1):
                assert page.pieces[-1] == f"{number}/{len(pages)}"
                assert sorted((round(page.width), round(page.height))) == [595, 842]


@LANGS
def test_heads_are_repeated_on_every_page_of_a_table(reports: Reports, lang: Lang) -> None:
    """A table that goes over several pages says again what it is and what its columns are."""
    table = reports["town"].table("T3-final-channel")
    assert table is not None
    title, again = bare(table.title.text(lang)), "（续）" if lang is Lang.ZH else "(continued)"
    pages = ["".join(page.pieces) for page in _read(report_pdf(reports["town"], lang))]
    of_table = [text for text in pages if f"T3{title}" in text]
    assert len(of_table) > 1
    assert [f"T3{title}{again}" in text for text in of_table] == [False] + [True] * (len(of_table) - 1)
    heads = [bare(column.heading.text(lang)) for column in table.columns]
    assert all(head in text for text in of_table for head in heads)


@LANGS
def test_no_heading_breaks_a_word(reports: Reports, lang: Lang) -> None:
    """A column is as wide as the widest word over it."""
    for report in reports.values():
        for table in report.tables:
            layout = laid_out(table, lang)
            for panel in layout.panels:
                for place, width in zip(panel.places, panel.widths, strict=True):
                    heading = table.columns[place].heading.text(lang)
                    lines = wrapped(heading, layout.size, width - 2 * PAD, bold=True)
                    words = {word for line in lines for word in line.text.split() if word.isascii()}
                    assert words <= set(heading.split()) or lang is Lang.ZH, (table.name, heading)


@LANGS
def test_the_first_page_says_how_satisfied_people_are(reports: Reports, lang: Lang) -> None:
    """The rate of the overall question, the valid forms and the return rate, beside the bars."""
    first = _read(report_pdf(reports["town"], lang))[0]
    assert {"81.0%", "232", "93.1%", "87.4%"} <= set(first.pieces)
    assert first.pieces.count("81.5%") == 1, "the bar of Q1"


@LANGS
def test_fonts_are_in_the_file(reports: Reports, lang: Lang) -> None:
    """Whoever opens it sees the same characters."""
    for report in reports.values():
        for content in pdfs(report, lang).values():
            fonts = fonts_of(content)
            assert fonts
            assert all(fonts.values()), fonts


@LANGS
def test_the_same_report_makes_the_same_bytes(reports: Reports, lang: Lang) -> None:
    """No moment, no machine and no user is in any file."""
    for report in reports.values():
        files = dict([*pdf_files(report, lang), *notice_files(report, lang)])
        assert files == dict([*pdf_files(report, lang), *notice_files(report, lang)])
        for name, content in files.items():
            if name.endswith(".pdf"):
                with pypdfium2.PdfDocument(content) as document:
                    known = document.get_metadata_dict()
                assert known["CreationDate"] == f"D:{DEMO:%Y%m%d}"
                assert known["Author"] == report.metadata.organiser.text(lang)


@LANGS
@pytest.mark.parametrize("which", [SESSION, "final"])
def test_notices_in_markdown_are_what_they_are(reports: Reports, which: str, lang: Lang) -> None:
    """Write the files anew with GOLDEN_UPDATE=1 and look at the difference."""
    name = f"notice-{which}-{lang}.md"
    made = dict(notice_files(reports["town"], lang))[name].decode()
    expected = GOLDEN / name
    if os.environ.get("GOLDEN_UPDATE") == "1":
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


@LANGS
def test_a_session_has_the_same_notice_wherever_it_is_made(reports: Reports, lang: Lang) -> None:
    """From the report of all and from its own."""
    name = f"notice-{SESSION}-{lang}"
    own, whole = dict(notice_files(reports["session"], lang)), dict(notice_files(reports["town"], lang))
    assert sorted(own) == [f"{name}.md", f"{name}.pdf"]
    assert all(whole[each] == content for each, content in own.items())


def test_a_notice_says_what_will_be_done_and_by_when(reports: Reports) -> None:
    """A catch-up where the result asks for one; otherwise the corrections that were cleared, with their days."""
    notices = dict(notice_files(reports["town"], Lang.EN))
    assert "The result asks for a catch-up" in notices[f"notice-{SESSION}-en.md"].decode()
    assert "by 2026-11-20." in notices["notice-final-en.md"].decode()


@LANGS
def test_notices_of_a_large_campaign_look_the_same(
    reports: Reports, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many notices share what they embed of the fonts: every page has the same text and picture as by itself."""
    few = {name: content for name, content in notice_files(reports["town"], lang) if name.endswith(".pdf")}
    monkeypatch.setattr(notices, "MANY", 2)
    many = dict(notice_files(reports["town"], lang))
    assert _shared([many[name] for name in few]) > _shared([*few.values()])
    for name, content in few.items():
        with pypdfium2.PdfDocument(content) as one, pypdfium2.PdfDocument(many[name]) as other:
            assert [_seen(page) for page in one] == [_seen(page) for page in other]
            assert all(fonts_of(many[name]).values())


def _shared(files: Sequence[bytes]) -> int:
    """How many parts of fonts are in several of the files."""
    parts = Counter(part for content in files for part in {*_FONT_PART.findall(content)})
    assert len(parts) > 1
    return sum(count > 1 for count in parts.values())


def _seen(page: pypdfium2.PdfPage) -> tuple[str, bytes]:
    return page.get_textpage().get_text_range(), page.render(scale=1).to_numpy().tobytes()
