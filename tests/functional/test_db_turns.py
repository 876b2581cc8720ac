"""How writers of several processes take turns."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

import db.connections
import db.turns
from campaign.errors import StoreError
from db import open_store
from db.turns import Turns
from surveys.ports import Store
from tests.db_builders import SESSION, make_response


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data folder."""
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An empty store."""
    store = open_store(folder, create=True)
    yield store
    store.close()


def test_one_at_a_time_has_the_turn(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks meanwhile waits, and is told M41 in the end; once it is given or its holder is gone, it is free."""
    monkeypatch.setattr(db.turns, "BUSY_SECONDS", 0.01)
    store.count_started(SESSION)
    one, other = Turns(folder / "manyi.db"), Turns(folder / "manyi.db")
    one.take()
    for ask in (other.take, lambda: store.count_started(SESSION)):
        with pytest.raises(StoreError) as error:
            ask()
        assert error.value.code == "M41"
    one.give()
    other.take()
    other.close()
    one.take()
    one.close()
    store.count_started(SESSION)
    assert store.started(SESSION) == 2


def test_whoever_waits_does_not_ask_sqlite(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that finds another writing waits for its turn: SQLite's lock is asked for once, and is free then."""
    monkeypatch.setattr(db.connections._Patience, "__call__", lambda *_: pytest.fail("SQLite was busy"))
    other = open_store(folder)
    with store.transaction():
        store.add_response(SESSION, 1, make_response())
        thread = Thread(target=other.add_response, args=(SESSION, 2, make_response()))
        thread.start()
        thread.join(0.05)
        assert thread.is_alive()
    thread.join()
    assert store.count_responses(SESSION) == 2
    other.close()


def test_without_such_locks_those_of_sqlite_must_do(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the log can't be locked, writers still keep apart, and none waits for ever."""
    monkeypatch.setattr(db.connections, "BUSY_SECONDS", 0)
    monkeypatch.setattr(Turns, "_open", lambda _: None)
    other = open_store(folder)
    with store.transaction():
        store.add_response(SESSION, 1, make_response())
        with pytest.raises(StoreError) as error:
            other.add_response(SESSION, 2, make_response())
    assert error.value.code == "M41"
    assert other.add_response(SESSION, 2, make_response())
    other.close()
