"""A compiled questionnaire: what a kiosk asks, in order, in every language.

Compiled from an XLSForm by :mod:`surveys.xlsform` and kept with the survey once that is frozen.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from campaign.i18n import I18n
from campaign.language import Lang
from surveys.response import Answers

ANSWER_REQUEST: Final = ("wants_answer", "yes")
"""Name of the question by which a person asks for an answer to what they wrote, and the choice that does."""


class QuestionType(StrEnum):
    """What kind of answer a question takes."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    TEXT = "text"
    INTEGER = "integer"
    NOTE = "note"
    """Nothing is asked; the text is shown."""


class CountsAs(StrEnum):
    """What a choice of a scale says."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NO_OPINION = "no_opinion"


class Choice(BaseModel):
    """One choice of a question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: I18n
    counts_as: CountsAs | None = None
    weight: Decimal | None = None
    """Weight in the index, 0 to 100; None leaves the choice out of it."""
    group_min: int | None = None
    """Of the question who answers: with fewer forms from this group, posting a result is asked about."""


class Question(BaseModel):
    """One question or note."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: QuestionType
    label: I18n
    hint: I18n = I18n()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    required_message: I18n = I18n()
    relevant: tuple[str, ...] = ()
    """XPath expressions, its own and its groups'; it is asked when all are true."""
    constraint: str = ""
    """XPath expression over ``.``; empty: any answer is accepted."""
    constraint_message: I18n = I18n()
    default: str = ""
    dimension: str = ""
    """What the question is about (inform, ask, watch …); ``overall`` marks the overall question, ``group`` the one that
    asks who answers."""
    row: int = 0
    """Row in the survey sheet."""

    @property
    def is_scale(self) -> bool:
        """Whether it is a scale: one choice, each counting as positive, negative or no opinion."""
        return self.type is QuestionType.SELECT_ONE and any(choice.counts_as for choice in self.choices)

    @property
    def is_overall(self) -> bool:
        """Whether it is the survey's overall question."""
        return self.dimension == "overall"

    @property
    def is_group(self) -> bool:
        """Whether it asks which group the person belongs to."""
        return self.dimension == "group" and self.type is QuestionType.SELECT_ONE

    @property
    def asks(self) -> bool:
        """Whether it takes an answer; a note does not."""
        return self.type is not QuestionType.NOTE

    def choice(self, code: str) -> Choice | None:
        """The choice with this code."""
        for choice in self.choices:  # for every answer: a generator takes twice as long
            if choice.code == code:
                return choice
        return None


class Questionnaire(BaseModel):
    """A whole questionnaire."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: I18n
    version: str = "1"
    languages: tuple[Lang, ...]
    default_language: Lang
    questions: tuple[Question, ...]
    dimensions: tuple[Choice, ...] = ()
    """What its questions are about, in words, by the codes that they have."""

    def question(self, name: str) -> Question | None:
        """The question with this name."""
        return next((question for question in self.questions if question.name == name), None)

    @property
    def group_question(self) -> Question | None:
        """The question who answers; None if the form does not ask for it."""
        return next((question for question in self.questions if question.is_group), None)

    @property
    def answer_request(self) -> Question | None:
        """The question whether an answer is wanted to what was written; None if the form does not have it."""
        return self.question(ANSWER_REQUEST[0])

    def requests_answer(self, answers: Answers) -> bool:
        """Whether these answers ask for an answer to what was written."""
        name, code = ANSWER_REQUEST
        return answers.get(name) == code

    @property
    def asked(self) -> tuple[Question, ...]:
        """Questions that take an answer, notes left out."""
        return tuple(question for question in self.questions if question.asks)
