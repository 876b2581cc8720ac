"""The report and the public notices on pages: every figure as it is elsewhere, nothing cut, nothing overlapping."""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.samples import sample_plan
from db import open_store
from exports.cells import Cell, Count, Hidden, both
from exports.heading_words import pieces, unknown
from exports.pages import notices
from exports.pages.blocks import block, blocks
from exports.pages.columns import LYING, PAD, SIZES, laid_out
from exports.pages.heads import balanced
from exports.pages.notices import notice_files, shortened
from exports.pages.report_pdf import pdf_files
from exports.reasons import explanation
from exports.report import Records, Report, build_report, session_report
from exports.showing import mark, shown
from exports.tables.branches import DECISIONS
from exports.tables.common import ALL
from exports.tables.opinions import NOT_CLEARED
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from surveys.published import Published
from surveys.rates import Remedial
from tests.pdf_reading import ReadPage, bare, fonts_of, read_pages, rows_not_drawn
from tests.report_makers import of_notice

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
    ((name, content),) = _made(report, lang, pdf_files).items()
    assert (
        name
        == {
            Lang.ZH: f"{_plain(report, lang)}-满意度测评结果报告-2026-11-23.pdf",
            Lang.EN: f"{_plain(report, lang)}-Results-of-the-satisfaction-survey-2026-11-23.pdf",
        }[lang]
    )
    return content


_KEPT: dict[tuple[int, Lang, object], dict[str, bytes]] = {}


def _made(report: Report, lang: Lang, make: Callable[[Report, Lang], Iterable[tuple[str, bytes]]]) -> dict[str, bytes]:
    """Made once: the reports stay as long as the module's tests run."""
    key = id(report), lang, make
    if key not in _KEPT:
        _KEPT[key] = dict(make(report, lang))
    return _KEPT[key]


def _plain(report: Report, lang: Lang) -> str:
    return report.metadata.title.text(lang).replace(" ", "-").replace(":", "")


def pdfs(report: Report, lang: Lang) -> dict[str, bytes]:
    """The report and the notices that are PDF."""
    own = {name: content for name, content in _made(report, lang, notice_files).items() if name.endswith(".pdf")}
    return {"report": report_pdf(report, lang), **own}


@LANGS
@pytest.mark.parametrize("name", ["town", "library", "session"])
def test_every_cell_of_every_table_is_on_a_page(reports: Reports, name: str, lang: Lang) -> None:
    """Read back from the PDF, cell by cell, tables of one kind together; the notices have files of their own."""
    report = reports[name]
    drawn = [piece for page in _read(report_pdf(report, lang)) for piece in page.pieces]
    tables = [table for table in report.tables if table.number != "T9"]
    assert tables
    for whole in blocks(tables):
        title = bare(f"{whole.number}  {whole.title.text(lang)}")
        start = next(at for at, piece in enumerate(drawn) if piece.startswith(whole.number) and title.startswith(piece))
        lacking, _ = rows_not_drawn(drawn, whole, lang, start)
        assert lacking == [], whole.title


@LANGS
@pytest.mark.parametrize("name", ["town", "session"])
def test_every_item_of_a_notice_is_on_its_pages(reports: Reports, name: str, lang: Lang) -> None:
    """And the tables that are posted with it, without their shares: those stand in the bars."""
    report = reports[name]
    files = pdfs(report, lang)
    for notice in report.numbered("T9"):
        drawn = "".join(piece for page in _read(of_notice(files, notice.name[3:], ".pdf")) for piece in page.pieces)
        assert all(bare(cell.text(lang)) in drawn for row in notice.rows for cell in row if hasattr(cell, "text"))
        each = [piece for page in _read(of_notice(files, notice.name[3:], ".pdf")) for piece in page.pieces]
        posted = [shortened(table, ()) for name in notice.posted_with if (table := report.table(name))]
        assert posted
        at = 0
        for table in posted:
            lacking, at = rows_not_drawn(each, table, lang, at)
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
    heads = [bare(column.heading.text(lang)) for column in block([table]).columns]
    assert all(head in text for text in of_table for head in heads)


@LANGS
def test_no_heading_breaks_a_word(reports: Reports, lang: Lang) -> None:
    """A column is as wide as the widest word over it, also in Chinese, which shows no words."""
    for report in reports.values():
        for sizes in (SIZES, LYING):
            for whole in blocks(report.tables):
                layout = laid_out(whole, lang, sizes)
                for panel in layout.panels:
                    for place, width in zip(panel.places, panel.widths, strict=True):
                        heading = whole.columns[place].heading.text(lang)
                        lines = [line.text for line in balanced(heading, layout.size, width - 2 * PAD, 9)]
                        cut = [word for word in pieces(heading) if not any(word.strip() in line for line in lines)]
                        assert cut == [], (whole.title, heading)


