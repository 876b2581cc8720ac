"""Trying the PIN of a session: what stands between a person at a kiosk and all numbers of six digits."""

from collections.abc import Callable

from surveys.pin import pin_matches
from surveys.ports import SurveyStore
from surveys.session import SurveySession
from surveys.try_lock import TryLock


class PinLock:
    """One process's tries. No six wrong ones are looked at within 60 s, whatever is ended, started anew or added.

    A try is counted, on the disk, before the PIN is looked at; :class:`~surveys.try_lock.TryLock` says how. Staff get
    out of a kiosk whose store has failed, and who makes it fail gets one try a wait.
    """

    def __init__(self, store: SurveyStore, session: SurveySession, clock: Callable[[], float]) -> None:
        self._session = session
        self._tries = TryLock(store, session.id, clock)

    def wait(self) -> float:
        """Seconds until a try is looked at, 0 if there is nothing to wait for; as last seen if the store fails."""
        return self._tries.wait()

    def opens(self, typed: str) -> bool:
        """Whether this is the PIN; False, without a look at it, as long as there is a :meth:`wait`.

        StoreError if the try could not be counted: it was not looked at.
        """
        with self._tries.alone:
            if self.wait() or not self._tries.counted():
                return False
            right = pin_matches(typed, self._session.pin_hash)
            if right:
                self._tries.reset()
            return right
