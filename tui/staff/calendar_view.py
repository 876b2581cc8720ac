"""The calendar of all branches as values: a line of cells for each. No Textual here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from campaign.labels import branch_label, phase_label
from campaign.language import N_, Lang
from campaign.overlaps import Clash, Overlap
from campaign.plan import Branch, Plan, Schedule
from campaign.standing import Standing, Status
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.timeline import HOLIDAY, REST, TODAY, Timeline
from tui.staff.wording import SIGNS, column_cells, phase_colours, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, flowed, spread

FILLS = "░▒▓█"
"""Of the phases in turn; the first cell in sight of each is its number."""
BUSY, PAUSE, NOW, CLASH = "≈", "‖", "│", "!"
MOST_NAME, NARROW_NAME, ROOMY = 20, 14, 100
SIGN = 2
_FINISHED = frozenset({Status.DONE, Status.DONE_LATE, Status.WAIVED})

_CLASHES = {
    Clash.BUSY: N_("{phase} meets “{label}”"),
    Clash.SESSION: N_("people were called together during “{label}”"),
    Clash.LEADER: N_("{leader} was at several places on one day"),
    Clash.INSPECTION: N_("inspections by {leader} are due on one day"),
}


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A branch, as the calendar shows it."""

    at: int
    """Its place in the plan."""
    name: str
    branch: Branch
    standing: Standing
    clashes: tuple[Overlap, ...]

    @property
    def code(self) -> str:
        """Its code."""
        return self.branch.code

    @property
    def starts(self) -> date:
        """The first planned day."""
        return min((each.start for each in self.branch.schedule.values()), default=date.max)


@dataclass(frozen=True, slots=True)
class ClashRow:
    """An overlap, as the list below the calendar shows it."""

    key: str
    days: str
    branches: str
    what: str
    past: bool
    overlap: Overlap


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str = " "
    colour: str = "muted"
    bold: bool = False


def calendar_listing() -> Listing[CalendarRow]:
    """All branches in the order of the plan."""
    return Listing(
        parts=(
            Sieve(N_("everything"), lambda _: True),
            Sieve(N_("late"), lambda row: row.standing.status is Status.OVERDUE),
            Sieve(N_("with overlaps"), lambda row: bool(row.clashes)),
        ),
        kinds=(
            Sieve(N_("at any stage"), lambda _: True),
            Sieve(N_("under way"), lambda row: row.standing.status not in _FINISHED | {Status.NOT_STARTED}),
            Sieve(N_("not begun"), lambda row: row.standing.status is Status.NOT_STARTED),
            Sieve(N_("finished"), lambda row: row.standing.status in _FINISHED),
        ),
        orders=(
            Order(N_("in the order of the plan"), None),
            Order(N_("who begins first"), lambda row: (row.starts, row.at)),
            Order(N_("worst first"), lambda row: (row.standing.severity, row.at)),
            Order(N_("by name"), lambda row: (row.name, row.at)),
        ),
        words=lambda row: f"{row.code} {row.name}",
    )


def calendar_rows(snapshot: Snapshot, clashes: Sequence[Overlap], lang: Lang) -> list[CalendarRow]:
    """One for every branch that takes part."""
    known = {branch.code: branch for branch in snapshot.plan.active_branches}
    own: dict[str, list[Overlap]] = {}
    for clash in clashes:
        for code in clash.branches:
            own.setdefault(code, []).append(clash)
    return [
        CalendarRow(
            at, known[each.code].label.text(lang), known[each.code], each.standing, tuple(own.get(each.code, ()))
        )
        for at, each in enumerate(snapshot.overview.branches)
        if each.code in known
    ]


def name_cells(rows: Sequence[CalendarRow], width: int) -> int:
    """Cells of the names."""
    return column_cells((row.name for row in rows), MOST_NAME if width >= ROOMY else NARROW_NAME)


def strip_cells(rows: Sequence[CalendarRow], width: int) -> int:
    """Cells that are left for the time."""
    return max(8, width - EDGE - SIGN - name_cells(rows, width) - 1 - 1)


def calendar_columns(
    snapshot: Snapshot, rows: Sequence[CalendarRow], line: Timeline, width: int
) -> list[Column[CalendarRow]]:
    """Sign, name, time."""
    colours = {phase.id: phase_colours(snapshot.plan, phase.id)[0] for phase in snapshot.plan.phases}
    day = snapshot.overview.day
    return [
        Column("", SIGN, lambda row, _: _sign(row), gap=0),
        Column("", name_cells(rows, width), lambda row, _: (Span(row.name),), gap=1),
        Column("", line.width, lambda row, _: time_line(snapshot.plan, row, line, day, colours), gap=0),
    ]


