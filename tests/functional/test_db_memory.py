"""Transactions over TinyDB's own memory storage."""

from contextlib import suppress
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from db.memory import MemoryTransactions


class Stop(Exception):
    """Leaves a transaction."""


def test_a_search_after_a_rollback_finds_what_was_there_before() -> None:
    """What TinyDB remembered of a search inside is forgotten with the rest."""
    db = TinyDB(storage=MemoryStorage)
    work = MemoryTransactions(db)
    db.insert({"n": 1})
    with suppress(Stop), work.transaction():
        db.insert({"n": 2})
        db.update({"n": 3}, where("n") == 1)
        assert len(db.search(where("n") > 1)) == 2
        raise Stop
    assert db.search(where("n") > 1) == []
    assert db.all() == [{"n": 1}]


def test_a_table_made_inside_is_gone_after_a_rollback() -> None:
    """A table that did not exist before does not exist after; a dropped one is back."""
    db = TinyDB(storage=MemoryStorage)
    work = MemoryTransactions(db)
    db.table("old").insert({"n": 1})
    with suppress(Stop), work.transaction():
        db.table("new").insert({"n": 1})
        db.drop_table("old")
        raise Stop
    assert db.tables() == {"old"}
    assert db.table("old").all() == [{"n": 1}]


def test_other_storages_are_refused(tmp_path: Path) -> None:
    """These transactions are for memory alone: a file would keep what is undone."""
    with TinyDB(tmp_path / "x.json") as db, pytest.raises(TypeError):
        MemoryTransactions(db)
