"""Connections to a store's SQLite file: write-ahead log, every commit on disk, a checksum on every page.

SQLite's own documentation: https://sqlite.org/wal.html, https://sqlite.org/cksumvfs.html. Versions before 3.51.3
can lose a commit when two processes write and checkpoint at once (https://sqlite.org/wal.html#walresetbug).
"""

import random
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

import apsw
import apsw.sqlite_extra

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.failures import BUSY_SECONDS, translated, unstored

T = TypeVar("T")

VFS = "cksmvfs"
"""The checksum layer's name in SQLite; a page's last 8 bytes hold its checksum."""
PAUSES = (0.0002, 0.003)
"""Seconds between two tries to write, at random, so that writers do not march in step."""
CHECKSUM_BYTES = 8
APPLICATION_ID = int.from_bytes(b"mnyi", "big")
"""Stands at byte 68 of every file of ours."""
LOG_PAGES = 500
"""The log is moved into the file when it has grown to so many pages, 2 MB: a hundred responses or more."""
TRIES = 3
OLDEST_SQLITE = (3, 51, 3)


class Access(Enum):
    """What a connection is for."""

    WRITE = "write"
    FOLLOW = "follow"
    """Reading beside a connection of this process that writes."""
    INSPECT = "inspect"
    """Reading alone: not a byte of the file or its log is changed, and nothing is made beside them."""


def load_checksums() -> None:
    """Make the checksum layer known to this process's SQLite; StoreError M47 if that SQLite is too old."""
    found = apsw.sqlite_lib_version()
    if tuple(map(int, found.split("."))) < OLDEST_SQLITE:
        raise StoreError(Problem("M47", {"found": found, "needed": ".".join(map(str, OLDEST_SQLITE))}))
    if VFS not in apsw.vfs_names():
        apsw.sqlite_extra.load(apsw.Connection(""), "cksumvfs")


def connect(path: Path, access: Access = Access.WRITE) -> apsw.Connection:
    """An open connection to the store's file; StoreError V86, M40 or M41 if that can't be."""
    load_checksums()
    try:
        connection = _still(path) if access is Access.INSPECT and not log_of(path).exists() else _moving(path)
    except apsw.Error as error:
        raise translated(error, path) from error
    try:
        connection.set_busy_handler(_Patience())
        connection.pragma("temp_store", "memory")  # no answer may lie in a file of the system's folder for such
        if access is Access.WRITE:
            _prepare(connection, path)
        else:
            connection.pragma("query_only", True)
        connection.execute("select count(*) from sqlite_schema").fetchall()
    except apsw.Error as error:
        number = connection.system_errno
        leave(connection)
        raise translated(error, path, number) from error
    return connection


def create(path: Path) -> None:
    """Turn the empty file at ``path`` into an empty database of ours."""
    load_checksums()
    connection = _moving(path)
    try:
        connection.reserve_bytes(None, CHECKSUM_BYTES)
        connection.pragma("auto_vacuum", "incremental")
        connection.pragma("application_id", APPLICATION_ID)
        _prepare(connection, path)
    except apsw.Error as error:
        raise translated(error, path, connection.system_errno) from error
    finally:
        connection.close()


def leave(connection: apsw.Connection) -> None:
    """Close without moving the log into the file, so that a damaged store keeps all its bytes."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.close()


def log_of(path: Path) -> Path:
    """The write-ahead log beside the file; it exists while anybody has the store open, or after a crash."""
    there = path.resolve()
    return there.with_name(there.name + "-wal")


def inspected(path: Path, look: Callable[[], T]) -> T:
    """What ``look`` finds with Access.INSPECT; again if another process has written meanwhile.

    Such a process changes the file under a reader that takes it to lie still: its errors then mean nothing.
    """
    while True:
        before = _state(path)
        try:
            return look()
        except StoreError:
            if _state(path) == before:
                raise


def _state(path: Path) -> tuple[bool, int, int]:
    there = path.stat()
    return log_of(path).exists(), there.st_size, there.st_mtime_ns


def _moving(path: Path) -> apsw.Connection:
    """Others may write meanwhile."""
    return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=VFS)


def _still(path: Path) -> apsw.Connection:
    """Nobody has it open, for there is no log: the file is read as it lies, and no lock and no log is made."""
    name = path.absolute().as_uri() + "?immutable=1"
    return apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, vfs=VFS)


def _prepare(connection: apsw.Connection, path: Path) -> None:
    if connection.pragma("journal_mode", "wal") != "wal":
        raise unstored(path, I18n(zh="此磁盘无法使用预写日志", en="this disk can't keep a write-ahead log"))
    connection.pragma("synchronous", "full")
    connection.pragma("secure_delete", True)
    connection.pragma("fullfsync", True)
    connection.pragma("wal_autocheckpoint", LOG_PAGES)


class _Patience:
    """Waits while another process writes: in short turns, for SQLite's own grow to 100 ms and a commit takes 1 ms."""

    def __init__(self) -> None:
        self._until = 0.0

    def __call__(self, turn: int) -> bool:
        """Wait for a moment; whether to try again."""
        now = time.monotonic()
        if turn == 0:
            self._until = now + BUSY_SECONDS
        time.sleep(random.uniform(*PAUSES))  # noqa: S311  # nothing secret
        return now < self._until
