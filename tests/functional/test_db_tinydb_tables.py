"""Tables, the default table, the storage and closing, over TinyDB's own storages and over SQLite rows alike."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Document, Table
from tinydb.utils import LRUCache

from tests.tinydb_kinds import FILES, ids_of, opened


def test_a_new_database_is_empty(db: TinyDB) -> None:
    """It has no tables, no documents, and is false."""
    assert (db.tables(), len(db), db.all(), [*db], bool(db)) == (set(), 0, [], [], False)
    assert (db.search(where("n") == 1), db.get(doc_id=1), db.count(where("n") == 1)) == ([], None, 0)
    assert db.tables() == set()


def test_the_database_itself_is_its_default_table(db: TinyDB) -> None:
    """What is done with it is done with the table _default."""
    assert TinyDB.default_table_name == "_default"
    assert db.insert({"n": 1}) == 1
    assert (db.name, db.tables(), len(db), bool(db)) == ("_default", {"_default"}, 1, True)
    table = db.table("_default")
    assert table.insert({"n": 2}) == 2
    assert db.all() == [*db] == table.all() == [*table] == [{"n": 1}, {"n": 2}]
    db.truncate()
    assert len(table) == 0


def test_the_default_table_can_have_another_name(db: TinyDB, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all databases or for one."""
    monkeypatch.setattr(TinyDB, "default_table_name", "people")
    db.insert({"n": 1})
    db.default_table_name = "things"
    db.insert({"n": 2})
    assert {name: db.table(name).all() for name in db.tables()} == {"people": [{"n": 1}], "things": [{"n": 2}]}


def test_a_table_is_one_object_by_its_name(db: TinyDB) -> None:
    """Asked for again it is the same, whatever options come with the name; it equals no other."""
    table = db.table("a", cache_size=3)
    assert db.table("a") is table
    assert db.table("a", cache_size=0, persist_empty=True) is table
    assert len({table, db.table("a"), db.table("b")}) == 2
    assert (table.name, db.table("b").name) == ("a", "b")
    assert db.tables() == set()


def test_options_that_a_table_has_not_are_refused(db: TinyDB) -> None:
    """They are a TypeError, and so is an attribute that no table has an AttributeError."""
    with pytest.raises(TypeError, match="size"):
        db.table("a", size=3)
    with pytest.raises(AttributeError, match="rows"):
        db.rows()


