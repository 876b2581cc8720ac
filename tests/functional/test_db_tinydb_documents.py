"""Inserting and reading, over TinyDB's own storages and over SQLite rows alike."""

import copy
import json
from collections import OrderedDict, UserDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import set as set_
from tinydb.table import Document

from tests.tinydb_kinds import FILES, THREE, ids_of, opened

Act = Callable[[], object]


@pytest.mark.parametrize(
    "mapping",
    [{"b": 1, "a": [2]}, OrderedDict(b=1, a=[2]), UserDict(b=1, a=[2]), MappingProxyType({"b": 1, "a": [2]})],
    ids=lambda mapping: type(mapping).__name__,
)
def test_any_mapping_can_be_inserted(db: TinyDB, mapping: Mapping[str, Any]) -> None:
    """It comes back as a Document with its fields in their order, and with the id that insert gave."""
    assert db.insert(mapping) == 1
    assert db.insert_multiple([mapping, mapping]) == [2, 3]
    assert db.upsert(mapping, where("b") == 9) == [4]
    found = db.get(doc_id=1)
    assert (type(found), found.doc_id, [*found.items()]) == (Document, 1, [("b", 1), ("a", [2])])
    assert db.all() == [found] * 4


def test_an_empty_document_is_a_document(db: TinyDB) -> None:
    """It is found by its id, though it is false."""
    assert db.insert({}) == 1
    assert db.get(doc_id=1) == {}
    assert db.contains(doc_id=1)
    assert db.all() == [{}]


@pytest.mark.parametrize("wrong", [[1], "text", 5, None, {1}])
def test_what_is_no_mapping_is_refused(db: TinyDB, wrong: object) -> None:
    """Alone or as the last of several, it is a ValueError, and nothing is stored."""
    inserts: list[Act] = [lambda: db.insert(wrong), lambda: db.insert_multiple([{"n": 1}, wrong])]
    for insert in inserts:
        with pytest.raises(ValueError, match="Document is not a Mapping"):
            insert()
    assert db.all() == []


@pytest.mark.parametrize("wrong", [5, None])
def test_several_documents_must_be_iterable(db: TinyDB, wrong: object) -> None:
    """Anything else is a TypeError; a lone document is gone through by its names, which are no documents."""
    with pytest.raises(TypeError, match="not iterable"):
        db.insert_multiple(wrong)
    with pytest.raises(ValueError, match="Document is not a Mapping"):
        db.insert_multiple({"n": 1})


def test_a_document_is_stored_under_its_own_id(db: TinyDB) -> None:
    """Any integer will do; the next plain document comes after the highest."""
    assert db.insert(Document({"n": 1}, 7)) == 7
    assert db.insert(Document({"n": 2}, 10**15)) == 10**15
    assert db.insert({"n": 3}) == 10**15 + 1
    assert db.insert_multiple([Document({"n": 4}, 10**16), Document({"n": 5}, 2 * 10**16)]) == [10**16, 2 * 10**16]
    assert ids_of(db) == [7, 10**15, 10**15 + 1, 10**16, 2 * 10**16]


@pytest.mark.parametrize("doc_id", [0, -1, -(2**63), 2**63 - 1])
def test_ids_may_be_nought_negative_and_as_large_as_64_bits(db: TinyDB, doc_id: int) -> None:
    """Such a document is found, changed and removed by its id."""
    assert db.insert(Document({"n": 1}, doc_id)) == doc_id
    assert db.get(doc_id=doc_id).doc_id == doc_id
    assert db.update({"n": 2}, doc_ids=[doc_id]) == [doc_id]
    assert db.upsert(Document({"m": 3}, doc_id)) == [doc_id]
    assert [(each.doc_id, each) for each in db] == [(doc_id, {"n": 2, "m": 3})]
    assert db.remove(doc_ids=[doc_id]) == [doc_id]
    assert db.all() == []


def test_an_id_that_is_taken_is_refused(three: TinyDB) -> None:
    """It is a ValueError that names the id; nothing changes, nor if it is taken in the same call."""
    inserts: list[Act] = [
        lambda: three.insert(Document({"x": 1}, 2)),
        lambda: three.insert_multiple([Document({"x": 1}, 8), Document({"x": 1}, 2)]),
        lambda: three.insert_multiple([Document({"x": 1}, 2), Document({"x": 2}, 2)]),
    ]
    for insert in inserts:
        with pytest.raises(ValueError, match=r"^Document with ID 2 already exists$"):
            insert()
    with pytest.raises(ValueError, match=r"^Document with ID 9 already exists$"):
        three.insert_multiple([Document({"x": 1}, 9), Document({"x": 2}, 9)])
    assert three.all() == THREE


@pytest.mark.parametrize("make", [list, tuple, iter, lambda documents: (each for each in documents)])
def test_several_documents_come_from_any_iterable(db: TinyDB, make: Callable[[Any], Iterable[Any]]) -> None:
    """Their ids are told in order; none is no error."""
    assert db.insert_multiple(make(THREE)) == [1, 2, 3]
    assert db.insert_multiple(make([])) == []
    assert db.all() == THREE


