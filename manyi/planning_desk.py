"""The desk of the screens about the plan: calendar, contact officials, changes."""

from collections.abc import Callable, Sequence
from datetime import date
from threading import RLock

from campaign import contacts as contacting
from campaign import overlaps as overlapping
from campaign.case_desk import Handled, open_and_keep
from campaign.contacts import ContactPoint
from campaign.overlaps import Overlap
from campaign.plan import Plan
from campaign.plan_changes import Because, PhaseDays, PlanChange
from campaign.plan_desk import keep_change, reschedule
from campaign.shortfalls import Shortfall, shortfalls, support_request
from campaign.standing import Overview
from campaign.visits import inspections, last_inspections
from manyi.settings import Settings
from surveys.ports import Store


class LockedPlanning:
    """Implements :class:`tui.staff.planning_ports.PlanningDesk`, one thread at a time on each connection.

    What takes seconds to read in a large campaign is read on a connection of its own.
    """

    def __init__(self, settings: Settings, desk: tuple[Store, RLock], bulk: tuple[Store, RLock]) -> None:
        self._settings = settings
        self._store, self._lock = desk
        self._bulk, self._bulk_lock = bulk

    def overlaps(self, stands: Overview) -> Sequence[Overlap]:
        """What gets in the way of each other."""
        with self._bulk_lock:
            plan = self._bulk.plan()
            entries = self._bulk.entries_of(overlapping.counted_kinds(plan), led=True)
        sure = stands.clock_behind is None
        due = inspections(
            plan, stands.branches, last_inspections(plan, entries, stands.day), stands.day, judge_overdue=sure
        )
        return overlapping.overlaps(plan, entries, due, stands.day)

    def contacts(self, stands: Overview) -> Sequence[ContactPoint]:
        """Contact officials at their branches."""
        with self._bulk_lock:
            plan = self._bulk.plan()
            entries = self._bulk.entries_of(contacting.counted_kinds(plan))
        sure = stands.clock_behind is None
        return contacting.contact_points(plan, stands.branches, entries, stands.day, judge_overdue=sure)

    def reschedule(self, code: str, days: Sequence[PhaseDays], because: Because) -> PlanChange:
        """Move days of phases."""
        with self._lock:
            return reschedule(self._store, code, days, because)

    def change(self, make: Callable[[Plan], PlanChange]) -> PlanChange:
        """Change the plan as it is then."""
        with self._lock:
            return keep_change(self._store, make)

    def lacking(self, code: str) -> Sequence[Shortfall]:
        """What the branch lacks and has not asked for."""
        with self._lock:
            plan, cases = self._store.plan(), self._store.cases(code)
        found = shortfalls(plan, cases, self._settings.day(plan))
        return tuple(each for each in found if each.branch == code)

    def ask(self, lack: Shortfall, matter: str, owner: str, due: date, role: str) -> Handled:
        """Open the request for what is lacking."""
        with self._lock:
            plan = self._store.plan()
            new = support_request(lack, matter, owner, due, role)
            return open_and_keep(self._store, plan, new, self._settings.day(plan))
