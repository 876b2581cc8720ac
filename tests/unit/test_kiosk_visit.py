"""Somebody with a slip at the kiosk, without a screen: what each key does, and that nothing of it stays."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.errors import Problem, Refused, StoreError
from campaign.language import Lang
from surveys.slip_answer import Again, Rating, SlipAnswer, SlipStage
from tests.kiosk_fakes import FakeBooth, FakeSlips, Person
from tui.kiosk.page import Action, Page
from tui.kiosk.pages import scene
from tui.kiosk.scene import MIN_HEIGHT, MIN_WIDTH, Scene, Size
from tui.kiosk.slip_visit import SlipVisit, Step
from tui.widgets.spans import width_of

NUMBER, SCANNED = "407192583640", "2407192583600000000055854554424054"
ANSWER = SlipAnswer(
    SlipStage.ANSWERED,
    answered_on=date(2026, 11, 18),
    text="已经换好",
    rate_by=date(2026, 12, 2),
    again=Again(SlipStage.REOPENED, date(2026, 12, 7)),
    seen=4,
)
REOPENED = SlipAnswer(SlipStage.REOPENED, due=date(2026, 12, 7), answered_on=date(2026, 11, 18), text="已经换好")
SIZES = [Size(MIN_WIDTH, MIN_HEIGHT), Size(80, 24), Size(120, 36)]


def with_a_slip(answer: SlipAnswer = ANSWER, *, found: bool = True) -> Person:
    """Somebody who has typed the number of a slip, and looks at the answer if it is found."""
    slips = FakeSlips({NUMBER: answer, SCANNED: answer} if found else {}, after=REOPENED)
    return Person(FakeBooth(slips=slips)).press("3").type(NUMBER).press("enter")


def slips_of(person: Person) -> FakeSlips:
    """What the kiosk knows of slips."""
    assert isinstance(person.booth.slips, FakeSlips)
    return person.booth.slips


def visit_of(person: Person) -> SlipVisit:
    """What the person does with the slip."""
    assert person.flow.visit is not None
    return person.flow.visit


def text_of(page: Scene) -> str:
    """What a page says."""
    lines = (*page.top, *page.body, *page.hint)
    return "\n".join("".join(span.text for span in line) for line in lines)


def page_text(person: Person, size: Size = SIZES[1]) -> str:
    """What the person reads."""
    return text_of(scene(person.flow, person.booth, size))


@pytest.mark.parametrize("key", ["3", "３"])
def test_3_asks_for_the_number(key: str) -> None:
    """On the page that waits; no survey is begun by it."""
    person = Person().press(key)
    assert (person.flow.page, visit_of(person).step, person.booth.begun) == (Page.CASE, Step.CODE, 0)


def test_a_touch_asks_for_the_number() -> None:
    """The key on the screen does the same."""
    person = Person()
    person.carry_out(person.flow.act(Action.SLIP))
    assert person.flow.page is Page.CASE


def test_without_slips_there_is_no_way_to_them() -> None:
    """A kiosk that shows none has no such key."""
    person = Person(FakeBooth(slips=None))
    person.flow.has_slips = False
    assert person.press("3").flow.page is Page.WELCOME
    assert scene(person.flow, person.booth, SIZES[1]).keys == ()


def test_all_digits_are_digits_of_the_number() -> None:
    """7, 8, 9 and 0 are no keys there; letters and stars are nothing; full-width digits are folded."""
    person = Person().press("3").type("7８90x*")
    assert visit_of(person).digits == "7890"
    person.press("backspace", "left")
    assert visit_of(person).digits == "789"


def test_a_scanner_types_all_digits_at_once() -> None:
    """Thirty-four digits and Enter, twice: the answer is shown, and the second Enter does nothing."""
    person = Person(FakeBooth(slips=FakeSlips({SCANNED: ANSWER}))).press("3").type(SCANNED).press("enter", "enter")
    assert visit_of(person).step is Step.ANSWER
    assert slips_of(person).looked == [SCANNED]


def test_no_more_digits_than_a_code_has() -> None:
    """What is held down does not fill the screen."""
    person = Person().press("3").type("1" * 50)
    assert len(visit_of(person).digits) == len(SCANNED)


def test_enter_without_digits_does_nothing() -> None:
    """Nothing is looked up."""
    assert slips_of(Person().press("3", "enter")).looked == []


@pytest.mark.parametrize("code", ["V70", "V72", "M145"])
def test_a_wrong_number_can_be_corrected(code: str) -> None:
    """What was typed stays; it says kindly what to do, without the code; the next digit takes the message away."""
    person = with_a_slip(found=False)
    slips_of(person).failure = Refused(Problem(code, {"x": NUMBER, "n": 12, "kind": "", "wanted": ""}, "no"))
    person.press("enter")
    assert visit_of(person).digits == NUMBER
    assert "▲" in page_text(person)
    assert code not in page_text(person)
    person.press("backspace")
    assert "▲" not in page_text(person)


def test_a_store_that_fails_is_told_by_its_code() -> None:
    """Staff can be told it; nothing was found or not found."""
    person = with_a_slip(found=False)
    slips_of(person).failure = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))
    assert "M41" in page_text(person.press("enter"))


def test_after_too_many_numbers_enter_waits() -> None:
    """The seconds are counted down on the page; until then nothing is looked up."""
    person = with_a_slip(found=False)
    slips_of(person).failure, slips_of(person).waits = Refused(Problem("M146", {"n": 60}, "no")), 60.0
    person.press("enter")
    looked = len(slips_of(person).looked)
    assert "60 秒" in page_text(person)
    person.wait(20).press("enter")
    assert "40 秒" in page_text(person)
    assert len(slips_of(person).looked) == looked
    slips_of(person).failure, slips_of(person).waits = None, 0.0
    slips_of(person).known[NUMBER] = ANSWER
    assert visit_of(person.wait(40).press("enter")).step is Step.ANSWER


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", list(SlipStage))
@pytest.mark.parametrize("lang", list(Lang))
def test_every_stage_is_said_in_words(stage: SlipStage, lang: Lang, size: Size) -> None:
    """In the person's language, in lines that fit, at every size; no id of a state is shown."""
    person = with_a_slip(replace(ANSWER, stage=stage, again=None, due=date(2026, 12, 1), late=True))
    if lang is Lang.EN:
        person.press("0")
    page = scene(person.flow, person.booth, size)
    said = text_of(page)
    assert "_" not in said
    assert ("2026-12-01" if lang is Lang.EN else "2026年12月1日") in said
    assert max(map(width_of, (*page.top, *page.body, *page.hint))) <= size.width
    assert len(page.top) + len(page.body) + len(page.hint) + page.key_height <= size.height


