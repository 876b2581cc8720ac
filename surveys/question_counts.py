"""What was answered to one question in some scope, with every figure that is made of it, exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.questionnaire import CountsAs, Question
from surveys.rates import ScaleCounts, exact_index, rate, scale_counts
from surveys.tallies import QuestionTally

TOO_MANY_DO_NOT_KNOW = Fraction(30, 100)
"""Where more have no opinion, people are to be informed first."""


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """Counts of a question; figures are None where it is hidden, where their denominator is 0, or if it is no scale."""

    question: Question
    valid: int | None
    """Valid forms of the scope in which the question is shown: the denominator."""
    tally: QuestionTally | None
    hidden: str | None
    """``<5``, ``alike`` or ``groups``: why there are no figures."""
    left_out: tuple[str, ...] = ()
    """Sessions of the scope in which it is hidden: their forms are in no figure of it."""
    left_branches: tuple[str, ...] = ()
    """Codes of the branches where these were held."""
    left_forms: int = 0
    """How many valid forms those have."""

    @property
    def counts(self) -> Mapping[str, int] | None:
        """Forms by choice."""
        return None if self.tally is None else self.tally.counts

    @property
    def blank(self) -> int | None:
        """Valid forms without an answer."""
        return None if self.tally is None else self.tally.blank

    @property
    def scale(self) -> ScaleCounts | None:
        """Positive and negative answers and those without an opinion; None if it is no scale."""
        if self.tally is None or not self.question.is_scale:
            return None
        return scale_counts(self.question, self.tally)

    def share(self, code: str) -> Fraction | None:
        """Forms with this choice ÷ valid forms."""
        return self._of_valid(self.counts[code]) if self.counts is not None else None

    @property
    def satisfaction(self) -> Fraction | None:
        """Satisfaction rate: positive ÷ valid forms."""
        scale = self.scale
        return self._of_valid(scale.positive) if scale else None

    @property
    def expressed(self) -> Fraction | None:
        """Positive ÷ those who are positive or negative."""
        scale = self.scale
        return rate(scale.positive, scale.positive + scale.negative) if scale else None

    @property
    def expressing(self) -> int | None:
        """How many are positive or negative."""
        scale = self.scale
        return scale.positive + scale.negative if scale else None

    @property
    def fully_satisfied(self) -> Fraction | None:
        """Forms with the best choice, the first positive one, ÷ valid forms."""
        positive = (choice for choice in self.question.choices if choice.counts_as is CountsAs.POSITIVE)
        best = next(positive, None)
        return self.share(best.code) if best and self.scale else None

    @property
    def dissatisfied(self) -> Fraction | None:
        """Negative ÷ valid forms."""
        return self._of_valid(self.scale.negative) if self.scale else None

    @property
    def no_opinion(self) -> Fraction | None:
        """Without an opinion ÷ valid forms."""
        return self._of_valid(self.scale.no_opinion) if self.scale else None

    @property
    def blank_share(self) -> Fraction | None:
        """Without an answer ÷ valid forms."""
        return self._of_valid(self.blank) if self.blank is not None else None

    @property
    def index(self) -> Fraction | None:
        """Satisfaction index, 0 to 100, with the weights of the choices."""
        return exact_index(self.question, self.tally.counts) if self.tally and self.question.is_scale else None

    @property
    def inform_first(self) -> bool:
        """Whether so many do not know that people are to be informed first."""
        return self.no_opinion is not None and self.no_opinion > TOO_MANY_DO_NOT_KNOW

    def _of_valid(self, count: int) -> Fraction | None:
        return rate(count, self.valid or 0)


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """All questions about one thing, their answers added up."""

    dimension: str
    questions: tuple[str, ...]
    positive: int | None
    """None where one of the questions is hidden: it could be found from the sum."""
    negative: int | None
    answers: int | None
    """Valid forms, once for each question: the denominator."""
    hidden: str | None = None

    @property
    def satisfaction(self) -> Fraction | None:
        """Positive answers ÷ valid forms."""
        return rate(self.positive, self.answers or 0) if self.positive is not None else None

    @property
    def expressed(self) -> Fraction | None:
        """Positive ÷ positive and negative answers."""
        if self.positive is None or self.negative is None:
            return None
        return rate(self.positive, self.positive + self.negative)


def dimensions(questions: Iterable[QuestionCounts]) -> tuple[DimensionFigures, ...]:
    """Figures by dimension, of scale questions only, in the order of the questionnaire."""
    found: dict[str, list[QuestionCounts]] = {}
    for each in questions:
        if each.question.is_scale and each.question.dimension:
            found.setdefault(each.question.dimension, []).append(each)
    return tuple(_dimension(name, held) for name, held in found.items())


def _dimension(name: str, held: list[QuestionCounts]) -> DimensionFigures:
    names = tuple(each.question.name for each in held)
    if mark := next((each.hidden for each in held if each.hidden), None):
        return DimensionFigures(name, names, None, None, None, mark)
    scales = [each.scale for each in held if each.scale]
    positive, negative = sum(each.positive for each in scales), sum(each.negative for each in scales)
    return DimensionFigures(name, names, positive, negative, sum(each.valid or 0 for each in held))
