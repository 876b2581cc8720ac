"""TinyDB over SQLite rows beside TinyDB over its own storages, for tests that hold for all of them."""

from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from db import open_tinydb

FILES = ("rows", "json")
"""Kinds that keep documents in a file and give out copies."""
KINDS = (*FILES, "memory")
"""Ours and TinyDB's own."""
THREE = [{"n": 1}, {"n": 2}, {"n": 3}]
"""Documents whose field is their id."""


def opened(kind: str, folder: Path) -> TinyDB:
    """The TinyDB of this kind in the folder, made if there is none."""
    if kind == "rows":
        return open_tinydb(folder / "x.db")
    return TinyDB(folder / "x.json") if kind == "json" else TinyDB(storage=MemoryStorage)


def ids_of(documents: object) -> list[int]:
    """The ids of documents, in their order."""
    return [each.doc_id for each in documents]  # type: ignore[attr-defined]  # whatever TinyDB hands out