@pytest.mark.parametrize("size", SIZES)
def test_a_long_answer_is_read_to_its_end(size: Size) -> None:
    """8 turns the pages, and every character of five hundred is on one of them."""
    text = "".join(chr(0x4E00 + at) for at in range(500))
    person = with_a_slip(replace(ANSWER, text=text))
    seen = ""
    for _ in range(6):
        page = scene(person.flow, person.booth, size)
        seen += "".join(span.text for line in page.body for span in line)
        person.press("8")
    assert set(text) <= set(seen)


def test_the_answer_is_rated_by_digit() -> None:
    """9 leads to the rating, a digit chooses and changes, 9 hands in; then it says what happens next."""
    person = with_a_slip().press("9", "1", "3")
    assert slips_of(person).rated == []
    assert "2026年12月7日" in page_text(person)
    person.press("9")
    assert slips_of(person).rated == [(NUMBER, Rating.DISSATISFIED)]
    said = page_text(person)
    assert "您的评价已记下" in said
    assert "2026年12月7日" in said
    assert "请留好回执" in said


def test_the_answer_is_rated_by_touch() -> None:
    """Bands and key caps do the same."""
    person = with_a_slip()
    person.carry_out(person.flow.act(Action.ON))
    person.carry_out(person.flow.touch("2"))
    person.carry_out(person.flow.act(Action.ON))
    assert slips_of(person).rated == [(NUMBER, Rating.BASICALLY)]


