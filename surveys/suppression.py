"""Which figures of one session are hidden, so that nobody's answer can be read from them.

1. Fewer than k valid forms: every figure of the session, the numbers of forms too, for valid forms can be found from
   submitted and void ones.
2. Fewer than ten valid forms, all alike: every figure of that question. A rate of 0 % or 100 % says of each person
   present what that person answered.
3. A question that is asked only because of the answer to a hidden one: who was asked it tells that answer.
"""

from surveys.expressions import references
from surveys.questionnaire import Question, Questionnaire
from surveys.rates import scale_counts
from surveys.tallies import QuestionTally, SessionTally

ALIKE = "alike"
"""Mark of a question that is hidden because all answered alike."""
ALIKE_BELOW = 10
"""With so many valid forms, forms that are all alike may be shown."""


def too_few(valid: int, min_forms: int) -> str | None:
    """The mark ``<5`` of a session with fewer valid forms than ``min_forms``, or None."""
    return f"<{min_forms}" if valid < min_forms else None


def hidden_questions(questionnaire: Questionnaire, tally: SessionTally, min_forms: int) -> dict[str, str]:
    """The hidden questions and their marks: ``<5`` or ``alike``."""
    if mark := too_few(tally.valid, min_forms):
        return {question.name: mark for question in tally.questions}
    hidden: dict[str, str] = {}
    tallies = {question.name: question for question in tally.questions}
    for question in questionnaire.asked:
        asked_because_of = {name for expression in question.relevant for name in references(expression)}
        if question.name not in tallies:
            continue
        if _all_alike(question, tallies[question.name], tally.valid) or asked_because_of & hidden.keys():
            hidden[question.name] = ALIKE
    return hidden


def _all_alike(question: Question, tally: QuestionTally, valid: int) -> bool:
    """Whether nobody differs: all positive or none, all blank, or one choice that all have made."""
    if valid >= ALIKE_BELOW:
        return False
    if question.is_scale:
        return scale_counts(question, tally).positive in {0, valid}
    return valid in {tally.blank, *tally.counts.values()}
