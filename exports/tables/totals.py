"""T3, all units together: the satisfaction rate in every way in which it is computed, and the weights of groups.

All of it is made of figures that other tables show, and must agree with them (:mod:`exports.footing`).
"""

from collections.abc import Iterator
from fractions import Fraction

from campaign.language import N_
from campaign.plan import Plan
from exports.cells import (
    NONE,
    Cell,
    Count,
    Hidden,
    Rate,
    Table,
    both,
    count,
    counts,
    plain,
    rate_cell,
    rates,
    texts,
)
from exports.tables.common import (
    MEAN,
    POOLED,
    ROUNDING,
    WEIGHTED,
    notes_where_hidden,
    part_name,
    satisfaction_cell,
    slug,
    survey_name,
    table_name,
)
from surveys.hiding import GROUPS
from surveys.published import Figures, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.tallies import By

_BOUNDS = N_("Counting those who gave no valid form")
_INTERVAL = N_("Random sample; Wilson interval, 95%")
_DIGITS = 9
"""Decimals of the bounds of an interval, which are no fractions."""


def in_all(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """The rate of all together, row by row; and the weights, if groups have some."""
    overall = survey.town.overall
    if overall is None:
        return
    key, rows = slug(survey.survey), tuple(_rows(plan, survey, overall))
    yield Table(
        number="T3",
        name=table_name("T3", survey.survey, "all"),
        title=both(N_("All together, in every way it is computed: {survey}"), survey=survey_name(survey.survey)),
        columns=(
            texts("figure", N_("Figure")),
            counts("units", N_("Units")),
            counts("positive", N_("Positive answers")),
            counts("valid", N_("Valid forms")),
            rates("satisfaction", N_("Satisfaction rate %")),
            rates("low", N_("At least %")),
            rates("high", N_("At most %")),
        ),
        rows=rows,
        notes=(
            both(N_("All together: the forms of all units added up; each form counts the same.")),
            both(N_("Mean of the units: each unit that shows a rate counts the same.")),
            *(() if survey.interval else (both(N_("Not a random sample: no interval is given.")),)),
            both(ROUNDING),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        survey=key,
    )
    yield from _weights(plan, survey)


def _rows(plan: Plan, survey: SurveyFigures, overall: QuestionCounts) -> Iterator[tuple[Cell, ...]]:
    town = survey.town
    rated = [each for each in survey.branches if each.overall and each.overall.satisfaction is not None]
    counted = sum(each.overall is not None and each.overall.hidden is None for each in survey.branches)
    yield (
        both(POOLED),
        count(counted, overall.hidden),
        count(overall.scale.positive if overall.scale else None, overall.hidden),
        count(overall.valid, overall.hidden),
        satisfaction_cell(plan, overall.satisfaction, overall.hidden),
        NONE,
        NONE,
    )
    mean = satisfaction_cell(plan, survey.mean_of_branches)
    yield both(MEAN), Count(len(rated)), NONE, NONE, mean, NONE, NONE
    weighted = survey.by(By.GROUP).weighted
    if weighted is not None:
        yield both(WEIGHTED), NONE, NONE, NONE, satisfaction_cell(plan, weighted.rate), NONE, NONE
    yield both(_BOUNDS), NONE, NONE, NONE, NONE, *_bounds(town, overall.hidden)
    if survey.interval:
        low, high = (rate_cell(_fraction(each)) for each in (survey.interval.low, survey.interval.high))
        yield both(_INTERVAL), NONE, NONE, NONE, NONE, low, high


def _bounds(figures: Figures, hidden: str | None) -> tuple[Cell, Cell]:
    low, high = figures.bounds or (None, None)
    return rate_cell(low, hidden), rate_cell(high, hidden)


def _fraction(value: float) -> Fraction:
    return Fraction(f"{value:.{_DIGITS}f}")


def _weights(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """One row a group that has a weight; those that are too small are named, with no figure."""
    parts = survey.by(By.GROUP)
    if parts.weighted is None:
        return
    key, asked = slug(survey.survey), survey.survey.questionnaire
    shares, shown = dict(parts.weighted.weights), {each.part: each.overall for each in parts.town}
    group = asked.group_question
    given = {each.code: each.weight for each in group.choices if each.weight is not None} if group else {}
    rows = [
        (
            plain(code),
            part_name(asked, By.GROUP, code),
            plain(f"{weight:f}"),
            *_weighing(plan, shares.get(code), shown.get(code)),
        )
        for code, weight in given.items()
    ]
    yield Table(
        number="T3",
        name=table_name("T3", survey.survey, "weights"),
        title=both(N_("Weights of the groups: {survey}"), survey=survey_name(survey.survey)),
        columns=(
            texts("part", N_("Who (code)")),
            texts("part_name", N_("Who")),
            texts("weight", N_("Weight")),
            rates("weight_share", N_("Share of the weights %")),
            counts("positive", N_("Positive answers")),
            counts("valid", N_("Valid forms")),
            rates("satisfaction", N_("Satisfaction rate %")),
        ),
        rows=tuple(rows),
        notes=(
            both(N_("The rate with weighted groups is the sum of each group's rate times its share of the weights.")),
            both(ROUNDING),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        survey=key,
    )


def _weighing(plan: Plan, share: Fraction | None, overall: QuestionCounts | None) -> tuple[Cell, ...]:
    if share is None or overall is None or overall.scale is None or overall.satisfaction is None:
        return (Hidden(GROUPS),) * 4
    rate = satisfaction_cell(plan, overall.satisfaction)
    return Rate(share), Count(overall.scale.positive), count(overall.valid), rate
