"""TinyDB's public behaviour, over its own memory storage and over SQLite rows alike."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.operations import set as set_
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from db import open_tinydb


@pytest.fixture(params=["rows", "memory"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """An empty TinyDB."""
    with open_tinydb(tmp_path / "x.db") if request.param == "rows" else TinyDB(storage=MemoryStorage) as opened:
        yield opened


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[TinyDB]:
    """An empty TinyDB over SQLite rows."""
    with open_tinydb(tmp_path / "x.db") as opened:
        yield opened


def test_insert_gives_ids_from_one(db: TinyDB) -> None:
    """Documents are numbered from 1 and found by their number."""
    assert [db.insert({"n": n}) for n in (10, 20)] == [1, 2]
    assert db.get(doc_id=2) == {"n": 20}
    assert db.get(doc_id=3) is None
    assert db.contains(doc_id=1)


def test_a_document_keeps_its_own_id(db: TinyDB) -> None:
    """A Document is stored under its id; the next plain one comes after it; the id can't be used twice."""
    table = db.table("t")
    assert table.insert(Document({"n": 1}, 7)) == 7
    assert table.insert({"n": 2}) == 8
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({"n": 3}, 7))
    assert [(each.doc_id, each["n"]) for each in table] == [(7, 1), (8, 2)]


def test_insert_multiple_is_all_or_nothing(db: TinyDB) -> None:
    """If one document is refused, none is stored."""
    assert db.insert_multiple({"n": n} for n in range(3)) == [1, 2, 3]
    with pytest.raises(ValueError, match="already exists"):
        db.insert_multiple([{"n": 4}, Document({"n": 5}, 2)])
    assert [each["n"] for each in db] == [0, 1, 2]


@pytest.mark.parametrize("wrong", [["no", "mapping"], "text"])
def test_only_mappings_are_documents(db: TinyDB, wrong: object) -> None:
    """Anything else is a ValueError and leaves nothing behind."""
    with pytest.raises(ValueError, match="Mapping"):
        db.insert(wrong)
    with pytest.raises(ValueError, match="Mapping"):
        db.insert_multiple([{"n": 1}, wrong])
    assert len(db) == 0


def test_queries_search_get_count_and_contain(db: TinyDB) -> None:
    """Queries see every field, nested ones too."""
    db.insert_multiple({"n": n, "who": {"branch": f"B{n % 2:02}"}} for n in range(6))
    odd = Query().who.branch == "B01"
    assert [each["n"] for each in db.search(odd)] == [1, 3, 5]
    assert db.count(odd & (where("n") > 1)) == 2
    assert db.get(where("n") == 4).doc_id == 5
    assert not db.contains(where("n") == 9)
    assert [each.doc_id for each in db.get(doc_ids=[5, 2])] == [2, 5]


def test_update_with_fields_operations_and_functions(db: TinyDB) -> None:
    """Fields are merged, operations applied, ids returned; documents that don't match stay."""
    db.insert_multiple({"n": n, "text": "a"} for n in range(4))
    assert db.update({"seen": True}, where("n") >= 2) == [3, 4]
    assert db.update(increment("n"), doc_ids=[1, 99]) == [1]
    assert db.update(set_("text", "ab"), where("n") == 1) == [1, 2]
    assert db.update(delete("text"), where("n") == 3) == [4]
    assert db.update({"all": 1}) == [1, 2, 3, 4]
    assert db.all() == [
        {"n": 1, "text": "ab", "all": 1},
        {"n": 1, "text": "ab", "all": 1},
        {"n": 2, "text": "a", "seen": True, "all": 1},
        {"n": 3, "seen": True, "all": 1},
    ]


def test_update_multiple_makes_every_change(db: TinyDB) -> None:
    """Several updates are made in one go."""
    db.insert_multiple({"n": n} for n in range(3))
    ids = db.update_multiple([({"small": True}, where("n") < 2), (increment("n"), where("n") == 2)])
    assert ids == [1, 2, 3]
    assert db.all() == [{"n": 0, "small": True}, {"n": 1, "small": True}, {"n": 3}]


def test_upsert_updates_or_inserts(db: TinyDB) -> None:
    """What matches is updated; where nothing does, the document is inserted."""
    assert db.upsert({"key": "a", "n": 1}, where("key") == "a") == [1]
    assert db.upsert({"key": "a", "n": 2}, where("key") == "a") == [1]
    assert db.upsert(Document({"n": 9}, 5)) == [5]
    assert db.all() == [{"key": "a", "n": 2}, {"n": 9}]
    with pytest.raises(ValueError, match="search query"):
        db.upsert({"n": 1})


def test_remove_and_truncate(db: TinyDB) -> None:
    """Removing needs a condition; truncating empties the table and starts its ids anew."""
    db.insert_multiple({"n": n} for n in range(5))
    assert db.remove(where("n") > 2) == [4, 5]
    assert db.remove(doc_ids=[1, 77]) == [1]
    assert [each["n"] for each in db] == [1, 2]
    with pytest.raises(RuntimeError):
        db.remove()
    db.truncate()
    assert len(db) == 0
    assert db.insert({"n": 1}) == 1


def test_tables_are_apart_and_can_be_dropped(db: TinyDB) -> None:
    """Tables have their own documents; capitals, blanks, quotes and SQL's own words are fine in names."""
    names = {"ballots B01", "ballots b01", 'a "quoted" name', "select", "sqlite_schema", "票箱", "!"}
    for number, name in enumerate(sorted(names)):
        db.table(name).insert({"n": number})
    assert db.tables() == names
    assert [len(db.table(name)) for name in names] == [1] * len(names)
    db.drop_table("ballots b01")
    db.drop_table("never there")
    assert db.tables() == names - {"ballots b01"}
    assert len(db.table("ballots B01")) == 1
    db.drop_tables()
    assert db.tables() == set()


