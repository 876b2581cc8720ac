"""The dashboard as values: what every part of it shows, from one snapshot. No Textual here."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from rich.cells import cell_len

from campaign.errors import Problem
from campaign.labels import branch_label, branch_word, condition_label, phase_label, survey_label
from campaign.language import Lang
from campaign.plan import Condition, Plan
from campaign.standing import DueItem, Standing, Status
from tui.staff.advice import ADVICE
from tui.staff.ports import Snapshot
from tui.staff.ranking import BranchRow, Ranking
from tui.staff.texts import tr
from tui.staff.wording import (
    DONE,
    NONE,
    SIGNS,
    day_month,
    phase_colours,
    phase_figure,
    shown_share,
    standing_cell,
    standing_text,
    standing_width,
    weekday,
)
from tui.widgets.bars import bar, percent
from tui.widgets.cells import fit
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread, width_of
from tui.widgets.tile import Tile

NAME_CELLS = (8, 22)
"""Fewest and most cells of the name column."""
FIGURE_CELLS = 4
MOST_LABEL = 14
"""Most cells of a branch's name in the card of what is due."""
LEAST_BAR, GOOD_BAR, BAR_CELLS = 4, 5, 14
"""Cells of a bar in the table: worth having, not given up for words, and the most."""
LEAST_NEXT = 8
"""Cells that anything due next takes in the line that stands for the cards."""
MOST_NAMED = 8
"""Late branches that the headline names where there is room."""
WEAK = "!"
"""Stands at a branch that is weak or does not work."""
LABEL_CELLS = (30, 18, 14, 11, 8)
"""Most cells of a late branch's name in the headline, from the widest that fits."""


