"""The headline result: what is posted, the newest of every branch, added up where it is shown."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.counted import Counted
from surveys.headline import PublicResults, public_results
from surveys.publishing import published
from surveys.session import SessionState, SurveyKind
from tests.small_surveys import DAY, Form, counted, plan_of

ANSWER = st.sampled_from(["A", "C", "D", ""])
FORMS = st.lists(st.tuples(st.just("paper"), st.sampled_from(["1", "2", "3"]), ANSWER, ANSWER), min_size=5, max_size=14)


def forms(satisfied: int, dissatisfied: int) -> list[Form]:
    return [("paper", "1", "A", "A")] * satisfied + [("paper", "2", "C", "C")] * dissatisfied


def held(
    branch: str,
    answers: list[Form],
    *,
    kind: SurveyKind = "final",
    state: SessionState = SessionState.PUBLISHED,
    on: date = DAY,
    number: int = 1,
) -> Counted:
    found = counted(branch, number, answers)
    session = found.session.model_copy(update={"kind": kind, "state": state, "on": on})
    return Counted(session, found.questionnaire, found.tally)


def results(*sessions: Counted) -> PublicResults:
    return public_results(published(plan_of(sessions), sessions))


def test_only_posted_results_are_in_it() -> None:
    """A count that is verified is no public result; the town's rate is of the posted forms alone."""
    found = results(held("B01", forms(8, 4)), held("B02", forms(12, 4), state=SessionState.VERIFIED))
    assert list(found.branches) == ["B01"]
    assert found.satisfaction == Fraction(8, 12)
    assert found.valid == 12


def test_a_pulse_survey_is_no_verdict() -> None:
    """Only final surveys and those after a catch-up judge a branch."""
    assert results(held("B01", forms(8, 4), kind="pulse")).branches == {}


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_survey_after_a_catch_up_takes_the_place_of_the_one_before(*, newest_first: bool) -> None:
    """The newest posted result is the branch's, in whatever order they are kept."""
    before = held("B01", forms(4, 8), on=DAY - timedelta(20))
    after = held("B01", forms(10, 3), kind="recheck", number=2)
    found = results(*((after, before) if newest_first else (before, after)))
    assert found.branches["B01"].counted.session.kind == "recheck"
    assert found.satisfaction == Fraction(10, 13)


def test_a_rate_that_is_hidden_is_in_no_sum() -> None:
    """Nine forms that are all alike are hidden; then the town's rate is of the others, so it cannot be taken out."""
    found = results(held("B01", forms(9, 0)), held("B02", forms(8, 4)), held("B03", forms(9, 5)))
    assert set(found.branches) == {"B01", "B02", "B03"}
    assert found.branches["B01"].figures.rate_hidden == "alike"
    assert found.valid == sum(each.valid or 0 for each in found.shown)
    assert all(each.satisfaction is not None for each in found.shown)


def test_without_a_posted_result_there_is_no_rate() -> None:
    """Nothing is shown as nought per cent."""
    found = results(held("B01", forms(8, 4), state=SessionState.VERIFIED))
    assert (found.satisfaction, found.overall, found.valid) == (None, None, 0)


@given(boxes=st.lists(FORMS, min_size=1, max_size=5))
def test_all_together_are_the_sum_of_what_is_shown(boxes: list[list[Form]]) -> None:
    """Answers, blanks and rate add up from the branches' own figures, and so tell nothing that these do not."""
    found = results(*(held(f"B{number:02d}", box) for number, box in enumerate(boxes, 1)))
    shown = [each.figures.overall for each in found.branches.values() if each.figures.overall]
    shown = [each for each in shown if each.satisfaction is not None]
    assert list(found.shown) == shown
    if not shown:
        assert found.overall is None
        return
    assert found.overall is not None
    assert found.overall.satisfaction == found.satisfaction
    assert sum((found.overall.counts or {}).values()) + (found.overall.blank or 0) == found.valid
    for code, number in (found.overall.counts or {}).items():
        assert number == sum((each.counts or {})[code] for each in shown)
