"""The dashboard as values: what every part of it shows, from one snapshot. No Textual here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len

from campaign.errors import Problem
from campaign.labels import branch_label, branch_word, phase_label, survey_label
from campaign.language import Lang
from campaign.plan import Plan
from campaign.standing import DueItem, Standing, Status
from tui.staff.advice import ADVICE
from tui.staff.ports import Snapshot
from tui.staff.ranking import BranchRow
from tui.staff.texts import tr
from tui.staff.wording import (
    SIGNS,
    day_month,
    phase_colours,
    standing_text,
    weekday,
)
from tui.widgets.bars import percent
from tui.widgets.cells import fit
from tui.widgets.spans import Line, Span, fitted, spread, width_of
from tui.widgets.tile import Tile

if TYPE_CHECKING:
    from tui.staff.satisfied import Satisfied

MOST_LABEL = 14
"""Most cells of a branch's name in the card of what is due."""
LEAST_NEXT = 8
"""Cells that anything due next takes in the line that stands for the cards."""
MOST_SESSIONS = 3
"""Open sessions that are shown one by one."""
MOST_NAMED = 8
"""Late branches that the headline names where there is room."""
LABEL_CELLS = (30, 18, 14, 11, 8)
"""Most cells of a late branch's name in the headline, from the widest that fits."""


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
        return _wrong_clock(overview.day, overview.clock_behind, lang, width)
    head = overview.headline
    branches = branch_word(snapshot.plan.campaign.words, head.branches, lang)
    said = tr(lang, "{k} of {n} {branches} on schedule", k=head.on_schedule, n=head.branches, branches=branches)
    brief = tr(lang, "{k} of {n} on schedule", k=head.on_schedule, n=head.branches)
    progress = tr(lang, "mean progress {p}%", p=f"{float(overview.mean_progress * 100):.1f}")
    missed = overview.reach.missed
    unreached = tr(lang, "{n} not reached", n=missed) if missed else ""
    codes = frozenset(head.late)
    late = [(row.label, row.standing.days) for row in islice((row for row in ranked if row.code in codes), MOST_NAMED)]
    if totals := _other_totals(snapshot, lang):
        line = _narrowed(said, brief, late, len(head.late), lang, width - cell_len(totals) - 1)
        return spread(line, (Span(totals, "warning", bold=True),), width)
    both = " · ".join(filter(None, (unreached, progress)))
    for words, beside in ((said, both), (said, unreached), (brief, unreached), (said, progress)):
        line = _sentence(words, late, len(head.late), lang, LABEL_CELLS[0])
        if beside and width_of(line) + cell_len(beside) < width:
            return spread(line, (Span(beside, "muted"),), width)
    return fitted(_narrowed(said, brief, late, len(head.late), lang, width), width)


def _wrong_clock(today: date, newest: date, lang: Lang, width: int) -> Line:
    """V80, in fewer words where it would be cut."""
    whole = ADVICE.message(Problem("V80", {"t": today, "d": newest}), lang)
    brief = tr(lang, "Clock is before the last record ({d}): check it; no lateness shown", d=newest)
    return fitted((Span(f"▼ {whole if cell_len(whole) + 2 <= width else brief}", "warning"),), width)


def _other_totals(snapshot: Snapshot, lang: Lang) -> str:
    """What is recorded of what was expected, where they differ: somebody has accepted that, and it stays in sight."""
    campaign, branches = snapshot.plan.campaign, snapshot.overview.branches
    people = sum(branch.members for branch in branches)
    parts = []
    if len(branches) != campaign.expected_branches:
        word = branch_word(campaign.words, campaign.expected_branches, lang)
        parts.append(tr(lang, "{branches}: {n} of {m}", n=len(branches), m=campaign.expected_branches, branches=word))
    if people != campaign.expected_members:
        parts.append(tr(lang, "{n} of {m} people", n=people, m=campaign.expected_members))
    return f"▼ {' · '.join(parts)}" if parts else ""


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


