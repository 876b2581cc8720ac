"""Stores as stock TinyDB JSON: one object of tables, each an object of documents by id.

``tinydb.TinyDB(FILE)`` opens such a file in any locale: it is ASCII, and all else is escaped.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from campaign.i18n import I18n
from db.connections import create
from db.copying import Snapshot
from db.encoding import Fields, decoded, encoded
from db.failures import damaged
from db.names import sql_name
from db.tables import RowDB

NO_JSON = I18n(zh="内容不是JSON", en="it holds neither a store nor JSON")


class NotPlain(Exception):  # says what it is
    """The file is no TinyDB JSON."""

    def __init__(self, why: I18n) -> None:
        super().__init__(why.en)
        self.why = why


def write_plain(source: Snapshot, new: Path) -> None:
    """Write every document into the empty file ``new``, one by one; OSError, and StoreError V86 for the source."""
    with new.open("w", encoding="ascii", newline="\n") as file:
        file.write("{")
        for number, table in enumerate(source.tables()):
            file.write(f"{',' if number else ''}\n{json.dumps(table)}: {{")
            for place, (doc_id, text) in enumerate(source.documents(table)):
                file.write(f'{"," if place else ""}\n"{doc_id}": {_ascii(source.path, table, text)}')
            file.write("}")
        file.write("}\n")


def _ascii(path: Path, table: str, text: str) -> str:
    try:
        return json.dumps(decoded(text))
    except ValueError as error:
        raise damaged(I18n(zh=f"“{table}”中的一条", en=f'a document of "{table}"'), path) from error


def read_plain(path: Path) -> Mapping[str, Mapping[int, str]]:
    """The documents of a TinyDB JSON file, as JSON by id by table; NotPlain with what is wrong, OSError."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            tables = json.load(file, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise NotPlain(error.why if isinstance(error, _Twice) else NO_JSON) from None
    if not isinstance(tables, dict):
        raise NotPlain(I18n(zh="最外层不是对象", en="the outermost value is no object"))
    return {table: _documents(table, documents) for table, documents in tables.items()}


def write_store(tables: Mapping[str, Mapping[int, str]], new: Path) -> None:
    """Turn the empty file ``new`` into a database of ours with these documents. StoreError M40."""
    create(new)
    with RowDB(new) as db, db.storage.exclusive():
        for table, documents in tables.items():
            db.storage.apply(table, documents, cleared=True)


class _Twice(ValueError):
    """A name stands twice in one object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.why = I18n(zh=f"“{name}”出现了两次", en=f'"{name}" stands there twice')


def _object(pairs: list[tuple[str, Any]]) -> Fields:
    """The pairs as a dict; of two with one name, json itself would drop one in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return made


def _documents(table: str, documents: object) -> Mapping[int, str]:
    try:
        sql_name(table)
        if not isinstance(documents, dict):
            raise NotPlain(I18n(zh=f"“{table}”不是表", en=f'"{table}" is no table'))
        return dict(sorted((_id(doc_id), _text(document)) for doc_id, document in documents.items()))
    except ValueError:
        raise NotPlain(I18n(zh=f"“{table}”不是TinyDB的表", en=f'"{table}" is no table of TinyDB')) from None


def _id(text: str) -> int:
    number = int(text)
    if str(number) != text or not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return number


def _text(document: object) -> str:
    if not isinstance(document, dict):
        raise ValueError(document)  # noqa: TRY004  # all that is wrong with a table is told alike
    return encoded(document)
