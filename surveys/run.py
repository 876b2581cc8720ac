"""One person answering one questionnaire: what is asked now, what was answered, what is still wrong."""

from collections.abc import Iterable
from enum import StrEnum

from campaign.errors import BadInput, Problem, Refused
from campaign.language import Lang
from surveys.acceptance import problem_with, settled, validity
from surveys.entry import coerced, shown
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Answer, Validity


class Stage(StrEnum):
    """Where a run stands."""

    ASKING = "asking"
    REVIEW = "review"
    """All questions are behind; the person looks over the answers."""


class SurveyRun:
    """A run through a questionnaire. Nothing of it is kept until :meth:`finish` and a store.

    Relevance is computed anew with every answer: what is no longer asked loses its answer, what is newly asked starts
    with its default. From the review, :meth:`go_to` makes a *visit* to one question; :meth:`forward` and :meth:`back`
    lead from there back to the review.
    """

    lang: Lang
    """Language of the person; may be set at any time."""
    questionnaire: Questionnaire

    def __init__(self, questionnaire: Questionnaire, lang: Lang) -> None:
        self.questionnaire = questionnaire
        self.lang = lang
        self._values: dict[str, Answer] = {}
        self._drafts: dict[str, str] = {}  # typed for an integer, and not one
        self._relevant: tuple[Question, ...] = ()
        self._current: Question | None = None
        self._before: Answer | None = None  # value of the current question when it came on screen
        self._unvisited: frozenset[str] | None = None  # during a visit: what was not asked when it began
        self._settle()
        self._show(next(iter(self._relevant), None))

    @property
    def stage(self) -> Stage:
        """Asking, or the review at the end."""
        return Stage.REVIEW if self._current is None else Stage.ASKING

    @property
    def current(self) -> Question | None:
        """The question or note on screen; None in the review."""
        return self._current

    @property
    def position(self) -> tuple[int, int]:
        """Number of the current question among the relevant ones that take an answer, and how many these are.

        For a note it is the number of the next question; in the review and after the last question, the last number.
        """
        total = len(self.asked)
        if self._current is None:
            return total, total
        before = self._relevant[: self._relevant.index(self._current)]
        return min(sum(question.asks for question in before) + 1, total), total

    @property
    def asked(self) -> tuple[Question, ...]:
        """The relevant questions that take an answer, in order."""
        return tuple(question for question in self._relevant if question.asks)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers so far, those of relevant questions only."""
        return dict(self._values)

    def value(self, name: str) -> Answer | None:
        """The answer to a question; for an integer that is none yet, what was typed."""
        return self._drafts.get(name, self._values.get(name))

    def answer(self, value: Answer | Iterable[str] | None) -> None:
        """Set the current question's answer, or clear it with None or an empty text, without moving.

        What was typed for an integer is kept as it is until :meth:`forward` looks at it. BadInput M31 or M33 for a
        value that no screen could give; ValueError in the review and on a note.
        """
        question = self._asking()
        self._drafts.pop(question.name, None)
        try:
            accepted = coerced(question, value)
        except BadInput:
            if question.type is not QuestionType.INTEGER:
                raise
            accepted = None
            self._drafts[question.name] = shown(value)
        self._set(question, accepted)

    def toggle(self, code: str) -> Problem | None:
        """Choose ``code``; in a multiple choice, take it out if it was chosen.

        An addition that breaks the constraint, and that choosing still more could not mend, is refused: nothing
        changes and the problem is returned. ValueError in the review and on a question without choices.
        """
        question = self._asking()
        if not question.choices:
            raise ValueError(question.name)
        if question.type is QuestionType.SELECT_ONE:
            self._set(question, coerced(question, code))
            return None
        chosen = self._values.get(question.name, ())
        chosen = chosen if isinstance(chosen, tuple) else ()
        if code in chosen:
            self._set(question, tuple(each for each in chosen if each != code) or None)
            return None
        wanted = coerced(question, (*chosen, code))
        problem = problem_with(question, wanted, self._values)
        if problem and not self._mendable(question, (*chosen, code)):
            return problem
        self._set(question, wanted)
        return None

    def forward(self) -> Problem | None:
        """Go on to the next relevant question or to the review; a problem with the current answer is returned instead.

        During a visit it leads to a question that the new answer has made relevant, or else back to the review. In
        the review it does nothing.
        """
        question = self._current
        if question is None:
            return None
        if problem := self._problem(question):
            return problem
        later = self._relevant[self._relevant.index(question) + 1 :]
        if self._unvisited is not None:
            later = tuple(each for each in later if each.name in self._unvisited)
            self._unvisited -= {question.name}
        self._show(later[0] if later else None)
        return None

    def back(self) -> bool:
        """Go to the question or note before; False, without moving, at the very beginning.

        From the review it leads to the last one. From a visit it leads to the review; an answer that is not accepted
        is then replaced by the one that stood there before.
        """
        question = self._current
        if question is None:
            self._show(self._relevant[-1] if self._relevant else None)
            return bool(self._relevant)
        if self._unvisited is not None:
            if self._problem(question):
                self._drafts.pop(question.name, None)
                self._set(question, self._before)
            self._show(None)
            return True
        index = self._relevant.index(question)
        if index == 0:
            return False
        self._show(self._relevant[index - 1])
        return True

    def go_to(self, name: str) -> None:
        """Visit one question from the review. ValueError outside the review or if it is not asked."""
        question = next((each for each in self.asked if each.name == name), None)
        if self._current is not None or question is None:
            raise ValueError(name)
        self._show(question)
        shown_now = {each.name for each in self._relevant}
        self._unvisited = frozenset(each.name for each in self.questionnaire.questions) - shown_now

    def problems(self) -> tuple[Problem, ...]:
        """All that stands in the way of finishing, in the order of the questions."""
        return tuple(problem for question in self.asked if (problem := self._problem(question)))

    def finish(self) -> dict[str, Answer]:
        """The answers to be kept; Refused with all problems if something required is missing or not accepted."""
        if problems := self.problems():
            raise Refused(*problems)
        return self.answers

    def validity(self, valid_min_answered_pct: int) -> Validity:
        """What the form would count as now (:func:`surveys.acceptance.validity`)."""
        return validity(self.asked, self._values, valid_min_answered_pct)

    def _asking(self) -> Question:
        if self._current is None or not self._current.asks:
            raise ValueError(self.stage)
        return self._current

    def _show(self, question: Question | None) -> None:
        self._current = question
        self._before = self._values.get(question.name) if question else None
        if question is None:
            self._unvisited = None

    def _set(self, question: Question, value: Answer | None) -> None:
        self._values.pop(question.name, None)
        if value is not None:
            self._values[question.name] = value
        self._settle()

    def _settle(self) -> None:
        before = {question.name for question in self._relevant}
        self._values, self._relevant = settled(self.questionnaire, self._values, before)
        names = {question.name for question in self._relevant}
        self._drafts = {name: typed for name, typed in self._drafts.items() if name in names}

    def _problem(self, question: Question) -> Problem | None:
        if typed := self._drafts.get(question.name):
            return Problem("M34", {"name": question.name, "x": typed}, question.name)
        return problem_with(question, self._values.get(question.name), self._values)

    def _mendable(self, question: Question, codes: tuple[str, ...]) -> bool:
        """Whether choosing one more, or several in their order, would meet the constraint ("at least two")."""
        others = [choice.code for choice in question.choices if choice.code not in codes]
        more = [(*codes, other) for other in others]
        more += [(*codes, *others[:count]) for count in range(2, len(others) + 1)]
        return any(problem_with(question, coerced(question, each), self._values) is None for each in more)
