"""Expressions of a questionnaire: XPath over the answers, ``${name}`` for an answer and ``.`` for the one in question.

elementpath takes 0.15 s to import; a kiosk that asks no expression never pays for it, so it is imported when the
first expression is evaluated.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from campaign.language import N_, Phrase
from surveys.response import Answer, Answers
from surveys.texts import tr

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
PREFIX = "q_"
"""Before every name, so that a question called ``if`` or ``text`` is not taken for XPath's own word."""


@lru_cache(maxsize=1024)
def references(expression: str) -> tuple[str, ...]:
    """Names of the questions that the expression speaks of, each once, in its order."""
    return tuple(dict.fromkeys(REFERENCE.findall(expression)))


def holds(expression: str, answers: Answers, this: Answer | None = None) -> bool:
    """Whether the expression is true. ``this`` is what ``.`` stands for; a blank is an empty text.

    An expression that fails on these values (a remainder by zero) is not true.
    """
    from surveys import odk  # noqa: PLC0415  see the module's docstring

    variables = {PREFIX + name: plain(answers.get(name)) for name in references(expression)}
    try:
        return odk.evaluate(_source(expression), variables, plain(this))
    except odk.FAILURES:
        return False


def fault(expression: str, earlier: Collection[str], names: Collection[str], *, dot: bool) -> Phrase | None:
    """Why the expression can't be used, or None.

    It may speak only of questions in ``earlier``, those that are asked before its own; ``names`` are all there are.
    """
    from surveys import odk  # noqa: PLC0415  see the module's docstring

    for name in references(expression):
        if name not in names:
            return tr.phrase(N_("there is no question {name}"), name=name)
        if name not in earlier:
            return tr.phrase(N_("{name} is not asked before it"), name=name)
    return odk.fault(_source(expression), {PREFIX + name: "" for name in references(expression)}, dot=dot)


def plain(answer: Answer | None) -> str:
    """An answer as XForms writes it: codes of a multiple choice separated by spaces; a blank is empty."""
    if answer is None:
        return ""
    return " ".join(answer) if isinstance(answer, tuple) else str(answer)


@lru_cache(maxsize=1024)
def _source(expression: str) -> str:
    return REFERENCE.sub(rf" ${PREFIX}\1 ", expression)
