"""Transactions over TinyDB's own MemoryStorage, for tests and trials."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

Tables = dict[str, dict[str, dict[str, Any]]]


class MemoryTransactions:
    """All or nothing over a TinyDB in memory; blocks nest.

    TinyDB changes documents in place, by their fields: copies go that deep. The stores replace a field's value as a
    whole and never change it inside.
    """

    def __init__(self, db: TinyDB) -> None:
        if not isinstance(db.storage, MemoryStorage):
            raise TypeError(db.storage)
        self._db, self._storage = db, db.storage
        self._lock = RLock()
        self._revision = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is done inside is undone when an exception leaves the block."""
        with self._lock:
            before, kept = _copied(self._storage.memory or {}), False
            try:
                yield
                kept = True
            finally:
                self._revision += 1
                if not kept:
                    self._restore(before)

    def exclusive(self) -> AbstractContextManager[None]:
        """The same; it costs nothing to be exact."""
        return self.transaction()

    def sweep(self, tables: Iterable[str]) -> bool:  # noqa: ARG002  # for the protocol
        """Nothing is on a disk."""
        return True

    def rebuild(self) -> None:
        """There is no file."""

    def marks(self, table: str) -> None:  # for the protocol
        """Nobody marks what has changed."""

    def part(self, table: str, part: str) -> None:  # likewise
        """Nobody knows the parts."""

    def holding(self, table: str, field: str, values: Collection[str], filled: str = "") -> None:  # likewise
        """All are looked at."""

    def revision(self) -> tuple[int, ...]:
        """Changes with every transaction."""
        return (self._revision,)

    def _restore(self, before: Tables) -> None:
        self._storage.write(before)
        for name in self._db.tables():
            self._db.table(name).clear_cache()


def _copied(tables: Tables) -> Tables:
    return {
        name: {doc_id: dict(document) for doc_id, document in documents.items()} for name, documents in tables.items()
    }
