"""What the screens about the plan need: calendar, contact officials, changes. Implemented where all parts meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from campaign.case_desk import Handled
    from campaign.contacts import ContactPoint
    from campaign.overlaps import Overlap
    from campaign.plan import Plan
    from campaign.plan_changes import Because, PhaseDays, PlanChange
    from campaign.shortfalls import Shortfall
    from campaign.standing import Overview


class PlanningDesk(Protocol):
    """The plan of the campaign at hand. Methods are called from worker threads; all raise StoreError."""

    def overlaps(self, stands: Overview) -> Sequence[Overlap]:
        """What gets in the way of each other, as :func:`campaign.overlaps.overlaps`."""

    def contacts(self, stands: Overview) -> Sequence[ContactPoint]:
        """Contact officials at their branches, as :func:`campaign.contacts.contact_points`.

        ``stands`` is how the campaign stood when it was read last: working it out again costs the most by far.
        """

    def reschedule(self, code: str, days: Sequence[PhaseDays], because: Because) -> PlanChange:
        """Move days of phases, as :func:`campaign.plan_desk.reschedule`; on disk when it returns."""

    def change(self, make: Callable[[Plan], PlanChange]) -> PlanChange:
        """Change the plan as it is then, as :func:`campaign.plan_desk.keep_change`; on disk when it returns."""

    def lacking(self, code: str) -> Sequence[Shortfall]:
        """What the branch lacks and has not asked for."""

    def ask(self, lack: Shortfall, matter: str, owner: str, due: date, role: str) -> Handled:
        """Open the request for what is lacking. Raises BadInput as the opening of any case."""
