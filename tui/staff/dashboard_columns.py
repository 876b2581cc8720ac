"""The columns of the dashboard's table: name, phases, satisfaction, standing, in whatever width there is.

No Textual here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from campaign.labels import condition_label
from campaign.language import Lang
from campaign.plan import Condition, Plan
from campaign.standing import Standing, Status
from tui.staff.ranking import BranchRow, Ranking
from tui.staff.texts import tr
from tui.staff.wording import (
    DONE,
    NONE,
    phase_colours,
    phase_figure,
    shown_share,
    standing_cell,
    standing_text,
    standing_width,
)
from tui.widgets.bars import bar
from tui.widgets.cells import fit
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted

if TYPE_CHECKING:
    from tui.staff.satisfied import Satisfied

NAME_CELLS = (8, 22)
"""Fewest and most cells of the name column."""
FIGURE_CELLS = 4
FEWEST_BAR, LEAST_BAR, GOOD_BAR, BAR_CELLS = 3, 4, 5, 14
"""Cells of a bar: that make one, worth having, not given up for words, and the most."""
RATE_CELLS = 6
"""Cells of a satisfaction rate: ``▲59.4``."""
GAP = 2
WEAK, SIGN_CELLS = "!", 2
"""Stands at a branch that is weak or does not work; cells of it alone, after its standing."""


def branch_columns(
    plan: Plan, ranking: Ranking, satisfied: Satisfied | None, lang: Lang, width: int
) -> list[Column[BranchRow]]:
    """Columns that fill ``width`` cells: name, phases, satisfaction where a result is posted, standing."""
    rate = [_rate_column(satisfied, lang)] if satisfied is not None else []
    width -= EDGE + GAP + 1 + sum(column.width + column.gap for column in rate)
    word = plan.campaign.words.branch.text(lang)
    name = min(max(ranking.widest, cell_len(word), NAME_CELLS[0]), NAME_CELLS[1])
    titles = [phase.label.text(lang) for phase in plan.phases]
    state = _state_width(ranking, lang, width - name - GAP, titles)
    room = width - state
    name = max(NAME_CELLS[0], min(name, room - GAP - len(titles) * (FEWEST_BAR + FIGURE_CELLS + GAP)))
    strip, phases = _phase_widths(titles, room - name - GAP)
    name = min(NAME_CELLS[1], room - GAP - sum(each + GAP for each in phases))
    return [
        Column(word, name, _name_cell, gap=GAP),
        *(_phase_column(plan, index, lang, cells, strip) for index, cells in enumerate(phases)),
        *rate,
        Column(tr(lang, " Standing"), state, lambda row, cells: _state_cell(row, lang, cells), gap=0),
    ]


def _state_width(ranking: Ranking, lang: Lang, room: int, titles: Sequence[str]) -> int:
    """Cells of the standings: in words with what is wrong with a branch, if bars worth having are left beside them."""
    states = ranking.states
    left = room - sum(max(cell_len(title), LEAST_BAR + 1 + FIGURE_CELLS) + GAP for title in titles)
    words = max((_words_width(*each, lang) for each in states), default=0)
    standings = [standing for standing, _ in states]
    if words + len(titles) * (GOOD_BAR - LEAST_BAR) <= left:
        return max(standing_width(standings, lang, left), words)
    sign = SIGN_CELLS if any(_flag(condition, lang) for _, condition in states) else 0
    return standing_width(standings, lang, left - sign) + sign


def _phase_widths(titles: Sequence[str], room: int) -> tuple[int, list[int]]:
    """Cells of every bar, the same for all so that they compare, and of each column, wide enough for its title.

    Where that takes more than there is, titles are cut and all columns are the same.
    """
    for strip in range(BAR_CELLS, FEWEST_BAR - 1, -1):
        cells = [max(cell_len(title), strip + 1 + FIGURE_CELLS) for title in titles]
        if sum(each + GAP for each in cells) <= room:
            return strip, cells
    cells = [max(FIGURE_CELLS, room // max(1, len(titles)) - GAP)] * len(titles)
    return max(0, cells[0] - 1 - FIGURE_CELLS) if cells else 0, cells


def _rate_column(satisfied: Satisfied, lang: Lang) -> Column[BranchRow]:
    from tui.staff.satisfied import rate_line

    title = tr(lang, "Sat. %")
    cells = max(RATE_CELLS, cell_len(title))
    return Column(title, cells, lambda row, cells: rate_line(satisfied, row.code, cells), gap=GAP)


def _flag(condition: Condition, lang: Lang) -> str:
    """Says that a branch does not work well; empty if it does."""
    return "" if condition is Condition.FUNCTIONING else f" {WEAK} {condition_label(condition, lang)}"


def _words_width(standing: Standing, condition: Condition, lang: Lang) -> int:
    """Cells for the standing and what is wrong with the branch, both in words."""
    return cell_len(standing_text(standing, lang)) + 2 + cell_len(_flag(condition, lang))


def _state_cell(row: BranchRow, lang: Lang, width: int) -> Line:
    """How the branch stands and whether it works: in words if there is room, otherwise with a sign."""
    flag = _flag(row.condition, lang)
    if _words_width(row.standing, row.condition, lang) > width:
        flag = flag[:SIGN_CELLS]
    standing = width - cell_len(flag)
    return (*fitted(standing_cell(row.standing, lang, standing), standing), Span(flag, "warning"))


def _name_cell(row: BranchRow, _width: int) -> Line:
    return (Span(row.label, bold=row.standing.status is Status.OVERDUE),)


def _phase_column(plan: Plan, index: int, lang: Lang, width: int, strip: int) -> Column[BranchRow]:
    """A bar of ``strip`` cells and a figure, in a column of ``width``."""
    phase = plan.phases[index]
    full, soft = phase_colours(plan, phase.id)
    figure_colours = {DONE: full, NONE: "muted"}

    def cell(row: BranchRow, _cells: int) -> Line:
        shown = row.branch.phases[index] if index < len(row.branch.phases) else None
        text = phase_figure(shown) if shown else ""
        figure = Span(fit(text, FIGURE_CELLS, right=True), figure_colours.get(text, "foreground"), bold=text == DONE)
        if shown is None or strip < FEWEST_BAR - 1:
            return (figure,)
        return (*bar(shown_share(shown), strip, full if text == DONE else soft), Span(" "), figure)

    return Column(phase.label.text(lang), width, cell, colour=full, gap=GAP)
