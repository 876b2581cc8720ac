"""Contact officials as values: a row for each at each of his branches. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from campaign.contacts import ContactPoint
from campaign.labels import branch_label, outcome_label
from campaign.language import N_, Lang
from campaign.plan import Plan
from campaign.standing import Standing, Status
from tui.staff.advice import ADVICE
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import DONE, NONE, column_cells, due_cell, due_text, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, spread

MOST_ROLE, MOST_BRANCH, NARROW_BRANCH, ROOMY = 18, 16, 12, 100
DAY, LEAST_WHY, MISSING = 5, 12, "✘"
_FAR = date.max


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A contact official at a branch."""

    at: int
    point: ContactPoint
    role: str
    branch: str
    phases: str
    """A sign for each phase: visited, missing, not begun."""
    purposes: str

    @property
    def key(self) -> str:
        """Tells it from all others."""
        return f"{self.point.leader}/{self.point.branch}"

    @property
    def alone(self) -> bool:
        """Whether it is a branch without an official, or the other way round."""
        return not (self.point.leader and self.point.branch)

    @property
    def missing(self) -> bool:
        """Whether a phase has begun in which nobody has visited."""
        return self.point.visits is not None and bool(self.point.visits.unvisited)

    @property
    def next_day(self) -> date:
        """The nearer of the next visit and the next inspection."""
        days = [self.point.due, self.point.inspection.due if self.point.inspection else None]
        return min((day for day in days if day is not None), default=_FAR)


def officials_listing() -> Listing[OfficialRow]:
    """Everyone, by official."""
    return Listing(
        parts=(
            Sieve(N_("everything"), lambda _: True),
            Sieve(N_("a visit is missing"), lambda row: row.missing or _late(row.point.standing)),
            Sieve(N_("without contact point"), lambda row: row.alone or row.point.problem is not None),
        ),
        kinds=(
            Sieve(N_("with and without inspection"), lambda _: True),
            Sieve(N_("inspection overdue"), lambda row: _late(_inspected(row))),
            Sieve(N_("inspection soon"), lambda row: _soon(_inspected(row))),
        ),
        orders=(
            Order(N_("by official"), lambda row: (not row.point.leader, row.point.leader, row.at)),
            Order(N_("what comes next"), lambda row: (row.next_day, row.at)),
            Order(N_("who was visited longest ago"), lambda row: (_last(row), row.at)),
            Order(N_("by name"), lambda row: (row.branch, row.at)),
        ),
        words=lambda row: f"{row.point.leader} {row.role} {row.point.branch} {row.branch} {row.purposes}",
    )


def official_rows(snapshot: Snapshot, points: Sequence[ContactPoint], lang: Lang) -> list[OfficialRow]:
    """One for each official at each branch, and those alone."""
    plan = snapshot.plan
    roles = {leader.code: leader.role.text(lang) for leader in plan.leaders}
    return [
        OfficialRow(
            at,
            point,
            roles.get(point.leader, ""),
            branch_label(plan, point.branch, lang) if point.branch else "",
            _phases(plan, point),
            tr(lang, ", ").join(outcome_label(plan, each, lang) for each in point.purposes),
        )
        for at, point in enumerate(points)
    ]


def _phases(plan: Plan, point: ContactPoint) -> str:
    if not (point.leader and point.branch):
        return ""
    missing = point.visits.unvisited if point.visits else ()
    signs = (DONE if each.id in point.visited else MISSING if each.id in missing else NONE for each in plan.phases)
    return " ".join(signs)


