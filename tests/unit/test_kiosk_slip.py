"""The slip at the end of a run, without a screen: when it is shown, how long, and what its page says at every size."""

import pytest

from campaign.errors import Problem, StoreError
from campaign.language import Lang
from exports.paper.qr import modules
from surveys.paper.codes import SlipCode, TypedSlip, parse
from surveys.paper.slip_shown import SlipShown, slip_shown
from tests.forged_codes import KEY
from tests.kiosk_fakes import FakeBooth, Person
from tui.kiosk.page import Action, Page
from tui.kiosk.pages import scene
from tui.kiosk.scene import MIN_HEIGHT, MIN_WIDTH, Scene, Size
from tui.widgets.big_number import big_number
from tui.widgets.qr import BLACK, WHITE
from tui.widgets.spans import Line, width_of

NUMBER = "8250417396"
SLIP = slip_shown(SlipCode(NUMBER), KEY)
BUSY = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))


def at_the_end(booth: FakeBooth | None = None, *, lang: str = "1", wants_answer: bool = True) -> Person:
    """Somebody in the review, with something written, who wants an answer to it or not."""
    person = Person(booth or FakeBooth(handed=SLIP)).press(lang, "9", "9", "9", "1", "9", "9", "enter")
    person.type("路灯坏了").press("enter", "1" if wants_answer else "2", "9")
    assert person.flow.page is Page.REVIEW
    return person


def with_a_slip(lang: str = "1") -> Person:
    """Somebody who is shown a slip, and has looked at it for three seconds."""
    person = at_the_end(lang=lang).press("9").wait(3)
    assert person.flow.page is Page.SLIP
    return person


def page_of(person: Person) -> Page:
    """The page on the person's screen."""
    return person.flow.page


def farewell_of(person: Person) -> tuple[SlipShown | None, bool] | None:
    """The slip on the person's screen, and whether the thanks send to the desk; None before the end."""
    farewell = person.flow.farewell
    return (farewell.slip, farewell.wants_answer) if farewell else None


def test_a_slip_is_what_its_code_says() -> None:
    """The number to copy and the code to photograph lead to the same slip."""
    assert parse(SLIP.typed, KEY) == TypedSlip(NUMBER)
    assert parse(SLIP.digits, KEY) == SlipCode(NUMBER)


def test_the_slip_comes_after_the_response_is_stored() -> None:
    """Whoever asked for an answer sees it, once the response is in the store and not before."""
    person = at_the_end()
    person.booth.failure = BUSY
    assert person.press("9").flow.page is Page.NOT_STORED
    assert person.booth.stored == {}
    person.booth.failure = None
    assert person.press("9").flow.page is Page.SLIP
    assert (list(person.booth.stored), farewell_of(person)) == (["response-1"], (SLIP, False))
    assert person.flow.attempt is None


def test_nobody_else_gets_a_slip() -> None:
    """Without a wish for an answer the thanks come at once, and say nothing of a desk."""
    person = at_the_end(wants_answer=False).press("9")
    assert (page_of(person), farewell_of(person)) == (Page.THANKS, (None, False))


@pytest.mark.parametrize("booth", [FakeBooth(), FakeBooth(handed=SLIP, slip_failure=BUSY)], ids=["none", "failing"])
def test_without_a_slip_the_person_is_sent_to_the_desk(booth: FakeBooth) -> None:
    """Where no slips are given, or one could not be had: the response is stored, and the thanks say where to ask."""
    person = at_the_end(booth).press("9")
    assert len(booth.stored) == 1
    assert (page_of(person), farewell_of(person)) == (Page.THANKS, (None, True))


def test_the_slip_stays_a_minute() -> None:
    """After 60 s come 8 s of thanks, then the next person is welcomed; the slip is gone with its page."""
    person = at_the_end().press("9").wait(59.9)
    assert page_of(person) is Page.SLIP
    person.wait(0.1)
    assert (page_of(person), farewell_of(person)) == (Page.THANKS, (None, False))
    person.wait(7.9)
    assert page_of(person) is Page.THANKS
    person.wait(0.1)
    assert (page_of(person), farewell_of(person)) == (Page.WELCOME, None)


@pytest.mark.parametrize("key", ["9", "９", "enter"])
def test_who_has_it_goes_on(key: str) -> None:
    """9 or Enter, once, ends the page; no key brings it back."""
    person = with_a_slip().press(key)
    assert (page_of(person), farewell_of(person)) == (Page.THANKS, (None, False))
    assert page_of(person.press("7")) is Page.WELCOME


@pytest.mark.parametrize("key", ["1", "5", "7", "escape", "space", "up", "down", "left", "backspace", "x"])
def test_no_other_key_ends_the_slip(key: str) -> None:
    """A key hit by chance takes nothing away."""
    person = with_a_slip()
    page = scene(person.flow, person.booth, Size(80, 24))
    assert person.press(key).flow.page is Page.SLIP
    assert scene(person.flow, person.booth, Size(80, 24)) == page


