"""Opening stores."""

from contextlib import suppress
from functools import partial
from os import PathLike
from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from campaign.errors import StoreError
from db.connections import Access, inspected
from db.copies import keep_before_migration, keep_copy, remove_outlived
from db.files import NAME, examine, make, present
from db.gate import gate
from db.losses import require_commits
from db.memory import MemoryTransactions
from db.migrations import FORMAT, begin, format_of, migrate
from db.placing import remove_unfinished
from db.stores import TinyStore
from db.tables import RowDB
from surveys.ports import Store


def open_store(folder: Path, *, create: bool = False) -> Store:
    """The store in the data folder, ``folder/manyi.db``, brought to the newest format.

    Before an older one is changed, a good copy of it is kept.

    With ``create`` it is made if there is none, and its folder too, though not the one above. StoreError M01: there
    is none; M42: something else lies there; M43: it is newer than this program; M44, M45: there can be none; V86: it is
    damaged; M40, M41: it can't be written. Whatever is refused is left as it was, byte for byte.
    """
    path = folder / NAME
    with gate(path.parent):
        if create and not present(path):
            make(path, _begin)
        db = _opened(path)
        is_old = _is_old(db, path)
    if not is_old:
        return _swept(db, path)
    db.close()
    with gate(path.parent, alone=True):
        db = _opened(path)
        if _is_old(db, path):
            _migrate(db, path)
    return _swept(db, path)


def memory_store() -> Store:
    """A store in this process's memory."""
    db = TinyDB(storage=MemoryStorage)
    begin(db)
    return TinyStore(db, MemoryTransactions(db), "memory")


def open_tinydb(place: str | PathLike[str]) -> RowDB:
    """The TinyDB in the SQLite file at ``place``, made if there is none; StoreErrors as :func:`open_store`.

    Code for TinyDB 4.9 and its JSONStorage runs unchanged, and documents come back as from JSON. The differences:

    - Documents come in order of their ids, not of insertion: that order can tell who answered when.
    - A new id is above all that the table has ever had (and above 0), so that none leads to another document later,
      and two processes never choose the same. TinyDB looks at what is there when a file is opened, uses ids up for
      documents that it refuses, and can give one id to two documents of an ``insert_multiple``: the first is lost.
      Dropping and truncating a table starts its ids at 1, also for those who still hold the table.
    - Ids are integers of 64 bits, for they are SQLite's row ids; others are a TypeError or ValueError on insertion,
      where TinyDB could not read its file again. A table's name can't hold a NUL or half a surrogate pair: ValueError.
    - ``persist_empty`` leaves a table that is there as it is. TinyDB 4.9 empties it, although documented otherwise.
    - What a caller's function or generator writes in the middle of an update or insertion is kept; TinyDB writes its
      own earlier state over it. ``update_multiple`` may be given an iterator; TinyDB uses it up at the first document.
    - Remembered answers to queries go with every commit, of any process and to any table, lest they be stale; a closed
      database gives none either, but a ValueError.
    - ``storage.read()`` gives no None for a new file, for it is never empty; ``storage.write()`` keeps counting ids.
    - JSONStorage's options (``indent`` and the like), middlewares, and other classes for tables and ids have no place:
      rows are written one by one. Classes for documents and for the query cache have.
    """
    path = Path(place)
    with gate(path.parent):
        if not present(path):
            make(path, lambda _: None)
        examine(path)
        inspected(path, lambda: _look_for_losses(path))
        return RowDB(path)


def _opened(path: Path) -> RowDB:
    """The TinyDB of a store that has been looked at before anything could be written beside it."""
    examine(path)
    inspected(path, lambda: _look(path))
    return RowDB(path)


def _swept(db: RowDB, path: Path) -> Store:
    """The store; if a process died between closing a session and sweeping up after it, that is done now."""
    store = TinyStore(db, db.storage, str(path.parent), partial(keep_copy, path), partial(_tidy, path))
    with suppress(StoreError):  # without marks everything is worked out anew each time
        db.storage.follow()
    if store.is_unswept:
        with suppress(StoreError):  # the store can be used all the same, and the next one to open it tries again
            store.sweep()
    return store


def _tidy(path: Path) -> None:
    """Remove copies that hold what was erased since, and what killed backups and restores have left behind."""
    remove_outlived(path)
    with gate(path.parent, alone=True):
        remove_unfinished(path.parent)


def _is_old(db: RowDB, path: Path) -> bool:
    try:
        return format_of(db, path) < FORMAT
    except StoreError:
        db.close()
        raise


def _migrate(db: RowDB, path: Path) -> None:
    """No other process opens the store meanwhile: each step is done once."""
    try:
        keep_before_migration(path, FORMAT)
        migrate(db, db.storage, path)
        db.storage.sum_up()
        db.storage.sweep(())  # into the file with the count of commits: a log that gets lost later is missed by it
        db.storage.transactions.sweep()  # from now on the file itself counts: a log that is lost will be missed
    except StoreError:
        db.close()
        raise


def _begin(path: Path) -> None:
    with RowDB(path) as db:
        begin(db)


def _look_for_losses(path: Path) -> None:
    with RowDB(path, Access.INSPECT) as db:
        require_commits(db, path)


def _look(path: Path) -> None:
    """Look at the format before anything could be written beside the file."""
    with RowDB(path, Access.INSPECT) as db:
        format_of(db, path)
        require_commits(db, path)