def official_columns(
    snapshot: Snapshot, rows: Sequence[OfficialRow], lang: Lang, width: int
) -> list[Column[OfficialRow]]:
    """Official, branch, visits, what is due, and what for where there is room."""
    wide = width >= ROOMY
    code = column_cells((row.point.leader for row in rows), 8, 3)
    role = column_cells((row.role for row in rows), MOST_ROLE) if wide else 0
    branch = column_cells((row.branch for row in rows), MOST_BRANCH if wide else NARROW_BRANCH)
    phases = max(2 * len(snapshot.plan.phases) - 1, cell_len(tr(lang, "Phases")))
    due = _cells([row.point.standing for row in rows], lang)
    seen = _cells([_inspected(row) for row in rows], lang)
    columns = [
        Column[OfficialRow]("", code, lambda row, _: (Span(row.point.leader or NONE, bold=True),), gap=1),
        Column[OfficialRow](tr(lang, "Official"), role, lambda row, _: (Span(row.role, "muted"),)),
        Column[OfficialRow](snapshot.plan.campaign.words.branch.text(lang), branch, lambda row, _: _branch(row)),
        Column[OfficialRow](tr(lang, "Last"), DAY, lambda row, _: (Span(_last_day(row)),)),
        Column[OfficialRow](tr(lang, "Visits"), max(2, cell_len(tr(lang, "Visits"))), _count, right=True),
        Column[OfficialRow](tr(lang, "Phases"), phases, lambda row, _: (Span(row.phases, _shade(row)),)),
        Column[OfficialRow](tr(lang, "Next visit"), due, lambda row, cells: _due(row.point.standing, lang, cells)),
        Column[OfficialRow](tr(lang, "Inspection"), seen, lambda row, cells: _due(_inspected(row), lang, cells), gap=1),
    ]
    if not wide:
        columns = [column for column in columns if column.width]
    left = width - EDGE - sum(column.width + column.gap for column in columns) - 1
    if left >= LEAST_WHY:
        columns.append(Column(tr(lang, "Purposes"), left, lambda row, _: _why(row, lang), gap=0))
    return columns


def officials_title(snapshot: Snapshot, rows: Sequence[OfficialRow], lang: Lang, width: int) -> Line:
    """What the page is, how many visits are missing and who has no contact point."""
    missing, alone = sum(row.missing for row in rows), sum(row.alone for row in rows)
    figures: list[Span] = []
    if missing:
        figures.append(Span(f"{MISSING} " + tr(lang, "{n} without a visit in a phase", n=missing) + "  ", "warning"))
    if alone:
        figures.append(Span(tr(lang, "{n} without contact point", n=alone), "warning"))
    if not snapshot.plan.leaders:
        figures = [Span(tr(lang, "this campaign has no contact officials"), "muted")]
    left: Line = (Span("▌ ", "primary"), Span(tr(lang, "Contact officials"), bold=True))
    return spread(left, tuple(figures), width)


def _inspected(row: OfficialRow) -> Standing | None:
    return row.point.inspection.standing if row.point.inspection else None


def _late(standing: Standing | None) -> bool:
    return standing is not None and standing.status is Status.OVERDUE


def _soon(standing: Standing | None) -> bool:
    return standing is not None and standing.status is Status.DUE_SOON


def _cells(standings: Sequence[Standing | None], lang: Lang) -> int:
    return max((cell_len(due_text(each, lang)) + 2 for each in standings if each is not None), default=10)


def _due(standing: Standing | None, lang: Lang, cells: int) -> Line:
    return due_cell(standing, lang, cells) if standing is not None else (Span(f" {NONE}", "muted"),)


def _last(row: OfficialRow) -> date:
    return (row.point.visits.last if row.point.visits else None) or date.min


def _last_day(row: OfficialRow) -> str:
    return short_day(row.point.visits.last) if row.point.visits else ""


def _count(row: OfficialRow, _cells: int) -> Line:
    return (Span(str(row.point.visits.visits) if row.point.visits else ""),)


def _branch(row: OfficialRow) -> Line:
    lead = row.point.visits is not None and row.point.visits.lead
    return (Span(row.branch or NONE, bold=lead),)


def _shade(row: OfficialRow) -> str:
    return "warning" if row.missing else "success"


def _why(row: OfficialRow, lang: Lang) -> Line:
    if row.point.problem is not None:
        return (Span(f"▼ {ADVICE.message(row.point.problem, lang)}", "warning"),)
    return (Span(row.purposes, "muted"),)