def time_line(plan: Plan, row: CalendarRow, line: Timeline, today: date, colours: Mapping[str, str]) -> Line:
    """Phases, busy days, pauses, today, overlaps: what comes later in this list hides what comes before."""
    cells = [_Cell()] * line.width
    for number, phase in enumerate(plan.phases, 1):
        if (planned := row.branch.schedule.get(phase.id)) is not None:
            _bar(cells, number, planned, line, colours[phase.id])
    for busy in row.branch.busy:
        for at in line.cells(busy.start, busy.end):
            if cells[at].text == " ":
                cells[at] = _Cell(BUSY, "warning")
    if line.start <= today <= line.end:
        cells[line.first_cell(today)] = _Cell(NOW, "accent", bold=True)
    for at in (at for clash in row.clashes for at in line.cells(clash.start, clash.end)):
        cells[at] = _Cell(CLASH, "error", bold=True)
    return tuple(
        Span("".join(cell.text for cell in group), colour, bold=bold)
        for (colour, bold), group in groupby(cells, lambda cell: (cell.colour, cell.bold))
    )


def _bar(cells: list[_Cell], number: int, planned: Schedule, line: Timeline, colour: str) -> None:
    """The days of a phase, less its pauses; the number of the phase stands in its first cell in sight."""
    bar = line.cells(planned.start, planned.end)
    for at in bar:
        first = at == bar.start and len(bar) > 1
        text = str(number % 10) if first else FILLS[(number - 1) % len(FILLS)]
        cells[at] = _Cell(text, colour, bold=first)
    for pause in planned.pauses:
        for at in line.cells(max(pause.start, planned.start), min(pause.end or planned.end, planned.end)):
            cells[at] = _Cell(PAUSE, "warning")


def legend_lines(snapshot: Snapshot, lang: Lang, width: int, height: int) -> list[Line]:
    """What the signs in the calendar mean."""
    plan = snapshot.plan
    parts: list[Line] = [
        (
            Span(f"{number % 10}{FILLS[(number - 1) % len(FILLS)] * 2} ", phase_colours(plan, phase.id)[0], bold=True),
            Span(f"{phase.label.text(lang)}  ", "muted"),
        )
        for number, phase in enumerate(plan.phases, 1)
    ]
    for sign, colour, words in (
        (f"{TODAY}{NOW}", "accent", N_("today")),
        (BUSY, "warning", N_("other work")),
        (PAUSE, "warning", N_("pause")),
        (CLASH, "error", N_("overlap")),
        (REST, "muted", N_("day off")),
        (HOLIDAY, "muted", N_("holiday")),
    ):
        parts.append((Span(f"{sign} ", colour, bold=True), Span(f"{tr(lang, words)}  ", "muted")))
    return flowed(parts, width)[:height]


def calendar_title(snapshot: Snapshot, line: Timeline, found: Sequence[Overlap] | None, lang: Lang, width: int) -> Line:
    """What the page is, which days are in sight, how many overlaps are still to come; None is not yet known."""
    campaign, clashes = snapshot.plan.campaign, found or ()
    coming = sum(each.end >= snapshot.overview.day for each in clashes)
    shown = f"{max(line.start, campaign.start_date)} – {min(line.end, campaign.end_date)}"
    words = tr(lang, "overlaps: {n}, still to come: {m}", n=len(clashes), m=coming)
    if found is None:
        words = tr(lang, "reading …")
    right = (Span(f"{CLASH} {words}", "error", bold=True),) if coming else (Span(words, "muted"),)
    left = (Span("▌ ", "primary"), Span(tr(lang, "Calendar"), bold=True), Span(f"   {shown}", "muted"))
    return spread(left, right, width)


def clash_rows(snapshot: Snapshot, clashes: Sequence[Overlap], lang: Lang) -> list[ClashRow]:
    """All overlaps, those to come first."""
    plan, day = snapshot.plan, snapshot.overview.day
    rows = []
    for at, each in enumerate(clashes):
        span = short_day(each.start) if each.start == each.end else f"{short_day(each.start)}–{short_day(each.end)}"
        names = " · ".join(branch_label(plan, code, lang) for code in each.branches)
        rows.append(
            ClashRow(f"{at} {each.branches[0]}", span, names, clash_words(plan, each, lang), each.end < day, each)
        )
    return rows


def clash_words(plan: Plan, clash: Overlap, lang: Lang) -> str:
    """What overlaps, in words."""
    label = clash.label.text(lang) if clash.label else ""
    phase = phase_label(plan, clash.phase, lang) if clash.phase else ""
    return tr(lang, _CLASHES[clash.clash], phase=phase, label=label, leader=clash.leader)


def clash_columns(rows: Sequence[ClashRow], lang: Lang, width: int) -> list[Column[ClashRow]]:
    """When, where, what."""
    days, names = column_cells((row.days for row in rows), 11), column_cells((row.branches for row in rows), 30)
    return [
        Column(tr(lang, "Overlap"), days, lambda row, _: (Span(row.days, _shade(row), bold=not row.past),)),
        Column("", names, lambda row, _: (Span(row.branches, _shade(row)),)),
        Column("", max(8, width - EDGE - days - names - 5), lambda row, _: (Span(row.what, _shade(row)),), gap=0),
    ]


def _shade(row: ClashRow) -> str:
    return "muted" if row.past else "foreground"


def _sign(row: CalendarRow) -> Line:
    late = row.standing.status is Status.OVERDUE
    return (Span(SIGNS[row.standing.status], "error" if late else "muted", bold=late),)
