"""A TinyDB storage that keeps one row a document in SQLite."""

import re
from collections.abc import ItemsView, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import apsw
import orjson
from tinydb.storages import Storage

from campaign.i18n import I18n
from db.connections import Access
from db.failures import damaged
from db.transactions import Row, Transactions

Fields = dict[str, Any]
"""A document's fields; TinyDB leaves their types open."""

_JSON = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""Whatever the json module can write, and no more."""


def encoded(document: Mapping[str, Any]) -> str:
    """The document as JSON; TypeError if it holds what JSON has no word for."""
    return orjson.dumps(document, option=_JSON).decode()


def sql_name(table: str) -> str:
    """The SQL name of a TinyDB table, in quotes.

    SQL names don't tell capitals from small letters and mustn't begin with ``sqlite_``: as in Go's module cache, a
    capital is written ``!`` and the small letter, ``!`` twice; and such a beginning is parted by ``!``.
    """
    if "\0" in table:
        raise ValueError(f"a table's name can't hold a NUL: {table!r}")
    escaped = re.sub("[A-Z!]", lambda letter: "!" + letter[0].lower(), table)
    escaped = re.sub("^sqlite_", "sqlite!_", escaped)
    return '"' + escaped.replace('"', '""') + '"'


def table_name(unquoted: str) -> str:
    """The TinyDB name of an SQL table."""
    return re.sub("!(.)", lambda pair: pair[1].upper(), unquoted, flags=re.DOTALL)


class Rows(Mapping[str, Fields]):
    """A table as the mapping that TinyDB reads: document by string id, in order of id, decoded one by one."""

    def __init__(self, storage: "SQLiteStorage", table: str) -> None:
        self.storage, self.table = storage, table
        self._sql = sql_name(table)

    def text(self, doc_id: str) -> str:
        """The document's JSON; KeyError if there is none with this id."""
        try:
            rows = self._fetch("select doc from {} where id = ?", int(doc_id))
        except ValueError:
            raise KeyError(doc_id) from None
        if not rows:
            raise KeyError(doc_id)
        return str(rows[0][0])

    def decoded(self, doc_id: object, text: str) -> Fields:
        """The document of ``text``; StoreError V86 if it is none."""
        try:
            document: Fields = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise damaged(I18n(zh=f"“{self.table}”第{doc_id}条", en=f'document {doc_id} of "{self.table}"')) from error
        return document

    def __getitem__(self, doc_id: str) -> Fields:
        return self.decoded(doc_id, self.text(doc_id))

    def __contains__(self, doc_id: object) -> bool:
        try:
            self.text(str(doc_id))
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return (str(row[0]) for row in self._fetch("select id from {} order by id"))

    def __len__(self) -> int:
        rows = self._fetch("select count(*) from {}")
        return int(str(rows[0][0])) if rows else 0

    def items(self) -> ItemsView[str, Fields]:
        """Id and document, as of one moment: what is written later is not seen."""
        return _Items(self)

    def texts(self) -> list[Row]:
        """Id and JSON of every document."""
        return self._fetch("select id, doc from {} order by id")

    def _fetch(self, sql: str, *values: int) -> list[Row]:
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
        return ((str(doc_id), self._rows.decoded(doc_id, str(text))) for doc_id, text in self._rows.texts())


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

    def sweep(self) -> bool:
        """Leave nothing on the disk of what was deleted or replaced; False if readers were in the way."""
        return self.transactions.sweep()

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has committed; a few microseconds."""
        return (self.transactions.version(),)

    def names(self) -> list[str]:
        """The TinyDB tables that exist."""
        rows = self.transactions.fetch("select name from sqlite_schema where type = 'table' order by rowid")
        return [table_name(str(name)) for (name,) in rows if not str(name).startswith("sqlite_")]

    def rows(self, table: str) -> Rows:
        """A view of a table; empty while there is no such table."""
        return Rows(self, table)

    def last_id(self, table: str) -> int:
        """The highest id that the table has ever had; 0 if none."""
        name = sql_name(table)[1:-1].replace('""', '"')
        try:
            rows = self.transactions.fetch("select seq from sqlite_sequence where name = ?", (name,))
        except apsw.SQLError:
            return 0
        return int(str(rows[0][0])) if rows else 0

    def apply(self, table: str, changed: Mapping[int, str | None], *, cleared: bool = False) -> None:
        """Write JSON by document id, None to delete; ``cleared`` empties the table first and starts its ids anew."""
        name = sql_name(table)
        with self.exclusive():
            change = self.transactions.change
            if cleared:
                change(f"drop table if exists {name}")
            change(
                f"create table if not exists {name} (id integer primary key autoincrement, doc text not null) strict"
            )
            for doc_id, text in changed.items():
                if text is None:
                    change(f"delete from {name} where id = ?", (doc_id,))  # noqa: S608  # the name is quoted
                else:
                    change(f"insert or replace into {name} values (?, ?)", (doc_id, text))  # noqa: S608

    def read(self) -> dict[str, Any] | None:
        """Every table as a view of its rows."""
        return {name: self.rows(name) for name in self.names()}

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make the tables those of ``data``; views of our own rows stay as they are."""
        with self.exclusive():
            for name in self.names():
                if name not in data:
                    self.transactions.change(f"drop table {sql_name(name)}")
            for name, documents in data.items():
                if not (isinstance(documents, Rows) and documents.storage is self and documents.table == name):
                    changed = {int(doc_id): encoded(document) for doc_id, document in documents.items()}
                    self.apply(name, changed, cleared=True)

    def close(self) -> None:
        """Let go of the file."""
        self.transactions.close()
