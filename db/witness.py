"""The number of the last acknowledged commit, kept outside SQLite in a small file beside the store.

Where a bit of the write-ahead log is wrong, or its end is missing, SQLite takes the log to end there and says nothing:
commits that were acknowledged are gone. The store counts its commits in a row of its own, written in each of them, and
after each of them that number is noted here: a store that counts less has lost something.

The file is never synced: it outlives the death of a process, and after a power cut it may be behind, but never ahead.
It holds the store's random name (8 bytes), the number (8 bytes, big endian) and the CRC-32 of both (4 bytes); a file
that does not hold that says nothing.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_COMMIT = struct.Struct(">8sQ")
_CHECK_BYTES = 4
NAME_BYTES = 8


class Commit(NamedTuple):
    """A commit of one store."""

    store: bytes
    """The store's random name."""
    number: int
    """From 1."""


def witness_of(path: Path) -> Path:
    """Where the number of the store at ``path`` is noted."""
    return path.resolve().with_suffix(".acknowledged")


def acknowledged(path: Path) -> Commit | None:
    """The last commit of the store at ``path`` that is known to have been acknowledged."""
    try:
        data = witness_of(path).read_bytes()
    except OSError:
        return None
    return _commit(data)


class Witness:
    """Notes commits of one store. Where that can't be done the store does without."""

    def __init__(self, path: Path) -> None:
        self._path = witness_of(path)
        self._handle: int | None = None

    def note(self, commit: Commit) -> None:
        """To be called when ``commit`` is on the disk and before it is acknowledged."""
        with suppress(OSError):
            if self._handle is None:
                self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            known = _commit(os.pread(self._handle, _COMMIT.size + _CHECK_BYTES, 0))
            if known is None or known.store != commit.store or known.number < commit.number:
                body = _COMMIT.pack(*commit)
                os.pwrite(self._handle, body + _check(body), 0)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _commit(data: bytes) -> Commit | None:
    body, check = data[: _COMMIT.size], data[_COMMIT.size :]
    if len(body) != _COMMIT.size or check != _check(body):
        return None
    return Commit(*_COMMIT.unpack(body))


def _check(body: bytes) -> bytes:
    return crc32(body).to_bytes(_CHECK_BYTES)
