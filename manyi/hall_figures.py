"""What the hall is shown of the results; what works it out is imported when there is something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from surveys.hall import HallResult
    from surveys.ports import Store
    from tui.staff.ports import SessionLine


class HallFigures:
    """What the hall sees, worked out again only when the choice, a session or the plan has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of: object = None
        self._result: HallResult | None = None

    def now(self, sessions: Sequence[SessionLine], today: date) -> HallResult | None:
        """The result at hand; None while there is none. StoreError."""
        shown = self._store.shown()
        if not shown.is_something:
            return None
        from surveys.desk import SurveyDesk
        from surveys.hall import hall_result

        plan = self._store.plan()
        of = shown, tuple((each.id, each.state) for each in sessions), plan
        if of != self._of:
            figures = SurveyDesk(self._store, plan, today).figures()
            self._result, self._of = hall_result(figures, shown), of
        return self._result
