"""The good copies of a store in the folder beside it: their names, and which of them is the newest sound one.

``0007-2026-11-23.db``: a running number and the day; ``0008-before-format-3.db``: made before a migration.
"""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import apsw

from db.names import table_name

FOLDER = "copies"
_OPEN = (
    "select json ->> '$.value.id' from (select id, substr(doc, instr(doc, '{')) as json from sessions)"
    " where json_valid(json) and json ->> '$.value.state' = 'open' order by id"
)
CHECKSUMS = "cksmvfs"
"""SQLite's layer of checksums, which is loaded by whoever has opened a store."""
_NAME = re.compile(r"(\d{4,})-(?:\d{4}-\d{2}-\d{2}|before-format-\d+)\.db", re.ASCII)


def copies_of(path: Path) -> Path:
    """The folder of the copies of the store at ``path``, whether it exists or not."""
    return path.resolve().parent / FOLDER


def kept(folder: Path) -> list[Path]:
    """The copies in a folder, newest first."""
    return sorted((each for each in _entries(folder) if _number(each)), key=_number, reverse=True)


def daily(folder: Path, on: date) -> Path:
    """The name of the next copy of a day."""
    return _next(folder, on.isoformat())


def before_format(folder: Path, number: int) -> Path:
    """The name of the next copy made before a store is brought to a format."""
    return _next(folder, f"before-format-{number}")


def newest_sound(path: Path) -> Path | None:
    """The newest copy of the store at ``path`` all of whose pages are right."""
    return next((each for each in kept(copies_of(path)) if _is_right(each)), None)


def lacking(copy: Path) -> list[str]:
    """The sessions that were open when a copy was made and whose answers it leaves out."""
    try:
        tables = {table_name(str(name)) for (name,) in _rows(copy, "select name from sqlite_schema")}
        found = [str(session) for (session,) in _rows(copy, _OPEN)]
    except apsw.Error:
        return []
    return [session for session in found if f"ballots {session}" not in tables]


def _next(folder: Path, rest: str) -> Path:
    return folder / f"{1 + max(map(_number, _entries(folder)), default=0):04}-{rest}.db"


def _entries(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [*folder.iterdir()]
    return []


def _number(path: Path) -> int:
    """The running number; 0 for a file that is no copy."""
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


def _is_right(path: Path) -> bool:
    try:
        found = _rows(path, "select doc from meta where id = 1")
        return bool(found) and _rows(path, "pragma integrity_check") == [("ok",)]
    except apsw.Error:
        return False


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Looked at as it lies, without a lock or a log: this must work when little else does."""
    name, flags = path.absolute().as_uri() + "?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    layer = CHECKSUMS if CHECKSUMS in apsw.vfs_names() else None
    connection = apsw.Connection(name, flags=flags, vfs=layer)
    try:
        return [*connection.execute(sql)]
    finally:
        connection.close()
