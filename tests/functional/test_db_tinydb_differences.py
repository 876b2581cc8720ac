"""Where TinyDB over SQLite rows is not as TinyDB over its JSON file: what ``open_tinydb`` documents, and no more.

Each test shows what TinyDB does, so that a newer TinyDB that does otherwise is noticed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import set as set_
from tinydb.table import Document, Table

from db import open_tinydb
from db.tables import RowDB
from tests.tinydb_kinds import ids_of, opened


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[RowDB]:
    """An empty TinyDB over rows."""
    with open_tinydb(tmp_path / "x.db") as db:
        yield db


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[TinyDB]:
    """An empty TinyDB of TinyDB's own."""
    with opened("json", tmp_path) as db:
        yield db


THREE = [{"n": 1}, {"n": 2}, {"n": 3}]


def test_documents_come_in_order_of_ids(ours: RowDB, theirs: TinyDB) -> None:
    """The order in which documents came can't be told; TinyDB tells it."""
    orders = {}
    for db in (ours, theirs):
        db.insert_multiple([Document({"n": 1}, 30), Document({"n": 2}, 10), Document({"n": 3}, 20)])
        found = [ids_of(db), ids_of(db.all()), ids_of(db.search(where("n") > 0)), ids_of(db.get(doc_ids=[30, 10, 20]))]
        found += [db.update({"x": 1}), db.update({"x": 2}, where("n") > 0), [db.get(where("n") > 0).doc_id] * 3]
        found += [db.update_multiple([({"x": 3}, where("n") > 0)]), db.remove(where("n") > 0)]
        orders[db] = found
    in_order, as_they_came = [10, 20, 30], [30, 10, 20]
    assert orders[ours] == [*[in_order] * 6, [10] * 3, *[in_order] * 2]
    assert orders[theirs] == [*[as_they_came] * 6, [30] * 3, *[as_they_came] * 2]


def test_the_id_of_a_removed_document_is_not_given_out_again(tmp_path: Path) -> None:
    """Not even after closing, where TinyDB gives it to another document."""
    after = {}
    for kind in ("rows", "json"):
        with opened(kind, tmp_path) as db:
            db.insert_multiple(THREE)
            db.remove(doc_ids=[2, 3])
            assert db.insert({"n": 4}) == 4
            db.remove(doc_ids=[4])
        with opened(kind, tmp_path) as db:
            after[kind] = db.insert({"n": 5})
    assert after == {"rows": 5, "json": 2}


def test_a_refused_document_uses_no_id_up(ours: RowDB, theirs: TinyDB) -> None:
    """The next one gets the id that it would have had; in TinyDB that is lost until the file is opened again."""
    for db, doc_id in ((ours, 1), (theirs, 3)):
        with pytest.raises(TypeError):
            db.insert({"n": {1}})
        with pytest.raises(ValueError, match="Mapping"):
            db.insert_multiple([{"n": 1}, "text"])
        assert db.insert({"n": 1}) == doc_id


def test_new_ids_begin_at_one(ours: RowDB, theirs: TinyDB) -> None:
    """Also above documents with negative ids, where TinyDB goes on from those."""
    for db, doc_id in ((ours, 1), (theirs, -4)):
        db.insert(Document({"n": 1}, -5))
        assert db.insert({"n": 2}) == doc_id


def test_given_and_new_ids_never_clash(ours: RowDB, theirs: TinyDB) -> None:
    """Where both come in one call, TinyDB may lose a document, and refuse the next for an id of its own choice."""
    mixed = [Document({"n": 1}, 2), {"n": 2}, {"n": 3}]
    assert ours.insert_multiple(mixed) == [2, 3, 4]
    assert ours.all() == THREE
    assert ours.insert({"n": 4}) == 5
    assert theirs.insert_multiple(mixed) == [2, 1, 2]
    assert theirs.all() == [{"n": 3}, {"n": 2}]
    theirs.insert_multiple([Document({"n": 4}, 3)])
    with pytest.raises(ValueError, match="ID 3 already exists"):
        theirs.insert({"n": 5})


@pytest.mark.parametrize("way", ["drop_table", "drop_tables", "truncate"])
def test_a_table_that_was_emptied_counts_anew(ours: RowDB, theirs: TinyDB, way: str) -> None:
    """Also for those who hold it when it is dropped; TinyDB's object would count on and remember old answers."""
    query = where("n") > 0
    for db, doc_id, remembered in ((ours, 1, []), (theirs, 1 if way == "truncate" else 4, THREE)):
        table = db.table("t")
        table.insert_multiple(THREE)
        assert table.search(query) == THREE
        match way:
            case "truncate":
                table.truncate()
            case "drop_table":
                db.drop_table("t")
            case _:
                db.drop_tables()
        assert table.search(query) == ([] if way == "truncate" else remembered)
        assert table.insert({"n": 4}) == doc_id


