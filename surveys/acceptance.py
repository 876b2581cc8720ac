"""Whether an answer is accepted, and which questions are asked at all."""

import re
from collections.abc import Collection, Mapping

from campaign.errors import Problem
from campaign.i18n import I18n
from surveys.entry import MAX_TEXT, coerced, shown
from surveys.expressions import holds, plain
from surveys.questionnaire import Choice, Question, Questionnaire
from surveys.response import Answer, Answers, Validity

LONGEST = re.compile(r"\s*string-length\s*\(\s*\.\s*\)\s*<=\s*(\d+)\s*")
MOST = re.compile(r"\s*count-selected\s*\(\s*\.\s*\)\s*<=\s*(\d+)\s*")
EXCLUSIVE = re.compile(
    r"not\s*\(\s*selected\s*\(\s*\.\s*,\s*(?:'([^']+)'|\"([^\"]+)\")\s*\)\s*"
    r"and\s+count-selected\s*\(\s*\.\s*\)\s*>\s*1\s*\)"
)
"""How a form says that a choice goes with no other: ``not(selected(., '9') and count-selected(.) > 1)``."""

COMPLETE_PCT = 80
"""A form with so many of its applicable scale questions answered is complete (AAPOR's customary cut-off)."""


def settled(
    questionnaire: Questionnaire, values: Answers, asked_before: Collection[str]
) -> tuple[dict[str, Answer], tuple[Question, ...]]:
    """The answers that stand, and the questions and notes that are relevant with them.

    An expression speaks only of earlier questions, so one pass in order is enough. Answers to questions that are not
    relevant are left out; a question that was not in ``asked_before`` starts with its default.
    """
    kept: dict[str, Answer] = {}
    relevant: list[Question] = []
    for question in questionnaire.questions:
        if not all(holds(expression, kept) for expression in question.relevant):
            continue
        relevant.append(question)
        if question.name in values:
            kept[question.name] = values[question.name]
        elif question.default and question.name not in asked_before:
            kept |= _default(question)
    return kept, tuple(relevant)


def _default(question: Question) -> Mapping[str, Answer]:
    raw = question.default.split() if question.type == "select_multiple" else question.default
    value = coerced(question, raw)
    return {} if value is None else {question.name: value}


def problem_with(question: Question, value: Answer | None, answers: Answers) -> Problem | None:
    """Why ``value`` is not accepted as the answer to ``question``, or None.

    M32 or the questionnaire's own message for a required question left blank; its own message (M36), V62, V63, V64 or
    M33 where the constraint is not met.
    """
    if value is None:
        missing = Problem("M32", {"name": question.name}, question.name)
        return _said(question, question.required_message, missing) if question.required else None
    if isinstance(value, str) and question.type == "text" and len(value) > MAX_TEXT:
        return Problem("V64", {"m": len(value), "n": MAX_TEXT}, question.name)
    if not question.constraint or holds(question.constraint, answers, value):
        return None
    return _said(question, question.constraint_message, _unmet(question, value))


def _unmet(question: Question, value: Answer) -> Problem:
    """In the program's words what the constraint asks for, where it is one of those that are known."""
    if limit := LONGEST.fullmatch(question.constraint):
        return Problem("V64", {"m": len(plain(value)), "n": limit[1]}, question.name)
    if isinstance(value, tuple):
        if limit := MOST.fullmatch(question.constraint):
            return Problem("V62", {"m": len(value), "n": limit[1]}, question.name)
        if alone := _exclusive(question, value):
            return Problem("V63", {"opt": alone.label}, question.name)
    return Problem("M33", {"name": question.name, "x": shown(plain(value))}, question.name)


def _exclusive(question: Question, codes: tuple[str, ...]) -> Choice | None:
    """The one of several chosen codes that the constraint lets stand only alone."""
    alone = {single or double for single, double in EXCLUSIVE.findall(question.constraint)}
    return next((question.choice(code) for code in codes if code in alone), None) if len(codes) > 1 else None


def longest_text(question: Question) -> int:
    """How many characters a text may have: what the constraint says, else the most that is kept."""
    limit = LONGEST.search(question.constraint)
    return min(int(limit[1]), MAX_TEXT) if limit else MAX_TEXT


def _said(question: Question, message: I18n, otherwise: Problem) -> Problem:
    """The form's own words, if it has some."""
    return otherwise if message == I18n() else Problem("M36", {"message": message}, question.name)


def validity(relevant: Collection[Question], answers: Answers, valid_min_answered_pct: int) -> Validity:
    """Complete, partial or void, by the share of the relevant scale questions that are answered.

    Exact integers: void if ``100·a < valid_min·m``, complete if ``100·a >= 80·m``, otherwise partial. A form to which
    no scale question applies says nothing that could be counted and is void.
    """
    scales = [question for question in relevant if question.is_scale]
    answered = sum(question.name in answers for question in scales)
    if not scales or 100 * answered < valid_min_answered_pct * len(scales):
        return Validity.VOID
    return Validity.COMPLETE if 100 * answered >= COMPLETE_PCT * len(scales) else Validity.PARTIAL