def test_a_key_pressed_twice_does_not_end_the_slip() -> None:
    """The second 9 of whoever handed in with a double press comes within two seconds, and is let pass."""
    person = at_the_end().press("9", "9", "enter").wait(1.9).press("9")
    assert page_of(person) is Page.SLIP
    assert page_of(person.wait(0.1).press("9")) is Page.THANKS


def test_touches_on_the_slip() -> None:
    """Its key goes on, as 9 does; a touch beside everything does nothing."""
    person = with_a_slip()
    person.carry_out(person.flow.touch_anywhere())
    person.carry_out(person.flow.touch("1"))
    person.carry_out(person.flow.touch_row(3))
    assert page_of(person) is Page.SLIP
    person.carry_out(person.flow.act(Action.ON))
    assert page_of(person) is Page.THANKS


def test_the_language_changes_on_the_slip() -> None:
    """0 shows the page in the other language; the thanks are in it too."""
    person = with_a_slip("2").press("0")
    assert (person.flow.page, person.flow.lang) == (Page.SLIP, Lang.ZH)
    assert person.press("9").flow.lang is Lang.ZH


def test_the_minute_passes_under_the_pin() -> None:
    """Staff at the PIN page keep nobody's slip on the screen."""
    person = with_a_slip().wait(50).press(*"*****")
    assert (person.flow.pin.shown, person.flow.page) == (True, Page.SLIP)
    person.wait(7)
    assert (person.flow.pin.shown, person.flow.page) == (True, Page.THANKS)


def test_the_slip_says_how_long_it_stays() -> None:
    """In seconds, with a bar that gets shorter; from 15 s on it stands out, and the plain text says all of it."""
    person = at_the_end(lang="2").press("9")
    seen = []
    for seconds in (0, 30, 15.5, 13.5):
        (line,) = scene(person.wait(seconds).flow, person.booth, Size(80, 24)).hint
        text = text_of(line)
        seen.append((text.strip("━ "), text.count("━"), line[0].colour))
    assert [words for words, _, _ in seen] == [
        "This page closes in 60 seconds.",
        "This page closes in 30 seconds.",
        "This page closes in 15 seconds.",
        "This page closes in 1 second.",
    ]
    assert [colour for _, _, colour in seen] == ["muted", "muted", "warning", "warning"]
    bars = [bar for _, bar, _ in seen]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] > bars[-1] == 0


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)


def code_on(page: Scene) -> list[list[bool]]:
    """The modules of the code on the page, without its quiet zone."""
    cells = [
        [(char, span.colour, span.back) for span in line for char in span.text if span.back in {BLACK, WHITE}]
        for line in page.body
    ]
    two_cells = not any(char == "▀" for row in cells for char, _, _ in row)
    rows: list[list[bool]] = []
    for row in filter(None, cells):
        across = row[::2] if two_cells else row
        upper = [(fore if char == "▀" else back) == BLACK for char, fore, back in across]
        rows += [upper] if two_cells else [upper, [back == BLACK for _, _, back in across]]
    dark = [row for row in rows if any(row)]
    columns = [x for x in range(len(dark[0])) if any(row[x] for row in dark)]
    return [row[columns[0] : columns[-1] + 1] for row in dark]


@pytest.mark.parametrize("lang", ["1", "2"])
@pytest.mark.parametrize("other_way", [False, True], ids=["first way", "other way"])
def test_the_slip_is_whole_on_every_screen(lang: str, *, other_way: bool) -> None:
    """From 60 by 20 to 140 by 50: code, number, what it is for and that it is shown once, and nothing is cut."""
    person = with_a_slip(lang)
    if other_way:
        person.press("8")
    code = [list(row) for row in modules(SLIP.digits, "M")]
    told = (
        ("凭这个编号可以查看答复。我们不留姓名", "只显示这一次。")
        if lang == "1"
        else ("with this number you can see the answer. We keep no name", "It is shown only this once.")
    )
    for width in range(MIN_WIDTH, 141):
        for height in (*range(MIN_HEIGHT, 26), 30, 36, 50):
            size, where = Size(width, height), f"{width} x {height}"
            page = scene(person.flow, person.booth, size)
            assert code_on(page) == code, where
            assert len([*page.top, *page.body, *page.hint]) + page.key_height <= height, where
            assert max(map(width_of, page.body)) <= width, where
            words = [words_of(line) for line in page.body]
            assert all(part.replace(" ", "") in "".join(words).replace(" ", "") for part in told), where
            number = big_number(SLIP.typed, width if width >= 75 else 30)
            at = next(y for y, line in enumerate(words) if number[0] in line)
            assert all(row in line for row, line in zip(number, words[at:], strict=False)), where


def words_of(line: Line) -> str:
    """What stands on a line beside the code."""
    return "".join(span.text for span in line if span.back not in {BLACK, WHITE})
