"""Several processes over one store: nothing is lost, nothing is stale, and a killed one takes nothing with it."""

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

import db.connections
import db.turns
from campaign.errors import StoreError
from campaign.language import Lang
from db import check, open_store, open_tinydb
from db.holders import users_of
from db.rows import Rows
from surveys.session import KioskAccount
from tests.db_builders import SESSION, make_entry, make_response, make_session

SPAWN = multiprocessing.get_context("spawn")
WRITERS, EACH = 4, 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one session."""
    store = open_store(tmp_path / "data", create=True)
    store.save_session(make_session())
    store.close()
    return tmp_path / "data"


class Stop(Exception):
    """Leaves a transaction."""


def start(work: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """A process that does ``work(pipe, *arguments)``, and this end of its pipe."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(theirs, *arguments))
    process.start()
    theirs.close()
    return process, ours


def hand_in(pipe: Connection, folder: Path, first: int) -> None:
    """Open the store, wait for a word, then put in responses and tell each id once it is stored."""
    store = open_store(folder)
    pipe.send("ready")
    pipe.recv()
    for doc_id in range(first, first + EACH):
        store.count_started(SESSION)
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id}))
        store.add_entries([make_entry(reference=str(doc_id))])
        pipe.send(doc_id)
    store.close()


def hand_in_for_ever(pipe: Connection, folder: Path) -> None:
    """Put in responses until killed."""
    store, doc_id = open_store(folder), 0
    while True:
        doc_id += 1
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id}))
        pipe.send(doc_id)


def stop_inside_a_transaction(pipe: Connection, folder: Path) -> None:
    """Write, don't commit, and wait to be killed."""
    store = open_store(folder)
    with store.transaction():
        store.add_response(SESSION, 1, make_response())
        store.add_entries([make_entry()])
        pipe.send("written")
        pipe.recv()


def insert_one(pipe: Connection, path: Path) -> None:
    """Insert a document into a TinyDB and say so."""
    with open_tinydb(path) as opened:
        opened.insert({"branch": "B01"})
    pipe.send("done")


def test_writers_and_readers_at_once(folder: Path) -> None:
    """Four processes write several hundred documents while another reads: nothing is lost, double or torn."""
    crowd = [start(hand_in, folder, 1 + 1000 * n) for n in range(WRITERS)]
    reader = open_store(folder)
    for _, pipe in crowd:
        assert pipe.recv() == "ready"
    for _, pipe in crowd:
        pipe.send("go")
    seen = 0
    while any(process.is_alive() for process, _ in crowd):
        count = reader.count_responses(SESSION)
        assert count >= seen
        assert all(each == make_response(answers=each.answers) for each in reader.responses(SESSION))
        seen = count
    told = [pipe.recv() for _, pipe in crowd for _ in range(EACH)]
    assert {process.exitcode for process, _ in crowd} == {0}
    assert sorted(int(str(each.answers["age"])) for each in reader.responses(SESSION)) == sorted(told)
    assert sorted(int(each.reference) for each in reader.entries()) == sorted(told)
    total = WRITERS * EACH
    assert len(set(told)) == total
    assert reader.kiosk_account(SESSION) == KioskAccount(started=total, submitted=total)
    reader.close()
    check(folder)


def test_a_search_sees_what_another_process_has_written(tmp_path: Path) -> None:
    """The query cache is dropped when anybody writes, and used while nobody does."""
    path = tmp_path / "x.db"
    with open_tinydb(path) as opened:
        query = where("branch") == "B01"
        opened.insert({"branch": "B01"})
        first = opened.search(query)
        assert opened.search(query)[0] is first[0]
        before = opened.storage.revision()
        process, pipe = start(insert_one, path)
        assert pipe.recv() == "done"
        process.join()
        assert opened.storage.revision() != before
        assert [each.doc_id for each in opened.search(query)] == [1, 2]
        assert opened.count(query) == 2


def test_a_search_inside_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """What was found before a rollback is not found after it."""
    query = where("n") > 0
    with open_tinydb(tmp_path / "x.db") as opened:
        with suppress(Stop), opened.storage.transaction():
            opened.insert({"n": 1})
            assert len(opened.search(query)) == 1
            raise Stop
        assert opened.search(query) == []


