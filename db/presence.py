"""Whether a store's files are still those that were opened."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from db.connections import log_of

_TICK, _LONG_TICK = 50_000_000, 3_000_000_000
"""Nanoseconds: more than one step of the clock by which file systems note times, mostly 1 to 10 ms, on FAT 2 s."""
_FINE = 10_000_000
"""Times that are multiples of so many nanoseconds come from a file system with long steps."""


class _Folder(NamedTuple):
    """Which folder it is, and when its entries last changed."""

    device: int
    inode: int
    modified: int
    changed: int


class Presence:
    """The file, its log and their shared memory, as they were when this was made.

    They are looked at one by one only when an entry of their folder has been made, removed or renamed: until then the
    folder's time of change stands still, and to ask for that takes a fifth of the time.

    The log is asked for through a handle of our own and ``/proc``: on Linux 6.13 and newer, a stat of a file makes the
    next write to it sync its times too, which lengthens a commit by a third. The log carries no locks that closing such
    a handle would drop; the store's own file does.
    """

    def __init__(self, path: Path, look_too: Callable[[], None]) -> None:
        """``look_too`` is called whenever the files are looked at, for whoever has another one in their folder."""
        self._look_too = look_too
        self._path, self._log_path = os.fspath(path), os.fspath(log_of(path))
        self._shared_path = self._log_path.removesuffix("-wal") + "-shm"
        self._file, self._shared = _identity(self._path), _identity(self._shared_path)
        self._log = _identity(self._log_path)
        self._folder_path = os.fspath(path.parent)
        self._is_together = path.parent.resolve() == log_of(path).parent
        self._looked_at: _Folder | None = None
        """The folder as it was when all was found in its place; None if that says nothing."""
        self._handle: int | None = None
        if sys.platform == "linux":
            with suppress(OSError):
                self._handle = os.open(self._log_path, os.O_RDONLY)
                self._link = f"/proc/self/fd/{self._handle}"
                self._name = os.readlink(self._link)  # noqa: PTH115  # at every commit: Path takes ten times as long

    def holds(self) -> bool:
        """Whether all still lie under their names, where others see them too.

        Without shared memory that is shared two processes would write over each other.
        """
        now = time.time_ns()
        folder = _folder(self._folder_path)
        if folder is None:
            return False
        return folder == self._looked_at or self._look(folder, now)

    def close(self) -> None:
        """Let go of the log."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _look(self, folder: _Folder, now: int) -> bool:
        """Look at each; ``folder`` was read at the moment ``now``, in nanoseconds, before that."""
        identities = _identity(self._path), _identity(self._shared_path)
        if identities != (self._file, self._shared) or not self._log_is_there():
            return False
        self._look_too()
        newest = max(folder.modified, folder.changed)
        tick = _TICK if newest % _FINE else _LONG_TICK
        # what changes within the same step of the clock would not be told from what was looked at
        self._looked_at = folder if self._is_together and newest + tick < now else None
        return True

    def _log_is_there(self) -> bool:
        if self._handle is None:
            return _identity(self._log_path) == self._log
        return os.readlink(self._link) == self._name  # noqa: PTH115


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  # at every commit: half the time that Path.stat takes
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _folder(path: str) -> _Folder | None:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return _Folder(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)