def test_the_answer_is_rated_by_arrows() -> None:
    """Enter chooses what they point at, once more it hands in."""
    person = with_a_slip().wait(2).press("enter").wait(2).press("down", "enter")
    assert slips_of(person).rated == []
    person.press("enter")
    assert slips_of(person).rated == [(NUMBER, Rating.SATISFIED)]


def test_without_a_choice_nothing_is_handed_in() -> None:
    """9 on the page of the rating does nothing until something is chosen; 7 leads back to the answer."""
    person = with_a_slip().press("9", "9")
    assert (visit_of(person).step, slips_of(person).rated) == (Step.RATE, [])
    assert visit_of(person.press("2", "7")).step is Step.ANSWER
    assert visit_of(person.press("9")).rating is None


def test_what_cannot_be_rated_is_only_read() -> None:
    """9 ends the page."""
    person = with_a_slip(replace(ANSWER, again=None)).press("9")
    assert (person.flow.page, person.flow.visit) == (Page.WELCOME, None)


@pytest.mark.parametrize("code", ["M53", "V79"])
def test_a_rating_that_came_too_late_says_why(code: str) -> None:
    """And the answer is shown as it stands now."""
    person = with_a_slip().press("9", "1")
    slips_of(person).rate_failure = Refused(Problem(code, {"a": "", "b": "", "list": "", "what": ""}))
    person.press("9")
    assert visit_of(person).step is Step.ANSWER
    assert "▲" in page_text(person)
    assert slips_of(person).rated == []


@pytest.mark.parametrize("keys", [("7",), ("escape",), ("9", "7", "7"), ("9", "3", "9", "9")])
def test_nothing_stays_when_somebody_leaves(keys: tuple[str, ...]) -> None:
    """Neither the number nor the answer, and the language is the kiosk's again."""
    person = with_a_slip().press("0", *keys)
    assert (person.flow.page, person.flow.visit, person.flow.lang) == (Page.WELCOME, None, Lang.ZH)
    assert visit_of(person.press("3")).digits == ""


def test_an_idle_page_is_wiped() -> None:
    """After a minute it counts down, a key goes on, and fifteen seconds later it is gone."""
    person = with_a_slip().wait(61)
    assert "14 秒后回到开始" in page_text(person)
    assert visit_of(person.press("9")).step is Step.ANSWER
    person.wait(75)
    assert (person.flow.page, person.flow.visit) == (Page.WELCOME, None)


def test_a_closed_session_still_shows_what_became_of_a_slip() -> None:
    """3 works on the page that says so, and that page comes back."""
    person = with_a_slip(found=True).press("7")
    person.booth.open_now = False
    assert person.wait(1).flow.page is Page.CLOSED
    person.press("3").type(NUMBER).press("enter")
    assert visit_of(person).step is Step.ANSWER
    assert person.press("7").flow.page is Page.CLOSED


def test_the_knock_of_the_staff_is_heard_on_every_page() -> None:
    """Five stars open the page of the PIN; behind it the page of the slip is as it was."""
    person = Person().press("3").type("12").press(*["*"] * 5)
    assert person.flow.pin.shown
    person.press("2", "4", "escape")
    assert visit_of(person).digits == "12"


def test_space_changes_the_language_while_digits_are_typed() -> None:
    """0 is a digit there."""
    person = Person().press("3", "space").type("0")
    assert (person.flow.lang, visit_of(person).digits) == (Lang.EN, "0")
