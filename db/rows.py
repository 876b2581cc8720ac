"""A TinyDB storage that keeps one row a document in SQLite."""

from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from operator import index
from pathlib import Path
from typing import Any, NoReturn, cast

import apsw
from tinydb.storages import Storage

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db import inventory, marks
from db.connections import Access
from db.encoding import Fields, decoded, encoded
from db.failures import damaged
from db.inventory import OWN, Value, unquoted
from db.names import sql_name, table_name
from db.sums import is_summed, summed, unsummed
from db.transactions import Row, Transactions

_NEW = f'"{OWN}new"'
FEW = 1000
_TABLE = "create table {} (id integer primary key autoincrement, doc text not null) strict"

SMALLEST_ID, LARGEST_ID = -(2**63), 2**63 - 1
"""A document's id is its row's, which SQLite keeps in 64 bits with a sign."""


def checked_id(doc_id: object) -> int:
    """The id for a new row; TypeError if it is no integer, ValueError if it is beyond 64 bits."""
    number = index(doc_id)  # type: ignore[arg-type]  # this is what tells
    if not SMALLEST_ID <= number <= LARGEST_ID:
        raise ValueError(f"no document can have the ID {number}: it takes over 64 bits")
    return number


@lru_cache(maxsize=1024)
def _insertion(table: str) -> str:
    return f"insert into {sql_name(table)} values (?, ?)"  # noqa: S608  # the name is quoted


@lru_cache(maxsize=1024)
def _replacement(table: str) -> str:
    """No ``insert or replace``: that would delete the row without the trigger that counts."""
    return f"{_insertion(table)} on conflict (id) do update set doc = excluded.doc"


class Rows(Mapping[str, Fields]):
    """A table as the mapping that TinyDB reads: document by string id, in order of id, decoded one by one."""

    def __init__(self, storage: "SQLiteStorage", table: str) -> None:
        self.storage, self.table = storage, table
        self._sql = sql_name(table)

    def text(self, doc_id: str) -> str:
        """The document's JSON; KeyError if there is none with this id."""
        try:
            number = int(doc_id)
        except ValueError:
            raise KeyError(doc_id) from None
        if str(number) != doc_id or not SMALLEST_ID <= number <= LARGEST_ID:
            raise KeyError(doc_id)
        rows = self._fetch("select doc from {} where id = ?", number)
        if not rows:
            self._require_absent(number)
            raise KeyError(doc_id)
        return self.opened(number, rows[0][0])

    def opened(self, doc_id: int, stored: object) -> str:
        """The JSON of a stored text; StoreError V86 if it or its id is not what was written."""
        try:
            return unsummed(doc_id, stored)
        except ValueError as error:
            raise self._damaged(doc_id) from error

    def decoded(self, doc_id: object, text: str) -> Fields:
        """The document of ``text``; StoreError V86 if it is none."""
        try:
            return decoded(text)
        except ValueError as error:
            raise self._damaged(doc_id) from error

    def _damaged(self, doc_id: object) -> StoreError:
        self.storage.transactions.distrust()
        why = I18n(zh=f"“{self.table}”第{doc_id}条", en=f'document {doc_id} of "{self.table}"')
        return damaged(why, self.storage.transactions.path)

    def __getitem__(self, doc_id: str) -> Fields:
        return self.decoded(doc_id, self.text(doc_id))

    def __contains__(self, doc_id: object) -> bool:
        try:
            self.text(str(doc_id))
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return (str(doc_id) for doc_id, _ in self.stored())

    def __len__(self) -> int:
        """Counted, and compared with how many there should be. StoreError V86."""
        rows = self._counted("select count(*), (?) from {}")
        count, expected = rows[0] if rows else (0, None)
        if expected is not None and str(expected).partition(" ")[0] != str(count):
            raise self.incomplete()
        return int(str(count))

    def items(self) -> ItemsView[str, Fields]:
        """Id and document, as of one moment: what is written later is not seen."""
        return _Items(self)

    def stored(self) -> list[tuple[int, object]]:
        """Id and stored text of every document, as of one moment. StoreError V86 if one is missing or there twice."""
        rows = self._counted("select id, doc, (?) from {} order by id")
        found: list[tuple[int, object]] = [(cast("int", row[0]), row[1]) for row in rows]
        if not found:
            len(self)  # says whether there should be some
        if not inventory.held(doc_id for doc_id, _ in found).agrees(rows[0][2] if rows else None):
            raise self.incomplete()
        return found

    def _counted(self, sql: str) -> list[Row]:
        """A query with how many rows there should be; None where nothing was counted yet."""
        try:
            return self._fetch(sql.replace("?", inventory.EXPECTED), unquoted(self._sql))
        except apsw.SQLError:
            return self._fetch(sql.replace("?", "null"))

    def _require_absent(self, doc_id: int) -> None:
        """StoreError V86 if rows are missing, or if a search has passed this one by; looked at where there are few."""
        if len(self) > FEW or all(found != doc_id for found, _ in self.stored()):
            return
        if not self._fetch("select id from {} where id = ?", doc_id):  # else another process has just written it
            raise self.incomplete()

    def incomplete(self) -> StoreError:
        """What to raise where rows are missing or doubled."""
        self.storage.transactions.distrust()
        why = I18n(zh=f"“{self.table}”有缺行或重行", en=f'rows of "{self.table}" are missing or doubled')
        return damaged(why, self.storage.transactions.path)

    def texts(self) -> Iterator[tuple[int, str]]:
        """Id and JSON of every document, as of one moment. StoreError V86 at the first that is damaged."""
        return ((doc_id, self.opened(doc_id, stored)) for doc_id, stored in self.stored())

    def _fetch(self, sql: str, *values: Value) -> list[Row]:
        query = sql.format(self._sql)
        try:
            return self.storage.transactions.fetch(query, values)
        except apsw.SQLError:
            if self.table not in self.storage.names():
                return []
        return self.storage.transactions.fetch(query, values)  # another process has made the table just now


