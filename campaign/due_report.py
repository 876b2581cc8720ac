"""What is owed, as ``manyi due --json`` prints it."""

from datetime import date

from campaign.case_report import CaseReport, case_report
from campaign.due_list import DueList, DueThing, Owed
from campaign.report import ReportPart
from campaign.standing import Status

Day = date  # a field named ``date`` hides the type in what follows it


class DueThingReport(ReportPart):
    """One thing that is owed."""

    owed: Owed
    """``phase``, ``step``, ``case``, ``inspection``; ``findings``: of an inspection, which are no cases yet; ``visit``:
    of a contact official; ``help`` that was promised; ``recheck``: a survey once more; ``condition``: what was planned
    for a branch that is weak or does not work."""
    branch: str
    due: date
    status: Status
    days: int
    """Calendar days late (OVERDUE), otherwise left until the due day."""
    workdays: int | None
    """Working days late or left, of a case; null for anything else."""
    phase: str | None
    step: str | None
    code: str | None
    """Of promised help; null for anything else."""
    case: CaseReport | None
    found_on: date | None
    """The day of the inspection, of ``findings``; null for anything else."""
    findings: int | None
    """How many of them are no cases yet."""


class DueReport(ReportPart):
    """What is owed on a day, the worst first."""

    date: date
    overdue: tuple[DueThingReport, ...]
    today: tuple[DueThingReport, ...]
    soon: tuple[DueThingReport, ...]
    clock_behind: Day | None
    """Day of the newest record if that lies after ``date`` (V80): then nothing is judged overdue; otherwise null."""


def due_report(found: DueList) -> DueReport:
    """The report of a due list."""
    return DueReport(
        date=found.day,
        clock_behind=found.clock_behind,
        overdue=tuple(map(_thing, found.overdue)),
        today=tuple(map(_thing, found.today)),
        soon=tuple(map(_thing, found.soon)),
    )


def _thing(thing: DueThing) -> DueThingReport:
    return DueThingReport(
        owed=thing.owed,
        branch=thing.branch,
        due=thing.due,
        status=thing.standing.status,
        days=thing.standing.days,
        workdays=thing.case.workdays if thing.case else None,
        phase=thing.phase or None,
        step=thing.step or None,
        code=thing.code or None,
        case=case_report(thing.case) if thing.case else None,
        found_on=thing.findings.on if thing.findings else None,
        findings=thing.findings.number if thing.findings else None,
    )
