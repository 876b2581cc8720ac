"""Whether a store is sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.connections import TRIES, VFS, Access, inspected, load_checksums
from db.failures import damaged, translated
from db.files import NAME, examine, examine_file
from db.losses import require_commits
from db.migrations import FORMAT, format_of
from db.stores import TinyStore
from db.tables import RowDB
from surveys.ports import Store
from surveys.session import COUNTED


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table of the store."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Health:
    """A sound store."""

    path: str
    format: int
    pages: int
    """Pages of the file; the checksum of every one is right."""
    tables: tuple[TableSize, ...]


def check(path: Path) -> Health:
    """Look through the whole store of a data folder (or a store's file) and change nothing.

    StoreError with everything that is wrong: V86 for a damaged file, M46 for a ballot box that does not hold what was
    acknowledged; M01, M42 and M43 as when it is opened.
    """
    file = path / NAME if path.is_dir() or not path.exists() else path
    examine(file)
    return inspected(file, lambda: _checked(file))


def check_copy(file: Path, *, counts: bool = True) -> Health:
    """As :func:`check`, of a copy that nobody writes to; it may lie on a network file system.

    Without ``counts`` a box may hold less than was acknowledged.
    """
    examine_file(file)
    return inspected(file, lambda: _checked(file, counts=counts))


def bad_pages(file: Path) -> list[int]:
    """The numbers of a file's pages whose checksum is wrong, from 1. StoreError V86 if not even they can be told."""
    return _pages(file)[1]


def _checked(file: Path, *, counts: bool = True) -> Health:
    pages, bad = _pages(file)
    if bad:
        numbers = ", ".join(map(str, bad))
        raise damaged(I18n(zh=f"第{numbers}页校验不符", en=f"the checksum of page {numbers} is wrong"), file)
    with RowDB(file, Access.INSPECT) as db:
        found = format_of(db, file)
        require_commits(db, file)
        problems = [*_structure(db), *_contents(db)]
        if found == FORMAT and counts:
            problems += _accounts(TinyStore(db, db.storage, str(file.parent)))
        if problems:
            raise StoreError(*problems)
        tables = tuple(TableSize(name, len(db.table(name))) for name in sorted(db.tables()))
    return Health(str(file), found, pages, tables)


def _pages(path: Path) -> tuple[int, list[int]]:
    """How many pages the file has, and the numbers of those whose checksum is wrong, from 1."""
    load_checksums()
    try:
        file = apsw.VFSFile(VFS, str(path.absolute()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0])
        try:
            size = int.from_bytes(file.xRead(100, 0)[16:18], "big")
            count = file.xFileSize() // size
            return count, [number + 1 for number in range(count) if not _readable(file, size, number * size)]
        finally:
            file.xClose()
    except apsw.Error as error:
        raise translated(error, path) from error


def _readable(file: apsw.VFSFile, size: int, offset: int) -> bool:
    """Another process may be half-way through writing the page at the moment; not time after time."""
    for _ in range(TRIES):
        try:
            file.xRead(size, offset)
        except apsw.IOError:
            continue
        return True
    return False


def _structure(db: RowDB) -> Iterator[Problem]:
    """What SQLite finds wrong with its own trees and pages."""
    for (line,) in db.storage.transactions.fetch("pragma integrity_check"):
        if line != "ok":
            yield from damaged(str(line), db.storage.transactions.path).problems


def _contents(db: RowDB) -> Iterator[Problem]:
    for name in db.storage.names():
        rows = db.storage.rows(name)
        for doc_id, stored in rows.stored():
            try:
                rows.decoded(doc_id, rows.opened(doc_id, stored))
            except StoreError as error:
                yield from error.problems


def _accounts(store: Store) -> Iterator[Problem]:
    """Whether every ballot box can be read, and holds what was counted at verification."""
    for session in store.sessions():
        held = sum(1 for _ in store.responses(session.id))
        if session.state in COUNTED and session.tally and held != session.tally.submitted:
            yield Problem("M46", {"id": session.id, "n": session.tally.submitted, "m": held})
