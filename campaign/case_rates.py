"""How answers to people were kept in time, and what the people think of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaign.case_states import case_on
from campaign.case_tables import ANSWER_CASE
from campaign.cases import Case

_ANSWER = "answer"
_SATISFIED, _DISSATISFIED = ("rate_satisfied", "rate_basically"), "rate_dissatisfied"


@dataclass(frozen=True, slots=True)
class AnswerRates:
    """Answers to people as of a day. Counts, so that every rate can be shown with its denominator."""

    in_time: int
    """Answered by the day they were promised for."""
    judged: int
    """Answered, or not answered and overdue: the denominator. What is not due yet is in neither."""
    satisfied: int
    """Answers that were last rated as satisfying, or mostly so."""
    rated: int
    apart: int
    """Merged, not accepted or withdrawn: counted apart."""

    @property
    def on_time(self) -> Fraction | None:
        """On-time answer rate; None while nothing had to be answered."""
        return Fraction(self.in_time, self.judged) if self.judged else None

    def satisfaction(self, min_rated: int) -> Fraction | None:
        """Re-evaluation satisfaction; None with fewer than ``min_rated`` ratings."""
        return Fraction(self.satisfied, self.rated) if self.rated >= max(min_rated, 1) else None


def answer_rates(cases: Iterable[Case], today: date) -> AnswerRates:
    """The rates of all cases that are answers to people, as they stood on ``today``.

    Of each case its first answer and the day due before it count: an answer that is wanted anew has been answered once.
    """
    known = [case for each in cases if each.kind == ANSWER_CASE.id and (case := case_on(each, today)) is not None]
    kept = [case for case in known if not ANSWER_CASE.state(case.state).apart]
    judged = [in_time for case in kept if (in_time := _in_time(case, today)) is not None]
    rated = [liked for case in kept if (liked := _rated(case)) is not None]
    return AnswerRates(
        in_time=sum(judged), judged=len(judged), satisfied=sum(rated), rated=len(rated), apart=len(known) - len(kept)
    )


def first_answer(case: Case) -> tuple[date | None, date | None]:
    """The day of the first answer, and the day that was due before it."""
    due: date | None = None
    for event in case.events:
        if event.move == _ANSWER:
            return event.on, due
        due = event.due or due
    return None, due


def rating(case: Case) -> str | None:
    """The move by which the case was rated last; None if it was not."""
    found: Sequence[str] = [each.move for each in case.events if each.move in {*_SATISFIED, _DISSATISFIED}]
    return found[-1] if found else None


def ratings_hidden(cases: Iterable[Case], min_rated: int) -> bool:
    """Whether nothing may be told of what people think of their answers: some were answered, too few are rated.

    Then the states that follow from a rating must not be told either, nor those that follow from none: reopened,
    escalated and closed are ratings in other words. ``cases``: answers to people, as they stand.
    """
    known = [case for case in cases if not ANSWER_CASE.state(case.state).apart]
    rated = sum(rating(case) is not None for case in known)
    return rated < max(min_rated, 1) and any(first_answer(case)[0] is not None for case in known)


def _in_time(case: Case, today: date) -> bool | None:
    answered, due = first_answer(case)
    if answered is not None:
        return due is None or answered <= due
    return False if due is not None and due < today else None


def _rated(case: Case) -> bool | None:
    move = rating(case)
    return None if move is None else move in _SATISFIED
