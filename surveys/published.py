"""All figures of a campaign's surveys that may be seen: built once, then shown on every screen and in every format.

Rates are fractions: they are rounded where they are shown. What is hidden is decided by :func:`surveys.hiding.hide`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from surveys.counted import Counted, Survey
from surveys.intervals import Interval
from surveys.paper.account import BallotAccount
from surveys.question_counts import DimensionFigures, QuestionCounts, dimensions
from surveys.questionnaire import Question
from surveys.rates import Remedial, Weighted, mean, non_answer_bounds, rate
from surveys.tallies import By

FEW_CAME_BACK = Fraction(90, 100)
"""Below this return rate, or response rate, the bounds for those who did not answer stand beside the satisfaction."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a scope: a session, a branch, the whole town; or a part of a branch or of the town."""

    survey: Survey
    branch: str | None
    """None: all branches together."""
    valid: int | None
    """Valid forms of what is shown; None where all is hidden."""
    hidden: str | None
    """Why all is hidden; None if it is not."""
    questions: tuple[QuestionCounts, ...]
    """All with choices, in the order of the questionnaire."""
    sessions: tuple[str, ...] = ()
    """Sessions that are in it."""
    part: str | None = None
    """Code of the group or the channel; None: all of them, or several together."""
    merged: tuple[str, ...] = ()
    """Codes of the parts that are shown only together, because one of them is too small."""
    others: tuple[str, ...] = ()
    """Branches that are shown only together, by part."""
    account: BallotAccount | None = None
    """Of the sessions that are in it; None of parts, and where it is hidden."""
    rated: BallotAccount | None = None
    """Of those in which the overall question is shown: the satisfaction rate is of their forms."""
    remedial: Remedial | None = None
    expected: int | None = None
    """People who should take part; None where it is not known of every session that is in it, or hidden."""
    present: int | None = None
    """People who came; as with ``expected``."""

    def question(self, name: str) -> QuestionCounts | None:
        """The figures of the question with this name."""
        return next((each for each in self.questions if each.question.name == name), None)

    @property
    def overall(self) -> QuestionCounts | None:
        """Those of the overall question."""
        return next((each for each in self.questions if each.question.is_overall), None)

    @property
    def rate_hidden(self) -> str | None:
        """Why there is no satisfaction rate; None where there is one, or where no question asks for it."""
        return self.hidden or (self.overall.hidden if self.overall else None)

    @property
    def dimensions(self) -> tuple[DimensionFigures, ...]:
        """Those by dimension."""
        return dimensions(self.questions)

    @property
    def invited(self) -> int | None:
        """Forms handed out, and people who began at a kiosk."""
        return _invited(self.account) if self.account else None

    @property
    def return_rate(self) -> Fraction | None:
        """Forms that came back ÷ forms handed out."""
        return rate(self.account.returned, self.account.issued) if self.account else None

    @property
    def validity_rate(self) -> Fraction | None:
        """Valid forms from paper ÷ forms that came back."""
        return rate(self.account.valid, self.account.returned) if self.account else None

    @property
    def response_rate(self) -> Fraction | None:
        """Valid forms ÷ (handed out + begun at a kiosk): AAPOR's RR2 on a known list."""
        return rate(self.valid, self.invited or 0) if self.valid is not None else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest satisfaction of all who were invited where the overall question is shown."""
        overall = self.overall
        if overall is None or overall.scale is None or self.rated is None or overall.valid is None:
            return None
        return non_answer_bounds(overall.scale.positive, overall.valid, _invited(self.rated))

    @property
    def shows_bounds(self) -> bool:
        """Whether so few forms came back, or so few of those asked answered, that bounds must stand beside the rate."""
        if self.bounds is None or self.rated is None or self.overall is None:
            return False
        answered = rate(self.overall.valid or 0, _invited(self.rated))
        rates = [each for each in (rate(self.rated.returned, self.rated.issued), answered) if each is not None]
        return any(each < FEW_CAME_BACK for each in rates)


def _invited(account: BallotAccount) -> int:
    return account.issued + account.started


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Figures of one session."""

    counted: Counted
    figures: Figures
    submitted: int | None
    void: int | None
    comments: int | None
    """How many were written; None where that is hidden."""


@dataclass(frozen=True, slots=True)
class PartFigures:
    """What is shown by group, or by channel."""

    by: By
    codes: tuple[str, ...]
    """All parts, in order; empty: the survey is not divided by this."""
    town: tuple[Figures, ...]
    """Of every part that is shown by itself, then of the others together; empty if no part may be shown."""
    branches: tuple[tuple[Figures, ...], ...]
    """The same of each branch of which parts are shown, then of the others that are in the town's parts, together."""
    included: tuple[str, ...]
    """Branches that count in the town's parts."""
    left_out: tuple[str, ...]
    """Branches that don't, because their small parts could be found from it."""
    weighted: Weighted | None = None
    """The satisfaction rate in which groups count by the weights that the questionnaire gives them."""


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """Figures of one survey: of one kind, with one questionnaire."""

    survey: Survey
    sessions: tuple[SessionFigures, ...]
    branches: tuple[Figures, ...]
    town: Figures
    parts: tuple[PartFigures, ...]
    interval: Interval | None = None
    """Of the town's satisfaction rate, if a random sample was asked."""
    sampling: str = ""
    """How those who were asked were chosen."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sessions with too few forms, which are in no sum."""
        return tuple(each.counted.session.id for each in self.sessions if each.figures.hidden)

    @property
    def of_several(self) -> tuple[SessionFigures, ...]:
        """Sessions of branches that had more than one: their own figures are not those of the branch."""
        held = Counter(each.counted.session.branch for each in self.sessions)
        return tuple(each for each in self.sessions if held[each.counted.session.branch] > 1)

    @property
    def mean_of_branches(self) -> Fraction | None:
        """The mean of the satisfaction rates of the branches that show one, each counting the same."""
        rates = [each.overall.satisfaction for each in self.branches if each.overall]
        return mean([each for each in rates if each is not None])

    def by(self, by: By) -> PartFigures:
        """What is shown by group, or by channel."""
        return next(each for each in self.parts if each.by is by)


@dataclass(frozen=True, slots=True)
class Change:
    """One question of a branch in two surveys."""

    branch: str
    question: Question
    before: Fraction
    after: Fraction

    @property
    def points(self) -> Fraction:
        """By how much the satisfaction rate has changed: 1/10 is ten points more."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that may be seen of a campaign's surveys."""

    surveys: tuple[SurveyFigures, ...]

    def session(self, session_id: str) -> SessionFigures | None:
        """Figures of one session."""
        every = (each for survey in self.surveys for each in survey.sessions)
        return next((each for each in every if each.counted.session.id == session_id), None)

    def of_kind(self, kind: str) -> Sequence[SurveyFigures]:
        """The surveys of a kind."""
        return [each for each in self.surveys if each.survey.kind == kind]

    def changes(self, before: str = "pulse", after: str = "final") -> Sequence[Change]:
        """How satisfaction with each question that both surveys ask has changed, by branch, where both show it."""
        earlier = {
            (scope.branch, each.question.name): each.satisfaction
            for survey in self.of_kind(before)
            for scope in survey.branches
            for each in scope.questions
        }
        return [
            Change(scope.branch, each.question, was, each.satisfaction)
            for survey in self.of_kind(after)
            for scope in survey.branches
            for each in scope.questions
            if scope.branch is not None and each.satisfaction is not None
            if (was := earlier.get((scope.branch, each.question.name))) is not None
        ]
