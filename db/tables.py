"""TinyDB tables that write only what has changed, safely beside other processes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from db.connections import Access
from db.encoding import Fields, encoded
from db.rows import Rows, SQLiteStorage, checked_id

P = ParamSpec("P")
R = TypeVar("R")


class Changes(MutableMapping[int, Fields]):
    """The table that a TinyDB updater works on: it reads through to the rows and remembers what was touched."""

    def __init__(self, rows: Rows, last_id: int = 0) -> None:
        self._rows = rows
        self._before: dict[int, str] = {}
        self._touched: dict[int, Fields | None] = {}
        self.cleared = False
        self.last_id = last_id
        """The highest id that was set, here or in an update that this one is made in the middle of."""

    @property
    def written(self) -> dict[int, str | None]:
        """JSON by id of what differs from before; None is deleted."""
        now = {doc_id: None if fields is None else encoded(fields) for doc_id, fields in self._touched.items()}
        return {doc_id: text for doc_id, text in now.items() if text is None or text != self._before.get(doc_id)}

    def __getitem__(self, doc_id: object) -> Fields:
        number = _equal_id(doc_id)
        if number not in self._touched:
            if self.cleared:
                raise KeyError(doc_id)
            text = self._rows.text(str(number))
            self._before[number], self._touched[number] = text, self._rows.decoded(number, text)
        fields = self._touched[number]
        if fields is None:
            raise KeyError(doc_id)
        return fields

    def __contains__(self, doc_id: object) -> bool:
        try:
            number = _equal_id(doc_id)
        except KeyError:
            return False
        if number in self._touched:
            return self._touched[number] is not None
        return not self.cleared and str(number) in self._rows

    def __setitem__(self, doc_id: object, fields: Fields) -> None:
        number = checked_id(doc_id)
        self._touched[number] = fields
        self.last_id = max(self.last_id, number)

    def __delitem__(self, doc_id: object) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[_equal_id(doc_id)] = None

    def clear(self) -> None:
        """Delete every document."""
        self._touched, self._before, self.cleared = {}, {}, True

    def __iter__(self) -> Iterator[int]:
        if not self.cleared:
            yield from (doc_id for doc_id in map(int, self._rows) if doc_id not in self._touched)
        yield from (doc_id for doc_id, fields in [*self._touched.items()] if fields is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _equal_id(doc_id: object) -> int:
    """The integer that equals ``doc_id``, as keys of a dict do: 1 for True and 1.0, but none for "1" (KeyError)."""
    try:
        number = int(doc_id)  # type: ignore[call-overload]  # this is what tells
    except (TypeError, ValueError, OverflowError):
        raise KeyError(doc_id) from None
    if number != doc_id:
        raise KeyError(doc_id)
    return int(number)


def _exclusive(method: Callable[Concatenate["RowTable", P], R]) -> Callable[Concatenate["RowTable", P], R]:
    """Run a method with no other writer in between, from choosing an id to the commit."""

    @wraps(method)
    def alone(table: "RowTable", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with table.rows_storage.exclusive():
            return method(table, *args, **kwargs)

    return alone


class RowTable(Table):
    """A Table of :class:`db.rows.SQLiteStorage`. TinyDB's own code does the work; this hands it less to do."""

    _changes: Changes | None = None
    _seen: int | None = None

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,
    ) -> None:
        super().__init__(storage, name, cache_size)
        if persist_empty:  # TinyDB 4.9 would empty a table that is there: msiemens/tinydb#636
            self.rows_storage.apply(name, {})

    @property
    def rows_storage(self) -> SQLiteStorage:
        """The storage, by its type."""
        return cast("SQLiteStorage", self._storage)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents matching a query. Answers are remembered until this or another process writes."""
        transactions = self.rows_storage.transactions
        with transactions.reading():
            seen = None if transactions.inside else transactions.version()
            if seen is None or seen != self._seen:
                self.clear_cache()
                self._seen = seen
            return super().search(cond)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; its id. ValueError if it is no mapping or its id is taken."""
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")  # noqa: TRY004  # as TinyDB does
        storage, text = self.rows_storage, encoded(document)
        with storage.exclusive():  # no other writer in between, from choosing an id to the commit
            doc_id = document.doc_id if isinstance(document, self.document_class) else self._get_next_id()
            if not storage.add(self.name, doc_id, text):
                raise ValueError(f"Document with ID {doc_id} already exists")
        self.clear_cache()
        return doc_id

    @_exclusive
    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents, all or none; their ids."""
        return super().insert_multiple(documents)

    @_exclusive
    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update matching documents; their ids."""
        return super().update(fields, doc_ids=self._matching(cond, doc_ids))

    @_exclusive
    def update_multiple(
        self, updates: Iterable[tuple[Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None], QueryLike]]
    ) -> list[int]:
        """Make several updates, all or none; the ids of the documents that matched."""
        return super().update_multiple([*updates])

    @_exclusive
    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update matching documents, or insert the document if there is none; the ids."""
        return super().upsert(document, cond)

    @_exclusive
    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove matching documents; their ids."""
        if cond is None and doc_ids is None:
            return super().remove()
        return super().remove(doc_ids=self._matching(cond, doc_ids))

    @_exclusive
    def truncate(self) -> None:
        """Remove all documents; ids start at 1 again."""
        super().truncate()

    def _matching(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        """Picked before the update, so that only the documents that match are handed out for change."""
        if doc_ids is not None:
            return [*doc_ids]
        return [int(doc_id) for doc_id, fields in self._read_table().items() if cond is None or cond(fields)]

    def _read_table(self) -> Rows:  # type: ignore[override]  # TinyDB only reads it as a mapping
        return self.rows_storage.rows(self.name)

    def _get_next_id(self) -> int:
        pending = 0 if self._changes is None else self._changes.last_id
        emptied = self._changes is not None and self._changes.cleared
        return 1 + (pending if emptied else max(pending, self.rows_storage.last_id(self.name)))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self.rows_storage.exclusive():
            outer = self._changes
            changes = self._changes = Changes(self._read_table(), outer.last_id if outer else 0)
            try:
                updater(cast("dict[int, Mapping[str, Any]]", changes))
                self.rows_storage.apply(self.name, changes.written, cleared=changes.cleared)
            finally:
                self._changes = outer
                self.clear_cache()


class RowDB(TinyDB):
    """A TinyDB over one SQLite file."""

    table_class = RowTable
    storage: SQLiteStorage

    def __init__(self, path: Path, access: Access = Access.WRITE) -> None:
        super().__init__(path, access, storage=SQLiteStorage)

    def tables(self) -> set[str]:
        """Names of all tables."""
        return {*self.storage.names()}

    def drop_table(self, name: str) -> None:
        """Drop a table, if there is one of this name."""
        self._tables.pop(name, None)
        self.storage.drop(name)
