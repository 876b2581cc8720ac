"""How the cases stand, kept in step with their store: only branches are gone over whose cases have changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from campaign.case_standing import CaseStanding, case_standings
from campaign.cases import Case
from campaign.heap import many_objects
from campaign.plan import Calendar, DueSoonDays, Plan
from campaign.ports import Marking

FEW = 200
"""Changed branches up to which each is read on its own."""


class MarkedCases(Marking, Protocol):
    """Cases of which it is known whose have changed."""

    def cases(self, branch: str | None = None) -> Sequence[Case]:
        """Cases of all branches or of one, by the day on which they were entered, then by number."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What all standings depend on beside the case."""

    calendar: Calendar
    windows: DueSoonDays
    today: date
    judge_overdue: bool


class CaseFigures:
    """How the cases of one store stand. For one thread at a time."""

    def __init__(self, store: MarkedCases) -> None:
        self._store = store
        self._terms: _Terms | None = None
        self._marks: Mapping[str, int] = {}
        self._known: dict[str, tuple[CaseStanding, ...]] = {}
        self._kept: dict[str, Sequence[Case]] = {}

    def standings(self, plan: Plan, today: date, *, judge_overdue: bool) -> Sequence[CaseStanding]:
        """As :func:`campaign.case_standing.case_standings` says of all cases, but by branch."""
        terms = _Terms(plan.calendar, plan.campaign.due_soon_days, today, judge_overdue)
        marks = self._store.marks("cases")
        if marks is None or "" in marks:  # nobody knows whose have changed
            self._terms, self._kept = None, {"": self._store.cases()}
            return case_standings(plan, self._kept[""], today, judge_overdue=judge_overdue)
        if terms != self._terms:
            self._terms, self._marks, self._known, self._kept = terms, {}, {}, {}
        changed = [branch for branch, mark in marks.items() if self._marks.get(branch) != mark]
        for branch, cases in self._cases_of(changed).items():
            self._kept[branch] = cases
            self._known[branch] = case_standings(plan, cases, today, judge_overdue=judge_overdue)
        self._marks = marks
        return [each for standings in self._known.values() for each in standings]

    @property
    def cases(self) -> Sequence[Case]:
        """The cases as they are kept, in the order of the newest standings."""
        return [case for cases in self._kept.values() for case in cases]

    def _cases_of(self, branches: Sequence[str]) -> Mapping[str, Sequence[Case]]:
        if len(branches) <= FEW:
            return {branch: self._store.cases(branch) for branch in branches}
        found: dict[str, list[Case]] = {branch: [] for branch in branches}
        with many_objects():
            for case in self._store.cases():
                if case.branch in found:
                    found[case.branch].append(case)
        return found