def test_a_failing_update_changes_nothing(rows: TinyDB) -> None:
    """An update that breaks half-way leaves all documents as they were."""
    rows.insert_multiple([{"n": 1}, {"n": "x"}])
    with pytest.raises(TypeError):
        rows.update(increment("n"))
    assert rows.all() == [{"n": 1}, {"n": "x"}]


def test_an_id_is_not_given_out_twice(rows: TinyDB) -> None:
    """The id of a removed document is never used again, also after closing."""
    rows.insert_multiple([{"n": 1}, {"n": 2}])
    rows.remove(doc_ids=[2])
    assert rows.insert({"n": 3}) == 3


def test_given_and_new_ids_mix_in_one_insert(rows: TinyDB) -> None:
    """A plain document never lands on the id of one that came before it in the same call."""
    assert rows.insert_multiple([Document({"n": 1}, 5), {"n": 2}, {"n": 3}]) == [5, 6, 7]


def test_documents_handed_out_are_copies(rows: TinyDB) -> None:
    """Changing what was read does not change what is stored."""
    rows.insert({"list": [1]})
    rows.all()[0]["list"].append(2)
    assert rows.all() == [{"list": [1]}]


def test_an_update_of_one_document_writes_one_row(rows: TinyDB) -> None:
    """Documents that did not change are not written again."""
    rows.insert_multiple({"n": n} for n in range(50))
    writer = rows.storage.transactions._writer  # type: ignore[attr-defined]
    before = writer.total_changes()
    rows.update_multiple([({"n": 1000}, where("n") == 7)])
    assert writer.total_changes() - before == 1 + 1  # the document, and the count of commits


def test_iterating_sees_one_moment(rows: TinyDB) -> None:
    """What is inserted while a table is gone through does not turn up in it."""
    rows.insert_multiple({"n": n} for n in range(3))
    assert [rows.insert({"copy": each["n"]}) for each in rows] == [4, 5, 6]
    assert len(rows) == 6


def test_what_json_can_not_hold_is_refused(rows: TinyDB) -> None:
    """A document that could not be read back is not stored."""
    with pytest.raises(TypeError):
        rows.insert({"day": date(2026, 11, 23)})
    assert len(rows) == 0


def test_it_is_all_there_after_closing(tmp_path: Path) -> None:
    """A closed file holds everything, in order and with its ids; beside it lies only the number of the last commit."""
    with open_tinydb(tmp_path / "x.db") as first:
        first.insert_multiple([{"n": 1, "文": "字"}, {"n": 2}])
        first.remove(doc_ids=[2])
    assert {each.name for each in tmp_path.iterdir()} == {"x.db", "x.acknowledged"}
    with open_tinydb(tmp_path / "x.db") as again:
        assert again.all() == [{"n": 1, "文": "字"}]
        assert again.insert({"n": 3}) == 3


def test_a_table_that_another_process_makes_just_now_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made between a failed read and the look whether it exists, a table is read again, not taken for damage."""
    with open_tinydb(tmp_path / "x.db") as one, open_tinydb(tmp_path / "x.db") as other:
        names = one.storage.names

        def later() -> list[str]:
            other.table("new").insert({"n": 1})
            found: list[str] = names()
            return found

        monkeypatch.setattr(one.storage, "names", later)
        assert one.table("new").all() == [{"n": 1}]


def test_third_party_code_can_write_the_whole_database(rows: TinyDB) -> None:
    """The storage's own read and write hold to TinyDB's contract."""
    rows.table("a").insert({"n": 1})
    rows.table("b").insert({"n": 2})
    data = rows.storage.read()
    assert data is not None
    data["c"] = {"4": {"n": 3}}
    del data["b"]
    rows.storage.write(data)
    assert {name: rows.table(name).all() for name in rows.tables()} == {"a": [{"n": 1}], "c": [{"n": 3}]}
    assert rows.table("c").all()[0].doc_id == 4


VALUES = st.integers(0, 3)
STEP = st.one_of(
    st.tuples(st.just("insert"), VALUES),
    st.tuples(st.just("insert_multiple"), st.lists(VALUES, max_size=3)),
    st.tuples(st.just("update"), VALUES),
    st.tuples(st.just("increment"), VALUES),
    st.tuples(st.just("upsert"), VALUES),
    st.tuples(st.just("remove"), VALUES),
    st.tuples(st.just("truncate"), st.none()),
)


def do(table: Table, step: tuple[str, Any]) -> object:
    """One step of somebody's work with a table; what TinyDB answers, and what a search then finds."""
    name, value = step
    match name:
        case "insert":
            answer: object = table.insert({"n": value})
        case "insert_multiple":
            answer = table.insert_multiple({"n": each} for each in value)
        case "update":
            answer = table.update({"seen": True}, where("n") == value)
        case "increment":
            answer = table.update(increment("n"), where("n") < value)
        case "upsert":
            answer = table.upsert({"n": value, "key": value}, where("key") == value)
        case "remove":
            answer = table.remove(where("n") == value)
        case _:
            answer = None
            table.truncate()
    found = [(each.doc_id, dict(each)) for each in table.search(where("n") > 1)]
    return answer, found, len(table), [(each.doc_id, dict(each)) for each in table]


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_any_work_gives_what_tinydb_itself_gives(steps: list[tuple[str, Any]]) -> None:
    """Whatever is done to a table, answers, ids and contents are those of TinyDB's own storage."""
    with tempfile.TemporaryDirectory() as place, open_tinydb(Path(place, "x.db")) as ours:
        theirs = TinyDB(storage=MemoryStorage)
        for step in steps:
            assert do(ours.table("t"), step) == do(theirs.table("t"), step)
