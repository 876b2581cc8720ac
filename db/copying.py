"""One consistent copy of a store's file: every row is written anew into a file of its own, in order of id.

Neither of SQLite's own ways will do. Under the checksum layer ``VACUUM INTO`` writes its pages before the header that
asks for checksums, and so without any (SQLite 3.54.1); the backup interface copies whole pages, with all traces of what
was deleted on them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from campaign.i18n import I18n
from db import inventory
from db.boxes import BALLOTS, OPINIONS
from db.campaign_tables import SESSIONS
from db.connections import APPLICATION_ID, CHECKSUM_BYTES, VFS, Access, connect, leave, load_checksums
from db.failures import damaged, translated
from db.inventory import OWN, Value, unquoted
from db.names import sql_name, table_name
from db.queue import QUEUE
from db.sums import summed, unsummed
from db.transactions import Row
from surveys.copies import Held
from surveys.session import SessionState


@dataclass(frozen=True, slots=True)
class Without:
    """What a copy leaves out, or has otherwise."""

    tables: frozenset[str] = frozenset()
    """TinyDB tables that it has not."""
    documents: Mapping[str, Mapping[int, str | None]] = field(default_factory=dict)
    """By TinyDB table and id: the JSON in place of the store's, None for nothing."""


EVERYTHING = Without()


class Snapshot:
    """What a store holds, as of one moment, however long it is looked at. StoreError V86, M40, M41."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection, self.path = connection, path

    def rows(self, sql: str, values: Iterable[Value] = ()) -> Iterator[Row]:
        """The rows of a query, one by one."""
        try:
            yield from self._connection.execute(sql, tuple(values))
        except apsw.Error as error:
            raise translated(error, self.path, self._connection.system_errno) from error

    def tables(self) -> Mapping[str, str]:
        """The statement that makes each TinyDB table, by the table's name, in the order in which they came to be."""
        made = self.rows("select name, sql from sqlite_schema where type = 'table' order by rowid")
        return {table_name(str(name)): str(sql) for name, sql in made if not str(name).startswith(("sqlite_", OWN))}

    def documents(self, table: str) -> Iterator[tuple[int, str]]:
        """Id and JSON of every document of a table, in order of id. StoreError V86 where one is damaged or missing."""
        held = inventory.Held()
        for doc_id, stored in self.rows(f"select id, doc from {sql_name(table)} order by id"):  # noqa: S608  # quoted
            number = int(str(doc_id))
            held.add(number)
            try:
                yield number, unsummed(number, stored)
            except ValueError:
                why = I18n(zh=f"“{table}”第{number}条", en=f'document {number} of "{table}"')
                raise damaged(why, self.path) from None
        if not held.agrees(self._expected(table)):
            raise damaged(I18n(zh=f"“{table}”有缺行或重行", en=f'rows of "{table}" are missing or doubled'), self.path)

    def _expected(self, table: str) -> object:
        state = self.rows("select 1 from sqlite_schema where name = ?", (unquoted(inventory.STATE),))
        found = [*self.rows(inventory.EXPECTED, (unquoted(sql_name(table)),))] if [*state] else []
        return found[0][0] if found else None

    def highest_ids(self) -> list[Row]:
        """SQL name and highest id ever given, of each table that ever had a row."""
        return [*self.rows("select name, seq from sqlite_sequence")] if self.tables() else []

    def holdings(self) -> list[Held]:
        """What is held of each session, whatever the store's format."""
        known, held = self.tables(), []
        if SESSIONS not in known:
            return []
        found = "select id, substr(doc, instr(doc, '{')) as json from sessions"
        fields = "json ->> '$.value.id', json ->> '$.value.state'"
        sessions = f"select {fields} from ({found}) where json_valid(json) order by id"  # noqa: S608  # all our own
        for session, state in [*self.rows(sessions)]:
            boxes = [prefix + str(session) for prefix in (BALLOTS, OPINIONS, QUEUE) if prefix + str(session) in known]
            if state in {*SessionState}:
                held.append(Held(str(session), SessionState(str(state)), sum(map(self._count, boxes))))
        return held

    def _count(self, table: str) -> int:
        [(count,)] = self.rows(f"select count(*) from {sql_name(table)}")  # noqa: S608  # the name is quoted
        return int(str(count))


@contextmanager
def snapshot(path: Path, access: Access = Access.FOLLOW) -> Iterator[Snapshot]:
    """What the store at ``path`` holds now; Access.INSPECT for a file that nobody writes to."""
    connection = connect(path, access)
    try:
        view = Snapshot(connection, path)
        for _ in (*view.rows("begin"), *view.rows("select count(*) from sqlite_schema")):
            pass
        yield view
    finally:
        if access is Access.INSPECT:
            leave(connection)
        else:
            connection.close()


def write_copy(source: Snapshot, new: Path, name: Path, without: Without = EVERYTHING) -> None:
    """Fill the empty file ``new``, which errors call ``name``; it needs no log and holds no free page.

    The copy does not take over the count of commits: it is a store of its own, which has lost nothing. StoreError M40;
    V86 if the source can't be read.
    """
    load_checksums()
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(new.absolute().as_uri() + "?nolock=1", flags=flags, vfs=VFS)  # nobody knows of it yet
    try:
        _make_empty(connection)
        connection.execute("begin")
        _fill(source, connection, without)
        connection.execute("commit")
    except apsw.Error as error:
        raise translated(error, name, connection.system_errno) from error
    finally:
        connection.close()


def _make_empty(connection: apsw.Connection) -> None:
    """The header comes first: every page after it gets its checksum. No journal: what breaks off is removed."""
    for name, value in (("journal_mode", "off"), ("synchronous", "off"), ("temp_store", "memory")):
        connection.pragma(name, value)
    connection.pragma("secure_delete", True)
    connection.reserve_bytes(None, CHECKSUM_BYTES)
    connection.pragma("auto_vacuum", "incremental")
    connection.pragma("application_id", APPLICATION_ID)


def _fill(source: Snapshot, connection: apsw.Connection, without: Without) -> None:
    made = {table: sql for table, sql in source.tables().items() if table not in without.tables}
    for table, sql in made.items():
        connection.execute(sql)
        held = inventory.Held()
        rows = _changed(source.documents(table), without.documents.get(table, {}), held)
        connection.executemany(f"insert into {sql_name(table)} values (?, ?)", rows)  # noqa: S608  # the name is quoted
        inventory.keep(connection.execute, sql_name(table), held)
    if made:
        connection.execute("delete from sqlite_sequence")
        highest = [row for row in source.highest_ids() if table_name(str(row[0])) in made]
        connection.executemany("insert into sqlite_sequence values (?, ?)", highest)


def _changed(
    documents: Iterable[tuple[int, str]], otherwise: Mapping[int, str | None], held: inventory.Held
) -> Iterator[tuple[int, str]]:
    """The rows of a copy; they are counted in ``held``."""
    for doc_id, text in documents:
        other = otherwise.get(doc_id, text)
        if other is not None:
            held.add(doc_id)
            yield doc_id, summed(doc_id, other)
