"""Updating, upserting and removing, over TinyDB's own storages and over SQLite rows alike."""

from collections.abc import Callable, MutableMapping
from types import MappingProxyType
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as set_
from tinydb.table import Document

from tests.tinydb_kinds import THREE, ids_of

Act = Callable[[], object]


@pytest.mark.parametrize(
    "other", ["1", "01", "x", "", None, 1.5, 0, 4, 2**64, float("nan"), float("inf"), (1,)], ids=repr
)
def test_changes_by_an_unknown_id_change_nothing(three: TinyDB, other: object) -> None:
    """What equals no id is passed over, text with its digits included."""
    assert three.update({"n": 9}, doc_ids=[other]) == []
    assert three.remove(doc_ids=[other]) == []
    assert three.all() == THREE


@pytest.mark.parametrize("same", [1.0, True])
def test_changes_go_by_what_equals_an_id(three: TinyDB, same: object) -> None:
    """A number that equals an id stands for it."""
    assert three.update({"n": 9}, doc_ids=[same]) == [1]
    assert three.get(doc_id=1) == {"n": 9}
    assert three.remove(doc_ids=[same]) == [1]
    assert ids_of(three) == [2, 3]


def test_update_merges_fields(three: TinyDB) -> None:
    """Into all documents, those that match or those with the ids; ids go before a query, unknown ones are skipped."""
    assert three.update({"a": 1}) == [1, 2, 3]
    assert three.update({"b": 1}, where("n") > 1) == [2, 3]
    assert three.update({"c": 1}, doc_ids=[3, 1, 8]) == [3, 1]
    assert three.update({"d": 1}, where("n") == 1, doc_ids=iter([2])) == [2]
    assert three.update({"e": 1}, doc_ids=[]) == []
    assert three.update({"e": 1}, where("n") == 8) == []
    assert three.update(MappingProxyType({"n": 0}), doc_ids=[1]) == [1]
    assert three.update([("n", 5)], doc_ids=[2]) == [2]
    assert three.update({}, doc_ids=[3]) == [3]
    assert [*map(dict, three)] == [
        {"n": 0, "a": 1, "c": 1},
        {"n": 5, "a": 1, "b": 1, "d": 1},
        {"n": 3, "a": 1, "b": 1, "c": 1},
    ]


Change = Callable[[MutableMapping[str, Any]], None]
OPERATIONS: dict[str, tuple[Change, dict[str, Any]]] = {
    "delete": (delete("n"), {"text": "a", "list": [1]}),
    "add a number": (add("n", 2.5), {"n": 3.5, "text": "a", "list": [1]}),
    "add text": (add("text", "b"), {"n": 1, "text": "ab", "list": [1]}),  # type: ignore[arg-type]  # documented so
    "add to a list": (add("list", [2]), {"n": 1, "text": "a", "list": [1, 2]}),  # type: ignore[arg-type]
    "subtract": (subtract("n", 3), {"n": -2, "text": "a", "list": [1]}),
    "set": (set_("n", {"deep": None}), {"n": {"deep": None}, "text": "a", "list": [1]}),
    "set a new field": (set_("new", True), {"n": 1, "text": "a", "list": [1], "new": True}),
    "increment": (increment("n"), {"n": 2, "text": "a", "list": [1]}),
    "decrement": (decrement("n"), {"n": 0, "text": "a", "list": [1]}),
    "clear": (lambda document: document.clear(), {}),
    "own": (lambda document: document["list"].insert(0, document.pop("n")), {"text": "a", "list": [1, 1]}),
    "nothing": (lambda _: None, {"n": 1, "text": "a", "list": [1]}),
}
"""What each makes of {"n": 1, "text": "a", "list": [1]}."""


@pytest.mark.parametrize(("operation", "after"), OPERATIONS.values(), ids=OPERATIONS.keys())
def test_operations_change_documents_in_place(db: TinyDB, operation: Change, after: dict[str, Any]) -> None:
    """TinyDB's own and anybody's: for all, by query, by id and among several updates."""
    db.insert_multiple({"n": 1, "text": "a", "list": [1]} for _ in range(4))
    assert db.update(operation, doc_ids=[1]) == [1]
    assert db.update(operation, where("never").exists(), doc_ids=[2]) == [2]
    assert db.update_multiple([(operation, where("text") == "never")]) == []
    assert db.get(doc_id=1) == db.get(doc_id=2) == after
    db.remove(doc_ids=[1, 2])
    assert db.update_multiple([(operation, where("n").exists())]) == [3, 4]
    db.insert({"n": 1, "text": "a", "list": [1]})
    db.remove(doc_ids=[3, 4])
    assert db.update(operation) == [5]
    assert db.all() == [after]


def test_an_update_named_twice_is_made_twice(three: TinyDB) -> None:
    """An id that stands twice among doc_ids is changed twice."""
    assert three.update(increment("n"), doc_ids=[1, 3, 1]) == [1, 3, 1]
    assert three.all() == [{"n": 3}, {"n": 2}, {"n": 4}]


