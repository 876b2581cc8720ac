"""What can still be read of a store with bad pages, and what of it is missing.

Every document that comes out has its own checksum, or lies on a page whose checksum is right; how many there should be
is what the store itself has counted (:mod:`db.inventory`).
"""

import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from campaign.errors import Problem
from campaign.i18n import I18n
from db.boxes import ACCOUNTS, BALLOTS, OPINIONS
from db.campaign_tables import AUDIT, LOG, PLAN, SESSIONS
from db.connections import VFS, load_checksums
from db.encoding import decoded, encoded
from db.failures import damaged
from db.health import bad_pages
from db.inventory import OWN, STATE
from db.migrations import FORMAT, META
from db.names import table_name
from db.pages import Cell, Pages, Reader, fields
from db.register import HEARD, ITEMS
from db.stores import PIN_TRIES, QUESTIONNAIRES, SHOWN
from db.sums import is_summed, unsummed

Documents = Mapping[str, Mapping[int, str]]
"""JSON by id by TinyDB table."""
_SCHEMA = 1
"""Root page of SQLite's own table of tables."""
_WORDS = {
    PLAN: I18n(zh="方案", en="the plan"),
    LOG: I18n(zh="记录", en="the log"),
    AUDIT: I18n(zh="变更记录", en="the audit"),
    QUESTIONNAIRES: I18n(zh="问卷", en="questionnaires"),
    SESSIONS: I18n(zh="场次", en="sessions"),
    ACCOUNTS: I18n(zh="开始作答的人数", en="the numbers of those who began"),
    HEARD: I18n(zh="意见", en="the opinions"),
    ITEMS: I18n(zh="意见归并项", en="the items of opinions"),
    PIN_TRIES: I18n(zh="PIN的尝试次数", en="tries of PINs"),
    SHOWN: I18n(zh="大厅显示的结果", en="what the hall shows"),
}


@dataclass(frozen=True, slots=True)
class Loss:
    """A table that is not whole."""

    table: str
    kept: int
    missing: int | None
    """How many documents; None if nobody knows."""

    @property
    def problem(self) -> Problem:
        """M91 or M92."""
        if self.missing is None:
            return Problem("M92", {"what": _words(self.table), "n": self.kept})
        return Problem("M91", {"what": _words(self.table), "n": self.missing, "m": self.kept + self.missing})


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came out of a damaged store."""

    tables: Documents
    losses: tuple[Loss, ...]


def salvage(file: Path) -> Salvage:
    """Read what can be read of ``file``, a copy with its log beside it; StoreError V86 if that is nothing."""
    load_checksums()
    expected = _expected(file)
    _move_log(file)
    pages = Pages(file.read_bytes(), frozenset(bad_pages(file)))
    tables = _read(pages)
    if not any(tables.values()):
        raise damaged(I18n(zh="其中没有可读的内容", en="nothing in it can be read"), None)
    if expected and not tables.get(META):  # only newest stores count, and what they hold is looked at once more
        tables[META] = {1: encoded({"format": FORMAT})}
    return Salvage(tables, tuple(_losses(tables, expected, is_damaged=bool(pages.bad))))


def _move_log(file: Path) -> None:
    """Move the log into the file, as far as it is sound; whatever the file's own pages are like."""
    with suppress(apsw.Error):
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE, vfs=VFS)
        try:
            connection.pragma("checksum_verification", False)
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        finally:
            connection.close()


def _expected(file: Path) -> Mapping[str, int]:
    """How many documents each table should have; nothing if the page that says so is bad, or the store is older."""
    with suppress(apsw.Error, UnicodeDecodeError):
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE, vfs=VFS)
        try:
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            rows = connection.execute(f"select name, number from {STATE} where name != '{OWN}'").fetchall()  # noqa: S608
            return {table_name(str(name)): int(str(number)) for name, number in rows}
        finally:
            connection.close()
    return {}


def _read(pages: Pages) -> dict[str, dict[int, str]]:
    """Every table's documents."""
    reader, noted = Reader(pages), list[int]()
    schema = [*reader.rows(_SCHEMA, noted), *reader.rest(noted)]
    below: dict[str, list[int]] = {}
    tables: dict[str, dict[int, str]] = {}
    for name, root in _roots(schema):
        tables[name] = _documents(reader.rows(root, below.setdefault(name, [])))
    for name, deferred in below.items():
        tables[name] |= _documents(reader.rest(deferred))
    return tables


def _roots(schema: Iterable[Cell]) -> Iterable[tuple[str, int]]:
    """TinyDB's tables with their root pages."""
    for _, record, _ in schema:
        with suppress(IndexError, ValueError, struct.error):
            kind, name, _, root, _ = fields(record)
            if kind == "table" and isinstance(root, int) and not str(name).startswith(("sqlite_", OWN)):
                yield table_name(str(name)), root


def _documents(cells: Iterable[Cell]) -> dict[int, str]:
    found = {}
    for doc_id, record, is_bad in cells:
        with suppress(IndexError, ValueError, struct.error):
            _, stored = fields(record)
            text = unsummed(doc_id, stored)
            if isinstance(decoded(text), dict) and (is_summed(stored) or not is_bad):
                found[doc_id] = text
    return found


def _losses(tables: Documents, expected: Mapping[str, int], *, is_damaged: bool) -> Iterable[Loss]:
    for name in sorted({*tables, *expected}):
        kept = len(tables.get(name, ()))
        if name not in expected:
            if is_damaged:
                yield Loss(name, kept, None)
        elif kept != expected[name]:
            yield Loss(name, kept, max(0, expected[name] - kept))


def _words(table: str) -> I18n:
    for prefix, zh, en in ((BALLOTS, "的答卷", "responses of"), (OPINIONS, "的意见", "opinions of")):
        if table.startswith(prefix):
            session = table.removeprefix(prefix)
            return I18n(zh=f"{session}{zh}", en=f"{en} {session}")
    return _WORDS.get(table, I18n(zh=f"“{table}”", en=f'"{table}"'))
