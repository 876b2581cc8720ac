"""Answers read off a form, and where two keyings differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import BadInput
from surveys.paper.keying import answers_on_paper, differences
from surveys.response import Answer, Validity
from tests.survey_forms import SMALL, compiled

FORM = compiled(SMALL)
CHOICES = st.sampled_from([None, "A", "B", "C", "D"])
RAW = st.fixed_dictionaries(
    {},
    optional={
        "Q1": CHOICES,
        "Q2": CHOICES,
        "Q3": st.sampled_from([None, [], ["1"], ["2", "1"], ["9"]]),
        "Q4": st.sampled_from([None, "", 0, 99, "7"]),
        "Q5": st.sampled_from([None, "", "修路"]),
        "wants_answer": st.sampled_from([None, "yes", "no"]),
    },
)


def codes(raw: dict[str, object]) -> list[str]:
    """Why these answers are refused."""
    with pytest.raises(BadInput) as caught:
        answers_on_paper(FORM, raw, 50)
    return [problem.code for problem in caught.value.problems]


def test_nothing_is_required_of_a_sheet() -> None:
    """The overall question is required at the kiosk; on paper it may be blank, and the form then counts in part."""
    checked = answers_on_paper(FORM, {"Q1": "A"}, 50)
    assert (checked.answers, checked.validity) == ({"Q1": "A"}, Validity.PARTIAL)
    assert answers_on_paper(FORM, {}, 50).validity is Validity.VOID


def test_answers_to_questions_that_do_not_apply_are_left_out() -> None:
    """A sheet can't hide questions: what a satisfied person ticked under "what first" is no answer, and no mistake."""
    raw = {"Q2": "A", "Q3": ["1"], "Q4": 3, "wants_answer": "yes"}
    assert answers_on_paper(FORM, raw, 50).answers == {"Q2": "A"}
    assert answers_on_paper(FORM, {**raw, "Q2": "C"}, 50).answers == {"Q2": "C", "Q3": ("1",), "Q4": 3}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"Q9": "A"}, "M30"),
        ({"Q1": "Z"}, "M31"),
        ({"Q1": ["A"]}, "M31"),
        ({"Q2": "C", "Q3": "1"}, "M33"),
        ({"Q2": "C", "Q4": "many"}, "M34"),
        ({"Q2": "C", "Q4": 100}, "M33"),
        ({"Q2": "C", "Q3": ["1", "2", "3"]}, "M36"),
        ({"Q2": "C", "Q3": ["1", "9"]}, "M36"),
        ({"Q5": "一二三四五六七八九十一"}, "V64"),
    ],
)
def test_a_wrong_value_is_named(raw: dict[str, object], code: str) -> None:
    """What can't be ticked, or breaks the question's own rule, is refused with its code."""
    assert codes(raw) == [code]


def test_everything_wrong_is_said_at_once() -> None:
    """A clerk corrects a form once, not field by field."""
    assert codes({"Q1": "Z", "Q2": "C", "Q4": 100, "Q7": 1}) == ["M31", "M30", "M33"]


@given(RAW)
def test_what_is_kept_can_be_keyed_again(raw: dict[str, object]) -> None:
    """Keying what was kept changes nothing: the same answers, the same validity, no difference."""
    first = answers_on_paper(FORM, raw, 50)
    again = answers_on_paper(FORM, first.answers, 50)
    assert again == first
    assert differences(FORM, first.answers, again.answers) == []


@given(RAW, RAW)
def test_differences_are_exactly_the_answers_that_differ(one: dict[str, object], other: dict[str, object]) -> None:
    """Each question but a text whose two answers are not the same is a difference, once, in the order of the form."""
    first, second = (answers_on_paper(FORM, raw, 50).answers for raw in (one, other))
    found = differences(FORM, first, second)
    expected = [each.name for each in FORM.asked if each.name != "Q5" and first.get(each.name) != second.get(each.name)]
    assert [each.question for each in found] == expected
    assert all((each.first, each.second) == (first.get(each.question), second.get(each.question)) for each in found)


@pytest.mark.parametrize(
    ("first", "second", "a", "b"),
    [("A", None, "A", "–"), (None, 7, "–", "7"), (("1", "2"), ("2",), "1, 2", "2")],
)
def test_a_difference_shows_both_answers(first: Answer | None, second: Answer | None, a: str, b: str) -> None:
    """V76 names the question and what each keying says; a blank is a dash."""
    (found,) = differences(FORM, *({} if each is None else {"Q3": each} for each in (first, second)))
    problem = found.problem()
    assert (problem.code, problem.values) == ("V76", {"qid": "Q3", "a": a, "b": b})
