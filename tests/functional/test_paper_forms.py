"""Forms as a printer gets them."""

import os
import stat
import tracemalloc
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pypdfium2
import pytest

from campaign.errors import Refused, StoreError
from campaign.language import Lang
from exports.paper.forms import write_forms
from exports.paper.sheet import Sheet, compose
from surveys.paper.check_digits import grouped
from surveys.paper.codes import FormCode, new_serials, parse
from surveys.paper.geometry import MARGIN, MARK, PAGE_HEIGHT, PAGE_WIDTH
from surveys.questionnaire import Questionnaire, QuestionType
from tests.paper_sheets import (
    HEAD,
    KEY,
    asking,
    decoded,
    frames,
    grey,
    has_frame,
    pages,
    printed_fonts,
    question,
    share_of_ink,
    shipped,
    texts,
)

SQUEEZED = asking(
    question("Q1", QuestionType.SELECT_ONE, "对“三会一课”（“主题党日”）的评价：“好”吗？", "“好”。", "（不好）"),
    question("Q2", QuestionType.TEXT, "It’s the “committee’s” well-known follow-up – isn’t it?"),
    question("Q3", QuestionType.INTEGER, "镕堃旻赟㛃䶮多少次"),
)
"""Signs without their empty halves, quotes among Latin letters, and characters that bold does not have."""


def codes(*serials: int) -> list[FormCode]:
    return [FormCode(session=12, layout=3, branch=7, serial=serial) for serial in serials]


def printed(folder: Path, questionnaire: Questionnaire, lang: Lang, *serials: int) -> tuple[Path, Sheet]:
    """A PDF of forms with these serials."""
    sheet = compose(questionnaire, HEAD, lang)
    path = folder / "forms.pdf"
    assert write_forms(path, sheet, codes(*serials), KEY) == len(sheet.pages) * len(serials)
    return path, sheet


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("questionnaire", [shipped("final"), SQUEEZED], ids=["final", "squeezed"])
def test_what_is_printed_can_be_searched_and_copied(questionnaire: Questionnaire, lang: Lang, tmp_path: Path) -> None:
    """Every word of the questionnaire is text in the PDF, in Chinese and in English, in the order it is read."""
    path, _ = printed(tmp_path, questionnaire, lang, 42)
    said = "".join(texts(path))
    expected = [each.label.text(lang) for each in questionnaire.questions]
    expected += [choice.label.text(lang) for each in questionnaire.questions for choice in each.choices]
    expected += [questionnaire.title.text(lang), HEAD.branch.text(lang), HEAD.organiser.text(lang)]
    assert [text for text in expected if "".join(text.split()) not in said] == []


@pytest.mark.parametrize("lang", Lang)
def test_the_fonts_are_in_the_file(lang: Lang, tmp_path: Path) -> None:
    """It looks the same on a computer without any Chinese font; both weights are used, and nothing else."""
    path, _ = printed(tmp_path, shipped("final"), lang, 42)
    fonts = printed_fonts(path)
    assert {name.rpartition("+")[2] for name in fonts} == {"ManyiSansSC-Regular", "ManyiSansSC-Bold"}
    assert all(fonts.values())
    assert b"Helvetica" not in path.read_bytes()


def test_only_what_is_used_of_a_font_is_in_the_file(tmp_path: Path) -> None:
    """A form in Chinese takes less than a thirtieth of the fonts."""
    path, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, 42)
    assert path.stat().st_size < 130_000


@pytest.mark.parametrize("lang", Lang)
def test_two_decoders_read_every_code(lang: Lang, tmp_path: Path) -> None:
    """On every page of every form, at 200 dpi, both read what was signed, and with its page number."""
    serials = (1, 42, 123_456, 999_999, 500_000)
    path, sheet = printed(tmp_path, shipped("final"), lang, *serials)
    expected = [replace(code, page=page + 1) for code in codes(*serials) for page in range(len(sheet.pages))]
    found = [decoded(page) for page in pages(path)]
    assert found == [([code.digits(KEY)], [code.digits(KEY)]) for code in expected]
    assert [parse(zxing[0], KEY) for zxing, _ in found] == expected


