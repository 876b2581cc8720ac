"""The headline result: how satisfied the public is, by the results that are posted, one of each branch.

A campaign is judged by this before all else, so it stands on the first screen; what is not posted is not in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.published import Published, SessionFigures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import Question
from surveys.rates import rate
from surveys.session import SessionState
from surveys.tallies import QuestionTally


@dataclass(frozen=True, slots=True)
class PublicResults:
    """The newest posted result of every branch that has one."""

    branches: Mapping[str, SessionFigures]
    """By code; the rate of some may be hidden."""

    @property
    def shown(self) -> tuple[QuestionCounts, ...]:
        """The overall question of each branch that shows a rate."""
        overall = (each.figures.overall for each in self.branches.values())
        return tuple(each for each in overall if each is not None and each.satisfaction is not None)

    @property
    def valid(self) -> int:
        """Valid forms of these."""
        return sum(each.valid or 0 for each in self.shown)

    @property
    def satisfaction(self) -> Fraction | None:
        """Positive answers ÷ valid forms of all that show a rate: a sum of what is seen, so it tells nothing else."""
        return rate(sum(each.scale.positive for each in self.shown if each.scale), self.valid)

    @property
    def overall(self) -> QuestionCounts | None:
        """Their answers added up; None where there are none, or where they answered different scales."""
        shown = self.shown
        if len({_scale(each.question) for each in shown}) != 1:
            return None
        tallies = [each.tally for each in shown if each.tally]
        counts = _added(each.counts for each in tallies)
        added = QuestionTally(shown[0].question.name, counts, sum(each.blank for each in tallies))
        return QuestionCounts(shown[0].question, self.valid, added, None)


def public_results(published: Published) -> PublicResults:
    """Of each branch the newest posted session that was no pulse survey: a pulse is no verdict."""
    found: dict[str, SessionFigures] = {}
    posted = (each for survey in published.surveys for each in survey.sessions if _is_verdict(each))
    for each in sorted(posted, key=lambda each: each.counted.session.on):
        found[each.counted.session.branch] = each
    return PublicResults(found)


def _is_verdict(figures: SessionFigures) -> bool:
    """Whether these are posted, and of a survey by which a branch is judged."""
    held = figures.counted.session
    return held.state is SessionState.PUBLISHED and held.kind != "pulse"


def _scale(question: Question) -> tuple[object, ...]:
    return tuple((choice.code, choice.label, choice.counts_as) for choice in question.choices)


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts:
        for code, number in each.items():
            total[code] = total.get(code, 0) + number
    return total
