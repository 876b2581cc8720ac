"""Writers of several processes take turns by a lock that costs little to ask for.

SQLite's own lock keeps writers apart, but to ask for it takes eight system calls and more: sixteen processes that wait
for it work more at asking than at writing. So whoever wants to write takes a lock of flock(2) on the log first. It ends
with the process that holds it, however that ends; where there is none nothing is lost but time. SQLite itself puts no
lock on that file.

Those who wait sleep and try. A row that the kernel keeps was slower by half on two cores: to hand the lock to somebody
who has to be woken first lets it lie idle.
"""

import os
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

from campaign.errors import Problem, StoreError
from db.connections import log_of
from db.failures import BUSY_SECONDS
from db.holders import writer_of

if sys.platform != "win32":
    import fcntl

PAUSES = (0.0003, 0.004)
"""Seconds between two tries, at random. Shorter ones cost more work and hand in no more."""


class Turns:
    """The lock of one store; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Wait until nobody else writes; StoreError M41 if that takes too long."""
        if self._handle is None:
            self._open()
        if self._is_taken():
            return
        until = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < until:
            time.sleep(random.uniform(*PAUSES))  # noqa: S311  # nothing secret
            if self._is_taken():
                return
        raise StoreError(Problem("M41", {"seconds": BUSY_SECONDS, "who": writer_of(self._path)}))

    def give(self) -> None:
        """Let the next one write; nothing if it is not our turn."""
        if sys.platform != "win32" and self._handle is not None:
            with suppress(OSError):
                fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the log."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> None:
        if sys.platform != "win32":
            with suppress(OSError):
                self._handle = os.open(log_of(self._path), os.O_RDONLY)

    def _is_taken(self) -> bool:
        """Whether we have it now; also where there are no such locks, for then SQLite's must do."""
        if sys.platform != "win32" and self._handle is not None:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:
                return True
        return True
