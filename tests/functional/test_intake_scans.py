"""What a person sees of a scanned form that waits: the doubt in words, the boxes or the writing, and how to go on."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from campaign.language import Lang
from db.pictures import PictureFolder
from surveys.paper.forms import FormState
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm, QueuedPage, Spot
from surveys.response import Answer
from tests.intake_bureau import SERIALS, Bureau, bureau, under_the_square
from tests.intake_hands import Clerk, clerk

FORM, NEXT, *_ = SERIALS
SIZES = [(80, 24), (120, 36)]
CERTAIN: dict[str, Answer] = {"A0": "1", **{f"Q{n}": "A" for n in range(1, 11)}, "Q11": ("1",)}


@pytest.fixture
def at() -> Bureau:
    return bureau()


def boxes(*marked: int, count: int = 4) -> bytes:
    """Boxes beside each other, some with a cross, as the reader cuts them out: 6 pixels a millimetre."""
    image = Image.new("L", (60 + 90 * count, 90), 255)
    draw = ImageDraw.Draw(image)
    for box in range(count):
        left = 30 + 90 * box
        draw.rectangle((left, 48, left + 25, 73), outline=60, width=2)
        if box + 1 in marked:
            draw.line((left + 3, 51, left + 22, 70), 30, 4)
            draw.line((left + 22, 51, left + 3, 70), 30, 4)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def waits(at: Bureau, folder: Path, name: str, why: Doubt, *marked: int, count: int = 4) -> None:
    """The first form was read, and one question of it is in doubt."""
    codes = [str(each) for each in range(1, count + 1)] if name == "Q11" else list("ABCD")
    picture = PictureFolder(folder).keep(boxes(*marked, count=count))
    spots = tuple(
        Spot(choice=code, x=30 + 90 * at, y=48, look="marked" if at + 1 in marked else "empty")
        for at, code in enumerate(codes)
    )
    question = OpenQuestion(
        question=name,
        doubt=why,
        marked=tuple(codes[each - 1] for each in marked),
        picture=picture,
        spots=() if why is Doubt.WRITTEN else spots,
    )
    at.intake().receive(FORM)
    answers = {question: value for question, value in CERTAIN.items() if question != name}
    at.store.save_queued(at.session, QueuedForm(serial=FORM, answers=answers, open=(question,)))


def drawn(hand: Clerk) -> int:
    """Cells in which two greys share a cell."""
    return "".join(hand.rows()).count("▀")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", list(Lang))
async def test_a_double_mark_is_seen_box_by_box(at: Bureau, tmp_path: Path, size: tuple[int, int], lang: Lang) -> None:
    """Each box under its number, a tick at those that are certain; a digit decides, and Enter keeps the form."""
    waits(at, tmp_path, "Q3", Doubt.SEVERAL, 1, 2)
    async with clerk(at, tmp_path, size, lang) as hand:
        assert hand.sees("1 张扫描件等待确认" if lang is Lang.ZH else "1 sheet from the scanner")
        await hand.hit(".")
        why = {Lang.ZH: "扫描件：标记多于允许（1, 2）。", Lang.EN: "From the scan: more is marked than may be (1, 2)."}
        assert hand.sees(why[lang], " 1 ✔", " 2 ✔", ".png")
        assert drawn(hand) > 40
        await hand.hit("2\r")
        assert at.form(FORM).state is FormState.KEYED
        (kept,) = at.store.responses(at.session)
        assert kept.answers == {**CERTAIN, "Q3": "B"}


@pytest.mark.parametrize("size", SIZES)
async def test_of_many_boxes_those_that_are_not_empty_are_seen(
    at: Bureau, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Thirteen choices do not fit beside each other; what may be marked does."""
    waits(at, tmp_path, "Q11", Doubt.NOT_ALLOWED, 1, 2, 3, 4, count=13)
    async with clerk(at, tmp_path, size) as hand:
        await hand.hit(".")
        assert hand.sees("所标记的不符合规定（1, 2, 3, 4）")
        if size == (120, 36):
            assert hand.sees(" 4 ✔")


@pytest.mark.parametrize("size", SIZES)
async def test_writing_is_keyed_beside_its_picture(at: Bureau, tmp_path: Path, size: tuple[int, int]) -> None:
    """A picture that is larger than the screen is seen part by part."""
    waits(at, tmp_path, "Q12", Doubt.WRITTEN, 1, 3, count=16)
    async with clerk(at, tmp_path, size) as hand:
        await hand.hit(".")
        assert hand.sees("扫描件：有手写内容。", "部分：↑ ↓")
        before = hand.rows()
        await hand.pilot.press("down")
        await hand.settle()
        assert hand.rows() != before
        await hand.type("路灯坏了")
        await hand.hit("\r")
        assert hand.sees("13", "路灯坏了")


async def test_a_picture_that_is_gone_stops_nobody(at: Bureau, tmp_path: Path) -> None:
    """After a restore, say: the sheet is at hand."""
    waits(at, tmp_path, "Q3", Doubt.FAINT)
    PictureFolder(tmp_path).keep_only([])
    async with clerk(at, tmp_path) as hand:
        await hand.hit(".")
        assert hand.sees("扫描件：标记过浅或不清。", "图片已不在，请看纸质表。")
        await hand.hit("1\r")
        assert at.form(FORM).state is FormState.KEYED


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", list(Lang))
async def test_the_number_under_a_damaged_code_is_seen_and_typed(
    at: Bureau, tmp_path: Path, size: tuple[int, int], lang: Lang
) -> None:
    """The strip below the square first, the whole piece with the arrows; full-width digits are digits."""
    page = Image.new("L", (258, 216), 255)
    ImageDraw.Draw(page).rectangle((36, 24, 168, 156), 0)
    ImageDraw.Draw(page).text((60, 184), under_the_square(FORM), 0, font_size=20)
    file = BytesIO()
    page.save(file, "PNG")
    picture = PictureFolder(tmp_path).keep(file.getvalue())
    at.store.save_queued(at.session, QueuedPage(number=1 << 62, picture=picture))
    async with clerk(at, tmp_path, size, lang) as hand:
        await hand.hit(".")
        assert hand.sees("请输入方块下的表号" if lang is Lang.ZH else "Type the number that stands under the square")
        strip = drawn(hand)
        assert strip > 20
        await hand.pilot.press("down")
        await hand.settle()
        assert drawn(hand) != strip
        wide = under_the_square(FORM).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        await hand.type(f"{wide}\r")
        assert at.form(FORM).state is FormState.RETURNED
        assert hand.sees("您属于下列哪一类" if lang is Lang.ZH else "Which of these describes you best?")