@pytest.mark.parametrize("doc_id", ["5", "abc", None, 1.5, 9.0])
def test_ids_are_integers(ours: RowDB, theirs: TinyDB, doc_id: Any) -> None:  # noqa: ANN401  # what a user may try
    """Others are a TypeError; with most of them TinyDB's file can't be read any more."""
    ours.insert({"n": 1})
    for insert in (ours.insert, ours.upsert, lambda document: ours.insert_multiple([{"n": 2}, document])):
        with pytest.raises(TypeError, match="integer"):
            insert(Document({"n": 3}, doc_id))
    assert ours.all() == [{"n": 1}]
    theirs.insert(Document({"n": 3}, doc_id))
    if doc_id == "5":
        assert theirs.all()[0].doc_id == 5
    else:
        with pytest.raises(ValueError, match="invalid literal"):
            theirs.all()


@pytest.mark.parametrize("doc_id", [2**63, -(2**63) - 1, 10**30])
def test_ids_have_64_bits(ours: RowDB, theirs: TinyDB, doc_id: int) -> None:
    """Larger ones are a ValueError when inserted, and are found nowhere; TinyDB takes them."""
    for insert in (ours.insert, ours.upsert, lambda document: ours.insert_multiple([{"n": 2}, document])):
        with pytest.raises(ValueError, match="64 bits"):
            insert(Document({"n": 1}, doc_id))
    assert (ours.get(doc_id=doc_id), ours.contains(doc_id=doc_id), ours.remove(doc_ids=[doc_id])) == (None, False, [])
    assert ours.all() == []
    assert theirs.insert(Document({"n": 1}, doc_id)) == doc_id


def test_after_the_largest_id_no_other_is_given_out(ours: RowDB) -> None:
    """A plain document is then a ValueError; one with a free id of its own is still taken."""
    ours.insert(Document({"n": 1}, 2**63 - 1))
    with pytest.raises(ValueError, match="64 bits"):
        ours.insert({"n": 2})
    with pytest.raises(ValueError, match="64 bits"):
        ours.insert_multiple([{"n": 2}])
    assert ours.insert(Document({"n": 3}, 5)) == 5
    assert len(ours) == 2


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_names_hold_no_nul_and_no_half_characters(ours: RowDB, theirs: TinyDB, name: str) -> None:
    """Such a table is a ValueError to write and to read; TinyDB takes any text."""
    with pytest.raises(ValueError, match=r"NUL|surrogates"):
        ours.table(name).insert({"n": 1})
    with pytest.raises(ValueError, match=r"NUL|surrogates"):
        ours.table(name).all()
    assert theirs.table(name).insert({"n": 1}) == 1


def test_persist_empty_keeps_what_is_there(tmp_path: Path) -> None:
    """As TinyDB's documentation has it; TinyDB 4.9 deletes all documents of the table."""
    left = {}
    for kind in ("rows", "json"):
        with opened(kind, tmp_path) as db:
            db.table("t").insert_multiple(THREE)
        with opened(kind, tmp_path) as db:
            left[kind] = db.table("t", persist_empty=True).all()
    assert left == {"rows": THREE, "json": []}


def test_what_is_written_in_the_middle_of_a_change_is_kept(ours: RowDB, theirs: TinyDB) -> None:
    """By a generator or an operation, in the same table and in another; TinyDB loses it."""
    for db in (ours, theirs):
        log = db.table("log")
        log.insert({"begun": True})
        db.insert_multiple(THREE)
        db.insert_multiple({"n": 3 + db.insert({"inner": log.insert({"entry": 1})})} for _ in range(2))
        db.insert_multiple({"n": db.insert_multiple([{"inner": 1}])[0]} for _ in range(2))
        db.update(lambda document, db=db: document.update(seen=db.insert({"by": document["n"]})), doc_ids=[1, 2])
        db.update_multiple([(lambda document, log=log: document.update(x=log.insert({})), where("n") == 1)])
    assert [(each.doc_id, dict(each)) for each in ours] == [
        (1, {"n": 1, "seen": 12, "x": 4}),
        (2, {"n": 2, "seen": 13}),
        (3, {"n": 3}),
        (4, {"inner": 2}),
        (5, {"n": 7}),
        (6, {"inner": 3}),
        (7, {"n": 9}),
        (8, {"inner": 1}),
        (9, {"n": 8}),
        (10, {"inner": 1}),
        (11, {"n": 10}),
        (12, {"by": 1}),
        (13, {"by": 2}),
    ]
    assert ours.table("log").all() == [{"begun": True}, {"entry": 1}, {"entry": 1}, {}]
    assert theirs.count(where("inner").exists() | where("by").exists()) == 0
    assert theirs.table("log").all() == [{"begun": True}]


def test_an_error_in_the_middle_undoes_what_was_written_there(ours: RowDB) -> None:
    """A change is all or nothing, with all that was done inside it."""
    ours.insert({"n": 1})

    def break_off(document: dict[str, Any]) -> None:
        ours.table("log").insert({"entry": 1})
        del document["never there"]

    with pytest.raises(KeyError):
        ours.update(break_off)
    assert (ours.tables(), ours.all()) == ({"_default"}, [{"n": 1}])