def branch_columns(snapshot: Snapshot, ranking: Ranking, lang: Lang, width: int) -> list[Column[BranchRow]]:
    """Columns that fill ``width`` cells: name, phases, standing."""
    plan = snapshot.plan
    word = plan.campaign.words.branch.text(lang)
    gap = 2
    name = min(max(ranking.widest, cell_len(word), NAME_CELLS[0]), NAME_CELLS[1])
    count = max(1, len(plan.phases))
    states = ranking.states
    worthwhile = name + gap + count * (LEAST_BAR + 1 + FIGURE_CELLS + gap)
    state = standing_width([standing for standing, _ in states], lang, width - EDGE - gap - 1 - worthwhile)
    words = max((_words_width(*each, lang) for each in states), default=0)
    if words + count * (GOOD_BAR - LEAST_BAR) <= width - EDGE - gap - 1 - worthwhile:
        state = max(state, words)
    else:
        state += 2 if any(_flag(condition, lang) for _, condition in states) else 0
    room = width - EDGE - state - gap - 1
    least = count * (FIGURE_CELLS + gap)
    name = max(NAME_CELLS[0], min(name, room - least - gap - 3 * count))
    phase = max(FIGURE_CELLS, min((room - name - gap) // count - gap, BAR_CELLS + 1 + FIGURE_CELLS))
    name = min(NAME_CELLS[1], room - gap - count * (phase + gap))
    columns: list[Column[BranchRow]] = [Column(word, name, _name_cell, gap=gap)]
    columns.extend(_phase_column(plan, index, lang, phase) for index in range(len(plan.phases)))
    columns.append(Column(tr(lang, " Standing"), state, lambda row, cells: _state_cell(row, lang, cells), gap=0))
    return columns


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
        flag = flag[:2]
    standing = width - cell_len(flag)
    return (*fitted(standing_cell(row.standing, lang, standing), standing), Span(flag, "warning"))


def _name_cell(row: BranchRow, _width: int) -> Line:
    return (Span(row.label, bold=row.standing.status is Status.OVERDUE),)


def _phase_column(plan: Plan, index: int, lang: Lang, width: int) -> Column[BranchRow]:
    phase = plan.phases[index]
    full, soft = phase_colours(plan, phase.id)
    figure_colours = {DONE: full, NONE: "muted"}

    def cell(row: BranchRow, cells: int) -> Line:
        shown = row.branch.phases[index] if index < len(row.branch.phases) else None
        text = phase_figure(shown) if shown else ""
        figure = Span(fit(text, FIGURE_CELLS, right=True), figure_colours.get(text, "foreground"), bold=text == DONE)
        if shown is None or cells <= FIGURE_CELLS + 2:
            return (figure,)
        return (*bar(shown_share(shown), cells - FIGURE_CELLS - 1, full if text == DONE else soft), Span(" "), figure)

    return Column(phase.label.text(lang), width, cell, colour=full)


def identity(snapshot: Snapshot, lang: Lang, now: datetime, width: int, *, cut: bool) -> Line:
    """Whose campaign it is, and the clock."""
    words, campaign = snapshot.plan.campaign.words, snapshot.plan.campaign
    branches = snapshot.overview.branches
    size = tr(
        lang,
        "{n} {branches} · {m} people",
        n=len(branches),
        branches=branch_word(words, len(branches), lang),
        m=sum(branch.members for branch in branches),
    )
    left: Line = (Span("▌ ", "primary"), Span(campaign.title.text(lang), bold=True))
    if width_of(left) + cell_len(size) < width - 40:
        left = (*left, Span(f"   {size}", "muted"))
    sign = Span(tr(lang, "▲ cut off  "), "error", bold=True) if cut else Span(tr(lang, "■ live  "), "success")
    day = snapshot.overview.day
    return spread(left, (sign, Span(f"{day_month(day, lang)} {weekday(day, lang)} {now:%H:%M:%S}")), width)


def headline(snapshot: Snapshot, ranked: Iterable[BranchRow], lang: Lang, width: int) -> Line:
    """The one sentence: how many are on schedule, and who is late by how much; ``ranked`` are the branches."""
    overview = snapshot.overview
    if overview.clock_behind:
        wrong = Problem("V80", {"t": overview.day, "d": overview.clock_behind})
        return fitted((Span(f"▼ {ADVICE.message(wrong, lang)}", "warning"),), width)
    head = overview.headline
    branches = branch_word(snapshot.plan.campaign.words, head.branches, lang)
    said = tr(lang, "{k} of {n} {branches} on schedule", k=head.on_schedule, n=head.branches, branches=branches)
    brief = tr(lang, "{k} of {n} on schedule", k=head.on_schedule, n=head.branches)
    progress = tr(lang, "mean progress {p}%", p=f"{float(overview.mean_progress * 100):.1f}")
    missed = overview.reach.missed
    unreached = tr(lang, "{n} not reached", n=missed) if missed else ""
    codes = frozenset(head.late)
    late = [(row.label, row.standing.days) for row in islice((row for row in ranked if row.code in codes), MOST_NAMED)]
    both = " · ".join(filter(None, (unreached, progress)))
    for words, beside in ((said, both), (said, unreached), (brief, unreached), (said, progress)):
        line = _sentence(words, late, len(head.late), lang, LABEL_CELLS[0])
        if beside and width_of(line) + cell_len(beside) < width:
            return spread(line, (Span(beside, "muted"),), width)
    return fitted(_narrowed(said, brief, late, len(head.late), lang, width), width)


def _narrowed(said: str, brief: str, late: Sequence[tuple[str, int]], count: int, lang: Lang, width: int) -> Line:
    """The sentence in ``width`` cells: with fewer and shorter names, if need be."""
    line = _sentence(said, late, count, lang, LABEL_CELLS[0])
    for named, cells in [(some, cells) for some in range(len(late), 0, -1) for cells in LABEL_CELLS]:
        if width_of(line) <= width:
            break
        line = _sentence(brief, late[:named], count, lang, cells)
    return line


def _sentence(said: str, named: Sequence[tuple[str, int]], late: int, lang: Lang, cells: int) -> Line:
    """How many are on schedule, then late ones with names of at most so many cells, and how many more there are."""
    line: Line = (Span("  "), Span(said, bold=True), Span("  "))
    if not late:
        return (*line, Span(tr(lang, "✔ none is late"), "success"))
    for label, days in named:
        name = fit(label, min(cells, cell_len(label)))
        ago = tr(lang, "{n} d", n=days)
        chip = Span(f" {SIGNS[Status.OVERDUE]} {name} {ago} ", "on-alarm", "alarm", bold=True)
        line = (*line, chip, Span(" "))
    more = late - len(named)
    return (*line, Span(tr(lang, "and {n} more", n=more), "error", bold=True)) if more else line


def tiles_of(snapshot: Snapshot, lang: Lang) -> list[Tile]:
    """A tile for each phase, one for the forms of open sessions, one for phases and steps that are overdue."""
    overview, plan = snapshot.overview, snapshot.plan
    shown: list[Tile] = []
    for phase_id, share in overview.phase_progress:
        full, soft = phase_colours(plan, phase_id)
        name = phase_label(plan, phase_id, lang)
        shown.append(Tile(name, str(percent(share)), "%", full, soft, share))
    sessions = snapshot.open_sessions
    forms = str(sum(session.submitted or 0 for session in sessions))
    note = tr.plural(lang, "{n} session open", "{n} sessions open", len(sessions))
    brief = tr(lang, "· {n} open", n=len(sessions))
    shown.append(Tile(tr(lang, "Forms"), forms, colour="secondary", note=note, brief=brief))
    overdue = _late(snapshot)
    soon = overview.due[overdue : _before(overview.due, Standing(Status.DUE_SOON))]
    today = sum(1 for item in soon if item.standing.days == 0)
    brief = tr(lang, "◆ {n} soon", n=len(soon))
    note = tr(lang, "◆ {t} today, {s} soon", t=today, s=len(soon) - today) if today else brief
    colour = "error" if overdue else "success"
    shown.append(Tile(tr(lang, "Late by plan"), str(overdue), colour=colour, note=note, brief=brief))
    return shown


def due_lines(snapshot: Snapshot, lang: Lang, width: int, height: int) -> list[Line]:
    """A card: phases and steps, those that are overdue and those that are due next, by day."""
    inner = width - 4
    lines: list[Line] = [(Span(tr(lang, "By plan: late, and next"), bold=True),), ()]
    items, late = snapshot.overview.due, _late(snapshot)
    pitch = 2 if 2 * len(items) + len(lines) <= height else 1
    room = max(0, (height - 1 - len(lines)) // pitch)
    shown = [*items[: min(late, room)], *_coming(snapshot, max(0, room - late))]
    label = min(
        MOST_LABEL, max((cell_len(branch_label(snapshot.plan, item.branch, lang)) for item in shown), default=0)
    )
    for item in shown:
        lines.append(_due_line(snapshot.plan, item, lang, label, inner))
        lines.extend([()] * (pitch - 1))
    if not items:
        lines.append((Span(tr(lang, "✔ nothing"), "success"),))
    return [(Span("  "), *line) for line in lines]


def _late(snapshot: Snapshot) -> int:
    """How many things are overdue: they come first, the longest first; there may be fifty thousand things."""
    return _before(snapshot.overview.due, Standing(Status.OVERDUE))


def _before(due: Sequence[DueItem], last: Standing) -> int:
    """How many things are as urgent as ``last`` or more, the most urgent coming first."""
    return bisect_right(due, last.severity, key=lambda item: item.standing.severity)


def _coming(snapshot: Snapshot, count: int) -> list[DueItem]:
    """So many things that are due next; those equally urgent are sorted by day already."""
    due, at = snapshot.overview.due, _late(snapshot)
    found: list[DueItem] = []
    while at < len(due):
        end = _before(due, due[at].standing)
        found += due[at : min(end, at + count)]
        at = end
    return sorted(found, key=lambda item: (item.due, item.standing.severity))[:count]


def _due_line(plan: Plan, item: DueItem, lang: Lang, label: int, width: int) -> Line:
    name = fit(branch_label(plan, item.branch, lang), label)
    return fitted((due_chip(item.standing, lang), Span(f" {name} "), Span(due_name(plan, item, lang), "muted")), width)


def due_chip(standing: Standing, lang: Lang, cells: int = 9) -> Span:
    """Sign and days; what is overdue is filled."""
    days = tr(lang, "today") if standing.days == 0 else tr(lang, "{n} d", n=standing.days)
    text = fit(f" {SIGNS[standing.status]} {days}", cells)
    if standing.status is Status.OVERDUE:
        return Span(text, "on-alarm", "alarm", bold=True)
    return Span(text, "warning" if standing.status is Status.DUE_SOON else "muted")


def due_name(plan: Plan, item: DueItem, lang: Lang) -> str:
    """The step, or the phase itself."""
    step = next((step for step in plan.steps if step.id == item.step), None)
    return step.name.text(lang) if step else phase_label(plan, item.phase, lang)


def session_lines(snapshot: Snapshot, lang: Lang, width: int, height: int, *, may_open: bool = True) -> list[Line]:
    """A card: open sessions and how many forms they hold."""
    sessions = snapshot.open_sessions
    lines: list[Line] = [(Span(tr(lang, "Open sessions"), bold=True),), ()]
    for session in sessions[: max(0, height - len(lines) - 1)]:
        label = branch_label(snapshot.plan, session.branch, lang)
        forms = tr.plural(lang, "{n} form", "{n} forms", session.submitted or 0)
        left: Line = (Span(label), Span(f"  {survey_label(session.kind, lang)}", "muted"))
        lines.append(spread(left, (Span(forms, bold=True),), width - 4))
    if not sessions:
        lines.append((Span(tr(lang, "none; s opens one") if may_open else tr(lang, "none"), "muted"),))
    return [(Span("  "), *line) for line in lines]


def next_line(snapshot: Snapshot, lang: Lang, width: int) -> Line:
    """One line in place of the cards: what is due next, after what is overdue."""
    line: Line = (Span("  "), Span(tr(lang, "Due next"), "muted"), Span("  "))
    for item in _coming(snapshot, width // LEAST_NEXT):
        label = branch_label(snapshot.plan, item.branch, lang)
        part: Line = (
            Span(
                standing_text(item.standing, lang).strip(),
                "warning" if item.standing.status is Status.DUE_SOON else "muted",
            ),
            Span(f" {label} {due_name(snapshot.plan, item, lang)}   "),
        )
        if width_of((*line, *part)) > width:
            break
        line = (*line, *part)
    return fitted(line, width)
