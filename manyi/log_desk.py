"""The staff screens' work on the log of one campaign: what a branch has done, correcting, taking back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from threading import RLock

from campaign.branch_facts import BranchFacts, branch_facts
from campaign.correcting import correct_entry, kept_problem, take_back_entry
from campaign.entry_cases import entries_about
from campaign.errors import Problem
from campaign.log import LogEntry, Logged
from campaign.plan import Plan
from campaign.standing import BranchStanding
from manyi.paper_key import key_of
from manyi.settings import Settings
from surveys.branch_hints import verified_hints
from surveys.case_numbers import case_named
from surveys.ports import Store


class LockedLog:
    """Implements :class:`tui.staff.ports.LogDesk`, one thread at a time."""

    def __init__(self, settings: Settings, store: Store, today: date, lock: RLock) -> None:
        self._settings = settings
        self._store = store
        self._today = today
        self._lock = lock

    def facts(self, standing: BranchStanding, *, judge_overdue: bool) -> BranchFacts:
        """Everything that is known of a branch."""
        code = standing.code
        with self._lock:
            plan, logged, cases = self._store.plan(), self._store.logged(code), self._store.cases(code)
            titled = self._titled(plan, logged)
            held = self._store.held_surveys(code)
            voices = verified_hints(self._store, code, plan.campaign.publish_min_forms)
        day, sure = self._today, judge_overdue
        found = branch_facts(plan, standing, logged, titled, cases, day, held=held, judge_overdue=sure)
        return replace(found, hints=(*found.hints, *voices))

    def _titled(self, plan: Plan, own: Sequence[Logged]) -> Sequence[LogEntry]:
        """Entries of all branches whose note is a title; none if the branch has none, for then nothing is compared."""
        kinds = {kind.id for kind in plan.kinds if kind.distinct}
        return self._store.entries_of(kinds) if any(each.entry.kind in kinds for each in own) else ()

    def correct(self, seen: Logged, entry: LogEntry, reason: str, role: str, *, confirmed: bool) -> Sequence[Problem]:
        """Keep ``entry`` in place of ``seen``; the warnings."""
        with self._lock:
            entry = self.with_number(entry)
            return correct_entry(self._store, seen, entry, reason, role, self._today, confirmed=confirmed)

    def helped(self, case: str) -> Sequence[Logged]:
        """The entries that name a case."""
        with self._lock:
            return entries_about(self._store, case)

    def with_number(self, entry: LogEntry) -> LogEntry:
        """The entry with the number of its case, however that was typed or scanned; BadInput V70, Refused V72."""
        if not entry.case:
            return entry
        with self._lock:
            number = case_named(entry.case, lambda: key_of(self._settings.data, self._store))
        return entry.model_copy(update={"case": number})

    def take_back(self, seen: Logged, reason: str, role: str) -> None:
        """Remove ``seen``; it stays in the audit."""
        with self._lock:
            take_back_entry(self._store, seen, reason, role, self._today)

    def kept(self, seen: Logged) -> Problem | None:
        """Why ``seen`` cannot be taken back any more."""
        with self._lock:
            return kept_problem(self._store, seen, self._today)