def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    """Kill -9 in the middle of writing: every acknowledged response is there, and the account agrees with the box."""
    process, pipe = start(hand_in_for_ever, folder)
    told = [pipe.recv() for _ in range(80)]
    process.kill()
    process.join()
    while pipe.poll():
        try:
            told.append(pipe.recv())
        except EOFError:
            break
    store = open_store(folder)
    found = {int(str(each.answers["age"])) for each in store.responses(SESSION)}
    assert set(told) <= found
    assert len(found - set(told)) <= 1
    assert store.kiosk_account(SESSION).submitted == len(found)
    store.add_response(SESSION, 10**6, make_response())
    store.close()
    assert check(folder).format


def test_a_killed_writer_leaves_no_half_of_a_transaction(folder: Path) -> None:
    """Killed before its commit, a transaction leaves nothing, and the others go on at once."""
    process, pipe = start(stop_inside_a_transaction, folder)
    assert pipe.recv() == "written"
    store = open_store(folder)
    assert store.count_responses(SESSION) == 0
    process.kill()
    process.join()
    store.add_response(SESSION, 2, make_response())
    assert store.response(SESSION, 1) is None
    assert store.count_responses(SESSION) == store.kiosk_account(SESSION).submitted == 1
    assert list(store.entries()) == []
    store.close()


def test_a_busy_store_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waits too long for another gets M41; readers see what was committed and never wait."""
    for module in (db.connections, db.turns):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    one, other = open_store(folder), open_store(folder)
    with one.transaction():
        one.add_response(SESSION, 1, make_response())
        with pytest.raises(StoreError) as error:
            other.add_response(SESSION, 2, make_response())
        assert error.value.code == "M41"
        assert "this program itself" in error.value.problems[0].message(Lang.EN)
        assert other.count_responses(SESSION) == 0
    other.add_response(SESSION, 2, make_response())
    assert one.count_responses(SESSION) == 2
    one.close()
    other.close()


def test_who_keeps_the_store_busy_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """M41 names the process that holds the lock, by its number and its program; once that is gone, writing goes on."""
    for module in (db.connections, db.turns):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    process, pipe = start(stop_inside_a_transaction, folder)
    assert pipe.recv() == "written"
    store = open_store(folder)
    with pytest.raises(StoreError) as error:
        store.add_response(SESSION, 2, make_response())
    for lang, text in ((Lang.EN, f"process {process.pid} (python"), (Lang.ZH, f"进程 {process.pid}（python")):
        assert text in error.value.problems[0].message(lang)
    (user,) = users_of(folder / "manyi.db")
    assert user.text(Lang.EN).startswith(f"process {process.pid} (")
    process.kill()
    process.join()
    assert store.add_response(SESSION, 2, make_response())
    assert users_of(folder / "manyi.db") == []
    store.close()


def test_several_may_begin_one_store_at_once(tmp_path: Path) -> None:
    """Whoever comes second opens the store of the first; nobody's work is replaced."""
    folder, gate = tmp_path / "data", threading.Barrier(4)

    def begin(number: int) -> None:
        gate.wait()
        store = open_store(folder, create=True)
        store.add_entries([make_entry(reference=str(number))])
        store.close()

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    store = open_store(folder)
    assert sorted(each.reference for each in store.entries()) == ["0", "1", "2", "3"]
    store.close()
    assert {each.name for each in folder.iterdir()} == {"manyi.db", "manyi.acknowledged"}


def test_a_row_that_comes_while_it_is_looked_for_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process writes between the search and the look whether a search has missed it: it was not there yet."""
    ours, theirs = open_tinydb(tmp_path / "db"), open_tinydb(tmp_path / "db")
    ours.table("x").insert(Document({}, 1))
    stored = Rows.stored

    def late(rows: Rows) -> list[tuple[int, object]]:
        monkeypatch.setattr(Rows, "stored", stored)
        theirs.table("x").insert(Document({}, 7))
        return stored(rows)

    monkeypatch.setattr(Rows, "stored", late)
    assert ours.table("x").get(doc_id=7) is None
    assert ours.table("x").get(doc_id=7) == {}
    ours.close()
    theirs.close()
