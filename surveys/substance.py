"""Signs in a survey's figures that it may be for show: hints with what they rest on, never scores."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from campaign.language import N_
from campaign.substance import Hint
from surveys.paper.account import BallotAccount
from surveys.questionnaire import Questionnaire
from surveys.rates import scale_counts
from surveys.session import SurveySession
from surveys.tallies import QuestionTally, SessionTally
from surveys.texts import tr

_VERY_SATISFIED, _LOW_RETURN, _STRAIGHT = Fraction(98, 100), Fraction(60, 100), Fraction(30, 100)
_MANY_FORMS, _FEWEST_FORMS = 30, 10


def survey_hints(
    session: SurveySession, questionnaire: Questionnaire, tally: SessionTally, account: BallotAccount | None, texts: int
) -> Sequence[Hint]:
    """F5 and F6 of a verified session; ``texts`` is how many opinions were written.

    F5: 98 % or more are satisfied in the overall question, while fewer than 60 % of the forms came back, or while 30 or
    more forms have no blank, no don't-know and no opinion among them. F6: 30 % or more of the valid forms give the same
    answer to every scale question; they are reported and stay. Nothing is said of fewer than ten valid forms: of so few
    it could tell what somebody answered.
    """
    if tally.valid < _FEWEST_FORMS:
        return []
    return [*_too_good(session, questionnaire, tally, account, texts), *_straight(session, tally)]


def _too_good(
    session: SurveySession, questionnaire: Questionnaire, tally: SessionTally, account: BallotAccount | None, texts: int
) -> Iterator[Hint]:
    overall = next((question for question in questionnaire.asked if question.is_overall), None)
    by_name = {each.name: each for each in tally.questions}
    if overall is None or overall.name not in by_name:
        return
    positive = Fraction(scale_counts(overall, by_name[overall.name]).positive, tally.valid)
    if positive < _VERY_SATISFIED:
        return
    shown = 100 * positive.numerator // positive.denominator
    if account and account.issued and Fraction(account.returned, account.issued) < _LOW_RETURN:
        why = tr.phrase(N_("only {r} of {i} forms came back"), r=account.returned, i=account.issued)
        yield Hint("F5", session.branch, (("p", shown), ("why", why)))
    if tally.valid >= _MANY_FORMS and not texts and not _doubts(questionnaire, by_name):
        why = tr.phrase(N_("no blank, no don't-know and no opinion in {n} forms"), n=tally.valid)
        yield Hint("F5", session.branch, (("p", shown), ("why", why)))


def _doubts(questionnaire: Questionnaire, by_name: Mapping[str, QuestionTally]) -> bool:
    """Whether anybody left a scale question blank or did not know."""
    scales = [question for question in questionnaire.asked if question.is_scale and question.name in by_name]
    return any(
        by_name[question.name].blank or scale_counts(question, by_name[question.name]).no_opinion for question in scales
    )


def _straight(session: SurveySession, tally: SessionTally) -> Iterator[Hint]:
    if Fraction(tally.alike, tally.valid) >= _STRAIGHT:
        yield Hint("F6", session.branch, (("n", tally.alike), ("m", tally.valid)))