@pytest.mark.parametrize(
    "operation",
    [increment("m"), delete("m"), add("n", "text"), set_("n", {1}), lambda document: document["m"]],  # type: ignore[arg-type]
    ids=["increment", "delete", "add", "set", "own"],
)
def test_an_operation_that_fails_changes_nothing(filed: TinyDB, operation: Change) -> None:
    """Neither the document it failed on nor those before it."""
    filed.update({"m": 1}, doc_ids=[1])
    before = filed.all()
    acts: list[Act] = [
        lambda: filed.update(operation),
        lambda: filed.update(operation, where("n") > 0),
        lambda: filed.update(operation, doc_ids=[1, 2]),
        lambda: filed.update_multiple([({"x": 1}, where("n") > 0), (operation, where("n") > 0)]),
    ]
    for act in acts:
        with pytest.raises((KeyError, TypeError)):
            act()
    assert filed.all() == before


def test_several_updates_are_made_document_by_document(three: TinyDB) -> None:
    """Each sees what the one before has made of the document; an id is told once for every update."""
    updates = [(increment("n"), where("n") < 3), ({"three": True}, where("n") == 3)]
    assert three.update_multiple(updates) == [1, 2, 2, 3]
    assert three.all() == [{"n": 2}, {"n": 3, "three": True}, {"n": 3, "three": True}]
    assert three.update_multiple([]) == []


def test_upsert_changes_what_matches_or_inserts(three: TinyDB) -> None:
    """By query all that match are changed; a Document goes by its own id, whatever the query."""
    assert three.upsert({"a": 1}, where("n") > 1) == [2, 3]
    assert three.upsert({"n": 9, "a": 1}, where("n") == 9) == [4]
    assert three.upsert(Document({"b": 1}, 1)) == [1]
    assert three.upsert(Document({"b": 2}, 7)) == [7]
    assert three.upsert(Document({"b": 3}, 2), where("n") == 1) == [2]
    assert three.upsert(Document({"b": 4}, 8), where("n") == 1) == [8]
    found = three.get(doc_id=3)
    found["n"] = 30
    assert three.upsert(found) == [3]
    assert [(each.doc_id, dict(each)) for each in three] == [
        (1, {"n": 1, "b": 1}),
        (2, {"n": 2, "a": 1, "b": 3}),
        (3, {"n": 30, "a": 1}),
        (4, {"n": 9, "a": 1}),
        (7, {"b": 2}),
        (8, {"b": 4}),
    ]


def test_upsert_of_a_plain_document_needs_a_query(three: TinyDB) -> None:
    """Otherwise there is nothing to find it by; what is no mapping can't be inserted either."""
    with pytest.raises(ValueError, match="search query"):
        three.upsert({"n": 1})
    with pytest.raises(ValueError, match="Document is not a Mapping"):
        three.upsert([("n", 1)], where("n") == 9)
    assert three.all() == THREE


def test_remove_takes_what_matches_or_has_the_ids(three: TinyDB) -> None:
    """Ids go before a query; unknown ones are skipped; what was removed is told in the order asked."""
    assert three.remove(doc_ids=[]) == []
    assert three.remove(where("n") == 9) == []
    assert three.remove(doc_ids=iter([3, 9, 1])) == [3, 1]
    assert three.remove(where("n") == 9, doc_ids=[2]) == [2]
    assert three.all() == []
    three.insert_multiple(THREE)
    assert three.remove(cond=where("n") != 2) == [4, 6]
    assert three.all() == [{"n": 2}]


def test_an_id_can_not_be_removed_twice_at_once(three: TinyDB) -> None:
    """Standing twice among doc_ids it is a KeyError, and nothing is removed."""
    with pytest.raises(KeyError):
        three.remove(doc_ids=[3, 1, 1])
    assert three.all() == THREE


def test_truncate_empties_and_counts_anew(three: TinyDB) -> None:
    """All documents go, and ids start at 1; the query cache goes with them."""
    assert three.count(where("n") > 0) == 3
    three.truncate()
    assert (len(three), three.all(), three.count(where("n") > 0)) == (0, [], 0)
    assert three.insert({"n": 4}) == 1


@pytest.mark.parametrize("value", [{1}, b"a", 1j, object()])
def test_what_json_has_no_word_for_is_refused(filed: TinyDB, value: object) -> None:
    """By every way in, it is the json module's TypeError, and nothing changes."""
    acts: list[Act] = [
        lambda: filed.insert({"x": value}),
        lambda: filed.insert_multiple([{"n": 4}, {"x": value}]),
        lambda: filed.update({"x": value}, doc_ids=[1]),
        lambda: filed.update(set_("x", value)),
        lambda: filed.upsert({"x": value}, where("n") == 9),
        lambda: filed.upsert(Document({"x": value}, 1)),
        lambda: filed.update_multiple([({"x": value}, where("n") == 1)]),
    ]
    for act in acts:
        with pytest.raises(TypeError, match="is not JSON serializable"):
            act()
    assert filed.all() == THREE