def test_every_chinese_heading_is_made_of_known_words(reports: Reports) -> None:
    """So that it can break between them; those over several columns are data's, and the names of the log's counts."""
    counts = {f"log.{kind.id}.{name}" for kind in sample_plan("town").plan.kinds for name in kind.counts}
    for report in reports.values():
        for table in report.tables:
            for column in (each for each in table.columns if each.key not in counts):
                assert unknown(column.heading.zh) == "", column.heading.zh


@LANGS
def test_what_is_read_stands_and_then_all_tables_lie(reports: Reports, lang: Lang) -> None:
    """The paper is turned once; of the town's report no page is mostly empty, but the last one of each part."""
    for name, report in reports.items():
        pages = _read(report_pdf(report, lang))
        lying = [page.width > page.height for page in pages]
        assert lying == sorted(lying)
        if name == "town":
            assert len(pages) <= 19
            first = lying.index(True)
            assert all(page.filled > 0.65 for page in (*pages[: first - 1], *pages[first:-1]))


@LANGS
def test_kiosk_and_paper_stand_below_each_question(reports: Reports, lang: Lang) -> None:
    """Of all units together, with their own rates and numbers of forms."""
    report = reports["town"]
    table = report.table("T3-final-channel")
    assert table is not None
    drawn = _read(report_pdf(report, lang))[0].pieces
    whole = [row for row in table.rows if row[1] == both(ALL)]
    assert len(whole) == 20
    for row in whole:
        rate, valid = (shown(row[table.place(key)], lang) for key in ("satisfaction", "valid"))
        assert f"{rate}%" in drawn
        assert bare(f"n = {valid}") in drawn
    assert drawn.count(bare(shown(whole[0][table.place("part_name")], lang))) == 10


@LANGS
def test_a_catch_up_is_marked_at_the_bar_of_its_unit(reports: Reports, lang: Lang) -> None:
    """Below the name of the unit, in words; units stand in the order of the plan."""
    drawn = [piece for page in _read(report_pdf(reports["town"], lang))[:2] for piece in page.pieces]
    unit, said = (
        bare(text.text(lang))
        for text in (I18n(zh="农业服务中心党支部", en="Farm Service Centre"), both(DECISIONS[Remedial.REQUIRED]))
    )
    assert drawn[drawn.index(unit) + 1] == said


@LANGS
def test_opinions_that_were_cleared_are_summed_up(reports: Reports, lang: Lang) -> None:
    """Each merged item with how many opinions it is made from, the most frequent first."""
    table = reports["town"].table("T4")
    assert table is not None
    items = [row for row in table.rows[: -table.totals] if row[table.place("items")] == Count(1)]
    rows = [row for row in items if row[table.place("item")] != both(NOT_CLEARED)]
    pages = _read(report_pdf(reports["town"], lang))
    drawn = "".join(piece for page in pages if page.width < page.height for piece in page.pieces)
    found = [
        drawn.index(bare(f"{shown(row[table.place('item')], lang)}{_count(row[table.place('opinions')], lang)}"))
        for row in sorted(rows, key=lambda row: -row[table.place("opinions")].value)  # type: ignore[union-attr]
    ]
    assert found
    assert found == sorted(found)


def _count(cell: Cell, lang: Lang) -> str:
    return f"（{shown(cell, lang)}条意见）" if lang is Lang.ZH else f"({shown(cell, lang)} opinions)"


@LANGS
def test_what_is_hidden_says_why_in_a_word_that_is_explained_below(reports: Reports, lang: Lang) -> None:
    """Not a sentence in every cell."""
    pages = _read(report_pdf(reports["town"], lang))
    word = mark(Hidden("alike"), lang)
    with_word = [page for page in pages if bare(word) in page.pieces]
    assert with_word
    assert bare(Hidden("alike").text(lang)) not in "".join(pages[-1].pieces)
    assert sum(bare(explanation(Hidden("alike")).text(lang)) in "".join(page.pieces) for page in pages) >= 3


