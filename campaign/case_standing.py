"""How a case stands on a day, by the one rule for anything with a date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaign.branches import worst
from campaign.calendar import workday_window, workdays_between
from campaign.case_states import case_on, kind_of
from campaign.case_tables import State
from campaign.cases import EXTEND, Case
from campaign.plan import Plan
from campaign.standing import Standing, Status
from campaign.status import standing

_NO_TOLERANCE = Fraction(0)


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """A case on a day."""

    case: Case
    """As it stands on the day."""
    standing: Standing
    """Days are calendar days. WAIVED: closed without having been settled, and counted apart."""
    due: date
    """The day that the status is about: of the acknowledgement while that is more urgent, otherwise of the case."""
    workdays: int
    """Working days late (OVERDUE) or left, without today; 0 once nothing is owed."""
    open: bool
    """Whether somebody still waits for something; a person may still rate an answer."""

    @property
    def acknowledgement(self) -> bool:
        """Whether it is the acknowledgement that is due."""
        return self.due == self.case.acknowledge_by and self.due != self.case.due


def case_standings(
    plan: Plan, cases: Iterable[Case], today: date, *, judge_overdue: bool = True
) -> tuple[CaseStanding, ...]:
    """All cases that had been opened by ``today``, in the order given."""
    judged = (case_standing(plan, case, today, judge_overdue=judge_overdue) for case in cases)
    return tuple(each for each in judged if each is not None)


def case_standing(plan: Plan, case: Case, today: date, *, judge_overdue: bool = True) -> CaseStanding | None:
    """How ``case`` stands on ``today``; None if it was opened later.

    It is done once nothing is owed, on the day of the event that led there: verified, explained or answered, and late
    if that lies after its due day. An answer that was reopened is owed again, by its new day. Before a person has been
    told that it arrived, the day for that counts too, whichever of the two is worse. The window before the due day
    is one of working days for kinds whose limits are working days.
    """
    known = case_on(case, today)
    if known is None:
        return None
    kind = kind_of(known)
    state = kind.state(known.state)
    due = known.due or known.received_on
    if state.apart:
        return CaseStanding(known, Standing(Status.WAIVED), due, 0, open=False)
    days = [due]
    if not state.acknowledged and known.acknowledge_by is not None:
        days.insert(0, known.acknowledge_by)
    settled = None if state.owed else _settled_on(known)
    window = plan.campaign.due_soon_days.answer if kind.working_days else plan.campaign.due_soon_days.correction
    judged = {
        day: standing(
            start=known.received_on,
            due=day,
            done_on=settled,
            progress=None,
            window=workday_window(day, window, plan.calendar) if kind.working_days else window,
            tolerance=_NO_TOLERANCE,
            today=today,
            judge_progress=False,
            judge_overdue=judge_overdue,
        )
        for day in days
    }
    hardest = worst(judged.values())
    at = next(day for day in days if judged[day] == hardest)
    return CaseStanding(known, hardest, at, _workdays(plan, state, at, today), open=not state.closed)


def _settled_on(case: Case) -> date | None:
    """The day of the event that led from something owed to nothing owed, the newest of them."""
    kind, found, before = kind_of(case), None, True
    for event in case.events:
        owed = kind.state(event.state).owed
        if before and not owed and event.move != EXTEND:
            found = event.on
        before = owed
    return found


def _workdays(plan: Plan, state: State, due: date, today: date) -> int:
    if not state.owed:
        return 0
    return workdays_between(min(due, today), max(due, today), plan.calendar)
