"""The SQL names of TinyDB's tables."""

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
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
