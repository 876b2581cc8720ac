"""How a case stands on a day, by the one rule for anything with a date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from campaign.branches import worst
from campaign.calendar import workday_window, workdays_between
from campaign.case_states import case_on, kind_of
from campaign.cases import EXTEND, Case
from campaign.plan import Plan
from campaign.standing import Standing, Status
from campaign.status import owed_standing


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
    judge = _Judge(plan, today, judge_overdue)
    judged = (judge.case(case) for case in cases)
    return tuple(each for each in judged if each is not None)


def case_standing(plan: Plan, case: Case, today: date, *, judge_overdue: bool = True) -> CaseStanding | None:
    """How ``case`` stands on ``today``; None if it was opened later.

    It is done once nothing is owed, on the day of the event that led there: verified, explained or answered, and late
    if that lies after its due day. An answer that was reopened is owed again, by its new day. Before a person has been
    told that it arrived, the day for that counts too, whichever of the two is worse. The window before the due day
    is one of working days for kinds whose limits are working days.
    """
    return _Judge(plan, today, judge_overdue).case(case)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges cases one after the other; what many have in common is worked out once."""

    plan: Plan
    today: date
    judge_overdue: bool
    by_days: dict[tuple[bool, date, date, date | None], Standing] = field(default_factory=dict)
    """By whether working days count, first day, due day, and the day on which it was settled."""
    workdays: dict[date, int] = field(default_factory=dict)
    """From today until each day, or back to it."""

    def case(self, case: Case) -> CaseStanding | None:
        known = case_on(case, self.today)
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
        judged = [self._standing(kind.working_days, known.received_on, day, settled) for day in days]
        hardest = worst(judged)
        at = days[judged.index(hardest)]
        return CaseStanding(known, hardest, at, self._workdays(at) if state.owed else 0, open=not state.closed)

    def _standing(self, in_working_days: bool, start: date, day: date, settled: date | None) -> Standing:
        key = (in_working_days, start, day, settled)
        if key not in self.by_days:
            windows, calendar = self.plan.campaign.due_soon_days, self.plan.calendar
            window = workday_window(day, windows.answer, calendar) if in_working_days else windows.correction
            self.by_days[key] = owed_standing(
                start=start,
                due=day,
                done_on=settled,
                window=window,
                today=self.today,
                judge_overdue=self.judge_overdue,
            )
        return self.by_days[key]

    def _workdays(self, day: date) -> int:
        if day not in self.workdays:
            first, last = min(day, self.today), max(day, self.today)
            self.workdays[day] = workdays_between(first, last, self.plan.calendar)
        return self.workdays[day]


def _settled_on(case: Case) -> date | None:
    """The day of the event that led from something owed to nothing owed, the newest of them."""
    kind, found, before = kind_of(case), None, True
    for event in case.events:
        owed = kind.state(event.state).owed
        if before and not owed and event.move != EXTEND:
            found = event.on
        before = owed
    return found
