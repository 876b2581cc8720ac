"""How many rows each table has, and which: written in the transaction of every change, and compared at every reading.

A checksum tells that a row is as it was, not that none is missing or there twice. SQLite's own pages could: they have
checksums in the file, but not in the log, where a flipped bit can change the number of a page's rows.

The table holds a row a table: how many rows that has (``number``) and the exclusive or of their ids (``ids``), kept by
triggers; and under a name that no table has, how many commits there were and the store's random name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

OWN = "!0"
"""Begins the names of SQL tables that are no tables of TinyDB: no TinyDB table's SQL name does."""
STATE = f'"{OWN}state"'
MAKE = (
    f"create table if not exists {STATE}"
    " (name text primary key, number integer not null, ids integer not null, store blob) strict, without rowid"
)
COUNT = f"update {STATE} set number = number + 1 where name = '{OWN}' returning store, number"  # noqa: S608  # our own name
START = f"insert into {STATE} values ('{OWN}', ?, 0, ?)"  # noqa: S608
RENAME = f"update {STATE} set store = ? where name = '{OWN}'"  # noqa: S608
COMMIT = f"select store, number from {STATE} where name = '{OWN}'"  # noqa: S608
FORGET = f"delete from {STATE} where name = ?"  # noqa: S608
_KEEP = f"insert or replace into {STATE} values (?, ?, ?, null)"  # noqa: S608
EXPECTED = f"select number || ' ' || ids from {STATE} where name = ?"  # noqa: S608
"""Number of rows and exclusive or of their ids, of the table with this unquoted SQL name, as one text."""

Value = int | float | str | bytes | None
Execute = Callable[[str, Sequence[Value]], object]


def unquoted(name: str) -> str:
    """The SQL name without its quotes."""
    return name[1:-1].replace('""', '"')


@dataclass(slots=True)
class Held:
    """How many rows there are, and the exclusive or of their ids."""

    number: int = 0
    ids: int = 0

    def add(self, doc_id: int) -> None:
        """One more row."""
        self.number += 1
        self.ids ^= doc_id

    def agrees(self, expected: object) -> bool:
        """Whether this is what :data:`EXPECTED` has found; None expects nothing."""
        return expected is None or expected == f"{self.number} {self.ids}"


def held(ids: Iterable[int]) -> Held:
    """The rows with these ids."""
    found = Held()
    for doc_id in ids:
        found.add(doc_id)
    return found


def keep(execute: Execute, name: str, rows: Held) -> None:
    """Begin to count the rows of a table, given by its SQL name, which has those."""
    execute(MAKE, ())
    execute(_KEEP, (unquoted(name), rows.number, rows.ids))
    watch(execute, name)


def watch(execute: Execute, name: str) -> None:
    """Make the triggers that go on counting; dropping the table drops them."""
    literal = "'" + unquoted(name).replace("'", "''") + "'"
    for what, row, step in (("insert", "new", "+"), ("delete", "old", "-")):
        trigger = '"' + f"{OWN}{what} {unquoted(name)}".replace('"', '""') + '"'
        execute(
            f"create trigger if not exists {trigger} after {what} on {name} begin"  # noqa: S608  # names are quoted
            f" update {STATE} set number = number {step} 1, ids = (ids | {row}.id) - (ids & {row}.id)"
            f" where name = {literal}; end",
            (),
        )
