"""A form that is being keyed: the answers so far and the place in the questionnaire, a value that keys replace."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from enum import Enum

from campaign.errors import BadInput, Problem
from surveys.acceptance import longest_text, problem_with, settled
from surveys.entry import MAX_TEXT, coerced
from surveys.opinions import told_by_texts
from surveys.paper.forms import PaperForm
from surveys.paper.keying import Difference
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Answer, Answers
from tui.kiosk.editor import Editor
from tui.kiosk.keys import Typed

AT_ONCE = 6
"""Choices up to which a digit is an answer and 7 and 9 are keys, as at the kiosk; of more, the printed number is typed."""
MOST_DIGITS = 9
"""Digits of the longest line that can be an answer."""
LINE = 40
"""So many digits of a line are kept: more than any code has."""
BACK, ON, STOP = "7", "9", "0"
FIRST, SECOND, NEITHER = "1", "2", "3"


class Stage(Enum):
    """What a key does to a draft."""

    DIGIT = "digit"
    """A digit is an answer, at once; one that means nothing here begins a line, so that no scan can go on answering."""
    NUMBER = "number"
    """A line is the number of a choice."""
    INTEGER = "integer"
    TEXT = "text"
    SUMMARY = "summary"
    """All questions are behind; a line is the number of one to change."""
    DIFFERENCE = "difference"
    """A digit says which keying is right."""
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being keyed for the first or the second time. Nothing of it is kept."""

    form: PaperForm
    questionnaire: Questionnaire
    role: str
    again: bool
    """Whether it is the second keying: texts, and what is asked because of them, are not keyed again."""
    answers: Answers = field(default_factory=dict)
    asked: tuple[Question, ...] = ()
    """The questions that apply after these answers, in order."""
    at: str | None = None
    """Name of the question on screen; None behind the last one."""
    line: str = ""
    """Digits since the last Enter that are no answer yet."""
    editor: Editor | None = None
    """The text being typed; replaced, never changed."""
    visit: frozenset[str] | None = None
    """While one question is changed from the summary: what was asked when that began."""
    differences: tuple[Difference, ...] = ()
    settled: tuple[bool, ...] = ()
    """For each difference that was decided, whether the first keying is right."""
    problem: Problem | None = None
    """Why the last key did nothing."""

    @property
    def stage(self) -> Stage:
        """What a key does now."""
        question = self.question
        if question is None:
            decided = len(self.settled) == len(self.differences)
            return Stage.DIFFERENCE if not decided else Stage.SETTLED if self.differences else Stage.SUMMARY
        if question.choices:
            return Stage.DIGIT if len(question.choices) <= AT_ONCE else Stage.NUMBER
        return Stage.INTEGER if question.type is QuestionType.INTEGER else Stage.TEXT

    @property
    def question(self) -> Question | None:
        """The question on screen."""
        return self.questionnaire.question(self.at) if self.at else None

    @property
    def difference(self) -> Difference | None:
        """The difference on screen."""
        return self.differences[len(self.settled)] if self.stage is Stage.DIFFERENCE else None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been keyed yet."""
        return not (self.answers or (self.editor and self.editor.text))

    @property
    def decided(self) -> dict[str, Answer]:
        """The answers as the differences were decided."""
        answers = dict(self.answers)
        for difference, first in zip(self.differences, self.settled, strict=False):
            answers.pop(difference.question, None)
            if (right := difference.first if first else difference.second) is not None:
                answers[difference.question] = right
        return answers

    def number(self, name: str) -> int:
        """The number that is printed before a question, from 1."""
        return 1 + [question.name for question in self.questionnaire.asked].index(name)

    def is_chosen(self, code: str) -> bool:
        """Whether this choice of the question on screen is chosen."""
        value = self.answers.get(self.at or "")
        return code in value if isinstance(value, tuple) else code == value

    # Keys

    def digit(self, typed: Typed) -> "Draft":
        """Take a digit."""
        now = replace(self, problem=None)
        if now.stage is Stage.TEXT:
            return now.character(typed)
        if not now.line and now.stage is Stage.DIGIT:
            return now._pressed(typed.digit)
        if not now.line and now.stage is Stage.DIFFERENCE:
            return now._decide(typed.digit)
        return replace(now, line=(now.line + typed.digit)[:LINE])

    def character(self, typed: Typed) -> "Draft":
        """Take a character of a text, or a key that moves in it."""
        editor = copy(self.editor)
        if editor is not None:
            editor.press(typed)
        return replace(self, editor=editor, problem=None)

    def enter(self) -> "Draft":
        """Take the line; without one, go on. What is kept or left is not decided here."""
        line, now = self.line, replace(self, line="", problem=None)
        if line and self.stage is Stage.NUMBER:
            return now._numbered(line)
        if line and self.stage is Stage.INTEGER:
            return now._whole(line)
        if line and self.stage is Stage.SUMMARY:
            return now._visited(line)
        if line:
            return now._nothing_at(line)
        single = self.question is not None and self.question.type is QuestionType.SELECT_ONE
        return now if single and self.at not in self.answers else now.on()

    def on(self) -> "Draft":
        """Go on to the next question; what is not answered stays blank. A wrong answer is not left."""
        now = replace(self, line="", problem=None)
        question = now.question
        if question is None:
            return now
        if now.editor is not None:
            return now._taken(question, now.editor.text)
        if problem := wrong(question, now.answers.get(question.name), now.answers):
            return replace(now, problem=problem)
        return now._forward()

    def back(self) -> "Draft":
        """Go back to the question before, or from a change to the summary."""
        now = replace(self._with_text(), line="", problem=None)
        names = [question.name for question in now.asked]
        if now.at is None and now.differences:
            return replace(now, settled=now.settled[:-1]) if now.settled else replace(now, differences=())
        if now.at is None:
            return now._show(names[-1]) if names else now
        if now.visit is not None or now.at not in names:
            return now._show(None)
        at = names.index(now.at)
        return now._show(names[at - 1]) if at else now

    def erase(self) -> "Draft":
        """Take back the last character of the line or the text; go back where there is none."""
        if self.editor is not None and self.editor.text:
            return self.character(Typed("backspace", ""))
        return replace(self, line=self.line[:-1], problem=None) if self.line else self.back()

    def clear(self) -> "Draft":
        """Leave the question on screen blank."""
        now = replace(self, line="", problem=None)
        return now if now.question is None else now._answered(now.question.name, None)

    def settling(self, differences: Sequence[Difference]) -> "Draft":
        """Decide these differences to the first keying."""
        return replace(self, differences=tuple(differences), settled=(), line="", problem=None)

    def without_line(self) -> "Draft":
        """The line is nothing."""
        return replace(self, line="", problem=None)

    # What they do

    def _pressed(self, digit: str) -> "Draft":
        question = self.question
        if question is not None and 0 < int(digit) <= len(question.choices):
            return self._chosen(question, int(digit))
        if digit == BACK:
            return self.back()
        return self.on() if digit == ON else replace(self, line=digit)

    def _decide(self, digit: str) -> "Draft":
        difference = self.difference
        if digit in {FIRST, SECOND}:
            return replace(self, settled=(*self.settled, digit == FIRST))
        if digit == NEITHER and difference is not None:
            anew = replace(self, differences=(), settled=())
            return anew._visited(str(self.number(difference.question)))
        return self.back() if digit == BACK else replace(self, line=digit)

    def _numbered(self, line: str) -> "Draft":
        """The choice with this number."""
        question = self.question
        if question is None or not 0 < int(line) <= len(question.choices):
            return self._nothing_at(line)
        return self._chosen(question, int(line))

    def _chosen(self, question: Question, number: int) -> "Draft":
        """One choice answers a question and leads on; of several, it is taken in or out."""
        code = question.choices[number - 1].code
        if question.type is QuestionType.SELECT_ONE:
            return self._taken(question, code)
        value = self.answers.get(question.name, ())
        codes = set(value if isinstance(value, tuple) else ()) ^ {code}
        return self._answered(question.name, coerced(question, codes))

    def _whole(self, line: str) -> "Draft":
        question = self.question
        return self if question is None else self._taken(question, line)

    def _taken(self, question: Question, raw: str) -> "Draft":
        """An answer that is accepted, and on; or why not."""
        try:
            value = coerced(question, raw)
        except BadInput as error:
            return replace(self, problem=error.problems[0])
        if problem := wrong(question, value, self.answers):
            return replace(self, problem=problem)
        return self._answered(question.name, value)._forward()

    def _visited(self, line: str) -> "Draft":
        """Change the answer to the question with this number."""
        asked = self.questionnaire.asked
        name = asked[int(line) - 1].name if 0 < int(line) <= len(asked) else ""
        names = [question.name for question in self.asked]
        if name not in names:
            known = ", ".join(str(self.number(each)) for each in names)
            return replace(self, problem=Problem("M30", {"name": line, "known": known}))
        return replace(self._show(name), visit=frozenset(names))

    def _nothing_at(self, line: str) -> "Draft":
        """There is no such choice."""
        if self.question is not None:
            name, count = str(self.number(self.question.name)), len(self.question.choices)
        else:
            name, count = "V76", int(NEITHER)
        return replace(self, problem=Problem("M31", {"x": line, "name": name, "known": f"1–{count}"}))

    def _with_text(self) -> "Draft":
        """With the text as it has been typed so far."""
        if self.editor is None or self.at is None:
            return self
        return self._answered(self.at, self.editor.text.strip()[:MAX_TEXT] or None)

    def _answered(self, name: str, value: Answer | None) -> "Draft":
        """With this answer, or none; answers that no longer apply are left out."""
        answers = {each: answer for each, answer in self.answers.items() if each != name}
        if value is not None:
            answers[name] = value
        return with_answers(self, answers)

    def _forward(self) -> "Draft":
        names = [question.name for question in self.asked]
        later = names[names.index(self.at) + 1 :] if self.at in names else []
        if self.visit is not None:
            later = [name for name in later if name not in self.visit]
        return self._show(later[0] if later else None)

    def _show(self, name: str | None) -> "Draft":
        question = self.questionnaire.question(name) if name else None
        editor = None
        if question is not None and question.type is QuestionType.TEXT:
            editor = Editor(str(self.answers.get(question.name, "")), longest_text(question))
        return replace(self, at=name, editor=editor, visit=self.visit if name else None)


def begun(form: PaperForm, questionnaire: Questionnaire, role: str, *, again: bool) -> Draft:
    """A form of which nothing is keyed yet."""
    draft = with_answers(Draft(form, questionnaire, role, again), {})
    return draft._show(draft.asked[0].name if draft.asked else None)


def with_answers(draft: Draft, answers: Answers) -> Draft:
    """The draft with these answers in place of its own."""
    questionnaire = draft.questionnaire
    untold = told_by_texts(questionnaire) if draft.again else frozenset()
    # Nothing starts with a default: what is blank on the paper is blank.
    kept, relevant = settled(questionnaire, answers, [question.name for question in questionnaire.questions])
    asked = tuple(question for question in relevant if question.asks and question.name not in untold)
    return replace(draft, answers=kept, asked=asked)


def wrong(question: Question, value: Answer | None, answers: Answers) -> Problem | None:
    """Why this can't be the answer; on paper anything may be left blank."""
    return None if value is None else problem_with(question, value, answers)
