"""Answers of other clients are checked as strictly as those of a kiosk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import BadInput
from surveys.answers import checked_answers
from surveys.response import Validity
from tests.survey_forms import SMALL, compiled, survey

FORM = compiled(SMALL)


def codes(raw: dict[str, object]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        checked_answers(FORM, raw)
    return [problem.code for problem in caught.value.problems]


def test_right_answers_are_kept() -> None:
    """Codes come in the order of the choices, null and an empty text are blanks."""
    raw = {"Q5": " ", "Q3": ["3", "1"], "Q2": "C", "Q1": None, "Q4": "７"}
    checked = checked_answers(FORM, raw)
    assert checked.answers == {"Q2": "C", "Q3": ("1", "3"), "Q4": 7}
    assert list(checked.answers) == ["Q2", "Q3", "Q4"]
    assert checked.validity is Validity.PARTIAL


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"Q2": "A", "Q9": "A"}, "M30"),
        ({"Q2": "A", "opening": "A"}, "M30"),
        ({"Q2": "Z"}, "M31"),
        ({"Q2": 1}, "M31"),
        ({"Q2": ["A"]}, "M31"),
        ({"Q2": "C", "Q3": "1"}, "M33"),
        ({"Q2": "C", "Q3": {"1": 2, "x": 1}}, "M33"),
        ({"Q2": "C", "Q3": ["1", 2]}, "M31"),
        ({"Q2": "C", "Q4": 1.5}, "M34"),
        ({"Q2": "C", "Q4": True}, "M34"),
        ({"Q2": "C", "Q4": -1}, "M33"),
        ({"Q2": "A", "Q5": 7}, "M33"),
        ({"Q2": "A", "Q5": "十一个字十一个字十一个"}, "V64"),
        ({"Q2": "C", "Q3": ["1", "9"]}, "M36"),
        ({"Q2": "A", "Q3": ["1"]}, "M37"),
        ({}, "M32"),
    ],
)
def test_each_wrong_answer_has_its_code(raw: dict[str, object], code: str) -> None:
    """What is wrong is said with the code of its rule."""
    assert codes(raw) == [code]


def test_all_problems_are_said_at_once() -> None:
    """One refusal names everything that is wrong."""
    assert codes({"x": 1, "Q1": "Z", "Q5": "十一个字十一个字十一个"}) == ["M30", "M31", "M32", "V64"]


def test_a_text_has_an_upper_limit_even_if_the_form_sets_none() -> None:
    """500 characters, as long as an opinion may be."""
    form = compiled(survey("text | Q1 | One"))
    assert checked_answers(form, {"Q1": "字" * 500}).answers == {"Q1": "字" * 500}
    with pytest.raises(BadInput) as caught:
        checked_answers(form, {"Q1": "字" * 501})
    assert caught.value.code == "V64"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from("ABCD19"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["opening", "Q1", "Q2", "Q3", "Q4", "Q5", "wants_answer", "x"]), JSON))
@settings(deadline=None)
def test_no_answers_are_a_traceback(raw: dict[str, object]) -> None:
    """Any JSON is either accepted, and then accepted again as it is kept, or bad input."""
    try:
        checked = checked_answers(FORM, raw)
    except BadInput:
        return
    assert checked_answers(FORM, checked.answers) == checked
