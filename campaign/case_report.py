"""Cases as ``manyi case list --json`` and ``manyi case show --json`` print them."""

from collections.abc import Iterable, Sequence
from datetime import date

from campaign.calendar import add_workdays
from campaign.case_standing import CaseStanding
from campaign.case_states import can_extend, possible_moves
from campaign.cases import Case, CaseEvent, Feasibility
from campaign.log import Logged
from campaign.plan import Plan
from campaign.report import ReportPart
from campaign.standing import Status


class CaseReport(ReportPart):
    """A case as it stands on a day."""

    no: str
    """``R-B03-007``, or the ten digits of a slip."""
    kind: str
    branch: str
    received_on: date
    matter: str
    public_matter: str
    origin: str
    category: str
    suggestion: str
    public_suggestion: str
    owner: str
    """The role that must see to it."""
    feasibility: Feasibility
    opinions: int
    public: bool
    state: str
    """Id of the state in the table of its kind."""
    open: bool
    """Whether somebody still waits for something."""
    status: Status
    days: int
    """Calendar days late (OVERDUE, DONE_LATE), otherwise left until the due day; 0 if finished."""
    workdays: int
    """Working days late or left; 0 once nothing is owed."""
    due: date
    """The day that the status is about."""
    due_for: str
    """``acknowledgement`` while that is more urgent, otherwise ``case``."""
    acknowledge_by: date | None
    settle_by: date | None
    """The due day of the case itself."""


class MoveReport(ReportPart):
    """Something that can be done with a case."""

    move: str
    to: str
    """State that it leads to."""
    wants: tuple[str, ...]
    """What it must be told: ``text``, ``outcome``, ``due``, ``into``, ``owner``, ``another_role``, ``cannot_now``."""


class HelpReport(ReportPart):
    """An entry of the log that names the case."""

    number: int
    """Of the entry."""
    kind: str
    on: date
    leader: str
    """Code of the contact official; empty where none is named."""
    reference: str
    note: str


class CaseDetail(CaseReport):
    """A case with what it has gone through and what can come next."""

    events: tuple[CaseEvent, ...]
    """Oldest first, with what time alone has done."""
    helped_by: tuple[HelpReport, ...]
    """Oldest first."""
    possible: tuple[MoveReport, ...]
    extend_to: date | None
    """The latest day to which its due day can still be moved; null if it can't."""


def by_urgency(standings: Iterable[CaseStanding]) -> list[CaseStanding]:
    """The worst first: by status, then by due day, then by number."""
    return sorted(standings, key=lambda each: (not each.open, each.standing.severity, each.due, each.case.no))


def case_report(standing: CaseStanding) -> CaseReport:
    """One case of a list."""
    return CaseReport.model_validate(_fields(standing))


def case_detail(plan: Plan, standing: CaseStanding, day: date, helped: Sequence[Logged] = ()) -> CaseDetail:
    """One case by itself, on ``day``; ``helped``: the entries of the log that name it."""
    rows = [row for row in possible_moves(plan, standing.case, day) if not row.automatic]
    moves = [
        MoveReport(move=row.id, to=row.target, wants=tuple(sorted(want.name.lower() for want in row.wants)))
        for row in rows
    ]
    return CaseDetail.model_validate(
        {
            **_fields(standing),
            "events": standing.case.events,
            "helped_by": tuple(map(_help, helped)),
            "possible": tuple(moves),
            "extend_to": latest_extension(plan, standing.case, day),
        }
    )


def _help(logged: Logged) -> HelpReport:
    said = logged.entry.model_dump(include={"kind", "on", "leader", "reference", "note"})
    return HelpReport(number=logged.number, **said)


def latest_extension(plan: Plan, case: Case, day: date) -> date | None:
    """The latest day to which the due day of ``case``, as it stands on ``day``, can be moved; None if it can't."""
    if case.due is None or not can_extend(case, day):
        return None
    return add_workdays(case.due, plan.campaign.answer_days.extension, plan.calendar)


def _fields(standing: CaseStanding) -> dict[str, object]:
    case = standing.case
    said = case.model_dump(exclude={"events"})
    return {
        **said,
        "state": case.state,
        "open": standing.open,
        "status": standing.standing.status,
        "days": standing.standing.days,
        "workdays": standing.workdays,
        "due": standing.due,
        "due_for": "acknowledgement" if standing.acknowledgement else "case",
        "settle_by": case.due,
    }
