"""The staff screens' work on sessions and results: the same functions as the command line's, one thread at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from threading import RLock

from campaign.errors import Problem
from campaign.goals import GoalsDone, deeds_by_branch, goal_kinds
from campaign.language import Lang
from exports.folder import Written
from exports.registry import known
from manyi.exporting import Wish, available, export
from manyi.progress import Pace
from manyi.settings import Settings
from manyi.wiring import House
from surveys.desk import Moved
from surveys.hall import show_in_hall
from surveys.paper.account import BallotAccount
from surveys.paper.accounting import account_of
from surveys.ports import Store
from surveys.published import Published
from surveys.shown import Shown
from surveys.sitting import CountSaid
from surveys.submission import session_in
from surveys.two_roles import TwoRoles
from tui.staff.results_ports import Far, Wanted


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

    def goals_done(self) -> GoalsDone:
        """What was done for the goals of the campaign."""
        with self._lock:
            plan = self._house.plan
            kinds = [kind.id for kind in goal_kinds(plan)]
            entries = self._house.store.entries_of(kinds) if kinds else ()
        return deeds_by_branch(plan, entries)

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

    def before_publishing(self, session_id: str, until: date | None) -> Sequence[Problem]:
        """What a person is asked before the result is posted."""
        with self._lock:
            return self._house.surveys().before_publishing(session_id, until)

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

    def formats(self) -> Sequence[str]:
        """Names of the formats that can be written here."""
        return [each.name for each in available()[0]]

    def export(self, lang: Lang, wanted: Wanted, told: Callable[[Far], None], *, force: bool) -> Written:
        """Write the results; ``told`` hears how far that is."""
        formats = tuple(known(wanted.formats or self.formats()))
        with self._lock:
            house = House(replace(self._settings, lang=lang), self._house.store)
            return export(house, Wish(wanted.folder, formats, wanted.sessions, force), Telling(told))


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
