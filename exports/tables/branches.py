"""T3, results by branch, of the overall question; by group and channel; by dimension; and changes since before."""

from collections.abc import Iterator, Sequence

from campaign.i18n import I18n
from campaign.language import N_, Listed
from campaign.plan import Plan
from exports.cells import (
    NONE,
    NUMBER,
    Cell,
    Column,
    ColumnKind,
    Points,
    Table,
    both,
    count,
    counts,
    numbered,
    plain,
    rate_cell,
    rates,
    texts,
)
from exports.tables.common import (
    ROUNDING,
    branch_name,
    dimension_name,
    hiding_notes,
    inform_first,
    left_out_notes,
    notes_where_hidden,
    part_code,
    part_name,
    satisfaction,
    satisfaction_cell,
    slug,
    survey_name,
    table_name,
)
from exports.tables.questions import (
    Scale,
    choice_cells,
    choice_columns,
    footing,
    rate_cells,
    rate_columns,
    scale_notes,
    scales,
    valid_cell,
)
from surveys.intervals import Interval
from surveys.published import Change, Figures, PartFigures, Published, SurveyFigures
from surveys.question_counts import DimensionFigures
from surveys.rates import Remedial

DECISIONS = {
    Remedial.NO: N_("no"),
    Remedial.REQUIRED: N_("catch-up required"),
    Remedial.UNDECIDED: N_("undecided: more voices needed"),
}
"""Marked for translation."""