class _Items(ItemsView[str, Fields]):
    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[str, Fields]]:
        return ((str(doc_id), self._rows.decoded(doc_id, text)) for doc_id, text in self._rows.texts())


class SQLiteStorage(Storage):
    """One SQL table a TinyDB table, one row a document; on disk when a change returns.

    Any number of processes and threads may have the file open. An id once given out is never given out again
    (``autoincrement``), unless the table is truncated or dropped.
    """

    def __init__(self, path: Path, access: Access = Access.WRITE) -> None:
        self.transactions = Transactions(path, access)

    def exclusive(self) -> AbstractContextManager[None]:
        """No other writer while inside; see :meth:`db.transactions.Transactions.exclusive`."""
        return self.transactions.exclusive()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; blocks nest."""
        return self.transactions.transaction()

    def sweep(self, tables: Iterable[str]) -> bool:
        """Leave nothing on the disk of what was deleted or replaced; False if readers were in the way.

        SQLite overwrites what is deleted with zeros, but may leave older copies of a row where it has moved rows
        within a page: ``tables`` are those that are written anew because of that. StoreError V86 if one of them is
        damaged, when all others have been swept.
        """
        problems: list[Problem] = []
        for name in tables:
            try:
                with self.exclusive():
                    if self._has(name):  # another process may have swept it away
                        self._rewrite(name)
            except StoreError as error:
                if error.code != "V86":
                    raise
                problems += error.problems
        done = self.transactions.sweep()
        if problems:
            raise StoreError(*problems)
        return done

    def rebuild(self) -> None:
        """Write the file anew; see :meth:`db.transactions.Transactions.rebuild`."""
        self.transactions.rebuild()

    def sum_up(self) -> None:
        """Give every document of an older format its checksum, and count the rows of every table."""
        with self.exclusive():
            for name in self.names():
                rows = self.rows(name)
                self.apply(name, {doc_id: str(text) for doc_id, text in rows.stored() if not is_summed(text)})
                found = inventory.held(doc_id for doc_id, _ in rows.stored())
                inventory.keep(self.transactions.change, sql_name(name), found)

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has committed; a few microseconds."""
        return (self.transactions.version(),)

    def names(self) -> list[str]:
        """The TinyDB tables that exist."""
        rows = self.transactions.fetch("select name from sqlite_schema where type = 'table' order by rowid")
        return [table_name(str(name)) for (name,) in rows if not str(name).startswith(("sqlite_", OWN))]

    def _has(self, table: str) -> bool:
        """Whether there is such a table; all names take three times as long."""
        name = unquoted(sql_name(table))
        return bool(self.transactions.fetch("select 1 from sqlite_schema where type = 'table' and name = ?", (name,)))

    def rows(self, table: str) -> Rows:
        """A view of a table; empty while there is no such table."""
        return Rows(self, table)

    def last_id(self, table: str) -> int:
        """The highest id that the table has ever had; 0 if none."""
        try:
            rows = self.transactions.fetch(
                "select seq from sqlite_sequence where name = ?", (unquoted(sql_name(table)),)
            )
        except apsw.SQLError:
            return 0
        return int(str(rows[0][0])) if rows else 0

    def apply(self, table: str, changed: Mapping[int, str | None], *, cleared: bool = False) -> None:
        """Write JSON by document id, None to delete; ``cleared`` empties the table first and starts its ids anew."""
        name = sql_name(table)
        with self.exclusive():
            if cleared:
                self.drop(table)
            if cleared or not self._has(table):
                self._make(name)
            for doc_id, text in changed.items():
                if text is None:
                    self.transactions.change(f"delete from {name} where id = ?", (doc_id,))  # noqa: S608  # quoted
                else:
                    self.transactions.change(_replacement(table), (doc_id, summed(doc_id, text)))

    def add(self, table: str, doc_id: int, text: str) -> bool:
        """Write JSON under a new document id, in a transaction; False if there is a document with this id."""
        insert, number = _insertion(table), checked_id(doc_id)
        row = number, summed(number, text)
        try:
            self.transactions.change(insert, row)
        except apsw.ConstraintError:
            return False
        except apsw.SQLError:
            if table in self.names():
                raise
            self._make(sql_name(table))
            self.transactions.change(insert, row)
        return True

    def _make(self, name: str) -> None:
        self.transactions.change(_TABLE.format(name))
        inventory.keep(self.transactions.change, name, inventory.Held())
        if unquoted(name) in marks.DIVIDED:
            marks.watch(self.transactions.change, name)

    def follow(self) -> None:
        """Begin to mark the parts of tables that a copy or an older version has left without marks."""
        for name in map(sql_name, marks.DIVIDED):
            if self._lacks_marks(name):
                with self.exclusive():
                    if self._lacks_marks(name):  # another process may have been as quick
                        marks.watch(self.transactions.change, name)
                        marks.fill(self.transactions.change, name)

    def _lacks_marks(self, name: str) -> bool:
        there = "select name from sqlite_schema where name in (?, ?)"
        return self.transactions.fetch(there, (unquoted(name), marks.trigger_of(unquoted(name)))) == [(unquoted(name),)]

    def marks(self, table: str) -> Mapping[str, int] | None:
        """The mark of each part of a table that ever had a document; None if nobody marks them."""
        name = sql_name(table)
        if self._lacks_marks(name):
            return None
        try:
            found = self.transactions.fetch(marks.FIND, (unquoted(name),))
        except apsw.SQLError:
            found = []
        return dict(cast("list[tuple[str, int]]", found))

    def part(self, table: str, part: str) -> list[tuple[int, Fields]] | None:
        """The documents of one part, in order of id; None if nobody knows the parts. StoreError V86."""
        name = sql_name(table)
        if self._lacks_marks(name):
            return None
        rows = self.rows(table)
        found = self.transactions.fetch(marks.documents_of(name), (part,)) if self._has(table) else []
        if found and found[0][2] != len(found):
            raise rows.incomplete()
        return [(number, rows.decoded(number, rows.opened(number, text))) for number, text, _ in found]  # type: ignore[arg-type,misc]

    def holding(self, table: str, field: str, values: Collection[str], filled: str = "") -> list[tuple[int, Fields]]:
        """Documents whose ``field`` has one of these values, or whose ``filled`` has any, in order of id."""
        rows, query = self.rows(table), marks.holding(sql_name(table), field, len(values), filled)
        found = self.transactions.fetch(query, (*values, marks.NAMELESS)) if self._has(table) else []
        return [(number, rows.decoded(number, rows.opened(number, text))) for number, text in found]  # type: ignore[arg-type,misc]

    def _rewrite(self, table: str) -> None:
        """Move the rows in order of id to a table of the same name on pages of its own."""
        name, change = sql_name(table), self.transactions.change
        rows = inventory.held(doc_id for doc_id, _ in self.rows(table).stored())
        is_marked = table in marks.DIVIDED and not self._lacks_marks(name)
        change(_TABLE.format(_NEW))
        change(f"insert into {_NEW} select id, doc from {name} order by id")  # noqa: S608  # the name is quoted
        change("delete from sqlite_sequence where name = ?", (unquoted(_NEW),))
        change(
            "insert into sqlite_sequence select ?, seq from sqlite_sequence where name = ?",
            (unquoted(_NEW), unquoted(name)),
        )
        change(f"drop table {name}")
        change(f"alter table {_NEW} rename to {name}")
        inventory.keep(change, name, rows)
        if is_marked:
            marks.watch(change, name)  # the documents are the same, and so are the marks

    def drop(self, table: str) -> None:
        """Drop a table if there is one of this name; its ids start anew when it comes again."""
        with self.exclusive():
            if self._has(table):
                self.transactions.change(f"drop table {sql_name(table)}")
                self.transactions.change(inventory.FORGET, (unquoted(sql_name(table)),))
                if table in marks.DIVIDED:
                    self.transactions.change(marks.MAKE)
                    self.transactions.change(marks.CHANGED, (table,))

    def read(self) -> dict[str, dict[str, Fields]]:
        """Everything, as of one moment and for the caller to change."""
        with self.exclusive():
            return {name: dict(self.rows(name).items()) for name in self.names()}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[Any, Any]]]) -> None:
        """Make tables and documents those of ``data``; only what differs is written."""
        with self.exclusive():
            for name in self.names():
                if name not in data:
                    self.drop(name)
            for name, documents in data.items():
                before = dict(self.rows(name).texts())
                after = {checked_id(int(doc_id)): encoded(document) for doc_id, document in documents.items()}
                changed = {doc_id: text for doc_id, text in after.items() if before.get(doc_id) != text}
                gone = {doc_id: None for doc_id in before if doc_id not in after}
                self.apply(name, {**gone, **changed})

    def close(self) -> None:
        """Let go of the file; a second time does nothing, and anything else is then a ValueError."""
        if not isinstance(self.transactions, _Closed):
            self.transactions.close()
            self.transactions = cast("Transactions", _Closed())


class _Closed:
    """What a closed storage has in place of its transactions."""

    def __getattr__(self, name: str) -> NoReturn:
        raise ValueError("I/O operation on a closed store")
