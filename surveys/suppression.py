"""Which figures of one session are hidden, so that nobody's answer can be read from them.

1. Fewer than k valid forms: every figure of the session, the numbers of forms too, for valid forms can be found from
   submitted and void ones.
2. Fewer than ten valid forms, all alike: every figure of that question, its counts too, for a rate can be found from
   them. Such figures tell of everybody who is known to have answered what they said, and in a small group everybody
   knows who was there. Blanks and no opinion do not make answers differ: nobody who is known to have spoken can hide
   behind them. So a question is alike

   - if it is a scale: when nobody is positive or nobody is negative. Then the satisfaction rate is 0 % or 100 %, or the
     expressed rate is (6 satisfied and 1 who does not know: 100 % and a negative share of 0 %);
   - if it is another single choice: when all who answered chose the same (a share of 100 % of the answers);
   - if it is a multiple choice: when there is a choice that all who answered have made. A choice that nobody made is
     one of many and says little of each; it hides nothing;
   - whatever it is: when nobody answered (a blank share of 100 %).

   Of a question that is asked only of some, the forms on which it was answered are counted, not those of the session.
   Other shares of 0 % hide nothing, also of few forms: of four answers one is nearly always nobody's, and that nobody
   gave it says of none of them which of the others they chose.
3. A question that is asked only because of the answer to a hidden one: who was asked it tells that answer.
4. A question that is asked only of some and was answered by fewer than k of them: its figures are those of a group
   that is too small, however many forms the session has.
"""

from surveys.blocks import Tallied
from surveys.expressions import references
from surveys.questionnaire import Question, Questionnaire
from surveys.rates import scale_counts
from surveys.tallies import QuestionTally

ALIKE = "alike"
"""Mark of a question that is hidden because all who answered did so alike."""
ALIKE_BELOW = 10
"""With so many valid forms, forms that are all alike may be shown."""


def too_few(valid: int, min_forms: int) -> str | None:
    """The mark ``<5`` of a session with fewer valid forms than ``min_forms``, or None."""
    return f"<{min_forms}" if valid < min_forms else None


def hidden_questions(questionnaire: Questionnaire, tally: Tallied, min_forms: int) -> dict[str, str]:
    """The hidden questions and their marks: ``<5`` or ``alike``."""
    if mark := too_few(tally.valid, min_forms):
        return {question.name: mark for question in tally.questions}
    hidden: dict[str, str] = {}
    tallies = {question.name: question for question in tally.questions}
    for question in questionnaire.asked:
        if question.name not in tallies:
            continue
        answered = tally.valid - tallies[question.name].blank
        forms = answered if question.relevant else tally.valid
        if because := sorted(asked_because_of(question) & hidden.keys()):
            hidden[question.name] = hidden[because[0]]
        elif question.relevant and (mark := too_few(answered, min_forms)):
            hidden[question.name] = mark
        elif _all_alike(question, tallies[question.name], answered, forms):
            hidden[question.name] = ALIKE
    return hidden


def asked_because_of(question: Question) -> frozenset[str]:
    """The questions whose answers decide whether this one is asked."""
    return frozenset(name for expression in question.relevant for name in references(expression))


def _all_alike(question: Question, tally: QuestionTally, answered: int, forms: int) -> bool:
    """Whether the figures would tell what everybody answered: rule 2 above. ``forms``: of all who were asked."""
    if forms >= ALIKE_BELOW:
        return False
    if question.is_scale:
        counts = scale_counts(question, tally)
        return 0 in {counts.positive, counts.negative}
    return answered in {0, *tally.counts.values()}
