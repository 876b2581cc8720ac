"""T3, results by the goals of the campaign: what people say of each, beside what was done for it."""

from collections.abc import Iterator, Sequence
from functools import partial

from campaign.goals import deeds_by_goal, goal_attribute, goal_kinds
from campaign.kinds import EntryKind
from campaign.labels import count_label
from campaign.language import N_
from campaign.log import LogEntry
from campaign.plan import Plan
from exports.cells import NONE, Cell, Column, ColumnKind, Count, Table, both, plain, said, texts
from exports.tables.common import ALL, ROUNDING, notes_where_hidden, satisfaction_cell, slug, survey_name
from surveys.goals import GoalFigures, GoalVoice, goal_figures
from surveys.published import Published, SurveyFigures

NAME = "T3-goals"


def by_goal(plan: Plan, figures: Published, entries: Sequence[LogEntry]) -> Iterator[Table]:
    """One row a goal, of all units together; nothing for a campaign without goals.

    What was done is counted from the log, so it stands there before the first count is verified. Rates are those of
    the tables by dimension, hidden where they are.
    """
    attribute, kinds = goal_attribute(plan), goal_kinds(plan)
    if attribute is None:
        return
    surveys, columns = figures.surveys, [*_done_columns(plan, kinds)]
    goals = goal_figures(plan, [survey.town for survey in surveys], deeds_by_goal(plan, entries))
    rows = [_row(plan, each, surveys) for each in goals]
    voices = [column for survey in surveys for column in _voice_columns(survey)]
    if columns:
        rows.append((NONE, both(ALL), *[NONE] * len(voices), *_added_up(rows, 2 + len(voices))))
    yield Table(
        number="T3",
        name=NAME,
        title=both(N_("Results by the goals of the campaign")),
        columns=(texts("goal", N_("Goal (code)")), texts("goal_name", N_("Goal")), *voices, *columns),
        rows=tuple(rows),
        notes=(
            *((both(_QUESTIONS), both(ROUNDING)) if surveys else ()),
            *((both(_DONE),) if columns else ()),
            *notes_where_hidden(plan.campaign.publish_min_forms, rows),
        ),
        totals=1 if columns else 0,
    )


_QUESTIONS = N_("Satisfaction with a goal: the questions about it added up, of all units together.")
_DONE = N_("What was done: entries of the log that name the goal, of all units, and what they counted.")


def _voice_columns(survey: SurveyFigures) -> tuple[Column, Column]:
    key, over = slug(survey.survey), survey_name(survey.survey)
    return (
        Column(f"{key}.questions", both(N_("Questions")), ColumnKind.TEXT, over),
        Column(f"{key}.satisfaction", both(N_("Satisfaction rate %")), ColumnKind.RATE, over),
    )


def _done_columns(plan: Plan, kinds: Sequence[EntryKind]) -> Iterator[Column]:
    """Of each kind how often it was done, and each of its counts: the keys are the ids with a full stop between."""
    for kind in kinds:
        yield Column(f"log.{kind.id}", both(N_("Entries")), ColumnKind.COUNT, kind.name)
        for name in dict.fromkeys((*kind.counts, *kind.group_counts)):
            label = said(partial(count_label, plan, name))
            yield Column(f"log.{kind.id}.{name}", label, ColumnKind.COUNT, kind.name)


def _row(plan: Plan, each: GoalFigures, surveys: Sequence[SurveyFigures]) -> tuple[Cell, ...]:
    done: list[Cell] = []
    for deeds in each.deeds:
        done += [Count(deeds.entries), *map(Count, deeds.counts.values())]
    about = (plain(each.goal.id), each.goal.name) if each.goal else (NONE, both(N_("(no goal named)")))
    voices = (
        [cell for voice in each.voices for cell in _voice(plan, voice)] if each.goal else [NONE, NONE] * len(surveys)
    )
    return (*about, *voices, *done)


def _voice(plan: Plan, voice: GoalVoice) -> tuple[Cell, Cell]:
    """Which questions, and their rate; or that there is none."""
    figures = voice.figures
    if figures is None:
        return both(N_("no question")), NONE
    return plain(" ".join(figures.questions)), satisfaction_cell(plan, figures.satisfaction, figures.hidden)


def _added_up(rows: Sequence[Sequence[Cell]], first: int) -> Iterator[Cell]:
    """The sums of the counts that begin at the column ``first``."""
    for column in zip(*(row[first:] for row in rows), strict=True):
        yield Count(sum(cell.value for cell in column if isinstance(cell, Count)))