def test_a_generator_may_read_what_it_adds_to(three: TinyDB) -> None:
    """It sees the table as it was."""
    assert three.insert_multiple({"n": 10 * each["n"], "of": len(three)} for each in three) == [4, 5, 6]
    assert [(each["n"], each["of"]) for each in three if "of" in each] == [(10, 3), (20, 3), (30, 3)]


def test_a_generator_that_fails_adds_nothing(three: TinyDB) -> None:
    """What it gave before is not kept."""

    def documents() -> Iterator[dict[str, int]]:
        yield {"n": 4}
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        three.insert_multiple(documents())
    assert three.all() == THREE


def test_a_document_knows_its_id_and_is_a_dict(three: TinyDB) -> None:
    """However it was read, it equals a dict, goes through json and copy, and has an integer id."""
    for found in (
        three.get(doc_id=2),
        three.get(where("n") == 2),
        three.get(doc_ids=[2])[0],
        three.search(where("n") == 2)[0],
        three.all()[1],
        [*three][1],
    ):
        assert (type(found), type(found.doc_id), found.doc_id) == (Document, int, 2)
        assert found == {"n": 2}
        assert json.loads(json.dumps(found)) == {"n": 2}
        assert copy.deepcopy(found).doc_id == 2


def test_get_finds_one_by_id_or_several_by_ids(three: TinyDB) -> None:
    """Missing ones are left out, asked twice they come once, in the table's order; an id goes before ids and query."""
    assert three.get(doc_id=4) is None
    assert ids_of(three.get(doc_ids=[3, 1, 4, 3])) == [1, 3]
    assert ids_of(three.get(doc_ids=iter([2]))) == [2]
    assert three.get(doc_ids=[]) == []
    assert three.get(where("n") == 1, doc_id=2) == {"n": 2}
    assert three.get(where("n") == 1, doc_ids=[2, 3]) == [{"n": 2}, {"n": 3}]
    assert three.get(doc_id=3, doc_ids=[1]) == {"n": 3}
    assert three.get(where("n") > 1).doc_id == 2
    assert three.get(where("n") > 3) is None
    assert three.get(cond=where("n") == 3).doc_id == 3


def test_contains_asks_by_id_or_by_query(three: TinyDB) -> None:
    """An id goes before a query."""
    assert [three.contains(doc_id=doc_id) for doc_id in (0, 1, 3, 4, 2**64)] == [False, True, True, False, False]
    assert [three.contains(where("n") == n) for n in (1, 4)] == [True, False]
    assert not three.contains(where("n") == 1, doc_id=4)


def test_reading_needs_something_to_go_by(three: TinyDB) -> None:
    """Without a query or an id, get, contains and remove are RuntimeErrors."""
    for read in (three.get, three.contains, three.remove):
        with pytest.raises(RuntimeError):
            read()
    assert three.all() == THREE


@pytest.mark.parametrize("other", ["01", " 1", "+1", "1_0", "1.0", 1.0, True, "x", "", "-0", "１", 2**64], ids=repr)
def test_get_knows_an_id_by_its_very_digits(three: TinyDB, other: object) -> None:
    """As text an id is found; what only comes to the same number is not."""
    assert three.get(doc_id="1") == {"n": 1}
    assert three.get(doc_id="1").doc_id == "1"
    assert three.get(doc_ids=["1", "3"]) == [{"n": 1}, {"n": 3}]
    assert three.get(doc_id=other) is None
    assert not three.contains(doc_id=other)
    assert three.get(doc_ids=[other]) == []


def test_what_was_read_or_inserted_is_not_what_is_stored(filed: TinyDB) -> None:
    """Changing a document in hand changes nothing in the file."""
    given = {"list": [1]}
    filed.insert(given)
    filed.update({"list": given["list"]}, doc_ids=[1])
    given["list"].append(2)
    for found in (filed.get(doc_id=4), filed.all()[0], next(iter(filed))):
        found.clear()
    filed.get(doc_id=4)["list"].append(2)
    assert filed.get(doc_id=4) == {"list": [1]}
    assert filed.all()[0] == {"n": 1, "list": [1]}


@pytest.mark.parametrize("kind", FILES)
def test_documents_come_back_as_from_json(kind: str, tmp_path: Path) -> None:
    """Also after closing: tuples as lists, keys as text, NaN, infinity and integers of any size as they were."""
    document = {1: (2, 3), None: True, "x": [float("nan"), float("-inf"), 10**30, "\ud800", 1e16, -0.0]}
    with opened(kind, tmp_path) as db:
        db.insert(document)
        db.update(set_("y", 2**64), where("1") == [2, 3])
        written = repr(db.all())
    with opened(kind, tmp_path) as db:
        assert repr(db.all()) == written
        assert written == repr([json.loads(json.dumps({**document, "y": 2**64}))])
