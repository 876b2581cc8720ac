"""Survey sessions as the campaign must know them: held, counted, posted, and what the posted result decides."""

from collections.abc import Iterator, Sequence

from campaign.held import HeldSurvey, Outcome
from campaign.plan import Campaign
from surveys.questionnaire import Questionnaire
from surveys.rates import Remedial, ScaleCounts, remedial, scale_counts
from surveys.session import COUNTED, SessionState, SurveySession
from surveys.suppression import hidden_questions

_OUTCOMES = {
    None: Outcome.REACHED,
    Remedial.NO: Outcome.REACHED,
    Remedial.REQUIRED: Outcome.BELOW,
    Remedial.UNDECIDED: Outcome.UNDECIDED,
}
"""Where the campaign has no threshold (None), every result reaches it."""
Asked = tuple[SurveySession, Questionnaire | None]
"""A session with its questionnaire; None if the store has lost that."""


def held_surveys(campaign: Campaign, sessions: Sequence[Asked]) -> Sequence[HeldSurvey]:
    """Of ``sessions``, all those of some branches, what is not void, in their order."""
    alike: dict[tuple[str, str], list[Asked]] = {}
    for each in sessions:
        alike.setdefault((each[0].branch, each[0].kind), []).append(each)
    return [
        HeldSurvey(
            session=session.id,
            branch=session.branch,
            kind=session.kind,
            on=session.on,
            counted=session.state in COUNTED,
            posted_on=session.posted_on,
            outcome=_outcome(campaign, session, alike[session.branch, session.kind]),
        )
        for session, _ in sessions
        if session.state is not SessionState.VOID
    ]


def _outcome(campaign: Campaign, session: SurveySession, alike: Sequence[Asked]) -> Outcome:
    """Of a posted final result: by the remedial rule, of all that the branch had posted by its day.

    What may not be shown decides nothing: sessions with too few forms, and those whose forms are all alike.
    """
    if session.posted_on is None or session.kind != "final":
        return Outcome.UNDECIDED
    posted = [each for each in alike if each[0].posted_on is not None and each[0].posted_on <= session.posted_on]
    shown = [found for each, asked in posted if asked for found in _overall(campaign, each, asked)]
    positive, negative = sum(each.positive for each, _ in shown), sum(each.negative for each, _ in shown)
    valid = sum(forms for _, forms in shown)
    counts = ScaleCounts(positive, negative, valid - positive - negative)
    return _OUTCOMES[remedial(counts, valid, campaign.remedial_threshold_pct, campaign.publish_min_forms)]


def _overall(campaign: Campaign, session: SurveySession, asked: Questionnaire) -> Iterator[tuple[ScaleCounts, int]]:
    """The answers to the overall question and the valid forms, if they may be shown."""
    tally = session.tally
    if tally is None:
        return
    hidden = hidden_questions(asked, tally, campaign.publish_min_forms)
    for each in tally.questions:
        question = asked.question(each.name)
        if question and question.is_overall and each.name not in hidden:
            yield scale_counts(question, each), tally.valid
