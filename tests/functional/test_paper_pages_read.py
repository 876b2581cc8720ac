"""Pages as they come out of a scanner: any way up, several a form, foreign, empty, or with a code that is spoilt."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from campaign.language import Lang
from surveys.paper.codes import FormCode, SlipCode
from surveys.paper.geometry import BOX, QR_SIDE, QR_X, QR_Y
from surveys.paper.reading.deciding import joined
from surveys.paper.reading.forms import read_page, read_pages
from surveys.paper.reading.plane import Picture
from surveys.paper.reading.readings import CodeRead, Fault, Layouts, Outcome, PageReading, Way
from surveys.questionnaire import QuestionType
from tests.paper_pens import Hand
from tests.paper_scans import Case, folded, pen_across, stained, torn
from tests.paper_sheets import KEY, asking, question
from tests.scan_hands import answered, chance, code_of, of_single, office, read
from tests.scan_sheets import SCALE, SESSION, check, drawn, layouts, sheet, stamp

pytestmark = pytest.mark.rig

SHEET = sheet("final")
PAGE = Image.new("L", (round(210 * SCALE), round(297 * SCALE)), 255)
"""Blank paper."""


def ticked(page: int = 1, seed: int = 0) -> Picture:
    return answered(SHEET, lambda hand, boxes: hand.mark(boxes[1]), seed=seed, page=page)


def answers(reading: PageReading) -> set[bool]:
    """Whether the second box is the answer, of all questions."""
    return {each.marked == (boxes[1].choice,) for each, boxes in of_single(SHEET, reading)}


def spoilt(picture: Picture, color: int = 255) -> Picture:
    """With nothing left of the code."""
    picture = picture.copy()
    top, left, side = (round(length * SCALE) for length in (QR_Y - 1, QR_X - 1, QR_SIDE + 2))
    picture[top : top + side, left : left + side] = color
    return picture


@pytest.mark.parametrize("turns", range(4))
def test_a_page_is_read_whichever_way_up(turns: int) -> None:
    """Upright, on either side, upside down: the same code, and the same answers."""
    reading = read(np.ascontiguousarray(np.rot90(office(ticked()), turns)))
    assert (reading.code, reading.fault) == (code_of(SHEET), None)
    assert reading.score > 0.9
    assert answers(reading) == {True}


def test_pictures_for_people_are_upright() -> None:
    """What is cut out of a page that was upside down is the same, but for a pixel's light."""
    page = office(answered(SHEET, lambda *_: None))
    upright, turned = read(page), read(np.ascontiguousarray(page[::-1, ::-1]))
    height, width = page.shape
    for one, other in zip(upright.questions, turned.questions, strict=True):
        left, top, right, bottom = one.area
        assert np.abs(np.subtract(other.area, (width - right, height - bottom, width - left, height - top))).max() < 4
        sizes = {Image.open(BytesIO(each.crop)).size for each in (one, other)}
        assert len(sizes) == 1


def test_the_pages_of_forms_come_in_any_order() -> None:
    """Three forms of two pages from a stack that was dropped: one page came twice, two are missing."""
    stack = [
        (page, serial, SHEET.page(code_of(SHEET, page, serial)))
        for page, serial in ((2, 8), (1, 7), (2, 7), (2, 7), (1, 9))
    ]
    readings = [read(office(picture, number)) for number, (_, _, picture) in enumerate(stack)]
    forms = {form.serial: form for form in joined(readings, layouts())}
    assert list(forms) == [8, 7, 9]
    assert {serial: form.missing for serial, form in forms.items()} == {8: (1,), 7: (), 9: (2,)}
    assert [len(forms[serial].repeated) for serial in (7, 8, 9)] == [1, 0, 0]
    names = [each.question for each in forms[7].questions]
    assert (
        len(names)
        == len(set(names))
        == len({box.question for page in SHEET.printed.layout.pages for box in page.boxes})
    )


@pytest.mark.parametrize("damage", [pen_across, stained, folded, torn])
@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_code_is_read_right_or_not_at_all(damage: Case, seed: int) -> None:
    """Strokes, stains, folds, a missing corner: the page's own code, mostly; never another."""
    picture = ticked(seed=seed)
    top, left, side = (round(length * SCALE) for length in (QR_Y - 1, QR_X - 1, QR_SIDE + 2))
    part = picture[top : top + side, left : left + side]
    part[:] = damage(part.copy(), chance(seed))
    reading = read(office(picture, seed))
    assert reading.code in {code_of(SHEET), None}
    assert reading.code or reading.fault is Fault.DAMAGED_CODE
    assert not reading.code or answers(reading) == {True}


