"""What people say of each goal of the campaign, beside what was done for it.

A question is about a goal if its dimension is the goal's id. The figures are those by dimension, so a goal is hidden
exactly where they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.goals import NO_GOAL, Deeds, GoalDeeds, goals_of
from campaign.plan import Choice, Plan
from surveys.counted import Survey
from surveys.published import Figures
from surveys.question_counts import DimensionFigures


@dataclass(frozen=True, slots=True)
class GoalVoice:
    """What people say of a goal in one survey."""

    survey: Survey
    figures: DimensionFigures | None
    """None: the questionnaire has no question about it."""


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """A goal with what is said of it and what was done for it."""

    goal: Choice | None
    """None: what was done without naming a goal."""
    voices: tuple[GoalVoice, ...]
    """One for each survey; none where no goal is named."""
    deeds: tuple[Deeds, ...]


def goal_figures(plan: Plan, scopes: Sequence[Figures], done: Iterable[GoalDeeds]) -> tuple[GoalFigures, ...]:
    """Every goal in the order of the plan, then what names none, if there is any.

    ``scopes``: what is looked at of each survey, all branches together or one. ``done``: as
    :func:`campaign.goals.deeds_by_goal` gives it of the same branches.
    """
    deeds = {each.goal: each.deeds for each in done}
    by_dimension = [(scope.survey, {each.dimension: each for each in scope.dimensions}) for scope in scopes]
    found = [
        GoalFigures(
            goal, tuple(GoalVoice(survey, own.get(goal.id)) for survey, own in by_dimension), deeds.get(goal.id, ())
        )
        for goal in goals_of(plan)
    ]
    if NO_GOAL in deeds:
        found.append(GoalFigures(None, (), deeds[NO_GOAL]))
    return tuple(found)
