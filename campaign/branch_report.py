"""One branch in detail, as ``manyi status --branch B01`` prints it: what it owes, its cases, what is missing."""

from collections.abc import Callable, Sequence
from datetime import date

from campaign.case_report import CaseReport, by_urgency, case_report
from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.completion import completion
from campaign.covering import covered
from campaign.errors import Problem
from campaign.happened import contradictions, with_surveys
from campaign.held import HeldSurvey
from campaign.log import LogEntry
from campaign.obligations import CellState, ObligationCell, coverage, obligation_matrix
from campaign.plan import Obligation, Plan
from campaign.report import ReportPart
from campaign.standing import BranchStanding


class CellReport(ReportPart):
    """One obligation of one phase."""

    phase: str
    obligation: Obligation
    state: CellState
    met_on: date | None
    records: int
    """How many log entries and survey sessions met it."""


class CoverageReport(ReportPart):
    """Obligations of the phases that have ended."""

    met: int
    of: int


class CoveredReport(ReportPart):
    """What every branch is to choose of one attribute, by ids."""

    attribute: str
    chosen: tuple[str, ...]
    missing: tuple[str, ...]


class MissingReport(ReportPart):
    """Something without which the branch has not completed the campaign."""

    code: str
    message: str
    """In the language of the report."""


class BranchDetail(ReportPart):
    """What ``manyi status --branch`` says beside the branch's line."""

    obligations: tuple[CellReport, ...]
    """By phase, in the order inform, ask, watch, judge."""
    ended_phases: CoverageReport
    covered: tuple[CoveredReport, ...]
    """By attribute, what every branch is to choose."""
    cases: tuple[CaseReport, ...]
    """Open ones, the worst first."""
    completed_on: date | None
    """The first day on which nothing was missing; null if there was none."""
    missing: tuple[MissingReport, ...]
    """What does not hold today."""
    doubts: tuple[MissingReport, ...]
    """Where the log says something else of results than the sessions that were held here."""


def branch_detail(  # the day's facts
    plan: Plan,
    branch: BranchStanding,
    entries: Sequence[LogEntry],
    cases: Sequence[Case],
    today: date,
    told: Callable[[Problem], str],
    *,
    held: Sequence[HeldSurvey] = (),
    judge_overdue: bool = True,
) -> BranchDetail:
    """The detail of ``branch``; of entries, cases and survey sessions only its own count, and no entry after ``today``.

    ``entries`` are those of the log alone; ``told`` says a problem to the reader.
    """
    own_log = [entry for entry in entries if entry.branch == branch.code]
    known = [entry for entry in with_surveys(plan, own_log, held) if entry.on <= today]
    cells = obligation_matrix(plan, branch, known)
    ended = coverage(cells, branch)
    own = [case for case in cases if case.branch == branch.code]
    doubts = contradictions(plan, own_log, held)
    standings = case_standings(plan, own, today, judge_overdue=judge_overdue)
    found = completion(plan, branch, known, own, today)
    return BranchDetail(
        obligations=tuple(map(_cell, cells)),
        ended_phases=CoverageReport(met=ended.met, of=ended.of),
        covered=tuple(
            CoveredReport(
                attribute=each.attribute.id,
                chosen=tuple(choice.id for choice in each.chosen),
                missing=tuple(choice.id for choice in each.missing),
            )
            for each in covered(plan, known)
        ),
        cases=tuple(case_report(each) for each in by_urgency(standings) if each.open),
        completed_on=found.completed_on,
        missing=tuple(MissingReport(code=each.code, message=told(each)) for each in found.missing),
        doubts=tuple(MissingReport(code=each.code, message=told(each)) for each in doubts),
    )


def _cell(cell: ObligationCell) -> CellReport:
    return CellReport(
        phase=cell.phase, obligation=cell.obligation, state=cell.state, met_on=cell.met_on, records=cell.records
    )