@LANGS
def test_the_first_page_says_how_satisfied_people_are(reports: Reports, lang: Lang) -> None:
    """The rate of the overall question, the valid forms and the return rate, beside the bars."""
    first = _read(report_pdf(reports["town"], lang))[0]
    assert {"81.0%", "232", "93.1%", "87.4%", "81.5%"} <= set(first.pieces)


@LANGS
def test_fonts_are_in_the_file(reports: Reports, lang: Lang) -> None:
    """Whoever opens it sees the same characters."""
    for report in reports.values():
        for content in pdfs(report, lang).values():
            fonts = fonts_of(content)
            assert fonts
            assert all(fonts.values()), fonts


@pytest.mark.rig
@LANGS
def test_another_reader_has_nothing_to_say_of_them(reports: Reports, lang: Lang, tmp_path: Path) -> None:
    """Poppler reads the report and a notice without a warning, finds every font in the file, and the same words."""
    report = reports["town"]
    notice = of_notice(_made(report, lang, notice_files), SESSION, ".pdf")
    for content, said in ((report_pdf(report, lang), "81.0%"), (notice, "59.4%")):
        path = tmp_path / "read.pdf"
        path.write_bytes(content)
        read = {
            tool: _told(tool, str(path), *more) for tool, *more in (("pdfinfo",), ("pdffonts",), ("pdftotext", "-"))
        }
        assert f"Pages:           {len(_read(content))}" in read["pdfinfo"]
        assert said in read["pdftotext"]
        embedded = [line.split()[-5] for line in read["pdffonts"].splitlines()[2:]]
        assert embedded
        assert set(embedded) == {"yes"}


def _told(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout


@LANGS
def test_the_same_report_makes_the_same_bytes(reports: Reports, lang: Lang) -> None:
    """No moment, no machine and no user is in any file."""
    for report in reports.values():
        files = {**_made(report, lang, pdf_files), **_made(report, lang, notice_files)}
        assert files == dict([*pdf_files(report, lang), *notice_files(report, lang)])
        for name, content in files.items():
            if name.endswith(".pdf"):
                with pypdfium2.PdfDocument(content) as document:
                    known = document.get_metadata_dict()
                posted = {each.posted_on for each in report.tables if each.posted_on}
                days = {DEMO} if name.startswith("report") else {DEMO, *posted}
                assert known["CreationDate"] in {f"D:{day:%Y%m%d}" for day in days}
                assert known["Author"] == report.metadata.organiser.text(lang)


@LANGS
@pytest.mark.parametrize("which", [SESSION, "final"])
def test_notices_in_markdown_are_what_they_are(reports: Reports, which: str, lang: Lang) -> None:
    """Write the files anew with GOLDEN_UPDATE=1 and look at the difference."""
    name = f"notice-{which}-{lang}.md"
    made = of_notice(_made(reports["town"], lang, notice_files), which, ".md").decode()
    expected = GOLDEN / name
    if os.environ.get("GOLDEN_UPDATE") == "1":
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


@LANGS
def test_a_session_has_the_same_notice_wherever_it_is_made(reports: Reports, lang: Lang) -> None:
    """From the report of all and from its own."""
    own, whole = (_made(reports[name], lang, notice_files) for name in ("session", "town"))
    stem = {
        Lang.ZH: f"公示-{SESSION}-终期测评-农业服务中心党支部",
        Lang.EN: f"Public-notice-{SESSION}-final-survey-Farm-Service-Centre",
    }[lang]
    assert sorted(own) == [f"{stem}.md", f"{stem}.pdf"]
    assert all(whole[each] == content for each, content in own.items())


def test_a_notice_says_what_will_be_done_and_by_when(reports: Reports) -> None:
    """A catch-up where the result asks for one; otherwise the corrections that were cleared, with their days."""
    made = _made(reports["town"], Lang.EN, notice_files)
    assert "The result asks for a catch-up" in of_notice(made, SESSION, ".md").decode()
    assert "by 2026-11-20." in of_notice(made, "final", ".md").decode()


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


@pytest.mark.parametrize(("lang", "words"), [(Lang.ZH, ("自助终端", "纸质表")), (Lang.EN, ("kiosk", "paper"))])
def test_the_bars_of_kiosk_and_paper_are_named_in_the_language_of_the_report(
    reports: Reports, lang: Lang, words: tuple[str, str]
) -> None:
    """Ten questions, each with both below it; never the codes that stand in tables for programs."""
    first = [bare(piece) for piece in _read(report_pdf(reports["town"], lang))[0].pieces]
    assert [first.count(word) for word in words] == [10, 10]
