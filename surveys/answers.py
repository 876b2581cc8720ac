"""Answers from outside a screen: checked as strictly as a kiosk checks them."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.errors import BadInput, Problem
from surveys.acceptance import problem_with, settled, validity
from surveys.entry import coerced, shown
from surveys.questionnaire import Questionnaire
from surveys.response import Answer, Validity


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers that may be kept."""

    answers: dict[str, Answer]
    validity: Validity


def checked_answers(
    questionnaire: Questionnaire, raw: Mapping[str, object], valid_min_answered_pct: int = 50
) -> Checked:
    """``{name: value | [values] | null}`` as answers; defaults are not filled in.

    BadInput with all problems: M30 (no such question), M31, M33 or M34 (wrong value), M37 (not asked after these
    answers), M32 (required and blank), M36, V62, V63 or V64 (constraint not met).
    """
    values, problems = coerced_values(questionnaire, raw)
    kept, relevant = settled(questionnaire, values, [question.name for question in questionnaire.asked])
    problems += [Problem("M37", {"name": name}, name) for name in values if name not in kept]
    refused = {problem.place for problem in problems}
    for question in relevant:
        if question.asks and question.name not in refused:
            problem = problem_with(question, kept.get(question.name), kept)
            problems += [problem] if problem else []
    if problems:
        raise BadInput(*problems)
    return Checked(kept, validity(relevant, kept, valid_min_answered_pct))


def coerced_values(questionnaire: Questionnaire, raw: Mapping[str, object]) -> tuple[dict[str, Answer], list[Problem]]:
    """``raw`` as answers of the right types, without blanks, and what of it is none: M30, M31, M33, M34."""
    questions = {question.name: question for question in questionnaire.asked}
    problems: list[Problem] = []
    values: dict[str, Answer] = {}
    for name, value in raw.items():
        if name not in questions:
            problems.append(Problem("M30", {"name": shown(name), "known": ", ".join(questions)}))
            continue
        try:
            answer = coerced(questions[name], value)
        except BadInput as error:
            problems += error.problems
            continue
        if answer is not None:
            values[name] = answer
    return values, problems
