"""The kiosk's state machine, without a screen: what each key does on each page."""

import pytest

from campaign.errors import Problem, Refused, StoreError
from campaign.language import Lang
from surveys.questionnaire import Question, QuestionType
from tests.kiosk_fakes import QUESTIONS, FakeBooth, Person, questionnaire_of
from tui.kiosk.keys import typed
from tui.kiosk.page import Page
from tui.kiosk.tasks import Effect, PinChecked, PinWait

STARS = ("*",) * 5


def named(person: Person) -> str:
    """Name of the question on screen."""
    return person.flow.question.name


def wants_answer(person: Person) -> bool | None:
    """Whether the thank-you sends the person to the desk; None on other pages."""
    return person.flow.farewell.wants_answer if person.flow.farewell else None


def at_the_text() -> Person:
    """Somebody who has come to the text question."""
    person = Person().press("1", "9", "9", "9", "1", "9", "9", "enter")
    assert named(person) == "opinion"
    return person


def at_the_review() -> Person:
    """Somebody who has skipped all but the overall question."""
    person = at_the_text().press("enter")
    assert person.flow.page is Page.REVIEW
    return person


@pytest.mark.parametrize(
    ("keys", "lang"), [(["1"], "zh"), (["2"], "en"), (["２"], "en"), (["down", "down", "enter"], "en")]
)
def test_the_language_is_chosen_first(keys: list[str], lang: str) -> None:
    """1 is Chinese, 2 English, by digit or by arrows and Enter; then the first page of the questionnaire is shown."""
    person = Person().press(*keys)
    assert (person.flow.page, person.flow.lang, named(person)) == (Page.QUESTION, lang, "opening")
    assert person.booth.begun == 1


def test_a_touch_anywhere_begins_in_the_kiosks_language() -> None:
    """Somebody who touches beside the bands has begun too."""
    person = Person()
    person.carry_out(person.flow.touch_anywhere())
    assert (person.flow.page, person.flow.lang) == (Page.QUESTION, Lang.ZH)


@pytest.mark.parametrize("key", ["4", "7", "8", "9", "0", "escape", "backspace", "left", "x"])
def test_other_keys_do_not_begin(key: str) -> None:
    """Only a choice of the language begins."""
    assert Person().press(key).flow.page is Page.WELCOME


def test_choosing_does_not_move_on() -> None:
    """A digit chooses, pressed twice it still does; 9 goes on, 7 goes back to the choice that was made."""
    person = Person().press("1", "9", "3", "3")
    assert (named(person), person.flow.run.value("group")) == ("group", "3")
    person.press("9")
    assert named(person) == "answered"
    person.press("7")
    assert (named(person), person.flow.choosing.pointed) == ("group", 2)


def test_arrows_and_enter_choose_and_go_on() -> None:
    """Enter on the pointed choice chooses it, once more it goes on; space never goes on."""
    person = Person().press("1", "9", "down", "down", "enter")
    assert person.flow.run.value("group") == "2"
    person.press("space")
    assert named(person) == "group"
    person.press("enter")
    assert named(person) == "answered"


def test_a_required_question_says_so() -> None:
    """9 without an answer stays and shows the problem; the next key takes the message away."""
    person = Person().press("1", "9", "9", "9", "9")
    assert named(person) == "overall"
    assert person.flow.problem is not None
    person.press("2")
    assert person.flow.problem is None
    assert named(person.press("9")) == "matters"


def test_several_choices_over_pages() -> None:
    """8 turns the page, digits mean the choices of the page, the fourth choice is refused with its problem."""
    person = Person().press("1", "9", "9", "9", "1", "9", "1", "2", "8", "1", "2")
    assert person.flow.run.value("matters") == ("1", "2", "6")
    assert person.flow.problem is not None
    person.press("1", "2")
    assert person.flow.run.value("matters") == ("1", "2", "7")


def test_digits_are_text_where_text_is_asked_for() -> None:
    """7, 8, 9 and 0 are typed, Enter goes on, Escape goes back, and the text is kept on the way."""
    person = at_the_text().type("2026年7月，89%0")
    assert person.flow.run.value("opinion") == "2026年7月，89%0"
    person.press("enter")
    assert named(person) == "wants_answer"
    person.press("7")
    assert (named(person), person.flow.editor and person.flow.editor.text) == ("opinion", "2026年7月，89%0")
    assert named(person.press("escape")) == "visits"


def test_blanks_are_no_answer() -> None:
    """A text of blanks leaves the question unanswered."""
    assert at_the_text().press("space", "space").flow.is_answered is False


def test_a_number_is_typed() -> None:
    """Digits, full-width ones too, make a whole number."""
    person = Person().press("1", "9", "9", "9", "1", "9", "9").type("1２").press("enter")
    assert (named(person), person.flow.run.answers["visits"]) == ("opinion", 12)