def tiles_of(snapshot: Snapshot, satisfied: Satisfied | None, cases: int, lang: Lang, *, tall: bool) -> list[Tile]:
    """A tile for each phase, one for the public's satisfaction, one for phases and steps that are overdue.

    In place of the satisfaction the forms of open sessions, while there is no posted result; and while a session is
    open, where nothing else shows them. ``cases`` are overdue beside what the plan says; while there are none, what is
    due soon stands there.
    """
    overview, plan = snapshot.overview, snapshot.plan
    shown: list[Tile] = []
    for phase_id, share in overview.phase_progress:
        full, soft = phase_colours(plan, phase_id)
        name = phase_label(plan, phase_id, lang)
        shown.append(Tile(name, str(percent(share)), "%", full, soft, share))
    if satisfied is not None and satisfied.rate and (tall or not snapshot.open_sessions):
        shown.append(_satisfied_tile(plan, satisfied, len(overview.branches), lang))
    else:
        shown.append(_forms_tile(snapshot, lang))
    overdue = _late(snapshot)
    soon = overview.due[overdue : _before(overview.due, Standing(Status.DUE_SOON))]
    today = sum(1 for item in soon if item.standing.days == 0)
    brief = tr(lang, "◆ {n} soon", n=len(soon))
    note = tr(lang, "◆ {t} today, {s} soon", t=today, s=len(soon) - today) if today else brief
    if cases:
        note = tr.plural(lang, "▲ and {n} case late", "▲ and {n} cases late", cases)
        brief = tr.plural(lang, "▲ {n} case", "▲ {n} cases", cases)
    colour = "error" if overdue or cases else "success"
    shown.append(Tile(tr(lang, "Late by plan"), str(overdue), colour=colour, note=note, brief=brief))
    return shown


def _satisfied_tile(plan: Plan, satisfied: Satisfied, every: int, lang: Lang) -> Tile:
    branches = branch_word(plan.campaign.words, every, lang)
    note = tr(lang, "{n} of {m} {branches}", n=satisfied.branches, m=every, branches=branches)
    brief = f"{satisfied.branches}/{every}"
    return Tile(tr(lang, "Satisfied %"), satisfied.rate, colour="secondary", note=note, brief=brief)


def _forms_tile(snapshot: Snapshot, lang: Lang) -> Tile:
    sessions = snapshot.open_sessions
    forms = str(sum(session.submitted or 0 for session in sessions))
    note = tr.plural(lang, "{n} session open", "{n} sessions open", len(sessions))
    brief = tr(lang, "· {n} open", n=len(sessions))
    return Tile(tr(lang, "Forms"), forms, colour="secondary", note=note, brief=brief)


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


def session_lines(snapshot: Snapshot, lang: Lang, width: int, *, may_open: bool = True) -> list[Line]:
    """A card as high as it must be: open sessions and how many forms they hold."""
    sessions = snapshot.open_sessions
    title = Span(tr(lang, "Open sessions"), bold=True)
    if not sessions:
        none = tr(lang, "none; s opens one") if may_open else tr(lang, "none")
        return [(Span("  "), *spread((title,), (Span(none, "muted"),), width - 4)), ()]
    lines: list[Line] = [(title,), ()]
    for session in sessions[:MOST_SESSIONS]:
        label = branch_label(snapshot.plan, session.branch, lang)
        forms = tr.plural(lang, "{n} form", "{n} forms", session.submitted or 0)
        left: Line = (Span(label), Span(f"  {survey_label(session.kind, lang)}", "muted"))
        lines.append(spread(left, (Span(forms, bold=True),), width - 4))
    if more := len(sessions[MOST_SESSIONS:]):
        lines.append((Span(tr(lang, "and {n} more", n=more), "muted"),))
    return [*((Span("  "), *line) for line in lines), ()]


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