WRITES: dict[str, Callable[[Table], object]] = {
    "insert": lambda table: table.insert({}),
    "insert nothing": lambda table: table.insert_multiple([]),
    "update nothing": lambda table: table.update({"n": 1}),
    "update no document": lambda table: table.update({"n": 1}, doc_ids=[1]),
    "update_multiple of nothing": lambda table: table.update_multiple([]),
    "upsert": lambda table: table.upsert({"n": 1}, where("n") == 1),
    "remove nothing": lambda table: table.remove(where("n") == 1),
    "truncate": lambda table: table.truncate(),
}
READS: dict[str, Callable[[Table], object]] = {
    "all": lambda table: table.all(),
    "search": lambda table: table.search(where("n") == 1),
    "get": lambda table: table.get(doc_id=1),
    "len": len,
    "repr": repr,
    "clear_cache": lambda table: table.clear_cache(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_table_is_there_from_its_first_write(db: TinyDB, write: Callable[[Table], object]) -> None:
    """Whatever the write was, even if it had nothing to write."""
    write(db.table("t"))
    assert db.tables() == {"t"}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_reading_makes_no_table(db: TinyDB, read: Callable[[Table], object]) -> None:
    """A table that was only looked at is not there."""
    read(db.table("t"))
    assert db.tables() == set()


def test_a_table_may_be_there_from_the_beginning(db: TinyDB) -> None:
    """With persist_empty a table is there before anything is written to it."""
    table = db.table("t", persist_empty=True)
    assert (db.tables(), len(table)) == ({"t"}, 0)
    assert table.insert({"n": 1}) == 1


NAMES = ["", " ", "a", "A", "aA", "!a", "a!", 'a "b"', "a'b", "a`b", "[a]", "a.b", "a;b", "%s {}", "select", "票箱"]
NAMES += ["sqlite_schema", "sqlite_sequence", "SQLITE_x", "sqlite!_x", "_default", "0", "!0", "!0new", "\n", "𠮷"]
NAMES += ["\u00e9", "e\u0301", "x" * 2000]


def test_a_table_may_be_called_anything(db: TinyDB) -> None:
    """Names differ by every character and come back as they were."""
    for number, name in enumerate(NAMES):
        db.table(name).insert({"n": number})
    assert db.tables() == {*NAMES}
    assert [db.table(name).all() for name in NAMES] == [[{"n": number}] for number in range(len(NAMES))]
    for name in NAMES[::2]:
        db.drop_table(name)
    assert db.tables() == {*NAMES[1::2]}
    assert [len(db.table(name)) for name in NAMES] == [number % 2 for number in range(len(NAMES))]


def test_tables_have_their_own_documents_ids_and_answers(db: TinyDB) -> None:
    """What is done in one is not seen in another."""
    a, b = db.table("a"), db.table("b")
    a.insert_multiple([{"n": 1}, {"n": 2}])
    assert b.search(where("n") > 0) == []
    assert b.insert({"n": 3}) == 1
    assert a.update({"seen": True}) == [1, 2]
    assert b.all() == b.search(where("n") > 0) == [{"n": 3}]
    b.truncate()
    assert (len(a), len(b), db.tables()) == (2, 0, {"a", "b"})


def test_a_dropped_table_is_gone_and_may_come_again(db: TinyDB) -> None:
    """Under its name there is a new, empty table, whose ids start at 1; other tables stay."""
    old = db.table("t")
    old.insert_multiple([{"n": 1}, {"n": 2}])
    db.table("u").insert({"n": 3})
    db.drop_table("t")
    db.drop_table("never there")
    assert db.tables() == {"u"}
    new = db.table("t")
    assert new is not old
    assert (len(new), new.search(where("n") > 0)) == (0, [])
    assert new.insert({"n": 4}) == 1
    assert (db.tables(), db.table("u").all()) == ({"t", "u"}, [{"n": 3}])


def test_all_tables_can_be_dropped_at_once(db: TinyDB) -> None:
    """Also of an empty database, and the default table too."""
    db.drop_tables()
    old = db.table("t")
    for table in (old, db):
        table.insert({"n": 1})
    db.drop_tables()
    assert (db.tables(), len(db), db.table("t") is old) == (set(), 0, False)
    assert (db.insert({"n": 2}), db.table("t").insert({"n": 2})) == (1, 1)


def test_a_dropped_table_in_hand_is_an_empty_one(db: TinyDB) -> None:
    """Who holds the object reads nothing, and by writing makes the table anew."""
    table = db.table("t")
    table.insert({"n": 1})
    db.drop_table("t")
    assert (len(table), table.all(), table.get(doc_id=1)) == (0, [], None)
    assert table.update({"n": 2}) == []
    table.insert(Document({"n": 3}, 5))
    assert (db.tables(), db.table("t").all()) == ({"t"}, [{"n": 3}])


def test_a_table_is_gone_through_as_it_was(db: TinyDB) -> None:
    """What is inserted or removed while one goes through it changes nothing about the way."""
    table = db.table("t")
    table.insert_multiple({"n": n} for n in range(4))
    seen = []
    for document in table:
        seen.append(document.doc_id)
        table.insert({"copy": document.doc_id})
        table.remove(doc_ids=[4])
    assert seen == [1, 2, 3, 4]
    assert (ids_of(table), len(table)) == ([1, 2, 3, 5, 6, 7, 8], 7)
    ways = iter(table), iter(table)
    assert [next(way).doc_id for way in ways] == [1, 1]
    assert [each.doc_id for each in ways[0]] == [2, 3, 5, 6, 7, 8]


def test_databases_and_tables_tell_what_they_are(db: TinyDB) -> None:
    """By class, name, storage and counts, in repr and str."""
    table = db.table("t")
    table.insert_multiple([{"n": 1}, {"n": 2}])
    assert repr(table) == str(table) == f"<{type(table).__name__} name='t', total=2, storage={db.storage}>"
    assert (
        repr(db)
        == str(db)
        == (
            f"<{type(db).__name__} tables=['t'], tables_count=1, default_table_documents_count=0, "
            "all_tables_documents_count=['t=2']>"
        )
    )


def test_classes_are_the_ones_that_code_expects(db: TinyDB) -> None:
    """A database is a TinyDB, a table a Table, and both know their storage."""
    table = db.table("t")
    assert isinstance(db, TinyDB)
    assert isinstance(table, Table)
    assert isinstance(db.storage, Storage)
    assert table.storage is db.storage


class Person(Document):
    """A document class of a user's."""


class Answers(LRUCache[Any, Any]):
    """A query cache of a user's."""


def test_classes_of_documents_and_caches_may_be_ones_own(db: TinyDB, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents come in the class that Table says, and only that class brings an id of its own."""
    monkeypatch.setattr(Table, "document_class", Person)
    monkeypatch.setattr(Table, "query_cache_class", Answers)
    table = db.table("t")
    assert isinstance(table._query_cache, Answers)
    assert table.insert(Person({"n": 1}, 7)) == 7
    assert table.insert(Document({"n": 2}, 70)) == 8
    assert table.upsert(Document({"n": 3}, 70), where("n") == 3) == [9]
    assert table.insert_multiple([Document({"n": 4}, 70), Person({"n": 5}, 11)]) == [10, 11]
    found = [*table, table.get(doc_id=7), table.search(where("n") == 1)[0], *table.get(doc_ids=[7])]
    assert {type(each) for each in found} == {Person}


def test_the_storage_holds_tables_of_documents_by_id(db: TinyDB) -> None:
    """Ids are text there; what was read can be dumped, changed and written back, new tables and ids as numbers too."""
    db.insert_multiple([{"n": 1, "deep": {"list": [1]}}, {"n": 2}, {"n": 3}])
    db.table("gone").insert({"n": 4})
    data = db.storage.read()
    assert data == {
        "_default": {"1": {"n": 1, "deep": {"list": [1]}}, "2": {"n": 2}, "3": {"n": 3}},
        "gone": {"1": {"n": 4}},
    }
    data = json.loads(json.dumps(data))
    data["_default"]["1"]["deep"]["list"].append(2)
    data["_default"]["9"] = {"n": 9}
    data["new"] = {5: {"n": 5}}
    del data["_default"]["3"], data["gone"]
    db.storage.write({**data, "empty": {}})
    db.clear_cache()
    assert [(each.doc_id, dict(each)) for each in db] == [
        (1, {"n": 1, "deep": {"list": [1, 2]}}),
        (2, {"n": 2}),
        (9, {"n": 9}),
    ]
    assert db.tables() == {"_default", "new", "empty"}
    assert (ids_of(db.table("new")), len(db.table("empty")), len(db.table("gone"))) == ([5], 0, 0)
    db.storage.write({})
    assert db.tables() == set()


@pytest.mark.parametrize("kind", FILES)
def test_everything_is_there_when_opened_again(kind: str, tmp_path: Path) -> None:
    """Documents with their ids, tables, empty ones too, and the counting of ids."""
    with opened(kind, tmp_path) as db:
        db.insert_multiple([{"n": 1, "文": "字"}, {"n": 2}])
        db.table("票箱").insert(Document({"n": 3}, 2**62))
        db.table("empty", persist_empty=True)
        before = db.storage.read()
    for _ in range(2):
        with opened(kind, tmp_path) as db:
            assert db.storage.read() == before
            assert db.tables() == {"_default", "票箱", "empty"}
            assert (len(db), db.get(where("文") == "字").doc_id) == (2, 1)
    with opened(kind, tmp_path) as db:
        assert db.insert({"n": 4}) == 3
        assert db.table("票箱").insert({"n": 5}) == 2**62 + 1


def test_a_with_block_gives_the_database_and_lets_errors_out(db: TinyDB) -> None:
    """An error in the block closes the database and goes on."""

    def work() -> None:
        with db as same:
            same.insert({"same": same is db})
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        work()
    assert not db._opened


CLOSED: dict[str, Callable[[Any], object]] = {
    **WRITES,
    "all": lambda table: table.all(),
    "search": lambda table: table.search(where("n") == 1),
    "get": lambda table: table.get(doc_id=1),
    "contains": lambda table: table.contains(where("n") == 1),
    "len": len,
    "repr": repr,
    "iter": lambda table: [*table],
}
DATABASE: dict[str, Callable[[TinyDB], object]] = {
    "tables": lambda db: db.tables(),
    "drop_table": lambda db: db.drop_table("t"),
    "drop_tables": lambda db: db.drop_tables(),
    "storage.read": lambda db: db.storage.read(),
    "storage.write": lambda db: db.storage.write({}),
    "repr": repr,
    "new table": lambda db: db.table("new", persist_empty=True),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("act", CLOSED.values(), ids=CLOSED.keys())
def test_a_table_of_a_closed_database_is_of_no_use(kind: str, act: Callable[[Any], object], tmp_path: Path) -> None:
    """Whatever is asked of it is a ValueError, and nothing is lost or written."""
    db = opened(kind, tmp_path)
    table = db.table("t")
    table.insert({"n": 2})
    db.close()
    with pytest.raises(ValueError, match="I/O operation on"):
        act(table)
    with opened(kind, tmp_path) as again:
        assert again.table("t").all() == [{"n": 2}]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("act", DATABASE.values(), ids=DATABASE.keys())
def test_a_closed_database_is_of_no_use(kind: str, act: Callable[[TinyDB], object], tmp_path: Path) -> None:
    """Whatever is asked of it is a ValueError; closing it again does nothing."""
    db = opened(kind, tmp_path)
    db.table("t").insert({"n": 2})
    with db:
        db.close()
    db.close()
    with pytest.raises(ValueError, match="I/O operation on"):
        act(db)
    with opened(kind, tmp_path) as again:
        assert again.table("t").all() == [{"n": 2}]
