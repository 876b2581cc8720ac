"""What each key does to a form that is being keyed: functions from a draft to the next one."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from campaign.errors import BadInput, Problem
from surveys.acceptance import longest_text, problem_with
from surveys.entry import MAX_TEXT, coerced
from surveys.paper.forms import PaperForm
from surveys.paper.keying import Difference
from surveys.paper.queue import QueuedForm
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Answer
from tui.kiosk.editor import Editor
from tui.kiosk.keys import Typed
from tui.staff.intake_draft import Draft, Stage, with_answers

MOST_DIGITS = 9
"""Digits of the longest line that can be an answer."""
LINE = 40
"""So many digits of a line are kept: more than any code has."""
BACK, ON, STOP = "7", "9", "0"
FIRST, SECOND, NEITHER = "1", "2", "3"


def begun(
    form: PaperForm, questionnaire: Questionnaire, role: str, *, again: bool, read: QueuedForm | None = None
) -> Draft:
    """A form of which nobody has keyed anything; with what was ``read`` off a scan of it, at the first doubt."""
    draft = with_answers(Draft(form, questionnaire, role, again, read=read), {})
    if read is not None:
        return _at(draft, next(iter(draft.to_settle), None))
    return _at(draft, draft.asked[0].name if draft.asked else None)


def digit(draft: Draft, typed: Typed) -> Draft:
    """Take a digit."""
    draft = replace(draft, problem=None)
    if draft.stage is Stage.TEXT:
        return character(draft, typed)
    if not draft.line and draft.stage is Stage.DIGIT:
        return _pressed(draft, typed.digit)
    if not draft.line and draft.stage is Stage.DIFFERENCE:
        return _decided(draft, typed.digit)
    return replace(draft, line=(draft.line + typed.digit)[:LINE])


def character(draft: Draft, typed: Typed) -> Draft:
    """Take a character of a text, or a key that moves in it."""
    editor = copy(draft.editor)
    if editor is not None:
        editor.press(typed)
    return replace(draft, editor=editor, problem=None)


def enter(draft: Draft) -> Draft:
    """Take the line; without one, go on. What is kept or left is not decided here."""
    line, stage, draft = draft.line, draft.stage, without_line(draft)
    question = draft.question
    if not line:
        single = question is not None and question.type is QuestionType.SELECT_ONE
        return draft if single and draft.at not in draft.answers else on(draft)
    if question is not None and stage is Stage.NUMBER and 0 < int(line) <= len(question.choices):
        return _chosen(draft, question, int(line))
    if question is not None and stage is Stage.INTEGER:
        return _taken(draft, question, line)
    return _visiting(draft, int(line)) if stage is Stage.SUMMARY else _nothing_at(draft, line)


def on(draft: Draft) -> Draft:
    """Go on to the next question; what is not answered stays blank. A wrong answer is not left."""
    draft = without_line(draft)
    question = draft.question
    if question is None:
        return draft
    if draft.editor is not None:
        return _taken(draft, question, draft.editor.text)
    value = draft.answers.get(question.name)
    problem = None if value is None else problem_with(question, value, draft.answers)
    return replace(draft, problem=problem) if problem else _forward(draft)


def back(draft: Draft) -> Draft:
    """Go back to the question before, or from a change to the summary."""
    draft = without_line(_with_text(draft))
    names = [question.name for question in draft.asked]
    if draft.at is None and draft.differences:
        return replace(draft, settled=draft.settled[:-1]) if draft.settled else replace(draft, differences=())
    if draft.at is None:
        return _at(draft, (draft.doubtful or names)[-1]) if names else draft
    if draft.read is not None and draft.doubtful:
        names = [*draft.doubtful]
    if draft.visit is not None or draft.at not in names:
        return _at(draft, None)
    return _at(draft, names[max(0, names.index(draft.at) - 1)])


def erase(draft: Draft) -> Draft:
    """Take back the last character of the line or the text; go back where there is none."""
    if draft.editor is not None and draft.editor.text:
        return character(draft, Typed("backspace", ""))
    return replace(draft, line=draft.line[:-1], problem=None) if draft.line else back(draft)


def clear(draft: Draft) -> Draft:
    """Leave the question on screen blank."""
    draft = without_line(draft)
    return _answered(draft, draft.at, None) if draft.at else draft


def settling(draft: Draft, differences: Sequence[Difference]) -> Draft:
    """Decide these differences to the first keying."""
    return replace(without_line(draft), differences=tuple(differences), settled=())


def to_doubt(draft: Draft) -> Draft:
    """To the first question that still waits."""
    return _at(without_line(draft), next(iter(draft.to_settle), None))


def without_line(draft: Draft) -> Draft:
    """The line is nothing, and nothing is wrong."""
    return replace(draft, line="", problem=None)


def _pressed(draft: Draft, pressed: str) -> Draft:
    """A digit where a digit is an answer."""
    question = draft.question
    if question is not None and 0 < int(pressed) <= len(question.choices):
        return _chosen(draft, question, int(pressed))
    if pressed == BACK:
        return back(draft)
    return on(draft) if pressed == ON else replace(draft, line=pressed)


def _decided(draft: Draft, pressed: str) -> Draft:
    """A digit beside the two keyings."""
    if pressed in {FIRST, SECOND}:
        return replace(draft, settled=(*draft.settled, pressed == FIRST))
    if pressed == NEITHER and draft.difference is not None:
        number = draft.number(draft.difference.question)
        return _visiting(replace(draft, differences=(), settled=()), number)
    return back(draft) if pressed == BACK else replace(draft, line=pressed)


def _chosen(draft: Draft, question: Question, number: int) -> Draft:
    """One choice answers a question and leads on; of several, it is taken in or out."""
    code = question.choices[number - 1].code
    if question.type is QuestionType.SELECT_ONE:
        return _taken(draft, question, code)
    value = draft.answers.get(question.name, ())
    codes = set(value if isinstance(value, tuple) else ()) ^ {code}
    return _answered(draft, question.name, coerced(question, codes))


def _taken(draft: Draft, question: Question, raw: str) -> Draft:
    """An answer that is accepted, and on; or why not. On paper anything may be left blank."""
    try:
        value = coerced(question, raw)
    except BadInput as error:
        return replace(draft, problem=error.problems[0])
    problem = None if value is None else problem_with(question, value, draft.answers)
    return replace(draft, problem=problem) if problem else _forward(_answered(draft, question.name, value))


def _visiting(draft: Draft, number: int) -> Draft:
    """Change the answer to the question with this number."""
    asked = draft.questionnaire.asked
    name = asked[number - 1].name if 0 < number <= len(asked) else ""
    names = [question.name for question in draft.asked]
    if name not in names:
        known = ", ".join(str(draft.number(each)) for each in names)
        return replace(draft, problem=Problem("M30", {"name": str(number), "known": known}))
    return replace(_at(draft, name), visit=frozenset(names))


def _nothing_at(draft: Draft, line: str) -> Draft:
    """There is no such choice."""
    question = draft.question
    name = str(draft.number(question.name)) if question else "V76"
    count = len(question.choices) if question else int(NEITHER)
    return replace(draft, problem=Problem("M31", {"x": line, "name": name, "known": f"1–{count}"}))


def _with_text(draft: Draft) -> Draft:
    """With the text as it has been typed so far."""
    if draft.editor is None or draft.at is None:
        return draft
    text = draft.editor.text.strip()[:MAX_TEXT]
    return _answered(draft, draft.at, text or None) if text or draft.at in draft.answers else draft


def _answered(draft: Draft, name: str, value: Answer | None) -> Draft:
    """With this answer, or none."""
    draft = replace(draft, touched=draft.touched | {name})
    answers = {each: answer for each, answer in draft.answers.items() if each != name}
    return with_answers(draft, answers if value is None else {**answers, name: value})


def _forward(draft: Draft) -> Draft:
    """To the next question, or to the next one that a change has brought up; of a scan, to the next doubt."""
    if draft.read is not None and draft.at is not None and draft.visit is None:
        draft = with_answers(replace(draft, touched=draft.touched | {draft.at}), draft.answers)
        return _at(draft, next(iter(draft.to_settle), None))
    names = [question.name for question in draft.asked]
    later = names[names.index(draft.at) + 1 :] if draft.at in names else []
    if draft.visit is not None:
        later = [name for name in later if name not in draft.visit]
    return _at(draft, later[0] if later else None)


def _at(draft: Draft, name: str | None) -> Draft:
    """With this question on screen."""
    question = draft.questionnaire.question(name) if name else None
    editor = None
    if question is not None and question.type is QuestionType.TEXT:
        editor = Editor(str(draft.answers.get(question.name, "")), longest_text(question))
    return replace(draft, at=name, editor=editor, visit=draft.visit if name else None)
