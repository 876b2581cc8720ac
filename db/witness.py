"""The number of the last acknowledged commit, kept outside SQLite in a small file beside the store.

Where a bit of the write-ahead log is wrong, or its end is missing, SQLite takes the log to end there and says nothing:
commits that were acknowledged are gone. The store counts its commits in a row of its own, written in each of them, and
after each of them that number is noted here: a store that counts less has lost something.

The file is never synced: it outlives the death of a process, and after a power cut it may be behind, but never ahead.
It holds 64 records of 20 bytes: the store's random name (8), the number (8, big endian) and the CRC-32 of both (4).
A commit's record is the one whose place is its number modulo 64, and the highest number counts: so nobody has to read
what others have noted before noting, and whoever is late by less than 64 commits writes over nobody's note. What is
no such record says nothing.
"""

import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_COMMIT = struct.Struct(">8sQ")
_CHECK = struct.Struct(">I")
_RECORD_BYTES = _COMMIT.size + _CHECK.size
NAME_BYTES = 8
PLACES = 64


class Commit(NamedTuple):
    """A commit of one store."""

    store: bytes
    """The store's random name."""
    number: int
    """From 1."""


def witness_of(path: Path) -> Path:
    """Where the number of the store at ``path`` is noted."""
    return path.resolve().with_suffix(".acknowledged")


def acknowledged(path: Path) -> Mapping[bytes, int]:
    """The number of the last commit known to be acknowledged at ``path``, by the name of each store there was."""
    try:
        data = witness_of(path).read_bytes()
    except OSError:
        return {}
    records = (data[start : start + _RECORD_BYTES] for start in range(0, len(data), _RECORD_BYTES))
    known: dict[bytes, int] = {}
    for commit in filter(None, map(_commit, records)):
        known[commit.store] = max(commit.number, known.get(commit.store, 0))
    return known


class Witness:
    """Notes commits of one store. Where that can't be done the store does without."""

    def __init__(self, path: Path) -> None:
        self._path = witness_of(path)
        self._handle: int | None = None

    def note(self, commit: Commit) -> None:
        """To be called when ``commit`` is on the disk and before it is acknowledged."""
        with suppress(OSError):
            if self._handle is None:
                self._handle = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600)
            os.pwrite(self._handle, _record(commit), commit.number % PLACES * _RECORD_BYTES)

    def look(self) -> None:
        """See whether the file is still there under its name; else :meth:`note` makes it again."""
        if self._handle is not None:
            with suppress(OSError):
                if os.path.samestat(self._path.stat(), os.fstat(self._handle)):
                    return
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _record(commit: Commit) -> bytes:
    body = _COMMIT.pack(*commit)
    return body + _CHECK.pack(crc32(body))


def _commit(record: bytes) -> Commit | None:
    """The commit of a record; None if it is none."""
    if len(record) != _RECORD_BYTES:
        return None
    commit = Commit(*_COMMIT.unpack_from(record))
    return commit if _record(commit) == record else None
