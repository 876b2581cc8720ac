"""Trying the PIN of a session: what stands between a person at a kiosk and all numbers of six digits."""

from collections.abc import Callable
from contextlib import suppress
from threading import RLock

from campaign.errors import StoreError
from surveys.pin import pin_matches
from surveys.pin_tries import WAIT, PinTries
from surveys.ports import SurveyStore
from surveys.session import SurveySession


class PinLock:
    """One process's tries. No six wrong ones are looked at within 60 s, whatever is ended, started anew or added.

    All kiosks of a session share one count in the store. A try is counted, on the disk, before the PIN is looked at.
    Where the count stands at a whole five, only a process may go on that has itself seen it stand there for 60 s:
    nothing is stored that would tell when the last try was.

    A try that can't be counted (the disk is full, the store busy or gone) is not looked at, and makes this process
    wait 60 s. The one after that wait is looked at even if it can't be counted either, and costs the next wait: staff
    get out of a kiosk whose store has failed, and who makes it fail gets one try a wait.

    ``clock`` is in seconds and never goes back. May be used from several threads.
    """

    def __init__(self, store: SurveyStore, session: SurveySession, clock: Callable[[], float]) -> None:
        self._store, self._session, self._clock = store, session, clock
        self._alone = RLock()
        self._seen = store.pin_tries(session.id)
        self._seen_since = clock()
        self._failed: float | None = None
        """When a try could not be counted, unless one was since."""

    def wait(self) -> float:
        """Seconds until a try is looked at, 0 if there is nothing to wait for; as last seen if the store fails."""
        with self._alone:
            with suppress(StoreError):
                self._see(self._store.pin_tries(self._session.id))
            return self._left()

    def opens(self, typed: str) -> bool:
        """Whether this is the PIN; False, without a look at it, as long as there is a :meth:`wait`.

        StoreError if the try could not be counted: it was not looked at.
        """
        with self._alone:
            if self.wait() or not self._counted():
                return False
            right = pin_matches(typed, self._session.pin_hash)
            if right:
                self._reset()
            return right

    def _counted(self) -> bool:
        """Count one more try, on the disk when this returns; False if there is a wait by now."""
        has_waited = self._failed is not None
        try:
            with self._store.transaction():
                self._see(self._store.pin_tries(self._session.id))
                if self._left():
                    return False
                tries = self._seen.counted()
                self._store.save_pin_tries(self._session.id, tries)
        except StoreError:
            self._failed = self._clock()
            if has_waited:
                return True
            raise
        self._failed = None
        self._see(tries)
        return True

    def _reset(self) -> None:
        """Begin to count anew. If that fails the PIN was still right, and the next who tries waits at worst."""
        with suppress(StoreError), self._store.transaction():
            self._store.save_pin_tries(self._session.id, self._store.pin_tries(self._session.id).unlocked())

    def _see(self, tries: PinTries) -> None:
        if tries != self._seen:
            self._seen, self._seen_since = tries, self._clock()

    def _left(self) -> float:
        """Seconds to wait by what is known."""
        began = [self._seen_since] if self._seen.is_full else []
        began += [] if self._failed is None else [self._failed]
        return max((0.0, *(start + WAIT - self._clock() for start in began)))
