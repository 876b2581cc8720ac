"""One branch as values: its head, and its phases with their steps. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rich.cells import cell_len

from campaign.language import Lang
from campaign.plan import Branch, Plan
from campaign.standing import BranchStanding, PhaseStanding, Standing, Status, StepStanding
from tui.staff.ports import Snapshot
from tui.staff.session_words import Posted
from tui.staff.texts import tr
from tui.staff.wording import (
    DONE,
    NONE,
    phase_colours,
    phase_figure,
    short_day,
    shown_share,
    standing_cell,
    standing_text,
    standing_width,
)
from tui.widgets.bars import bar, percent
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, spread, width_of

SPAN = 11
"""Cells of a span of days: ``07-06–08-09``."""
FIGURE = 4
LEAST_BAR = 4
LEAST_NAME = 16
"""Cells of a name worth reading."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A phase, or one of its steps, as the table shows it."""

    key: str
    name: str
    is_phase: bool
    planned: str
    actual: str
    share: Fraction
    figure: str
    colours: tuple[str, str]
    """Of a full bar and of another."""
    standing: Standing


def branch_head(
    snapshot: Snapshot, branch: Branch, standing: BranchStanding, posted: Posted | None, lang: Lang, width: int
) -> list[Line]:
    """Name, posted result and standing; members by group and who is responsible."""
    plan = snapshot.plan
    left: Line = (Span("▌ ", "primary"), Span(branch.name.text(lang), bold=True), Span(f"   {branch.code}", "muted"))
    said = standing_text(standing.standing, lang)
    chip = standing_cell(standing.standing, lang, cell_len(said) + 2)
    progress = Span(tr(lang, "progress {p}%", p=percent(standing.progress)) + "  ", "muted")
    groups = [
        f"{group.name.text(lang)} {branch.members[group.id]}"
        for group in plan.member_groups
        if branch.members.get(group.id)
    ]
    members = tr(lang, "{member}: {n}", member=plan.campaign.words.member, n=branch.total)
    roles = [
        item.role.text(lang)
        for item in branch.first_responsible
        if (item.valid_from or date.min) <= snapshot.overview.day <= (item.valid_to or date.max)
    ]
    people: Line = (Span(f"  {members}", bold=True), Span("  " + " · ".join(groups), "muted"))
    who: Line = (Span(tr(lang, "Responsible: {role}", role=roles[0]), "muted"),) if roles else ()
    if width_of(people) + 2 + width_of(who) > width:  # whoever it is says by itself that it is a role
        who = tuple(Span(role, "muted") for role in roles[:1])
    result: Line = ()
    if posted is not None:
        said = tr(lang, "satisfied {p}", p=posted.rate)
        result = (Span(said, bold=True), Span(f" {short_day(posted.on)}   ", "muted"))
    return [spread(left, (*result, progress, *chip), width), spread(people, who, width)]


def work_rows(plan: Plan, standing: BranchStanding, lang: Lang) -> list[WorkRow]:
    """Every phase, followed by its steps."""
    rows: list[WorkRow] = []
    for phase in standing.phases:
        colours = phase_colours(plan, phase.phase)
        rows.append(_phase_row(plan, phase, colours, lang))
        rows.extend(_step_row(plan, step, colours, lang) for step in phase.steps)
    return rows


def _phase_row(plan: Plan, phase: PhaseStanding, colours: tuple[str, str], lang: Lang) -> WorkRow:
    known = plan.phase(phase.phase)
    actual = f"{short_day(phase.actual_start)}–{short_day(phase.actual_end) if phase.actual_end else ''}"
    return WorkRow(
        key=phase.phase,
        name=known.name.text(lang) if known else phase.phase,
        is_phase=True,
        planned=f"{short_day(phase.planned_start)}–{short_day(phase.planned_end)}",
        actual=actual if phase.actual_start else NONE,
        share=shown_share(phase),
        figure=phase_figure(phase),
        colours=colours,
        standing=phase.standing,
    )


def _step_row(plan: Plan, step: StepStanding, colours: tuple[str, str], lang: Lang) -> WorkRow:
    known = next((item for item in plan.steps if item.id == step.step), None)
    finished = step.standing.status in (Status.DONE, Status.DONE_LATE)
    name = known.name.text(lang) if known else step.step
    return WorkRow(
        key=f"{step.step}.",
        name=f"{name}" if step.required else tr(lang, "{name} (own)", name=name),
        is_phase=False,
        planned=short_day(step.due).rjust(SPAN),
        actual=short_day(step.done_on).rjust(SPAN),
        share=Fraction(1) if finished else step.progress,
        figure=DONE if finished else f"{percent(step.progress)}%" if step.progress else NONE,
        colours=colours,
        standing=step.standing,
    )


def work_columns(plan: Plan, rows: Sequence[WorkRow], lang: Lang, width: int) -> list[Column[WorkRow]]:
    """Name, planned and actual days, progress, standing."""
    fixed = EDGE + 2 * (SPAN + 2) + FIGURE + 1 + 2 + 1
    standings = [row.standing for row in rows]
    state = standing_width(standings, lang, width - fixed - 2 - LEAST_BAR - LEAST_NAME)
    room = width - fixed - state - 2
    strip = LEAST_BAR if room - LEAST_BAR >= LEAST_NAME else max(0, room - LEAST_NAME)
    return [
        Column(tr(lang, "{phase} and steps", phase=plan.campaign.words.phase), room - strip, _work_name),
        Column(tr(lang, "Planned/due"), SPAN, lambda row, _: (_dim(row, row.planned),)),
        Column(tr(lang, "Actual"), SPAN, lambda row, _: (_dim(row, row.actual),)),
        Column(tr(lang, "Progress"), strip + 1 + FIGURE, _progress),
        Column(tr(lang, " Standing"), state, lambda row, cells: standing_cell(row.standing, lang, cells), gap=0),
    ]


def _work_name(row: WorkRow, _width: int) -> Line:
    return (Span(row.name, row.colours[0], bold=True),) if row.is_phase else (Span(f"  {row.name}"),)


def _dim(row: WorkRow, text: str) -> Span:
    return Span(text, "foreground" if row.is_phase else "muted")


def _progress(row: WorkRow, cells: int) -> Line:
    full, soft = row.colours
    done = row.figure == DONE
    figure = Span(row.figure.rjust(FIGURE), full if done else "foreground", bold=done)
    return (*bar(row.share, cells - FIGURE - 1, full if done else soft), Span(" "), figure)


def work_summary(standing: BranchStanding, lang: Lang) -> str:
    """How many of the required steps are done, and how many of its own: these never count against it."""
    steps = [step for phase in standing.phases for step in phase.steps if step.standing.status is not Status.WAIVED]
    done = (Status.DONE, Status.DONE_LATE)
    required = [step.standing.status in done for step in steps if step.required]
    own = sum(step.standing.status in done for step in steps if not step.required)
    said = tr(lang, "required steps done: {n} of {m}", n=sum(required), m=len(required))
    return f"{said} · " + tr(lang, "own ones: {n}", n=own)
