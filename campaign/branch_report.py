"""One branch in detail, as ``manyi status --branch B01`` prints it: what it owes, its cases, what is missing."""

from collections.abc import Callable, Sequence
from datetime import date

from campaign.case_report import CaseReport, by_urgency, case_report
from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.completion import completion
from campaign.covering import covered
from campaign.errors import Problem
from campaign.findings import OpenFindings, found_by, open_findings
from campaign.happened import contradictions, with_surveys
from campaign.held import HeldSurvey
from campaign.helping import HelpCase, help_cases
from campaign.log import LogEntry
from campaign.moves import Move, moves_of
from campaign.obligations import CellState, ObligationCell, coverage, obligation_matrix
from campaign.plan import Obligation, Plan
from campaign.report import ReportPart
from campaign.standing import BranchStanding, Status


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


class HelpReport(ReportPart):
    """What was recorded under one code of the register of help."""

    code: str
    attributes: dict[str, str]
    """The newest choice of each attribute: what is needed, who is helped."""
    note: str
    planned: date | None
    """The day by which it is to be given."""
    done_on: date | None
    confirmed_on: date | None


class MoveReport(ReportPart):
    """One move of the planned days of a phase."""

    phase: str
    on: date
    old: tuple[date, date]
    new: tuple[date, date]
    reason: str


class FindingsReport(ReportPart):
    """What the inspections of one day found and nobody has opened a case for yet."""

    on: date
    number: int
    due: date
    """By when they are to be cases."""
    status: Status


class BranchDetail(ReportPart):
    """What ``manyi status --branch`` says beside the branch's line."""

    obligations: tuple[CellReport, ...]
    """By phase, in the order inform, ask, watch, judge."""
    ended_phases: CoverageReport
    covered: tuple[CoveredReport, ...]
    """By attribute, what every branch is to choose."""
    cases: tuple[CaseReport, ...]
    """Open ones, the worst first."""
    help: tuple[HelpReport, ...]
    """By code."""
    moves: tuple[MoveReport, ...]
    """By phase, of each one the oldest first."""
    completed_on: date | None
    """The first day on which nothing was missing; null if there was none."""
    missing: tuple[MissingReport, ...]
    """What does not hold today."""
    doubts: tuple[MissingReport, ...]
    """Where the log says something else of results than the sessions that were held here."""
    findings: tuple[FindingsReport, ...]
    """What inspections found and nobody has opened a case for yet."""


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
    no_cases = open_findings(plan, found_by(plan, known), own, today, judge_overdue=judge_overdue)
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
        help=tuple(map(_help, help_cases(plan, known))),
        moves=tuple(map(_move, moves_of(plan, place))) if (place := plan.branch(branch.code)) else (),
        completed_on=found.completed_on,
        missing=tuple(MissingReport(code=each.code, message=told(each)) for each in found.missing),
        doubts=tuple(MissingReport(code=each.code, message=told(each)) for each in doubts),
        findings=tuple(map(_findings, no_cases)),
    )


def _findings(found: OpenFindings) -> FindingsReport:
    return FindingsReport(on=found.on, number=found.number, due=found.due, status=found.standing.status)


def _cell(cell: ObligationCell) -> CellReport:
    return CellReport(
        phase=cell.phase, obligation=cell.obligation, state=cell.state, met_on=cell.met_on, records=cell.records
    )


def _help(case: HelpCase) -> HelpReport:
    return HelpReport(
        code=case.code,
        attributes=dict(case.attributes),
        note=case.note,
        planned=case.planned,
        done_on=case.done_on,
        confirmed_on=case.confirmed_on,
    )


def _move(move: Move) -> MoveReport:
    return MoveReport(phase=move.phase, on=move.on, old=move.old, new=move.new, reason=move.reason)