def test_the_language_changes_anywhere() -> None:
    """0 shows the other language and keeps question and answer."""
    person = Person().press("1", "9", "3", "0")
    assert (person.flow.lang, person.flow.run.lang, person.flow.run.value("group")) == (Lang.EN, Lang.EN, "3")
    assert person.press("0").flow.lang is Lang.ZH


def test_an_answer_is_changed_from_the_review() -> None:
    """Arrows point, Enter opens the question, 9 there leads back to the review; 7 leads to the last question."""
    person = at_the_review().press("down", "down", "enter")
    assert named(person) == "answered"
    assert person.press("2", "9").flow.page is Page.REVIEW
    assert person.flow.run.answers["answered"] == "B"
    assert named(person.press("7")) == "opinion"


def test_a_touch_on_a_row_opens_its_question() -> None:
    """One touch is enough."""
    person = at_the_review()
    person.carry_out(person.flow.touch_row(0))
    assert named(person) == "group"


def test_thanks_come_after_the_store_has_it() -> None:
    """9 in the review stores the answers; the thank-you stays 8 s, then the next person is welcomed."""
    person = at_the_review().press("0", "9")
    assert list(person.booth.stored.values()) == [{"overall": "A"}]
    assert (person.flow.page, person.flow.lang) == (Page.THANKS, Lang.EN)
    person.wait(7.9)
    assert person.flow.page is Page.THANKS
    person.wait(0.1)
    assert (person.flow.page, person.flow.lang) == (Page.WELCOME, Lang.ZH)


def test_any_key_ends_the_thank_you() -> None:
    """The next person need not wait, and that key chooses nothing."""
    person = at_the_review().press("9", "1")
    assert person.flow.page is Page.WELCOME


def test_keys_wait_while_something_is_stored() -> None:
    """A key between the order and its outcome does nothing."""
    person = at_the_review()
    person.flow.press(typed("9", "9"))
    assert (person.flow.busy, person.flow.is_slow) == (True, False)
    person.clock.now += 0.5
    assert person.flow.is_slow
    person.press("7", "9", "0")
    assert person.flow.page is Page.REVIEW


def test_whoever_wants_an_answer_is_told_where() -> None:
    """The thank-you says so, and stays longer."""
    person = at_the_text().type("好").press("enter", "1", "9", "9")
    assert (person.flow.page, wants_answer(person)) == (Page.THANKS, True)
    person.wait(19)
    assert person.flow.page is Page.THANKS
    person.wait(1)
    assert (person.flow.page, wants_answer(person)) == (Page.WELCOME, None)


def test_a_failed_store_is_no_thank_you() -> None:
    """The answers stay and are never wiped; 9 tries again as the same response; nothing else leads away."""
    person = at_the_review()
    person.booth.failure = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))
    person.press("9", "7", "escape", "enter", "1").wait(3600)
    assert (person.flow.page, person.booth.stored) == (Page.NOT_STORED, {})
    person.press("9")
    assert person.flow.page is Page.NOT_STORED
    person.booth.failure = None
    person.press("9")
    assert (person.flow.page, list(person.booth.stored)) == (Page.THANKS, ["response-1"])


def test_nobody_answers_for_nothing() -> None:
    """Where the store can't be written the person learns it before the first question."""
    person = Person()
    person.booth.failure = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))
    person.press("1")
    assert person.flow.page is Page.NOT_STORED
    person.booth.failure = None
    assert named(person.press("9")) == "opening"


def test_a_session_closed_meanwhile_is_told() -> None:
    """Answers that come after the close are not stored, and the page says so; later it only says closed."""
    person = at_the_review()
    person.booth.open_now = False
    person.booth.failure = Refused(Problem("M12", {"id": "B01", "state": "counting", "wanted": "open"}))
    person.press("9")
    assert (person.flow.page, person.flow.unsent, person.booth.stored) == (Page.CLOSED, True, {})
    person.press("1")
    assert (person.flow.page, person.flow.unsent, person.flow.attempt) == (Page.CLOSED, False, None)


def test_a_refusal_of_an_open_session_is_not_stored() -> None:
    """Any other refusal keeps the answers and calls the staff."""
    person = at_the_review()
    person.booth.failure = Refused(Problem("M32", {"name": "overall"}))
    assert person.press("9").flow.page is Page.NOT_STORED


def test_a_session_closed_while_nobody_is_there_is_told() -> None:
    """The welcome page looks by itself."""
    person = Person()
    person.booth.open_now = False
    assert person.wait(1).flow.page is Page.CLOSED
    assert person.press("1").flow.page is Page.CLOSED
    assert person.booth.begun == 0


def test_an_abandoned_run_is_wiped() -> None:
    """60 s without a key, 15 s of countdown: then answers and language are gone, and nothing was stored."""
    person = Person().press("2", "9", "3").wait(60)
    assert person.flow.seconds_left == 15
    person.wait(14.5)
    assert person.flow.seconds_left == 0.5
    person.wait(0.5)
    assert (person.flow.page, person.flow.lang, person.flow.attempt) == (Page.WELCOME, Lang.ZH, None)
    assert person.booth.stored == {}


