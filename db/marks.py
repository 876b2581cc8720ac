"""Marks of the parts of some tables: whoever has read a part knows by its mark whether that has changed since.

A part are the documents of one branch, or the whole table where no field divides it. Its mark is a random number, and
a new one with every change: written by triggers, in the transaction of the change, whoever makes it. So two states of
a part never have the same mark, not even in copies of a store that went on apart from each other.

Beside the mark stands how many documents the part has. It is found by an index of SQLite; a document whose field
cannot be read is in the part of no name, as is one without the field. Copies have no marks until they are opened.
"""

from collections.abc import Callable, Mapping, Sequence

from db.inventory import OWN, Value, unquoted

DIVIDED: Mapping[str, str] = {"log": "branch", "cases": "branch", "plan": "", "sessions": "value.branch"}
"""The field that divides each table, by the table's SQL name without quotes; none for a part that is the whole."""
NAMELESS = ""
TABLE = f'"{OWN}marks"'
MAKE = (
    f"create table if not exists {TABLE} (name text not null, part text not null, number integer not null,"
    " mark integer not null, primary key (name, part)) strict, without rowid"
)
CHANGED = f"update {TABLE} set number = 0, mark = random() where name = ?"  # noqa: S608  # our own name
"""Every part of a table, by its unquoted SQL name, is empty from now on."""
FIND = f"select part, mark from {TABLE} where name = ?"  # noqa: S608
_COUNT = f"select number from {TABLE} where name = ? and part = ?"  # noqa: S608
_SUM_DIGITS = 9
"""Where the JSON begins behind a document's checksum, counted from 1."""

Execute = Callable[[str, Sequence[Value]], object]


def trigger_of(table: str) -> str:
    """The unquoted name of the last trigger that :func:`watch` makes: with it all is there."""
    return f"{OWN}mark delete {table}"


def watch(execute: Execute, name: str) -> None:
    """Mark the parts of a table from now on, given by its SQL name; dropping the table drops triggers and index."""
    table = unquoted(name)
    execute(MAKE, ())
    if field := DIVIDED[table]:
        execute(f'create index if not exists "{OWN}part of {table}" on {name} ({part("doc", field)})', ())
    for what in ("insert", "update", "delete"):
        body = "".join(
            f" insert into {TABLE} values ('{table}', {part(row + '.doc', field)}, {max(step, 0)}, random())"  # noqa: S608
            f" on conflict (name, part) do update set number = number + {step}, mark = random();"
            for row, step in (("old", -1), ("new", 1))
            if (row, what) not in {("old", "insert"), ("new", "delete")}
        )
        execute(f'create trigger if not exists "{OWN}mark {what} {table}" after {what} on {name} begin{body} end', ())


def fill(execute: Execute, name: str) -> None:
    """Mark the parts that a table has, given by its SQL name."""
    table = unquoted(name)
    execute(f"delete from {TABLE} where name = ?", (table,))  # noqa: S608
    found = part("doc", DIVIDED[table])
    execute(f"insert into {TABLE} select '{table}', {found}, count(*), random() from {name} group by 2", ())  # noqa: S608


def documents_of(name: str) -> str:
    """The query for one part, by its name: id, stored text, and how many there should be."""
    table = unquoted(name)
    count = _COUNT.replace("name = ?", f"name = '{table}'").replace("part = ?", "part = ?1")
    return f"select id, doc, ({count}) from {name} where {part('doc', DIVIDED[table])} = ?1 order by id"  # noqa: S608


def holding(name: str, field: str, values: int, filled: str) -> str:
    """The query for documents whose ``field`` has one of so many values, or whose ``filled`` has any: id, stored text.

    SQLite looks for them, which is several times faster, and keeps no other thread waiting. A document that cannot be
    read is among them, so that it is noticed.
    """
    wanted = f"{part('doc', field)} in ({', '.join(['?'] * (values + 1))})"
    also = f" or {part('doc', filled)} <> ''" if filled else ""
    return f"select id, doc from {name} where {wanted}{also} order by id"  # noqa: S608  # our own names


def part(document: str, field: str) -> str:
    """The expression for the name of the part in which a document is; SQLite compares expressions word by word."""
    if not field:
        return f"'{NAMELESS}'"
    text = f"iif({document} glob '[{{ ]*', {document}, substr({document}, {_SUM_DIGITS}))"
    return f"iif(json_valid({text}), ifnull(json_extract({text}, '$.{field}'), ''), '') || ''"
