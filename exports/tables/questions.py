"""T2, results by question: of all together and of every branch; and what was chosen where several may be."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from campaign.i18n import I18n
from campaign.language import N_
from campaign.plan import Plan
from exports.cells import (
    NONE,
    Cell,
    Column,
    ColumnKind,
    Footing,
    Index,
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
    CHOICES,
    ROUNDING,
    VALID,
    branch_name,
    dimension_name,
    inform_first,
    left_out_notes,
    notes_where_hidden,
    satisfaction_cell,
    slug,
    survey_name,
    table_name,
)
from exports.tables.taking_part import taking_part
from surveys.published import Figures, SessionFigures, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import Choice, Question

Scale = tuple[Choice, ...]
NOTHING_COUNTED = N_("No survey session has been counted yet: there are no results.")


def scales(questions: Sequence[Question]) -> dict[Scale, list[str]]:
    """The scales of a questionnaire, and the names of the questions that have each."""
    found: dict[Scale, list[str]] = {}
    for question in questions:
        if question.is_scale:
            found.setdefault(question.choices, []).append(question.name)
    return found


def choice_columns(scale: Scale) -> Iterator[Column]:
    """Count and share of every choice, then of the blanks."""
    for choice in scale:
        counts_as = choice.counts_as.value if choice.counts_as else None
        yield Column(f"{choice.code}_count", both(N_("forms")), ColumnKind.COUNT, choice.label, counts_as)
        yield Column(f"{choice.code}_share", both(N_("%")), ColumnKind.RATE, choice.label, counts_as)
    blank = both(N_("Blank"))
    yield Column("blank_count", both(N_("forms")), ColumnKind.COUNT, blank, "blank")
    yield Column("blank_share", both(N_("%")), ColumnKind.RATE, blank, "blank")


def rate_columns(scale: Scale) -> Iterator[Column]:
    """The satisfaction rate and those beside it."""
    yield rates("satisfaction", N_("Satisfaction rate %"))
    yield rates("expressed", N_("Satisfied of those with an opinion %"))
    yield counts("expressing", N_("Forms with an opinion"))
    if any(choice.weight is not None for choice in scale):
        yield Column("index", both(N_("Index")), ColumnKind.INDEX)


def choice_cells(figures: QuestionCounts, scale: Scale) -> Iterator[Cell]:
    """The cells of :func:`choice_columns`."""
    for choice in scale:
        yield count(figures.counts[choice.code] if figures.counts else None, figures.hidden)
        yield rate_cell(figures.share(choice.code), figures.hidden)
    yield count(figures.blank, figures.hidden)
    yield rate_cell(figures.blank_share, figures.hidden)


def valid_cell(figures: Figures, asked: QuestionCounts) -> Cell:
    """The valid forms that the figures are of; where those are hidden, of the scope: the form account tells them."""
    return count(figures.valid if asked.hidden else asked.valid, figures.hidden)


def rate_cells(plan: Plan, figures: QuestionCounts, scale: Scale) -> Iterator[Cell]:
    """The cells of :func:`rate_columns`."""
    yield satisfaction_cell(plan, figures.satisfaction, figures.hidden)
    yield rate_cell(figures.expressed, figures.hidden)
    yield count(figures.expressing, figures.hidden)
    if any(choice.weight is not None for choice in scale):
        index = figures.index
        yield Index(index) if index is not None else rate_cell(None, figures.hidden)


def footing(scale: Scale) -> Footing:
    """Choices and blanks add up to the valid forms."""
    return Footing((*(f"{choice.code}_count" for choice in scale), "blank_count"), "valid")


@lru_cache
def scale_notes(scale: Scale) -> tuple[I18n, ...]:
    """The formula with the scale's own words, and its weights."""
    positive = [choice.label for choice in scale if choice.counts_as == "positive"]
    words = I18n(
        zh=" + ".join(each.zh or each.en for each in positive), en=" + ".join(each.en or each.zh for each in positive)
    )
    notes = [both(N_("Satisfaction rate = ({positive}) ÷ valid forms."), positive=words), both(VALID), both(ROUNDING)]
    weighted = [choice for choice in scale if choice.weight is not None]
    if weighted:
        zh = "、".join(f"{each.label.zh or each.label.en} {each.weight}" for each in weighted)
        en = ", ".join(f"{each.label.en or each.label.zh} {each.weight}" for each in weighted)
        notes.append(both(N_("Weights of the index: {weights}."), weights=I18n(zh=zh, en=en)))
    return tuple(notes)