def test_any_key_continues_and_does_nothing_else() -> None:
    """During the countdown a key only says that somebody is there."""
    person = Person().press("1", "9", "3").wait(65).press("5")
    assert (person.flow.seconds_left, person.flow.run.value("group")) == (None, "3")
    assert person.press("5").flow.run.value("group") == "5"


def test_the_pin_leads_out_from_any_page() -> None:
    """Five stars, the PIN and Enter, on a digit keypad in full width too."""
    for person in (Person(), Person().press("1", "9"), at_the_text(), at_the_review(), at_the_review().press("9", "1")):
        person.press(*STARS)
        assert person.flow.pin.shown
        person.type("２468").press("enter")
        assert person.left


def test_a_wrong_pin_leads_nowhere() -> None:
    """Escape leads back to the very same page, with the answers; other keys do nothing behind the PIN page."""
    person = Person().press("1", "9", "3", *STARS).type("1111").press("enter", "9", "escape")
    assert not person.left
    assert (named(person), person.flow.run.value("group")) == ("group", "3")
    assert not person.flow.pin.shown


def test_keys_wait_until_the_pin_has_been_checked() -> None:
    """What the booth says of a wait meanwhile does not make the page take keys: a PIN is checked once."""
    person = Person().press(*STARS).type("1111")
    enter = typed("enter", "\r")
    assert person.flow.press(enter) is Effect.CHECK_PIN
    person.flow.take(PinWait(0))
    assert person.flow.busy
    assert person.flow.press(enter) is Effect.NONE
    person.flow.take(PinChecked(right=False, wait=60))
    assert (person.flow.busy, person.flow.pin.wait(person.flow.now)) == (False, 60)


def test_stars_of_the_knock_are_no_text() -> None:
    """The five stars are taken out of the text again; a few stars that are none of a knock stay."""
    person = at_the_text().type("好**").wait(4).press(*STARS, "escape")
    assert person.flow.editor is not None
    assert (person.flow.editor.text, person.flow.run.value("opinion")) == ("好**", "好**")


def test_there_is_no_way_back_from_the_first_page() -> None:
    """7 on the first page does nothing: a person leaves by leaving."""
    assert named(Person().press("1", "7", "escape")) == "opening"


def test_a_questionnaire_without_a_note_starts_with_its_question() -> None:
    """And one that asks nothing relevant goes to the review at once."""
    plain = Person(FakeBooth(questionnaire=questionnaire_of(QUESTIONS[1])))
    assert named(plain.press("1")) == "group"
    never = Question(name="never", type=QuestionType.TEXT, label=QUESTIONS[1].label, relevant=("false()",))
    assert Person(FakeBooth(questionnaire=questionnaire_of(never))).press("1").flow.page is Page.REVIEW


def test_an_empty_review_has_nothing_to_point_at() -> None:
    """Arrows and Enter do nothing there."""
    never = Question(name="never", type=QuestionType.TEXT, label=QUESTIONS[1].label, relevant=("false()",))
    person = Person(FakeBooth(questionnaire=questionnaire_of(never))).press("1", "down", "enter", "enter", "up")
    assert person.flow.page is Page.REVIEW


def yes_no(name: str, **fields: object) -> Question:
    choices = [{"code": code, "label": code} for code in ("yes", "no")]
    return Question.model_validate(
        {"name": name, "type": QuestionType.SELECT_ONE, "label": name, "choices": choices, **fields}
    )


def test_handing_in_with_a_required_question_open_asks_that_question() -> None:
    """A changed answer can make a question required; 9 in the review then leads to it, and not into a dead end."""
    why = yes_no("why", required=True, relevant=("${came} = 'yes'",))
    person = Person(FakeBooth(questionnaire_of(yes_no("came"), why))).press("1", "2", "9")
    person.press("down", "enter", "1", "7", "9")
    assert (person.flow.page, named(person)) == (Page.QUESTION, "why")
    assert person.flow.problem is not None
    assert person.flow.problem.code == "M32"
    person.press("2", "9", "9")
    assert list(person.booth.stored.values()) == [{"came": "yes", "why": "no"}]


def test_a_person_with_a_keypad_skips_the_text_like_any_question() -> None:
    """On an empty text 9 goes on, 7 goes back and 0 changes the language; no digit becomes an opinion by mistake."""
    person = at_the_text().press("0")
    assert (person.flow.lang, named(person), person.flow.run.value("opinion")) == (Lang.EN, "opinion", None)
    person.press("9")
    assert (person.flow.page, person.flow.run.value("opinion")) == (Page.REVIEW, None)
    person.press("7", "7")
    assert named(person) != "opinion"


def test_digits_within_a_text_are_text() -> None:
    """Once something is written, 7, 0 and 9 are characters, and so are the other digits from the start."""
    person = at_the_text().press("路", "9", "0", "7")
    assert person.flow.run.value("opinion") == "路907"
    assert at_the_text().press("3", "9").flow.run.value("opinion") == "39"
