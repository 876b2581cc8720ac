"""The staff screens' work on sessions and results: the same functions as the command line's, one thread at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import RLock

from campaign.language import Lang
from exports.folder import Written
from manyi.exporting import Wish, available, export
from manyi.progress import Pace
from manyi.settings import Settings
from manyi.wiring import House
from surveys.desk import Moved
from surveys.hall import HallResult, hall_result, show_in_hall
from surveys.paper.account import BallotAccount
from surveys.paper.accounting import account_of
from surveys.ports import Store
from surveys.published import Published
from surveys.shown import Shown
from surveys.sitting import CountSaid
from surveys.submission import session_in
from surveys.two_roles import TwoRoles
from tui.staff.ports import SessionLine
from tui.staff.results_ports import Far


class LockedResults:
    """Implements :class:`tui.staff.results_ports.ResultsDesk`."""

    def __init__(self, settings: Settings, store: Store, lock: RLock) -> None:
        self._settings = settings
        self._house = House(settings, store)
        self._lock = lock

    def figures(self) -> Published:
        """All figures that may be seen."""
        with self._lock:
            return self._house.surveys().figures()

    def account(self, session_id: str) -> BallotAccount:
        """The ballot account, as it was verified or as it stands."""
        with self._lock:
            session = session_in(self._house.store, session_id)
            return session.account or account_of(self._house.store, session_id)

    def close(self, session_id: str) -> Moved:
        """End the answering."""
        with self._lock:
            return self._house.surveys().close(session_id)

    def verify(self, session_id: str, by: TwoRoles, said: CountSaid, *, confirmed: bool) -> Moved:
        """Confirm the count."""
        with self._lock:
            return self._house.verify(session_id, by, said, confirmed=confirmed)

    def publish(self, session_id: str, until: date | None, *, confirmed: bool) -> Moved:
        """Post the result."""
        with self._lock:
            return self._house.surveys().publish(session_id, until, confirmed=confirmed)

    def declare_void(self, session_id: str, reason: str) -> Moved:
        """Declare the session void."""
        with self._lock:
            return self._house.declare_void(session_id, reason)

    def show(self, shown: Shown) -> None:
        """Let the hall see a result, or none."""
        with self._lock:
            show_in_hall(self._house.store, shown)

    def export(
        self, lang: Lang, folder: Path, session_id: str | None, told: Callable[[Far], None], *, force: bool
    ) -> Written:
        """Write all formats that can be written here; ``told`` hears how far the work is."""
        formats = tuple(available()[0])
        with self._lock:
            house = House(replace(self._settings, lang=lang), self._house.store)
            wish = Wish(folder, formats, (session_id,) if session_id is not None else (), force)
            return export(house, wish, Telling(told))


class Telling(Pace):
    """Passes on how far an export is, whenever there is something new to be said."""

    def __init__(self, told: Callable[[Far], None]) -> None:
        super().__init__()
        self._told = told
        self._said: tuple[str, int] | None = None

    def begin(self, what: str) -> None:
        """What is done now."""
        super().begin(what)
        self._tell()

    def step(self, parts: int = 1) -> None:
        """So many parts more are done."""
        super().step(parts)
        self._tell()

    def _tell(self) -> None:
        if (self.what, self.of(100)) != self._said:
            self._said = self.what, self.of(100)
            self._told(Far(*self._said, self.seconds_left))


class HallFigures:
    """What the hall sees, worked out again only when the choice, a session or the plan has changed."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._house = House(settings, store)
        self._of: object = None
        self._result: HallResult | None = None

    def now(self, sessions: Sequence[SessionLine]) -> HallResult | None:
        """The result at hand; None while there is none. StoreError."""
        store = self._house.store
        shown = store.shown()
        if not shown.is_something:
            return None
        of = shown, tuple((each.id, each.state) for each in sessions), self._house.plan
        if of != self._of:
            self._result, self._of = hall_result(self._house.surveys().figures(), shown), of
        return self._result
