"""Follow-up slips as a printer gets them."""

from dataclasses import fields
from pathlib import Path

import pypdfium2
import pytest

from campaign.errors import BadInput, Refused
from campaign.i18n import I18n
from campaign.language import Lang
from exports.paper.shapes import Area, Frame, Shape, Text
from exports.paper.slip import CUT, HEIGHT, QUIET_ZONE, SIDE, SQUARES, SlipHead, compose_slip, numbers
from exports.paper.slips import write_slips
from surveys.paper.codes import SlipCode, new_slip, parse
from tests.paper_sheets import KEY, both, decoded, overlapping, pages, printed_fonts, texts

HEAD = SlipHead(
    organiser=I18n(zh="镇活动办公室", en="Office of the Town Campaign"),
    campaign=I18n(zh="“满意在基层”主题活动", en="Satisfied at the Grassroots"),
    ask_at=I18n(zh="镇便民服务中心3号窗口", en="counter 3 of the service centre"),
)
LONG = SlipHead(*(both("很长的名字 of a place " * 4) for _ in fields(SlipHead)))
SLIPS = [SlipCode(f"{number:010d}") for number in (1, 9_876_543_210, 42, 7, 8)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "slips.pdf"


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (3, 1), (4, 2)])
def test_three_slips_are_on_a_sheet(count: int, expected: int, path: Path) -> None:
    """The last sheet has what is left."""
    assert write_slips(path, [new_slip() for _ in range(count)], HEAD, Lang.ZH, KEY) == expected
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == expected


def test_no_slips_are_no_file(path: Path) -> None:
    """A PDF without a page is none: ValueError, and nothing is written."""
    with pytest.raises(ValueError, match=r"^no codes$"):
        write_slips(path, [], HEAD, Lang.ZH, KEY)
    assert not path.exists()


@pytest.mark.parametrize("lang", Lang)
def test_two_decoders_read_both_parts_of_every_slip(lang: Lang, path: Path) -> None:
    """Six squares a sheet, two of each slip, at 200 dpi."""
    write_slips(path, SLIPS, HEAD, lang, KEY)
    for number, page in enumerate(pages(path)):
        expected = sorted(slip.digits(KEY) for slip in SLIPS[number * 3 : number * 3 + 3] for _ in range(2))
        assert decoded(page) == (expected, expected)
        assert {parse(digits, KEY) for digits in expected} == set(SLIPS[number * 3 : number * 3 + 3])


@pytest.mark.parametrize("lang", Lang)
def test_the_number_is_printed_in_groups_with_its_check_digits(lang: Lang, path: Path) -> None:
    """Once on each part, to be copied or said; where to ask, to keep it safe and that it is anonymous are on it too."""
    write_slips(path, SLIPS[1:2], HEAD, lang, KEY)
    (said,) = texts(path)
    assert said.count("987654321071") == 2
    for what in {
        Lang.ZH: ("镇便民服务中心3号窗口", "不问姓名", "请妥善保管", "本单不记名", "“满意在基层”主题活动"),
        Lang.EN: ("counter3oftheservicecentre", "nobodywillaskforyourname", "Keepitsafe", "anonymous", "Grassroots"),
    }[lang]:
        assert what in said


def test_nothing_on_a_slip_tells_when_or_for_what_it_is(path: Path) -> None:
    """No day, branch or kind of matter is printed: lines for them are on the office's part, to be written by hand."""
    assert {field.name for field in fields(SlipHead)} == {"organiser", "campaign", "ask_at"}
    write_slips(path, [SLIPS[0]], HEAD, Lang.ZH, KEY)
    (said,) = texts(path)
    assert "2026" not in said
    assert "事项类别" in said


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("head", [HEAD, LONG], ids=["usual", "long"])
def test_nothing_overlaps(head: SlipHead, lang: Lang) -> None:
    """Texts, boxes and squares keep clear of each other, of the cut, and of the slip's edges."""
    slip = compose_slip(head, lang)
    shapes = [*slip.shapes, *numbers(slip, SLIPS[1], SLIPS[1].digits(KEY))]
    areas = [area_of(shape) for shape in shapes if isinstance(shape, Text | Frame)]
    across, q = SIDE + QUIET_ZONE, QUIET_ZONE
    areas += [Area(x - q, y - q, x + across, y + across) for x, y in SQUARES]
    assert len(areas) > 20
    assert overlapping(areas) == []
    for area in areas:
        assert area.right < CUT - 5 or area.left > CUT + 5
        assert area.left > 10
        assert area.right < 200
        assert area.top > 8
        assert area.bottom < HEIGHT - 5


def area_of(shape: Shape) -> Area:
    if isinstance(shape, Text):
        return shape.area
    assert isinstance(shape, Frame)
    return Area(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)


@pytest.mark.parametrize("lang", Lang)
def test_a_long_head_stands_apart_from_the_number(lang: Lang) -> None:
    """Whose number it is and the word above the number are more than a line apart, whatever the title."""
    title = I18n(zh="为民服务解难题" * 4, en="A study-and-service campaign " * 3)
    long = SlipHead(HEAD.organiser, title, HEAD.organiser)
    slip = compose_slip(long, lang)
    above = [shape.y for shape in slip.shapes if isinstance(shape, Text) and shape.x < CUT and shape.y < slip.number]
    *_, last, name = sorted(above)
    assert name - last > 6


def test_the_squares_are_large_enough() -> None:
    """At least 20 mm, so that a module is 0.8 mm."""
    assert SIDE / 25 >= 0.8


def test_the_fonts_are_in_the_file(path: Path) -> None:
    """As with forms."""
    write_slips(path, SLIPS, HEAD, Lang.ZH, KEY)
    assert all(printed_fonts(path).values())
    assert b"Helvetica" not in path.read_bytes()


def test_two_runs_write_the_same_bytes(path: Path) -> None:
    """Nothing in the file says when or where it was made."""
    write_slips(path, SLIPS, HEAD, Lang.EN, KEY)
    content = path.read_bytes()
    write_slips(path, SLIPS, HEAD, Lang.EN, KEY, force=True)
    assert path.read_bytes() == content


def test_nothing_is_overwritten(path: Path) -> None:
    """M70, and what is there stays."""
    path.write_text("mine")
    with pytest.raises(Refused) as refused:
        write_slips(path, SLIPS, HEAD, Lang.ZH, KEY)
    assert refused.value.code == "M70"
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("head", "code", "where"),
    [
        (SlipHead(HEAD.organiser, HEAD.campaign, both("😀")), "M80", "查询地点"),
        (SlipHead(HEAD.organiser, HEAD.campaign, both("很长" * 400)), "M88", "查询地点"),
        (SlipHead(both("很长" * 400), HEAD.campaign, HEAD.ask_at), "M88", "活动主办单位"),
    ],
)
def test_what_cannot_be_printed_is_refused(head: SlipHead, code: str, where: str, path: Path) -> None:
    """A missing glyph and a text without room are named; no file is made."""
    with pytest.raises(BadInput) as refused:
        write_slips(path, SLIPS, head, Lang.ZH, KEY)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert where in problem.text(Lang.ZH)
    assert not path.exists()
