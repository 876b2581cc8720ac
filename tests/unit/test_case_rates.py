"""On-time answers and what people think of them."""

from datetime import date
from fractions import Fraction

from campaign.case_rates import answer_rates
from campaign.cases import Case, CaseEvent
from campaign.samples import sample_cases

DEMO = date(2026, 11, 23)


def answer(no: int, *events: tuple[int, str, str]) -> Case:
    """Received on the 2nd, to be answered by the 20th; events by day of November, move and state."""
    opening = CaseEvent(on=date(2026, 11, 2), move="open", state="received", due=date(2026, 11, 20))
    made = (CaseEvent(on=date(2026, 11, day), move=move, state=state) for day, move, state in events)
    return Case(
        no=f"{no:010}", kind="answer", branch="B01", received_on=date(2026, 11, 2), matter="x", events=(opening, *made)
    )


ANSWERED = (20, "answer", "answered")


def test_the_towns_answers_are_three_in_time_of_four() -> None:
    """Three were answered in time, one is overdue; two that are not due yet count nowhere."""
    found = answer_rates(sample_cases("town"), DEMO)
    assert (found.in_time, found.judged, found.apart) == (3, 4, 0)
    assert found.on_time == Fraction(3, 4)
    assert (found.satisfied, found.rated) == (1, 2)
    assert found.satisfaction(5) is None


def test_the_due_day_is_in_time_and_the_day_after_is_not() -> None:
    """Answered on the 20th is in time, on the 21st is late; unanswered it counts from the 21st on."""
    late = (21, "answer", "answered")
    assert answer_rates([answer(1, ANSWERED), answer(2, late)], DEMO).on_time == Fraction(1, 2)
    assert answer_rates([answer(1)], date(2026, 11, 20)).on_time is None
    assert answer_rates([answer(1)], date(2026, 11, 21)).on_time == 0


def test_merged_and_declined_cases_are_counted_apart() -> None:
    """They are in no rate."""
    found = answer_rates([answer(1, (3, "acknowledge", "acknowledged"), (4, "decline", "not_accepted"))], DEMO)
    assert (found.judged, found.apart) == (0, 1)


def test_with_enough_ratings_there_is_a_rate() -> None:
    """Satisfied and mostly satisfied ÷ rated; the last rating of a case counts."""
    moves = ["rate_satisfied", "rate_basically", "rate_satisfied", "rate_dissatisfied", "rate_satisfied"]
    states = {"rate_dissatisfied": "reopened"}
    cases = [answer(no, ANSWERED, (21, move, states.get(move, "closed"))) for no, move in enumerate(moves, 1)]
    assert answer_rates(cases, DEMO).satisfaction(5) == Fraction(4, 5)
