"""The results of one session as they may be seen: suppressed, rounded, and nothing beside them.

As JSON (``model_dump(mode="json")``), hidden figures being null everywhere::

    {"session": "B01-261123-1", "branch": "B01", "kind": "final", "on": "2026-11-23", "state": "verified",
     "submitted": 52, "valid": 51, "void": 1, "return_rate": 95.0, "suppressed": null, "remedial": "no",
     "questions": [
       {"name": "Q10", "label": {"zh": "…", "en": "…"}, "type": "select_one", "dimension": "overall", "overall": true,
        "suppressed": null, "choices": {"A": {"zh": "满意", "en": "Satisfied"}},
        "counts": {"A": 30, "B": 14, "C": 3, "D": 3}, "blank": 1,
        "positive_rate": 86.3, "expressed_rate": 93.6, "negative_share": 5.9, "no_opinion_share": 5.9,
        "blank_share": 2.0, "index": 81.7}]}

``suppressed`` is ``"<5"`` (the campaign's k) for a session, ``"alike"`` for a question, or ``"groups"`` for the
question who answers, where a small group could be found. Rates are percentages of the
valid forms, rounded half up to one decimal (more where that hides that a rate is below the threshold); a rate that
does not apply, or whose denominator is 0, is null. Counts of a multiple choice may add up to more than the valid forms.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

from campaign.i18n import I18n
from campaign.plan import Campaign
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.rates import Remedial, index, percent, remedial, scale_counts
from surveys.session import SessionState, SurveyKind, SurveySession
from surveys.suppression import hidden_questions, too_few
from surveys.tallies import QuestionTally, SessionTally

Percent = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""A percentage or an index, exact as shown; a number in JSON."""


class QuestionResults(BaseModel):
    """The figures of one question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: I18n
    type: QuestionType
    dimension: str
    overall: bool
    suppressed: str | None = None
    """None, ``<5``, ``alike`` or ``groups``."""
    choices: dict[str, I18n]
    """Labels by code, in the order of the questionnaire."""
    counts: dict[str, int] | None = None
    blank: int | None = None
    blank_share: Percent | None = None
    positive_rate: Percent | None = None
    """The satisfaction rate; scales only, like the four that follow."""
    expressed_rate: Percent | None = None
    """Positive among those who are positive or negative."""
    negative_share: Percent | None = None
    no_opinion_share: Percent | None = None
    index: Percent | None = None


class SessionResults(BaseModel):
    """The figures of one session."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: str
    branch: str
    kind: SurveyKind
    on: date
    state: SessionState
    submitted: int | None = None
    valid: int | None = None
    void: int | None = None
    return_rate: Percent | None = None
    """Forms that came back of those handed out on paper, per cent."""
    suppressed: str | None = None
    """None or ``<5``."""
    remedial: Remedial | None = None
    """Of the overall question; None where the campaign has no threshold or the question is hidden as alike."""
    questions: tuple[QuestionResults, ...]

    @property
    def overall(self) -> QuestionResults | None:
        """The overall question."""
        return next((question for question in self.questions if question.overall), None)


def share(count: int, valid: int) -> Decimal | None:
    """``count`` in percent of the valid forms, half up to one decimal; None without valid forms."""
    return percent(count, valid)


def session_results(
    session: SurveySession,
    questionnaire: Questionnaire,
    tally: SessionTally,
    campaign: Campaign,
    hidden: Mapping[str, str] | None = None,
) -> SessionResults:
    """The results of ``session`` with the counts of ``tally``, suppressed.

    ``hidden``: marks by question as :func:`surveys.hiding.hide` gives them for the whole campaign; without them the
    session is looked at alone, which is enough only where nothing else of the campaign is shown.
    """
    few = too_few(tally.valid, campaign.publish_min_forms)
    if hidden is None:
        hidden = hidden_questions(questionnaire, tally, campaign.publish_min_forms)
    return SessionResults(
        session=session.id,
        branch=session.branch,
        kind=session.kind,
        on=session.on,
        state=session.state,
        submitted=None if few else tally.submitted,
        valid=None if few else tally.valid,
        void=None if few else tally.void,
        return_rate=None if few or session.account is None else share(session.account.returned, session.account.issued),
        suppressed=few,
        remedial=_remedial(questionnaire, tally, campaign, hidden),
        questions=tuple(
            _figures(question, counted, tally.valid, hidden.get(counted.name), campaign.remedial_threshold_pct)
            for counted in tally.questions
            if (question := questionnaire.question(counted.name))
        ),
    )


def _remedial(
    questionnaire: Questionnaire, tally: SessionTally, campaign: Campaign, hidden: Mapping[str, str]
) -> Remedial | None:
    for counted in tally.questions:
        question = questionnaire.question(counted.name)
        if (
            question
            and question.is_overall
            and (counted.name not in hidden or tally.valid < campaign.publish_min_forms)
        ):
            counts = scale_counts(question, counted)
            return remedial(counts, tally.valid, campaign.remedial_threshold_pct, campaign.publish_min_forms)
    return None


def _figures(
    question: Question, counted: QuestionTally, valid: int, mark: str | None, threshold: Decimal | None
) -> QuestionResults:
    shown = QuestionResults(
        name=question.name,
        label=question.label,
        type=question.type,
        dimension=question.dimension,
        overall=question.is_overall,
        suppressed=mark,
        choices={choice.code: choice.label for choice in question.choices},
    )
    if mark:
        return shown
    figures: dict[str, object] = {
        "counts": counted.counts,
        "blank": counted.blank,
        "blank_share": share(counted.blank, valid),
    }
    if question.is_scale:
        counts = scale_counts(question, counted)
        figures |= {
            "positive_rate": percent(counts.positive, valid, threshold),
            "expressed_rate": percent(counts.positive, counts.positive + counts.negative),
            "negative_share": share(counts.negative, valid),
            "no_opinion_share": share(counts.no_opinion, valid),
            "index": index(question, counted.counts),
        }
    return shown.model_copy(update=figures)