def by_question(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """For every scale of the questionnaire a table of all branches together, and one of each branch.

    Where a branch had several sessions, one of each of those too.
    """
    for number, scale, names in _numbered(survey):
        for figures in (survey.town, *survey.branches):
            yield _of_branch(plan, survey, figures, scale, names, number)
        for session in survey.of_several:
            yield _of_session(plan, session, scale, names, number)


def of_session(plan: Plan, survey: SurveyFigures, session: SessionFigures) -> Iterator[Table]:
    """The tables of :func:`by_question` that hold what came of one session and nothing else."""
    for number, scale, names in _numbered(survey):
        if session in survey.of_several:
            yield _of_session(plan, session, scale, names, number)
            continue
        for figures in survey.branches:
            if figures.branch == session.counted.session.branch:
                yield _of_branch(plan, survey, figures, scale, names, number)


def table_of_session(survey: SurveyFigures, session: SessionFigures) -> str:
    """The name of the first table of :func:`of_session`."""
    held = session.counted.session
    return table_name("T2", survey.survey, *(held.id.split("-") if session in survey.of_several else [held.branch]))


def _of_branch(
    plan: Plan, survey: SurveyFigures, figures: Figures, scale: Scale, names: Sequence[str], number: list[str]
) -> Table:
    """Of a branch, or of all together, with how many took part."""
    table, more = _table(plan, figures, scale, names, [*_whose(figures), *number]), tuple(taking_part(survey, figures))
    return replace(table, notes=(*table.notes, *more), fleeting=len(more))


def _whose(figures: Figures) -> list[str]:
    return [figures.branch] if figures.branch else []


def _of_session(plan: Plan, session: SessionFigures, scale: Scale, names: Sequence[str], number: list[str]) -> Table:
    held = session.counted.session
    table = _table(plan, session.figures, scale, names, [*held.id.split("-"), *number])
    title = both(
        N_("Results by question: {survey}, {who}, {d}"),
        survey=survey_name(session.figures.survey),
        who=branch_name(plan, held.branch),
        d=held.on,
    )
    return replace(table, title=title, session=held.id)


def _numbered(survey: SurveyFigures) -> Iterator[tuple[list[str], Scale, list[str]]]:
    """The scales, with their number from the second on."""
    for number, (scale, names) in enumerate(scales(survey.survey.questionnaire.questions).items(), 1):
        yield [str(number)] if number > 1 else [], scale, names


def _table(plan: Plan, figures: Figures, scale: Scale, names: Sequence[str], more: Sequence[str]) -> Table:
    asked = [each for each in figures.questions if each.question.name in names]
    rows = tuple(
        (
            plain(each.question.name),
            each.question.label,
            dimension_name(figures.survey.questionnaire, each.question.dimension),
            *choice_cells(each, scale),
            valid_cell(figures, each),
            *rate_cells(plan, each, scale),
        )
        for each in asked
    )
    return Table(
        number="T2",
        name=table_name("T2", figures.survey, *more),
        title=both(
            N_("Results by question: {survey}, {who}"),
            survey=survey_name(figures.survey),
            who=branch_name(plan, figures.branch),
        ),
        columns=(
            texts("question", N_("Question")),
            texts("question_text", N_("What was asked")),
            texts("dimension", N_("About")),
            *choice_columns(scale),
            counts("valid", N_("Valid forms")),
            *rate_columns(scale),
        ),
        rows=rows,
        notes=(
            *scale_notes(scale),
            *inform_first([plain(each.question.name) for each in asked if each.inform_first]),
            *left_out_notes(plan, figures, asked),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        footings=(footing(scale),),
        survey=slug(figures.survey),
        branch=figures.branch or "",
        main=next((row for row, each in enumerate(asked) if each.question.is_overall), None),
    )


def nothing_counted() -> Table:
    """In place of all results: that there are none yet."""
    return Table(
        number="T2",
        name="T2",
        title=both(N_("Results by question")),
        columns=(texts("result", N_("Result")),),
        rows=((both(NOTHING_COUNTED),),),
    )


def by_choice(plan: Plan, survey: SurveyFigures) -> Iterator[Table]:
    """For every question with choices that is no scale: who chose what, the most chosen first."""
    for place, question in enumerate(survey.town.questions):
        if not question.question.is_scale and not question.question.is_group:
            yield _choices(plan, survey, place)


def _choices(plan: Plan, survey: SurveyFigures, place: int) -> Table:
    scopes = (survey.town, *survey.branches)
    asked, town = survey.town.questions[place].question, survey.town.questions[place]
    codes = sorted(asked.choices, key=lambda choice: -(town.counts[choice.code] if town.counts else 0))
    columns = [texts("choice", N_("Choice")), texts("choice_text", N_("What was chosen"))]
    for figures in scopes:
        key, name = figures.branch or "all", branch_name(plan, figures.branch)
        columns.append(Column(f"{key}_count", both(N_("forms")), ColumnKind.COUNT, name))
        columns.append(Column(f"{key}_share", both(N_("%")), ColumnKind.RATE, name))
    rows: list[tuple[Cell, ...]] = []
    for choice in codes:
        cells = (cell for each in scopes for cell in _chosen(each.questions[place], choice.code))
        rows.append((plain(choice.code), choice.label, *cells))
    blanks = (cell for each in scopes for cell in _blank(each.questions[place]))
    valid = (cell for each in scopes for cell in (valid_cell(each, each.questions[place]), NONE))
    rows += [(NONE, both(N_("Blank")), *blanks), (NONE, both(N_("Valid forms")), *valid)]
    several = both(N_("Several could be chosen: shares are of the valid forms and can add to more than 100."))
    return Table(
        number="T2",
        name=table_name("T2", survey.survey, CHOICES, asked.name),
        title=both(N_("{question} ({survey})"), question=asked.label, survey=survey_name(survey.survey)),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=(
            *((several,) if asked.type == "select_multiple" else ()),
            both(ROUNDING),
            *left_out_notes(plan, survey.town, [town]),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        survey=slug(survey.survey),
        question=asked.name,
    )


def _chosen(figures: QuestionCounts, code: str) -> tuple[Cell, Cell]:
    chosen = figures.counts[code] if figures.counts else None
    return count(chosen, figures.hidden), rate_cell(figures.share(code), figures.hidden)


def _blank(figures: QuestionCounts) -> tuple[Cell, Cell]:
    return count(figures.blank, figures.hidden), rate_cell(figures.blank_share, figures.hidden)
