"""The staff screens' work on sessions and results: the same functions as the command line's, one thread at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import RLock

from campaign.language import Lang
from exports.folder import Written
from manyi.exporting import Wish, available, effort, export
from manyi.settings import Settings
from manyi.wiring import House
from surveys.desk import Moved
from surveys.hall import show_in_hall
from surveys.paper.account import BallotAccount
from surveys.paper.accounting import account_of
from surveys.ports import Store
from surveys.published import Published
from surveys.shown import Shown
from surveys.submission import session_in
from surveys.two_roles import TwoRoles


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

    def verify(self, session_id: str, by: TwoRoles) -> Moved:
        """Confirm the count."""
        with self._lock:
            return self._house.verify(session_id, by)

    def publish(self, session_id: str, until: date | None) -> Moved:
        """Post the result."""
        with self._lock:
            return self._house.surveys().publish(session_id, until)

    def declare_void(self, session_id: str, reason: str) -> Moved:
        """Declare the session void."""
        with self._lock:
            return self._house.declare_void(session_id, reason)

    def show(self, shown: Shown) -> None:
        """Let the hall see a result, or none."""
        with self._lock:
            show_in_hall(self._house.store, shown)

    def export(
        self, lang: Lang, folder: Path, session_id: str | None, told: Callable[[str, int, int], None], *, force: bool
    ) -> Written:
        """Write all formats that can be written here; ``told`` hears what is being made, and how far the work is."""
        formats = tuple(available()[0])
        with self._lock:
            house = House(replace(self._settings, lang=lang), self._house.store)
            wish = Wish(folder, formats, (session_id,) if session_id is not None else (), force)
            return export(house, wish, _Told(told, effort(formats)))


class _Told:
    """Passes on how far an export is."""

    def __init__(self, told: Callable[[str, int, int], None], parts: int) -> None:
        self._told, self._parts = told, parts
        self._what, self._done = "", 0

    def begin(self, what: str) -> None:
        """What is done now."""
        self._what = what
        self._told(what, self._done, self._parts)

    def step(self, parts: int = 1) -> None:
        """So many parts more are done."""
        self._done += parts
        self._told(self._what, self._done, self._parts)
