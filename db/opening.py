"""Opening stores."""

from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from campaign.errors import StoreError
from db.connections import Access, inspected
from db.files import NAME, examine, make, present
from db.memory import MemoryTransactions
from db.migrations import begin, format_of, migrate
from db.stores import TinyStore
from db.tables import RowDB
from surveys.ports import Store


def open_store(folder: Path, *, create: bool = False) -> Store:
    """The store in the data folder, ``folder/manyi.db``, brought to the newest format.

    With ``create`` it is made if there is none, and its folder too, though not the one above. StoreError M01: there
    is none; M42: something else lies there; M43: it is newer than this program; M44, M45: there can be none; V86: it is
    damaged; M40, M41: it can't be written. Whatever is refused is left as it was, byte for byte.
    """
    path = folder / NAME
    if create and not present(path):
        make(path, _begin)
    examine(path)
    inspected(path, lambda: _look(path))
    db = RowDB(path)
    try:
        migrate(db, db.storage, path)
    except StoreError:
        db.close()
        raise
    return TinyStore(db, db.storage, str(folder))


def memory_store() -> Store:
    """A store in this process's memory."""
    db = TinyDB(storage=MemoryStorage)
    begin(db)
    return TinyStore(db, MemoryTransactions(db), "memory")


def open_tinydb(path: Path) -> RowDB:
    """The TinyDB in the SQLite file at ``path``, made if there is none; StoreErrors as :func:`open_store`."""
    if not present(path):
        make(path, lambda _: None)
    examine(path)
    inspected(path, lambda: RowDB(path, Access.INSPECT).close())
    return RowDB(path)


def _begin(path: Path) -> None:
    with RowDB(path) as db:
        begin(db)


def _look(path: Path) -> None:
    """Look at the format before anything could be written beside the file."""
    with RowDB(path, Access.INSPECT) as db:
        format_of(db, path)