def test_the_number_stands_under_the_square_in_figures(tmp_path: Path) -> None:
    """The serial with its check digits, and all 34 digits in groups of four, on every page."""
    path, _ = printed(tmp_path, shipped("final"), Lang.ZH, 42)
    with pypdfium2.PdfDocument(path) as document:
        said = [page.get_textpage().get_text_bounded() for page in document]
    for page, text in enumerate(said, start=1):
        digits = FormCode(12, 3, 7, 42, page).digits(KEY)
        assert "表号 0000 4269" in text
        assert grouped(digits[:20]) in text
        assert grouped(digits[20:]) in text


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    "questionnaire", [shipped("final"), shipped("library"), SQUEEZED], ids=["final", "library", "x"]
)
def test_boxes_and_frames_are_where_the_layout_says(questionnaire: Questionnaire, lang: Lang, tmp_path: Path) -> None:
    """In the picture of the page at 200 dpi there is a frame at each place, with nothing in it."""
    path, sheet = printed(tmp_path, questionnaire, lang, 42)
    for picture, layout in zip(pages(path), sheet.layout.pages, strict=True):
        missing = [area for area in frames(layout) if not has_frame(grey(picture), area)]
        assert missing == []


def test_the_corner_marks_are_where_the_geometry_says(tmp_path: Path) -> None:
    """Black squares in three corners of every page; the one at the bottom right has a hole."""
    path, _ = printed(tmp_path, shipped("final"), Lang.EN, 42)
    right, bottom = PAGE_WIDTH - MARGIN - MARK, PAGE_HEIGHT - MARGIN - MARK
    for picture in pages(path):
        ink = [share_of_ink(grey(picture), x, y, MARK) for x in (MARGIN, right) for y in (MARGIN, bottom)]
        assert ink == pytest.approx([1, 1, 1, 0.75], abs=0.02)


def test_forms_are_in_the_order_of_their_codes(tmp_path: Path) -> None:
    """They come shuffled, and the program that counts them knows that order."""
    serials = new_serials(20, set())
    path, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, *serials)
    assert [decoded(page)[0][0][12:18] for page in pages(path)] == [f"{serial:06d}" for serial in serials]


def test_the_file_says_nothing_of_when_and_where_it_was_made(tmp_path: Path) -> None:
    """Two runs write the same bytes; title, author and language are those of the form."""
    first, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, 42, 43)
    content = first.read_bytes()
    first.unlink()
    second, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, 42, 43)
    assert second.read_bytes() == content
    with pypdfium2.PdfDocument(second) as document:
        about = document.get_metadata_dict()
    assert (about["Title"], about["Author"], about["Creator"]) == ("群众满意度简短测评", "镇活动办公室", "manyi")
    assert about["CreationDate"].startswith("D:20000101000000")


def test_what_all_forms_have_in_common_is_in_the_file_once(tmp_path: Path) -> None:
    """A hundred more forms take less than 2 kB each."""
    few, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, 1)
    small = few.stat().st_size
    few.unlink()
    many, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, *range(1, 102))
    assert many.stat().st_size - small < 100 * 2_000


def test_forms_may_come_one_by_one(tmp_path: Path) -> None:
    """Codes can be any series, even one without end that is cut off."""
    sheet = compose(shipped("pulse"), HEAD, Lang.EN)
    endless = (FormCode(1, 1, 1, serial) for serial in range(1, 999_999))
    assert write_forms(tmp_path / "forms.pdf", sheet, islice(endless, 3), KEY) == 3
    assert len([*pages(tmp_path / "forms.pdf")]) == 3


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """M70 where there is a file, a folder or a link to nowhere; what is there stays as it is."""
    sheet = compose(shipped("pulse"), HEAD, Lang.ZH)
    file, folder, link = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"
    file.write_text("mine")
    folder.mkdir()
    link.symlink_to(tmp_path / "nowhere")
    for path in (file, folder, link):
        with pytest.raises(Refused) as refused:
            write_forms(path, sheet, codes(42), KEY)
        assert refused.value.code == "M70"
    assert file.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == [file, folder, link]


