"""What people do to the boxes of a form, and what is read of it from an office scan."""

from collections.abc import Sequence

import pytest

from surveys.paper.geometry import BOX, Box
from surveys.paper.reading.readings import Mark, Outcome
from tests.paper_pens import STYLES, Hand, Pen
from tests.scan_hands import answered, chance, of_single, office, read, single
from tests.scan_sheets import sheet

pytestmark = pytest.mark.rig

SHEET = sheet("final")
QUESTIONS = len(single(SHEET))


def outcomes(picture_style: str, *answers: str, seed: int = 0) -> list[tuple[Outcome, tuple[str, ...], list[Box]]]:
    """What is read where the boxes of each question are treated so, one after the other."""

    def answer(hand: Hand, boxes: Sequence[Box]) -> None:
        for what, box in zip(answers, boxes, strict=False):
            for each in what.split():
                getattr(hand, each)(box)

    reading = read(office(answered(SHEET, answer, picture_style, seed=seed), seed))
    return [(each.outcome, each.marked, list(boxes)) for each, boxes in of_single(SHEET, reading)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", [0, 2])
def test_a_mark_is_read_whatever_its_kind(style: str, place: int) -> None:
    """Ticks, crosses, filled boxes, thin pens and pencils, in any box: the answer, and in the worst case a question."""
    found = outcomes(style, *[""] * place, "mark", seed=place)
    assert len(found) == QUESTIONS
    decided = [marked == (boxes[place].choice,) for outcome, marked, boxes in found if outcome is Outcome.DECIDED]
    assert all(decided)
    assert len(decided) >= QUESTIONS - 1


@pytest.mark.parametrize("style", ["tick", "cross", "thin"])
def test_a_box_that_is_blackened_and_circled_is_taken_back(style: str) -> None:
    """The other mark is the answer, as the rule on the form says; the black box is never chosen."""
    found = outcomes(style, "blacken circle", "", "mark")
    assert all(marked in {(boxes[2].choice,), ()} for _, marked, boxes in found)
    assert sum(outcome is Outcome.DECIDED for outcome, _, _ in found) >= QUESTIONS // 2


def test_a_mark_taken_back_without_another_is_asked() -> None:
    """Nobody knows whether an answer was forgotten."""
    assert {outcome for outcome, _, _ in outcomes("tick", "blacken circle")} == {Outcome.TAKEN_BACK}


def test_a_black_box_among_ticks_is_asked() -> None:
    """It may be an answer, or one taken back whose circle was forgotten."""
    marks = iter(["blacken", *["mark"] * QUESTIONS])
    picture = answered(SHEET, lambda hand, boxes: getattr(hand, next(marks))(boxes[0]), "tick")
    first, *others = [each for each, _ in of_single(SHEET, read(office(picture)))]
    assert first.outcome is Outcome.TAKEN_BACK
    assert {each.outcome for each in others} == {Outcome.DECIDED}


def test_filled_boxes_are_answers_where_all_are_filled() -> None:
    """Somebody who answers by blackening has not taken everything back."""
    found = outcomes("tick", "", "blacken")
    assert all(marked == (boxes[1].choice,) for _, marked, boxes in found)
    assert {outcome for outcome, _, _ in found} == {Outcome.DECIDED}


def test_a_question_without_a_mark_is_asked() -> None:
    """A faint pencil may have been lost on the way; its picture is there to look at."""
    reading = read(office(answered(SHEET, lambda *_: None)))
    assert {each.outcome for each in reading.questions} == {Outcome.BLANK}
    assert all(each.crop.startswith(b"\x89PNG") for each in reading.questions)
    assert reading.doubtful == reading.questions


def test_two_marks_are_asked_where_one_may_be() -> None:
    """Both are given as a hint."""
    found = outcomes("cross", "mark", "mark")
    assert {outcome for outcome, _, _ in found} == {Outcome.SEVERAL}
    assert all(marked == (boxes[0].choice, boxes[1].choice) for _, marked, boxes in found)


def test_two_marks_are_an_answer_where_several_may_be() -> None:
    """A question that takes several choices is decided with any number of them but none."""
    of = sheet("mixed")
    pages = range(1, len(of.pages) + 1)
    page, name = next((page, name) for page in pages for name in of.printed.several & of.choices(page).keys())
    boxes = of.choices(page)[name]
    chosen = [boxes[place] for place in (0, 4, 9)]
    picture = answered(of, lambda hand, boxes: hand.mark(boxes[0]), page=page)
    hand = Hand(picture, "cross", chance(0))
    for box in chosen:
        hand.mark(box)
    (found,) = (each for each in read(office(picture)).questions if each.question == name)
    assert (found.outcome, found.marked) == (Outcome.DECIDED, tuple(box.choice for box in chosen))


@pytest.mark.parametrize("width", [0.4, 0.6])
def test_a_dot_is_no_mark(width: float) -> None:
    """It is asked, beside a mark too: perhaps somebody began to tick and thought better of it."""

    def dot(hand: Hand, boxes: Sequence[Box]) -> None:
        x, y = boxes[0].x + BOX / 2, boxes[0].y + BOX / 2
        hand.draw(((x, y), (x + 0.05, y + 0.1)), Pen(width, 30))
        if boxes[0].y > 150:
            hand.mark(boxes[1])

    reading = read(office(answered(SHEET, dot)))
    assert {each.outcome for each, _ in of_single(SHEET, reading)} == {Outcome.FAINT}
    marks = {each.boxes[0].mark for each, _ in of_single(SHEET, reading)}
    assert marks == {Mark.FAINT}


def test_a_mark_that_is_struck_out_is_never_chosen_alone() -> None:
    """No rule says so, but people do it: with another mark it is asked, or that other mark is the answer."""
    found = outcomes("tick", "mark strike", "", "mark", seed=3)
    assert all(outcome is not Outcome.DECIDED or marked == (boxes[2].choice,) for outcome, marked, boxes in found)
