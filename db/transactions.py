"""Reading and writing one SQLite file from several threads: one connection writes, one reads."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock, get_ident
from types import TracebackType

import apsw

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db import inventory
from db.connections import Access, connect, leave
from db.failures import damaged, translated
from db.inventory import Value
from db.presence import Presence
from db.turns import Turns
from db.witness import NAME_BYTES, Commit, Witness

Row = tuple[Value, ...]
_PART: AbstractContextManager[None] = nullcontext()
"""Part of a transaction that there is already."""


class _Whole:
    """A transaction as a context: a class, for a generator takes several microseconds longer at every insert."""

    def __init__(self, transactions: "Transactions") -> None:
        self._transactions = transactions

    def __enter__(self) -> None:
        self._transactions.begin()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._transactions.end(keep=kind is None)


class Transactions:
    """What is read outside a transaction is always committed; a transaction belongs to the thread that began it.

    A commit has reached the disk when the block ends. An error of SQLite spoils the whole transaction: it is rolled
    back, and every later statement and the commit raise that error again, so that no half of it is ever kept.
    """

    def __init__(self, path: Path, access: Access = Access.WRITE) -> None:
        self.path = path
        self._writer = connect(path, access)
        self._reader = self._writer if access is Access.INSPECT else self._follower()
        self._write_lock, self._read_lock = RLock(), RLock()
        self._witness, self._turns = Witness(path), Turns(path)
        self._presence = Presence(path, self._witness.look)
        self._whole = _Whole(self)
        self._changed, self._damaged = False, False
        self._owner: int | None = None
        self._depth = 0
        self._spoiled: StoreError | None = None

    @property
    def inside(self) -> bool:
        """Whether this thread is in a transaction."""
        return self._owner == get_ident()

    def exclusive(self) -> AbstractContextManager[None]:
        """A transaction of its own, or part of the one that this thread is in; no other writer in between.

        StoreError M41 if others have been writing for too long; M40 if the commit fails.
        """
        return _PART if self.inside else self._whole

    def transaction(self) -> AbstractContextManager[None]:
        """As :meth:`exclusive`; inside another one, an exception that leaves this block undoes this block alone."""
        return self._level() if self.inside else self._whole

    @contextmanager
    def _level(self) -> Iterator[None]:
        self._depth += 1
        name, kept = f"level{self._depth}", False
        self._run(f"savepoint {name}")
        try:
            yield
            kept = True
        finally:
            self._depth -= 1
            if self._writer.in_transaction:
                if not kept:
                    self._run(f"rollback to {name}")
                self._run(f"release {name}")

    def begin(self) -> None:
        """Begin a transaction; :meth:`end` belongs to it."""
        self._write_lock.acquire()
        has_begun = False
        try:
            self._turns.take()
            self._run("begin immediate")
            has_begun = True
        finally:
            if not has_begun:
                self._turns.give()
                self._write_lock.release()
        self._owner, self._changed = get_ident(), False

    def end(self, *, keep: bool) -> None:
        """Commit what was done since :meth:`begin`, or undo it."""
        commit = None
        try:
            try:
                commit = self._committed() if keep else None
            finally:
                self._owner, self._spoiled = None, None
                try:
                    if self._writer.in_transaction:
                        self._run("rollback")
                finally:
                    self._turns.give()
            if commit:
                self._acknowledge(commit)
        finally:
            self._write_lock.release()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """No other thread of this process reads meanwhile."""
        with self._read_lock:
            yield

    def fetch(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query, as of one moment."""
        if self.inside:
            return self._fetched(self._writer, sql, values)
        with self._read_lock:
            return self._fetched(self._reader, sql, values)

    def change(self, sql: str, values: Sequence[Value] = ()) -> None:
        """Run a statement inside the transaction that this thread is in."""
        self._changed = True
        self._run(sql, values)

    def sweep(self) -> bool:
        """Give free pages back and empty the log into the file, where deleted content is zeros (secure_delete).

        Waits for readers of other processes as long as a writer would; False if that was not enough.
        """
        with self._write_lock:
            self._fetched(self._writer, "pragma incremental_vacuum", ())
            [(busy, *_)] = self._fetched(self._writer, "pragma wal_checkpoint(truncate)", ())
        return not busy

    def rebuild(self) -> None:
        """Write the whole file anew, as a new one would be: table after table, row after row in order of id."""
        with self._write_lock:
            for sql in ("pragma auto_vacuum = incremental", "vacuum"):
                self._fetched(self._writer, sql, ())

    def last_commit(self) -> Commit | None:
        """The newest commit that the store knows of; None if it was written before commits were counted."""
        try:
            found = self.fetch(inventory.COMMIT)
        except apsw.SQLError:
            return None
        if not found:
            return None
        [(store, number)] = found
        return Commit(store, number)  # type: ignore[arg-type]  # the table's types are strict

    def version(self) -> int:
        """A number that differs from the one before if this or another process has committed in between."""
        with self._read_lock:
            return int(self._fetched(self._reader, "pragma data_version", ())[0][0])  # type: ignore[arg-type]

    def distrust(self) -> None:
        """Something in the store is damaged: what is in the log stays there when it is closed."""
        self._damaged = True

    def renew(self) -> None:
        """Give the store another name: what was acknowledged to the one before is not looked for in this one."""
        with self.exclusive():
            self._counted()
            self._run(inventory.RENAME, (secrets.token_bytes(NAME_BYTES),))

    def close(self) -> None:
        """Let go of the file; the last writer to do so moves the log into it, unless the store was found damaged."""
        with self._write_lock, self._read_lock:
            leave(self._reader)
            if self._damaged and self._reader is not self._writer:
                leave(self._writer)
            self._writer.close()
            self._presence.close()
            self._witness.close()
            self._turns.close()

    def _committed(self) -> Commit | None:
        commit = self._counted() if self._changed else None
        if commit:
            self._require(self._presence.holds())
        self._run("commit")
        return commit

    def _counted(self) -> Commit:
        """Count the commit that comes now."""
        if self._spoiled:
            raise self._spoiled
        try:
            found = self._fetched(self._writer, inventory.COUNT, ())
        except apsw.SQLError:
            self._run(inventory.MAKE)
            found = []
        if not found:
            self._run(inventory.START, (1, secrets.token_bytes(NAME_BYTES)))
            found = self._fetched(self._writer, inventory.COMMIT, ())
        [(store, number)] = found
        return Commit(store, number)  # type: ignore[arg-type]  # the table's types are strict

    def _acknowledge(self, commit: Commit) -> None:
        """StoreError M48 if somebody has taken away or exchanged the file or its log: the commit went nowhere."""
        self._require(self._presence.holds())
        self._witness.note(commit)

    def _require(self, present: bool) -> None:
        if not present:
            raise StoreError(Problem("M48", {"path": self.path}))

    def _follower(self) -> apsw.Connection:
        try:
            return connect(self.path, Access.FOLLOW)
        except StoreError:
            leave(self._writer)
            raise

    def _fetched(self, connection: apsw.Connection, sql: str, values: Sequence[Value]) -> list[Row]:
        try:
            return connection.execute(sql, values).fetchall()
        except (apsw.Error, UnicodeDecodeError) as error:
            raise self._failure(error, connection.system_errno) from error

    def _failure(self, error: apsw.Error | UnicodeDecodeError, number: int) -> StoreError:
        if isinstance(error, UnicodeDecodeError):
            problem = damaged(I18n(zh="文字已损坏", en="a text in it is damaged"), self.path)
        else:
            problem = translated(error, self.path, number)
        self._damaged = self._damaged or problem.code == "V86"
        return problem

    def _run(self, sql: str, values: Sequence[Value] = ()) -> None:
        if self._spoiled:
            raise self._spoiled
        try:
            self._writer.execute(sql, values)
        except apsw.Error as error:
            problem = self._failure(error, self._writer.system_errno)
            self._spoiled = problem if self.inside else None
            raise problem from error