@pytest.mark.parametrize("seed", range(8))
def test_noise_is_never_rebuilt_to_a_code(seed: int) -> None:
    """Random squares where the code was, some of the code among them: what is not signed is no code."""
    picture = ticked()
    side = round(QR_SIDE * SCALE)
    top, left = round(QR_Y * SCALE), round(QR_X * SCALE)
    rng = chance(seed)
    place = np.arange(side) * 25 // side
    noise = rng.random((25, 25)) < 0.5
    part = picture[top : top + side, left : left + side]
    shown = rng.random((25, 25)) < 0.75
    part[:] = np.where(shown[place][:, place], np.where(noise[place][:, place], 0, 255), part)
    reading = read(office(picture, seed))
    assert (reading.code, reading.fault in {Fault.DAMAGED_CODE, Fault.OTHER_CODE}) == (None, True)


def test_a_form_without_a_code_is_read_once_its_number_is_typed() -> None:
    """It is recognised as one of these forms; the number below the code is shown, and typing it gives the answers."""
    picture = office(spoilt(ticked()))
    reading = read(picture)
    assert (reading.code, reading.fault, reading.way) == (None, Fault.DAMAGED_CODE, Way.BLIND)
    assert reading.code_crop.startswith(b"\x89PNG")
    again = read(picture, typed=code_of(SHEET))
    assert (again.code, again.code_read, again.fault) == (code_of(SHEET), CodeRead.TYPED, None)
    assert answers(again) == {True}


def test_a_number_typed_for_another_page_gives_no_answers() -> None:
    """The boxes of that page are not where they should be, so nothing is read off this one."""
    other = sheet("mixed")
    reading = read(office(spoilt(ticked())), typed=code_of(other))
    assert (reading.fault, reading.questions) == (Fault.NOT_PLACED, ())


@pytest.mark.parametrize("what", ["text", "black", "grey", "photograph"])
def test_a_page_that_is_not_ours_is_told(what: str) -> None:
    """A letter, a black sheet, a picture: no code and no marks."""
    rng = chance(1)
    picture = np.asarray(PAGE).copy()
    if what == "text":
        for row in range(300, 3000, 60):
            for column in range(250, 2200, 40):
                picture[row : row + int(rng.integers(10, 36)), column : column + int(rng.integers(8, 30))] = 20
    elif what == "photograph":
        small = Image.fromarray((rng.random((20, 14)) * 255).astype(np.uint8))
        picture = np.asarray(small.resize(PAGE.size, Image.Resampling.BICUBIC))
    else:
        picture[:] = {"black": 3, "grey": 140}[what]
    reading = read(office(picture))
    assert reading.fault in {Fault.NOT_OURS, Fault.EMPTY}
    assert reading.code is None


@pytest.mark.parametrize("seed", range(3))
def test_the_back_of_a_sheet_is_empty(seed: int) -> None:
    """White paper with the noise of a scanner; and a picture of a few pixels."""
    assert read(office(np.asarray(PAGE), seed)).fault is Fault.EMPTY
    assert read(np.zeros((30, 20), np.uint8)).fault is Fault.EMPTY


@pytest.mark.parametrize(
    "digits",
    [
        "1" * 34,
        code_of(SHEET).digits(bytes(32)),
        SlipCode("0123456789").digits(KEY),
        code_of(SHEET).digits(KEY)[:-1] + "x",
    ],
    ids=["foreign", "other key", "slip", "mended"],
)
def test_a_code_that_is_not_ours_is_no_form(digits: str) -> None:
    """A foreign code, one signed with another key, the code of a slip, one with a digit changed."""
    if digits.endswith("x"):
        right = code_of(SHEET).digits(KEY)
        digits = right[:-1] + str((int(right[-1]) + 1) % 10)
    picture = spoilt(ticked())
    stamp(picture, digits, QR_X, QR_Y, QR_SIDE)
    reading = read(office(picture))
    assert (reading.code, reading.fault) == (None, Fault.OTHER_CODE)