def by_branch(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """One row a branch and all together; nothing if the questionnaire has no overall question."""
    overall = survey.town.overall
    if overall is None:
        return
    scale = overall.question.choices
    rows = [_row(plan, figures, scale) for figures in survey.branches]
    yield Table(
        number="T3",
        name=table_name("T3", survey.survey),
        title=both(N_("Results by unit: {survey}"), survey=survey_name(survey.survey)),
        columns=(
            counts("no", NUMBER),
            texts("branch", N_("Code")),
            texts("branch_name", N_("Unit")),
            counts("valid", N_("Valid forms")),
            *choice_columns(scale),
            *rate_columns(scale),
            rates("return_rate", N_("Return rate")),
            rates("low", N_("At least, if all who are missing are dissatisfied")),
            rates("high", N_("At most, if all who are missing are satisfied")),
            texts("remedial", N_("Catch-up")),
        ),
        rows=(*numbered(rows), (NONE, *_row(plan, survey.town, scale))),
        notes=(
            *scale_notes(scale),
            *_town_notes(plan, survey),
            *inform_first([branch_name(plan, each.branch) for each in survey.branches if _inform_first(each)]),
            *left_out_notes(plan, survey.town, [overall]),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        totals=1,
        apart=_left_out(survey),
        main=len(rows),
        footings=(footing(scale),),
        survey=slug(survey.survey),
    )


def _left_out(survey: SurveyFigures) -> frozenset[int]:
    """The rows of branches whose answers are hidden, where those of all together are not."""
    if survey.town.overall is None or survey.town.overall.hidden:
        return frozenset()
    return frozenset(row for row, each in enumerate(survey.branches) if each.overall and each.overall.hidden)


def _inform_first(figures: Figures) -> bool:
    return figures.overall is not None and figures.overall.inform_first


def _row(plan: Plan, figures: Figures, scale: Scale) -> tuple[Cell, ...]:
    overall = figures.overall
    if overall is None:
        return ()
    low, high = figures.bounds or (None, None)
    decision = both(DECISIONS[figures.remedial]) if figures.remedial and figures.branch else NONE
    return (
        plain(figures.branch) if figures.branch else NONE,
        branch_name(plan, figures.branch),
        valid_cell(figures, overall),
        *choice_cells(overall, scale),
        *rate_cells(plan, overall, scale),
        rate_cell(figures.return_rate, figures.hidden),
        rate_cell(low, overall.hidden),
        rate_cell(high, overall.hidden),
        decision,
    )


def _town_notes(plan: Plan, survey: SurveyFigures) -> Iterator[I18n]:
    yield both(N_("All together: the forms of all units added up; each form counts the same."))
    if (mean := survey.mean_of_branches) is not None:
        yield both(
            N_("Mean of the rates of the units, each unit counting the same: {mean}%."), mean=satisfaction(plan, mean)
        )
    yield _interval_note(survey.interval)


def _interval_note(interval: Interval | None) -> I18n:
    if interval is None:
        return both(N_("Not a random sample: no interval is given."))
    low, high = f"{100 * interval.low:.1f}", f"{100 * interval.high:.1f}"
    return both(N_("Random sample; Wilson interval, 95%: {low}% to {high}%."), low=low, high=high)


def by_part(plan: Plan, survey: SurveyFigures, parts: PartFigures) -> Iterator[Table]:
    """Every scale question by group or channel, of all together and of the branches of which it may be shown.

    Nothing where no part may be shown.
    """
    if not any(figures.valid for figures in parts.town):
        return
    for number, (scale, names) in enumerate(scales(survey.survey.questionnaire.questions).items(), 1):
        rows = [
            row
            for scope in (parts.town, *parts.branches)
            for figures in scope
            for row in _part_rows(plan, figures, parts, scale, names)
        ]
        if not rows:
            continue
        yield Table(
            number="T3",
            name=table_name("T3", survey.survey, parts.by.value, *([str(number)] if number > 1 else [])),
            title=both(PART_TITLES[parts.by.value], survey=survey_name(survey.survey)),
            columns=(
                texts("branch", N_("Code")),
                texts("branch_name", N_("Unit")),
                texts("part", N_("Who (code)")),
                texts("part_name", N_("Who")),
                texts("question", N_("Question")),
                counts("valid", N_("Valid forms")),
                *choice_columns(scale),
                *rate_columns(scale),
            ),
            rows=tuple(rows),
            notes=(
                *scale_notes(scale),
                *_part_notes(plan, survey, parts),
                *hiding_notes(plan.campaign.publish_min_forms),
            ),
            footings=(footing(scale),),
            survey=slug(survey.survey),
            part=parts.by.value,
        )


PART_TITLES = {"group": N_("Results by group: {survey}"), "channel": N_("Results by kiosk and paper: {survey}")}


def _part_rows(
    plan: Plan, figures: Figures, parts: PartFigures, scale: Scale, names: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    for each in figures.questions:
        if each.question.name in names:
            yield (
                plain(figures.branch) if figures.branch else NONE,
                both(N_("Other units together")) if figures.others else branch_name(plan, figures.branch),
                plain(part_code(figures)),
                part_name(figures.survey.questionnaire, parts.by, figures.part),
                plain(each.question.name),
                count(each.valid, each.hidden),
                *choice_cells(each, scale),
                *rate_cells(plan, each, scale),
            )


def _part_notes(plan: Plan, survey: SurveyFigures, parts: PartFigures) -> Iterator[I18n]:
    yield both(N_("What is without forms has no row."))
    small = next((figures.merged for figures in parts.town if figures.merged), ())
    if small:
        named = Listed(tuple(part_name(survey.survey.questionnaire, parts.by, code) for code in small))
        yield both(N_("Shown only together, for one of them is too small: {groups}."), groups=named)
    if parts.left_out:
        names = Listed(tuple(branch_name(plan, code) for code in parts.left_out))
        yield both(
            N_(
                "In no part yet, for a small one could be found: {units}. They come in once their results are "
                "posted and enough forms are together."
            ),
            units=names,
        )
    if parts.weighted and parts.weighted.rate is not None:
        yield both(N_("Satisfaction rate with weighted groups: {rate}%."), rate=satisfaction(plan, parts.weighted.rate))
        if parts.weighted.dropped:
            dropped = Listed(
                tuple(part_name(survey.survey.questionnaire, parts.by, code) for code in parts.weighted.dropped)
            )
            yield both(N_("Left out of the weighted rate, for they have too few forms: {groups}."), groups=dropped)


def by_dimension(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """Questions about the same thing added up, of all together and of every branch."""
    rows = [
        (
            plain(figures.branch) if figures.branch else NONE,
            branch_name(plan, figures.branch),
            dimension_name(survey.survey.questionnaire, each.dimension),
            plain(" ".join(each.questions)),
            *_dimension(plan, each),
        )
        for figures in (survey.town, *survey.branches)
        for each in figures.dimensions
    ]
    if rows:
        yield Table(
            number="T3",
            name=table_name("T3", survey.survey, "dimension"),
            title=both(N_("Results by what the questions are about: {survey}"), survey=survey_name(survey.survey)),
            columns=(
                texts("branch", N_("Code")),
                texts("branch_name", N_("Unit")),
                texts("dimension", N_("About")),
                texts("questions", N_("Questions")),
                counts("positive", N_("Positive answers")),
                counts("negative", N_("Negative answers")),
                counts("answers", N_("Valid forms, once a question")),
                rates("satisfaction", N_("Satisfaction rate %")),
                rates("expressed", N_("Satisfied of those with an opinion %")),
            ),
            rows=tuple(rows),
            notes=(both(ROUNDING), *hiding_notes(plan.campaign.publish_min_forms)),
            survey=slug(survey.survey),
        )


def _dimension(plan: Plan, each: DimensionFigures) -> tuple[Cell, ...]:
    return (
        count(each.positive, each.hidden),
        count(each.negative, each.hidden),
        count(each.answers, each.hidden),
        satisfaction_cell(plan, each.satisfaction, each.hidden),
        rate_cell(each.expressed, each.hidden),
    )


def changes(plan: Plan, figures: Published) -> Iterator[Table]:
    """From the short surveys of the phases to the final one, question by question, where both show a rate."""
    rows = [_change(plan, each) for each in figures.changes()]
    if rows:
        yield Table(
            number="T3",
            name="T3-change",
            title=both(N_("Change from the short survey to the final one")),
            columns=(
                texts("branch", N_("Code")),
                texts("branch_name", N_("Unit")),
                texts("question", N_("Question")),
                texts("question_text", N_("What was asked")),
                rates("before", N_("Satisfaction rate % before")),
                rates("after", N_("Satisfaction rate % after")),
                Column("change", both(N_("Change in points")), ColumnKind.POINTS),
            ),
            rows=tuple(rows),
            notes=(both(ROUNDING),),
        )


def _change(plan: Plan, each: Change) -> tuple[Cell, ...]:
    return (
        plain(each.branch),
        branch_name(plan, each.branch),
        plain(each.question.name),
        each.question.label,
        satisfaction_cell(plan, each.before),
        satisfaction_cell(plan, each.after),
        Points(each.points),
    )