def test_a_file_is_replaced_on_request(tmp_path: Path) -> None:
    """With force, whole; nothing is left beside it."""
    path = tmp_path / "forms.pdf"
    path.write_text("old")
    assert write_forms(path, compose(shipped("pulse"), HEAD, Lang.ZH), codes(42), KEY, force=True) == 1
    assert path.read_bytes().startswith(b"%PDF")
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Whoever was first keeps the name: M70."""
    path = tmp_path / "forms.pdf"

    def slow() -> list[FormCode]:
        path.write_text("theirs")
        return codes(42)

    with pytest.raises(Refused) as refused:
        write_forms(path, compose(shipped("pulse"), HEAD, Lang.ZH), (code for _ in range(1) for code in slow()), KEY)
    assert refused.value.code == "M70"
    assert path.read_text() == "theirs"
    assert [*tmp_path.iterdir()] == [path]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """M40 with the reason, in words."""
    with pytest.raises(StoreError) as refused:
        write_forms(tmp_path / "none" / "forms.pdf", compose(shipped("pulse"), HEAD, Lang.ZH), codes(42), KEY)
    (problem,) = refused.value.problems
    assert problem.code == "M40"
    assert "no such file or folder" in problem.text(Lang.EN)


def test_no_forms_are_no_file(tmp_path: Path) -> None:
    """A PDF without a page is none: ValueError, and nothing is written."""
    with pytest.raises(ValueError, match=r"^no codes$"):
        write_forms(tmp_path / "a.pdf", compose(shipped("pulse"), HEAD, Lang.ZH), [], KEY)
    assert [*tmp_path.iterdir()] == []


def test_failing_half_way_leaves_nothing(tmp_path: Path) -> None:
    """A file is whole or it is not there."""

    def broken() -> list[FormCode]:
        raise KeyError

    with pytest.raises(KeyError):
        write_forms(tmp_path / "a.pdf", compose(shipped("pulse"), HEAD, Lang.ZH), (c for c in broken()), KEY)
    assert [*tmp_path.iterdir()] == []


def test_what_must_be_known_of_the_forms_is_kept_before_the_file_has_its_name(tmp_path: Path) -> None:
    """It is called when all is written and nobody can print yet; if it fails there is no file."""
    path, seen = tmp_path / "forms.pdf", []
    sheet = compose(shipped("pulse"), HEAD, Lang.ZH)
    write_forms(path, sheet, codes(42), KEY, before_naming=lambda: seen.append(path.exists()))
    assert seen == [False]

    def refuse() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        write_forms(tmp_path / "more.pdf", sheet, codes(43), KEY, before_naming=refuse)
    assert [*tmp_path.iterdir()] == [path]


def test_anybody_may_print_the_file(tmp_path: Path) -> None:
    """It has the mode that any new file gets, unlike the data folder's."""
    mask = os.umask(0o022)
    try:
        path, _ = printed(tmp_path, shipped("pulse"), Lang.ZH, 42)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_page_that_is_drawn_takes_little_memory(tmp_path: Path) -> None:
    """Of each further page less than 8 kB are kept until the file is written: 2,200 forms are no load for a machine."""
    sheet = compose(shipped("pulse"), HEAD, Lang.ZH)
    peaks = []
    for number, count in enumerate((1, 100, 400)):
        tracemalloc.start()
        write_forms(tmp_path / f"{number}.pdf", sheet, codes(*range(1, count + 1)), KEY)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[2] - peaks[1]) / 300 < 8000, "the first one has loaded the fonts"
