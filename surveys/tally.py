"""Counting the responses of one session."""

from collections import Counter
from collections.abc import Iterable, Sequence

from surveys.opinions import told_by_texts
from surveys.questionnaire import Questionnaire
from surveys.response import Response, Validity
from surveys.tallies import QuestionTally, SessionTally


def tally(questionnaire: Questionnaire, responses: Iterable[Response]) -> SessionTally:
    """Exact counts over the valid forms. A question that was not asked counts as blank.

    Text questions, and those asked only because of a text, are left out: their answers have become opinions.
    """
    validities: Counter[Validity] = Counter()
    counts = {question.name: Counter[str]() for question in questionnaire.asked}
    answered: Counter[str] = Counter()
    scales = [question.name for question in questionnaire.asked if question.is_scale]
    alike = 0
    for response in responses:
        validities[response.validity] += 1
        if response.validity is Validity.VOID:
            continue
        alike += len(scales) > 1 and _are_alike(response, scales)
        for name, answer in response.answers.items():
            answered[name] += 1
            if not isinstance(answer, int):
                counts[name].update(answer if isinstance(answer, tuple) else (answer,))
    valid = validities[Validity.COMPLETE] + validities[Validity.PARTIAL]
    told = told_by_texts(questionnaire)
    return SessionTally(
        submitted=validities.total(),
        complete=validities[Validity.COMPLETE],
        partial=validities[Validity.PARTIAL],
        void=validities[Validity.VOID],
        questions=tuple(
            QuestionTally(
                name=question.name,
                counts={choice.code: counts[question.name][choice.code] for choice in question.choices},
                blank=valid - answered[question.name],
            )
            for question in questionnaire.asked
            if question.name not in told
        ),
        alike=alike,
    )


def _are_alike(response: Response, scales: Sequence[str]) -> bool:
    """Whether all scale questions were answered, and all in the same way."""
    given = {str(response.answers.get(name)) for name in scales}
    return len(given) == 1 and all(name in response.answers for name in scales)
