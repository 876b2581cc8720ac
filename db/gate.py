"""A gate to a folder: many may go in at once, or one alone. It is a lock on the folder itself, so no file is needed.

Kernel locks (flock(2)) end with the process that holds them, however it ends. Where there are none (Windows) the gate
stands open.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campaign.errors import Problem, StoreError
from db.failures import BUSY_SECONDS
from db.holders import SOMEBODY

if sys.platform != "win32":
    import fcntl

PAUSE = 0.01
"""Seconds between two tries: whoever is inside stays for some milliseconds, seldom for seconds."""


@contextmanager
def gate(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Inside, nobody is in the folder ``alone`` but us; with ``alone`` nobody else is in it at all.

    A folder that is missing or must not be read has no gate. StoreError M41 if others stay for too long.
    """
    handle = None
    if sys.platform != "win32":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
    try:
        if handle is not None:
            _pass(handle, alone=alone)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _pass(handle: int, *, alone: bool) -> None:
    if sys.platform == "win32":
        return
    kind, until = fcntl.LOCK_EX if alone else fcntl.LOCK_SH, time.monotonic() + BUSY_SECONDS
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreError(Problem("M41", {"seconds": BUSY_SECONDS, "who": SOMEBODY})) from None
            time.sleep(PAUSE)
        else:
            return
