"""What the fonts of printed pages do not have is said; files name their day and what they are made from."""

from datetime import datetime
from pathlib import Path

import pyreadstat
import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Column, ColumnKind, Table, plain
from exports.pages.lacking import missing_characters
from exports.pages.notices import notice_files
from exports.pages.report_pdf import pdf_files
from exports.report import Report
from exports.stats.sav import sav_files
from tests.pdf_reading import read_pages
from tests.report_makers import DAY, report

COLUMNS = (Column("item", plain("Item"), ColumnKind.TEXT), Column("text", plain("Text"), ColumnKind.TEXT))
LANGS = pytest.mark.parametrize("lang", list(Lang))


def saying(text: str) -> Report:
    """A report with a table and a notice that say this."""
    rows = ((plain("Problem"), plain(text)),)
    return report(
        [Table("T5", "T5", plain("Register"), COLUMNS, rows), Table("T9", "T9-x", plain("Notice"), COLUMNS, rows)]
    )


def drawn(content: bytes) -> str:
    return "".join(piece for page in read_pages(content) for piece in page.pieces)


@LANGS
def test_characters_that_the_fonts_lack_are_named_on_the_page(lang: Lang) -> None:
    """By their code points, each once, in the report and in the notice."""
    made = saying("好😀 𠮷 שלום 😀")
    named = "U+05D5U+05DCU+05DDU+05E9U+1F600U+20BB7"
    ((_, pdf),) = pdf_files(made, lang)
    notice = next(content for name, content in notice_files(made, lang) if name.endswith(".pdf"))
    assert [drawn(each).count(named) for each in (pdf, notice)] == [1, 1]
    assert missing_characters(made, lang) == tuple("ולםש😀𠮷")


@LANGS
def test_where_the_fonts_have_all_nothing_is_said(lang: Lang) -> None:
    """Neither of a letter that is composed of two, for the composed one is there, nor of what nobody sees."""
    made = saying("é cafe\u0301 \u200e满意\n")
    assert missing_characters(made, lang) == ()
    ((_, pdf),) = pdf_files(made, lang)
    assert "U+" not in drawn(pdf)


@LANGS
def test_a_pdf_is_made_on_the_day_of_the_export(lang: Lang) -> None:
    """A day and no time."""
    made = saying("x")
    for name, content in [*pdf_files(made, lang), *notice_files(made, lang)]:
        if name.endswith(".pdf"):
            assert b"/CreationDate (D:20261123)" in content
            assert b"2000" not in content[-2000:]


@LANGS
def test_the_spss_file_says_where_its_figures_come_from(tmp_path: Path, lang: Lang) -> None:
    """Campaign, day, formula as documents of lines that it can hold; no two variables have one label."""
    title = I18n(zh="满意度" * 40, en="satisfaction " * 20)
    made = report([], title)
    ((name, content),) = sav_files(made, lang)
    path = tmp_path / name
    path.write_bytes(content)
    _, read = pyreadstat.read_sav(path)
    told = "".join(read.notes)
    assert DAY.isoformat() in told
    assert title.text(lang).strip().replace(" ", "") in told.replace(" ", "")
    assert max(len(line.encode()) for line in read.notes) <= 80
    assert len(set(read.column_labels)) == len(read.column_labels)
    assert read.creation_time == datetime(2026, 11, 23)  # noqa: DTZ001
