"""The cases' desk of the staff screens, used by the screen's thread while workers use the same store."""

from collections.abc import Sequence
from threading import RLock

from campaign.case_desk import Amendment, Handled, act_and_keep, amend_and_keep
from campaign.case_opening import NewCase
from campaign.case_states import Action
from campaign.cases import Case
from campaign.errors import BadInput, Problem
from campaign.log import AuditEntry
from manyi.paper_key import key_of
from manyi.settings import Settings
from surveys.case_numbers import case_number
from surveys.ports import Store
from surveys.slip_cases import case_of_slip, open_new
from tui.staff.ports import FoundSlip

_NO_AMENDMENT = frozenset({"state", "due"})
"""What of a case's audit its events tell as well."""


class LockedCases:
    """Implements :class:`tui.staff.ports.CaseDesk`, one thread at a time."""

    def __init__(self, settings: Settings, store: Store, lock: RLock) -> None:
        self._settings, self._store, self._lock = settings, store, lock

    def look_up(self, typed: str) -> FoundSlip:
        """What is known under a number that was scanned or typed."""
        with self._lock:
            number = case_number(typed, lambda: key_of(self._settings.data, self._store))
            if known := self._store.case(number):
                return FoundSlip(number, known, kept=False)
            kept = bool(self._store.follow_ups(number))
            if not kept and not self._store.has_slip(number):
                raise BadInput(Problem("M94", {"no": number}, "no"))
            return FoundSlip(number, None, kept=kept)

    def case(self, number: str) -> Case | None:
        """The case with this number, as it is kept now."""
        with self._lock:
            return self._store.case(number)

    def open(self, new: NewCase) -> Handled:
        """Open a case."""
        with self._lock:
            plan = self._store.plan()
            return open_new(self._store, plan, new, self._settings.day(plan))

    def open_slip(self, number: str, role: str) -> Case:
        """Open the case of a kept request."""
        with self._lock:
            plan = self._store.plan()
            return case_of_slip(self._store, plan, number, role, self._settings.day(plan))

    def act(self, seen: Case, action: Action) -> Handled:
        """Move a case, or its due day."""
        with self._lock:
            plan = self._store.plan()
            return act_and_keep(self._store, plan, seen, action, self._settings.day(plan))

    def amend(self, seen: Case, changes: Amendment, role: str, reason: str) -> Handled:
        """Correct what is said about a case."""
        with self._lock:
            today = self._settings.day(self._store.plan())
            return amend_and_keep(self._store, seen, changes, role, reason, today)

    def amendments(self, number: str) -> Sequence[AuditEntry]:
        """What was corrected about a case, oldest first."""
        with self._lock:
            audits = self._store.audits()
        return [each for each in audits if each.entity == f"case {number}" and each.field not in _NO_AMENDMENT]
