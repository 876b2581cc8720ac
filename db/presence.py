"""Whether a store's files are still those that were opened."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from db.connections import log_of


class Presence:
    """The file, its log and their shared memory, as they were when this was made.

    The log is asked for through a handle of our own and ``/proc``: on Linux 6.13 and newer, a stat of a file makes the
    next write to it sync its times too, which lengthens a commit by a third. The log carries no locks that closing such
    a handle would drop; the store's own file does.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._log_path = os.fspath(path), os.fspath(log_of(path))
        self._shared_path = self._log_path.removesuffix("-wal") + "-shm"
        self._file, self._shared = _identity(self._path), _identity(self._shared_path)
        self._log = _identity(self._log_path)
        self._handle: int | None = None
        if sys.platform == "linux":
            with suppress(OSError):
                self._handle = os.open(self._log_path, os.O_RDONLY)
                self._link = f"/proc/self/fd/{self._handle}"
                self._name = os.readlink(self._link)  # noqa: PTH115  # at every commit: Path takes ten times as long

    def holds(self) -> bool:
        """Whether all still lie under their names."""
        return _identity(self._path) == self._file and self.is_shared() and self._log_is_there()

    def is_shared(self) -> bool:
        """Whether others see the same shared memory: without it two processes would write over each other."""
        return _identity(self._shared_path) == self._shared

    def close(self) -> None:
        """Let go of the log."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

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