def test_several_updates_may_come_from_an_iterator(ours: RowDB, theirs: TinyDB) -> None:
    """All documents get all of them; in TinyDB only the first document does."""
    for db, changed in ((ours, [1, 2, 3]), (theirs, [1])):
        db.insert_multiple(THREE)
        assert db.update_multiple(iter([(set_("x", 1), where("n") > 0)])) == changed


def test_answers_are_never_stale(tmp_path: Path) -> None:
    """What another database object of the same file has written is found at once; TinyDB finds the old answer."""
    found = {}
    for kind in ("rows", "json"):
        with opened(kind, tmp_path) as one, opened(kind, tmp_path) as other:
            one.insert({"n": 1})
            assert one.count(where("n") > 0) == 1
            other.insert_multiple([Document({"n": 2}, 2), Document({"n": 3}, 3)])
            found[kind] = one.search(where("n") > 0)
    assert found == {"rows": THREE, "json": [{"n": 1}]}


def test_two_database_objects_never_choose_the_same_id(tmp_path: Path) -> None:
    """Each new document gets a free one; TinyDB's second object takes an id that is in use by now."""
    for kind in ("rows", "json"):
        with opened(kind, tmp_path) as one, opened(kind, tmp_path) as other:
            assert [one.insert({"n": 1}), other.insert({"n": 2})] == [1, 2]
            if kind == "rows":
                assert one.insert({"n": 3}) == 3
            else:
                with pytest.raises(ValueError, match="ID 2 already exists"):
                    one.insert({"n": 3})


def seen_all(value: object, seen: list[object]) -> bool:
    seen.append(value)
    return True


def test_a_write_to_one_table_ends_remembered_answers_of_all(ours: RowDB, theirs: TinyDB) -> None:
    """A search after it looks at the documents again, as it must where another process may have written."""
    for db, times in ((ours, 2), (theirs, 1)):
        seen: list[object] = []
        query = Query().n.test(seen_all, seen)
        db.insert({"n": 1})
        db.search(query)
        db.table("other").insert({"n": 2})
        assert db.search(query) == [{"n": 1}]
        assert seen == [1] * times


def test_a_closed_database_gives_no_remembered_answers(ours: RowDB, theirs: TinyDB) -> None:
    """They could be stale; TinyDB gives them."""
    query = where("n") == 1
    for db in (ours, theirs):
        db.insert({"n": 1})
        db.search(query)
        db.close()
    with pytest.raises(ValueError, match="closed"):
        ours.search(query)
    assert theirs.search(query) == [{"n": 1}]


def test_the_storage_of_a_new_file_is_empty_and_not_none(ours: RowDB, theirs: TinyDB) -> None:
    """It can always be gone through."""
    assert ours.storage.read() == {}
    assert theirs.storage.read() is None


def test_writing_the_whole_storage_goes_on_counting(ours: RowDB, theirs: TinyDB) -> None:
    """The next id is above all that the table has ever had, and rows that stay as they were are not written."""
    for db in (ours, theirs):
        db.insert_multiple(THREE)
        data = db.storage.read()
        assert data is not None
        del data["_default"]["3"]
        data["_default"]["8"] = {"n": 8}
        db.storage.write(data)
        db.clear_cache()
    assert (ours.insert({"n": 9}), theirs.insert({"n": 9})) == (9, 4)
    writer = ours.storage.transactions._writer
    data, before = ours.storage.read(), writer.total_changes()
    data["_default"]["1"] = {"n": 10}
    ours.storage.write(data)
    counted = 1  # the store counts its commits in a row of its own
    assert writer.total_changes() - before == 1 + counted


def test_a_written_id_must_be_a_number(ours: RowDB, theirs: TinyDB) -> None:
    """Other ids are a ValueError and nothing is written; TinyDB's file can't be read any more."""
    ours.insert({"n": 1})
    with pytest.raises(ValueError, match="invalid literal"):
        ours.storage.write({"_default": {"x": {"n": 2}}})
    assert ours.all() == [{"n": 1}]
    theirs.storage.write({"_default": {"x": {"n": 2}}})
    with pytest.raises(ValueError, match="invalid literal"):
        theirs.all()


def test_the_class_of_tables_is_fixed(ours: RowDB, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another class for all TinyDBs does not reach it, nor do JSONStorage's options."""

    class Other(Table):
        """A user's."""

    monkeypatch.setattr(TinyDB, "table_class", Other)
    assert not isinstance(ours.table("t"), Other)
    with pytest.raises(TypeError, match="indent"):
        open_tinydb("x.db", indent=4)  # type: ignore[call-arg]  # this is what is tried


def test_a_place_may_be_text_or_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative one too; its folder is made if need be, the one above it is not."""
    monkeypatch.chdir(tmp_path)
    for place in ("a.db", "new/b.db", Path("c.db"), str(tmp_path / "d.db")):
        with open_tinydb(place) as db:
            db.insert({"n": 1})
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.db")) == [
        "a.db",
        "c.db",
        "d.db",
        "new/b.db",
    ]
