"""Answers that a person reads off a form: what is printed there can't be asked again, so nothing is required."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.errors import BadInput, Problem
from surveys.acceptance import problem_with, settled, validity
from surveys.answers import Checked, coerced_values
from surveys.questionnaire import Questionnaire
from surveys.response import Answer, Answers


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which the second keying gives another answer than the first."""

    question: str
    first: Answer | None
    """None is a blank."""
    second: Answer | None

    def problem(self) -> Problem:
        """V76, with both answers."""
        values: dict[str, object] = {"qid": self.question, "a": _plain(self.first), "b": _plain(self.second)}
        return Problem("V76", values, self.question)


def answers_on_paper(questionnaire: Questionnaire, raw: Mapping[str, object], valid_min_answered_pct: int) -> Checked:
    """``{name: value | [values] | null}`` as answers; those to questions that do not apply are left out.

    BadInput with all problems: M30, M31, M33 or M34 (wrong value), M36, V62, V63 or V64 (constraint not met).
    """
    values, problems = coerced_values(questionnaire, raw)
    kept, relevant = settled(questionnaire, values, [question.name for question in questionnaire.asked])
    for question in relevant:
        if question.name in kept and (problem := problem_with(question, kept[question.name], kept)):
            problems.append(problem)
    if problems:
        raise BadInput(*problems)
    return Checked(kept, validity(relevant, kept, valid_min_answered_pct))


def differences(questionnaire: Questionnaire, first: Answers, second: Answers) -> Sequence[Difference]:
    """Where two keyings of one form differ, in the order of the questions; texts are not compared.

    A text leaves its response when it is keyed, so that there is nothing to compare it with.
    """
    return [
        Difference(question.name, first.get(question.name), second.get(question.name))
        for question in questionnaire.asked
        if question.type != "text" and first.get(question.name) != second.get(question.name)
    ]


def _plain(answer: Answer | None) -> str:
    if answer is None:
        return "–"
    return ", ".join(answer) if isinstance(answer, tuple) else str(answer)
