"""A form that is being keyed: the answers so far and the place in the questionnaire, as a value."""

from dataclasses import dataclass, field, replace
from enum import Enum

from campaign.errors import Problem
from surveys.acceptance import settled
from surveys.opinions import told_by_texts
from surveys.paper.forms import PaperForm
from surveys.paper.keying import Difference
from surveys.paper.queue import OpenQuestion, QueuedForm
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Answer, Answers
from tui.kiosk.editor import Editor

AT_ONCE = 6
"""Choices up to which a digit is an answer and 7 and 9 are keys, as at the kiosk.

Longer lists are numbered on paper (:data:`exports.paper.questions.NUMBERED`); there the number is typed.
"""


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
    """A form being keyed for the first or the second time. Nothing of it is kept. :mod:`.intake_moves` has the keys."""

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
    read: QueuedForm | None = None
    """What was read off a scan of it: only what is in doubt is asked."""
    touched: frozenset[str] = frozenset()
    """Questions that a person has answered, or left blank."""
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
        if self.read is not None:
            return not (self.touched or (self.editor and self.editor.text))
        return not (self.answers or (self.editor and self.editor.text))

    @property
    def doubt(self) -> OpenQuestion | None:
        """Why the question on screen waits for a person."""
        return self.read.open_question(self.at) if self.read and self.at else None

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Names of the questions that were in doubt, of those that apply."""
        if self.read is None:
            return ()
        return tuple(question.name for question in self.asked if self.read.open_question(question.name))

    @property
    def to_settle(self) -> tuple[str, ...]:
        """Those of them at which nobody has looked yet."""
        return tuple(name for name in self.doubtful if name not in self.touched)

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


def with_answers(draft: Draft, answers: Answers) -> Draft:
    """The draft with these answers in place of its own; those that do not apply are left out."""
    questionnaire = draft.questionnaire
    told = told_by_texts(questionnaire) if draft.again else frozenset()
    if draft.read is not None:
        # What was read stands again when it comes to apply, unless a person has said otherwise.
        answers = {**{name: was for name, was in draft.read.answers.items() if name not in draft.touched}, **answers}
    # Nothing starts with a default: what is blank on the paper is blank.
    kept, relevant = settled(questionnaire, answers, [question.name for question in questionnaire.questions])
    asked = tuple(question for question in relevant if question.asks and question.name not in told)
    return replace(draft, answers=kept, asked=asked)
