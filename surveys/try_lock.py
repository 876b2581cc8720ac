"""Tries that are counted: what stands between a person at a kiosk and all numbers of so many digits."""

from collections.abc import Callable
from contextlib import suppress
from threading import RLock

from campaign.errors import StoreError
from surveys.pin_tries import WAIT, PinTries
from surveys.ports import SurveyStore


class TryLock:
    """One process's tries. After every five that were counted there is a wait of 60 s, whatever is started anew.

    All kiosks of a session share one count in the store, under ``key``. Where the count stands at a whole five, only a
    process may go on that has itself seen it stand there for 60 s: nothing is stored that would tell when the last try
    was.

    A try that can't be counted (the disk is full, the store busy or gone) is not to be looked at, and makes this
    process wait 60 s. The one after that wait may be looked at even if it can't be counted either, and costs the next
    wait.

    ``clock`` is in seconds and never goes back. May be used from several threads.
    """

    def __init__(self, store: SurveyStore, key: str, clock: Callable[[], float]) -> None:
        self._store, self._key, self._clock = store, key, clock
        self.alone = RLock()
        """Held while a try is looked at."""
        self._seen = store.pin_tries(key)
        self._seen_since = clock()
        self._failed: float | None = None
        """When a try could not be counted, unless one was since."""

    def wait(self) -> float:
        """Seconds until a try is looked at, 0 if there is nothing to wait for; as last seen if the store fails."""
        with self.alone:
            with suppress(StoreError):
                self._see(self._store.pin_tries(self._key))
            return self._left()

    def counted(self) -> bool:
        """Count one more try, on the disk when this returns; False if there is a wait by now. StoreError."""
        with self.alone:
            has_waited = self._failed is not None
            try:
                with self._store.transaction():
                    self._see(self._store.pin_tries(self._key))
                    if self._left():
                        return False
                    tries = self._seen.counted()
                    self._store.save_pin_tries(self._key, tries)
            except StoreError:
                self._failed = self._clock()
                if has_waited:
                    return True
                raise
            self._failed = None
            self._see(tries)
            return True

    def reset(self) -> None:
        """Begin to count anew. If that fails, the next who tries waits at worst."""
        with self.alone, suppress(StoreError), self._store.transaction():
            self._store.save_pin_tries(self._key, self._store.pin_tries(self._key).unlocked())

    def _see(self, tries: PinTries) -> None:
        if tries != self._seen:
            self._seen, self._seen_since = tries, self._clock()

    def _left(self) -> float:
        """Seconds to wait by what is known."""
        began = [self._seen_since] if self._seen.is_full else []
        began += [] if self._failed is None else [self._failed]
        return max((0.0, *(start + WAIT - self._clock() for start in began)))
