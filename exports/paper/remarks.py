"""What a sheet says of a question where a screen would see to it: when it is asked, how many may be chosen."""

import re
from collections.abc import Iterator, Mapping

from campaign.language import Lang
from exports.texts import tr
from surveys.acceptance import MOST
from surveys.expressions import references
from surveys.questionnaire import Question, Questionnaire, QuestionType

_NAME = r"\$\{\s*(\w+)\s*\}"
_WRITTEN = re.compile(rf"\s*{_NAME}\s*!=\s*(?:''|\"\")\s*")
_CHOSEN = re.compile(
    rf"\s*(?:{_NAME}\s*=\s*['\"]([^'\"]+)['\"]|selected\s*\(\s*{_NAME}\s*,\s*['\"]([^'\"]+)['\"]\s*\))\s*"
)


def remarks(questionnaire: Questionnaire, question: Question, numbers: Mapping[str, int], lang: Lang) -> str:
    """The question's hint and what is to be known before it is answered; ``numbers`` are those printed, by name."""
    found = [question.hint.text(lang), *_conditions(questionnaire, question, numbers, lang)]
    if question.required:
        found.append(tr(lang, "Please answer this question."))
    if question.type is QuestionType.SELECT_MULTIPLE:
        found.append(tr(lang, "You may mark several."))
    found.append(question.constraint_message.text(lang) or _most(question, lang))
    if question == questionnaire.answer_request:
        found.append(tr(lang, "For an answer, ask the staff for a follow-up slip."))
    return ("" if lang is Lang.ZH else " ").join(sentence for sentence in found if sentence)


def _most(question: Question, lang: Lang) -> str:
    limit = MOST.match(question.constraint) if question.type is QuestionType.SELECT_MULTIPLE else None
    return tr(lang, "Mark at most {n}.", n=limit[1]) if limit else ""


def _conditions(
    questionnaire: Questionnaire, question: Question, numbers: Mapping[str, int], lang: Lang
) -> Iterator[str]:
    for expression in question.relevant:
        on = [str(numbers[name]) for name in references(expression) if name in numbers]
        if not on:
            continue
        if _WRITTEN.fullmatch(expression):
            yield tr(lang, "Only if you wrote something under {n}.", n=on[0])
        elif chosen := _CHOSEN.fullmatch(expression):
            asked = questionnaire.question(chosen[1] or chosen[3])
            choice = asked.choice(chosen[2] or chosen[4]) if asked else None
            label = choice.label.text(lang) if choice else chosen[2] or chosen[4]
            yield tr(lang, 'Only if your answer to {n} is "{choice}".', n=on[0], choice=label)
        else:
            listing = ", ".join(on)
            yield tr(lang, "It depends on what you answered to {n}; leave it out if it does not apply.", n=listing)