def test_a_code_elsewhere_on_the_page_hides_none_of_ours() -> None:
    """A foreign code on the page, as on an advertisement that was copied with it."""
    picture = ticked()
    stamp(picture, "9" * 34, 90, 262, 18)
    reading = read(office(picture))
    assert (reading.code, answers(reading)) == (code_of(SHEET), {True})


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (FormCode(SESSION + 1, 1, 17, 5), Fault.UNKNOWN_LAYOUT),
        (FormCode(SESSION, 77, 17, 5), Fault.UNKNOWN_LAYOUT),
        (FormCode(SESSION, SHEET.number, 17, 5, 9), Fault.UNKNOWN_PAGE),
    ],
)
def test_a_form_that_is_not_known_here_is_told_with_its_code(code: FormCode, fault: Fault) -> None:
    """Another session, another layout, a page that the form does not have: nothing is read by a wrong layout."""
    picture = spoilt(ticked())
    stamp(picture, code.digits(KEY), QR_X, QR_Y, QR_SIDE)
    reading = read(office(picture))
    assert (reading.code, reading.fault, reading.questions) == (code, fault, ())


def test_a_page_printed_from_another_layout_is_not_read() -> None:
    """A code that says one form on the paper of another, cut and glued: the boxes are elsewhere."""
    picture = ticked()
    stamp(picture, code_of(sheet("mixed")).digits(KEY), QR_X, QR_Y, QR_SIDE)
    reading = read(office(picture))
    assert (reading.fault, reading.questions) == (Fault.NOT_PLACED, ())


@pytest.mark.parametrize("share", [0.45, 0.6, 0.75, 0.9])
def test_boxes_that_are_torn_off_are_asked(share: float) -> None:
    """Or nothing is read at all, where too few are left to tell where the page is."""
    picture = ticked()
    lost = round(picture.shape[0] * share)
    picture[lost:] = 255
    reading = read(office(picture))
    assert reading.fault in {None, Fault.NOT_PLACED}
    for each, boxes in of_single(SHEET, reading):
        is_whole = (boxes[-1].y + BOX) * SCALE < lost
        assert is_whole or each.outcome is not Outcome.DECIDED


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_a_field_is_shown_if_somebody_has_written_in_it(lines: int) -> None:
    """A blank field with its printed lines is not; a picture of what is written is there for keying."""
    of = sheet("mixed")
    page = next(number for number, each in enumerate(of.printed.layout.pages, start=1) if each.fields)
    picture = of.page(code_of(of, page))
    frames = of.printed.layout.pages[page - 1].fields
    for field in frames:
        for number in range(lines):
            x, y = round((field.x + 4) * SCALE), round((field.y + 3.5 + 7 * number) * SCALE)
            picture[y : y + 5, x : x + 160] = 40
            picture[y : y + 40, x + 60 : x + 66] = 40
            if field.height < 12:
                break
    found = read(office(picture)).fields
    assert {each.question for each in found} == ({field.question for field in frames} if lines else set())
    assert all(each.crop.startswith(b"\x89PNG") for each in found)


def test_a_form_of_text_alone_is_read() -> None:
    """Without a single box the frames of the fields tell where the page is."""
    of = drawn(asking(question("Q1", QuestionType.TEXT, "还有什么意见？")), Lang.ZH, 50)
    page, known = of.page(code_of(of)), {(SESSION, of.number): of.printed}
    blank = read_page(office(page), known, check)
    (field,) = of.printed.layout.pages[0].fields
    Hand(page, "tick", chance(0)).draw(
        [(field.x + 5, field.y + 5), (field.x + 30, field.y + 12), (field.x + 50, field.y + 4)]
    )
    written = read_page(office(page), known, check)
    assert [each.fault for each in (blank, written)] == [None, None]
    assert [len(each.fields) for each in (blank, written)] == [0, 1]
    assert blank.questions == written.questions == ()


def test_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Pages in their order; one that can't be read has a problem and no reading, and the next one comes too."""
    Image.fromarray(office(ticked())).save(tmp_path / "a.png")
    (tmp_path / "b.pdf").write_text("no PDF")
    Image.fromarray(office(ticked(2))).save(tmp_path / "c.pdf", resolution=200)
    paths = [tmp_path / name for name in ("a.png", "b.pdf", "c.pdf")]
    found = list(read_pages(paths, layouts(), check))
    assert [page.path for page, _ in found] == paths
    assert [reading.code if reading else None for _, reading in found] == [code_of(SHEET), None, code_of(SHEET, 2)]
    assert [page.problem.code if page.problem else "" for page, _ in found] == ["", "M81", ""]


def test_without_layouts_no_form_is_known() -> None:
    """A code of ours whose session has printed nothing here, and a page without a code."""
    empty: Layouts = {}
    assert read_page(office(ticked()), empty, check).fault is Fault.UNKNOWN_LAYOUT
    assert read_page(office(spoilt(ticked())), empty, check).fault is Fault.NOT_OURS
