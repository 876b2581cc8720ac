"""T6, the progress of the phases, and T7, what each phase owed the public."""

from collections.abc import Iterator, Sequence

from campaign.i18n import I18n
from campaign.labels import OBLIGATION_NAMES
from campaign.language import N_, NP_
from campaign.log import LogEntry
from campaign.obligations import CellState, ObligationCell, coverage, obligation_matrix, owed_obligations
from campaign.plan import Obligation, Plan
from campaign.standing import BranchStanding, Overview, PhaseStanding, Standing, Status
from campaign.texts import tr as words
from exports.cells import (
    NONE,
    Cell,
    Column,
    ColumnKind,
    Count,
    Rate,
    Table,
    both,
    dates,
    plain,
    rate_cell,
    rates,
    said,
    texts,
)
from exports.tables.common import branch_name

STATUSES = {
    Status.OVERDUE: N_("overdue"),
    Status.DUE_SOON: N_("due soon"),
    Status.BEHIND: N_("behind"),
    Status.PAUSED: N_("paused"),
    Status.ON_TRACK: N_("on track"),
    Status.NOT_STARTED: N_("not started"),
    Status.DONE_LATE: N_("done late"),
    Status.DONE: N_("done"),
    Status.WAIVED: N_("waived"),
}
CELLS = {CellState.MET: N_("met"), CellState.PENDING: N_("still to come"), CellState.MISSED: N_("missed")}
_WITH_DAYS = {
    Status.OVERDUE: NP_("overdue, {n} day", "overdue, {n} days"),
    Status.DUE_SOON: NP_("due soon, {n} day left", "due soon, {n} days left"),
    Status.DONE_LATE: NP_("done {n} day late", "done {n} days late"),
}


def status_text(standing: Standing) -> I18n:
    """A status in words, with its days where they matter."""
    if standing.status is Status.DUE_SOON and standing.days == 0:
        return both(N_("due today"))
    with_days = _WITH_DAYS.get(standing.status)
    return both(with_days, n=standing.days) if with_days else both(STATUSES[standing.status])


def phase_progress(plan: Plan, overview: Overview) -> Table:
    """T6: one row a branch and phase."""
    rows = [_phase(plan, branch.code, phase) for branch in overview.branches for phase in branch.phases]
    return Table(
        number="T6",
        name="T6",
        title=both(N_("Progress by {phase}"), phase=plan.campaign.words.phase),
        columns=(
            texts("branch", N_("Code")),
            texts("branch_name", N_("Unit")),
            Column("phase", plan.campaign.words.phase, ColumnKind.TEXT),
            dates("planned_start", N_("Planned from")),
            dates("planned_end", N_("to")),
            dates("actual_start", N_("Begun on")),
            dates("actual_end", N_("Ended on")),
            rates("progress", N_("Done %")),
            texts("status", N_("Status")),
            Column("days", both(N_("Days left or late")), ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )


def _phase(plan: Plan, code: str, phase: PhaseStanding) -> tuple[Cell, ...]:
    known = plan.phase(phase.phase)
    return (
        plain(code),
        branch_name(plan, code),
        known.name if known else plain(phase.phase),
        phase.planned_start,
        phase.planned_end,
        phase.actual_start or NONE,
        phase.actual_end or NONE,
        rate_cell(phase.progress),
        both(STATUSES[phase.standing.status]),
        Count(phase.standing.days),
    )


def obligations(plan: Plan, overview: Overview, entries: Sequence[LogEntry]) -> Table:
    """T7: one row a branch and phase, one column for what is owed."""
    owed = owed_obligations(plan)
    rows = [row for branch in overview.branches for row in _owed(plan, branch, owed, entries)]
    return Table(
        number="T7",
        name="T7",
        title=both(N_("What each {phase} owed the public"), phase=plan.campaign.words.phase),
        columns=(
            texts("branch", N_("Code")),
            texts("branch_name", N_("Unit")),
            Column("phase", plan.campaign.words.phase, ColumnKind.TEXT),
            *(Column(each.value, _name(each), ColumnKind.TEXT) for each in owed),
            rates("coverage", N_("Met so far where it has ended %")),
        ),
        rows=tuple(rows),
    )


def _name(obligation: Obligation) -> I18n:
    return said(lambda lang: words(lang, OBLIGATION_NAMES[obligation]))


def _owed(
    plan: Plan, branch: BranchStanding, owed: Sequence[Obligation], entries: Sequence[LogEntry]
) -> Iterator[tuple[Cell, ...]]:
    cells = obligation_matrix(plan, branch, entries)
    share = coverage(cells, branch).share
    for phase in branch.phases:
        own: dict[Obligation, ObligationCell] = {each.obligation: each for each in cells if each.phase == phase.phase}
        known = plan.phase(phase.phase)
        yield (
            plain(branch.code),
            branch_name(plan, branch.code),
            known.name if known else plain(phase.phase),
            *(both(CELLS[own[each].state]) if each in own else NONE for each in owed),
            Rate(share) if share is not None else NONE,
        )
