"""Queries and their cache, over TinyDB's own storages and over SQLite rows alike."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Document, Table

from tests.tinydb_kinds import KINDS, ids_of, opened

PEOPLE: list[dict[str, Any]] = [
    {"name": "An", "age": 31, "groups": ["staff", "lead"], "home": {"city": "Dali", "no": 7}, "note": None},
    {"name": "Bo", "age": 22, "groups": ["staff"], "home": {"city": "Kunming"}, "full-name": "Bo Li"},
    {"name": "cy", "age": 22.5, "groups": [], "home": {}, "badges": [{"kind": "a"}, {"kind": "b"}]},
    {"age": 40, "groups": "staff", "badges": [{"kind": "b"}], "search": "x"},
    {},
]
"""Documents 1 to 5."""


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """A TinyDB with PEOPLE in it."""
    with opened(request.param, tmp_path) as filled:
        filled.insert_multiple(PEOPLE)
        yield filled


def between(value: float, low: float, high: float) -> bool:
    return low <= value <= high


User = Query()
QUERIES: dict[str, tuple[QueryInstance, list[int]]] = {
    "equal": (User.name == "An", [1]),
    "equal to a list": (User.groups == ["staff"], [2]),
    "equal to an object": (User.home == {"city": "Kunming"}, [2]),
    "equal to null": (User.note == None, [1]),  # noqa: E711  # a query, not a comparison
    "unequal": (User.name != "An", [2, 3]),
    "less": (User.age < 31, [2, 3]),
    "at most": (User.age <= 31, [1, 2, 3]),
    "more": (User.age > 22, [1, 3, 4]),
    "at least": (User.age >= 22.5, [1, 3, 4]),
    "where": (where("name") == "An", [1]),
    "nested": (User.home.city == "Dali", [1]),
    "nested by where": (where("home")["city"] == "Dali", [1]),
    "name that is no identifier": (User["full-name"] == "Bo Li", [2]),
    "field called as a method": (User["search"] == "x", [4]),
    "exists": (User.note.exists(), [1]),
    "nested exists": (User.home.no.exists(), [1]),
    "matches from the beginning": (User.name.matches("[A-Z]"), [1, 2]),
    "matches with flags": (User.name.matches("[a-b]", flags=re.IGNORECASE), [1, 2]),
    "matches no number": (User.age.matches("3"), []),
    "search anywhere": (User.name.search("n|y"), [1, 3]),
    "search with flags": (User.name.search("O", re.IGNORECASE), [2]),
    "test": (User.name.test(str.islower), [3]),
    "test with arguments": (User.age.test(between, 22, 23), [2, 3]),
    "any of a list": (User.groups.any(["lead", "guest"]), [1]),
    "any that matches": (User.badges.any(Query().kind == "a"), [3]),
    "any in a text": (User.groups.any(["s"]), [4]),
    "any of a number": (User.age.any([22]), []),
    "all of a list": (User.groups.all(["staff"]), [1, 2, 4]),
    "all that match": (User.badges.all(Query().kind == "b"), [4]),
    "all of nothing": (User.groups.all([]), [1, 2, 3, 4]),
    "one of": (User.name.one_of(["Bo", "cy", "Di"]), [2, 3]),
    "fragment": (Query().fragment({"age": 22, "name": "Bo"}), [2]),
    "nested fragment": (User.home.fragment({"no": 7}), [1]),
    "noop": (Query().noop(), [1, 2, 3, 4, 5]),
    "map": (User.name.map(str.upper) == "CY", [3]),
    "map and on": (User.home.map(dict).city == "Dali", [1]),
    "map the document": (Query().map(len) == 5, [1, 2, 3]),
    "and": ((User.age == 22) & (User.name == "Bo"), [2]),
    "or": ((User.age == 40) | (User.name == "An"), [1, 4]),
    "not": (~(User.name == "An"), [2, 3, 4, 5]),
    "all three": (~((User.age > 30) | (User.name == "cy")) & User.name.exists(), [2]),
    "noop and": (Query().noop() & (User.age == 22), [2]),
}
"""Every kind of query with the ids of the documents that it finds."""


@pytest.mark.parametrize(("query", "found"), QUERIES.values(), ids=QUERIES.keys())
def test_every_kind_of_query_finds_what_it_should(db: TinyDB, query: QueryInstance, found: list[int]) -> None:
    """Search, count, get and contain answer by any query, the first and the second time."""
    for _ in range(2):
        assert ids_of(db.search(query)) == found
        assert db.count(query) == len(found)
        assert db.contains(query) == bool(found)
        first = db.get(query)
        assert (first and first.doc_id) == (found[0] if found else None)


@pytest.mark.parametrize(("query", "found"), QUERIES.values(), ids=QUERIES.keys())
def test_every_kind_of_query_picks_for_changes(db: TinyDB, query: QueryInstance, found: list[int]) -> None:
    """Updates and removals by any query touch what a search finds, and nothing else."""
    assert db.update({"seen": True}, query) == found
    assert ids_of(db.search(where("seen").exists())) == found
    assert db.update_multiple([({"again": True}, where("seen") == True)]) == found  # noqa: E712  # a query
    assert db.remove(where("again").exists()) == found
    assert ids_of(db) == [doc_id for doc_id in range(1, 6) if doc_id not in found]


def test_a_field_that_is_not_there_matches_nothing(db: TinyDB) -> None:
    """Nor does one inside a value that has no fields."""
    for query in (User.nobody != 1, User.name.first != 1, User.age.unit.exists(), User.note.deep == 1):
        assert db.search(query) == []


def test_any_callable_is_a_query(db: TinyDB) -> None:
    """It is given the document's fields."""
    assert ids_of(db.search(lambda document: len(document) == 4)) == [4]
    assert db.count(bool) == 4
    assert db.get(lambda document: not document).doc_id == 5


@pytest.mark.parametrize("read", ["search", "count", "get", "contains", "remove"])
def test_a_query_without_a_test_is_refused(db: TinyDB, read: str) -> None:
    """An unfinished query can't be asked."""
    with pytest.raises(RuntimeError, match="Empty query"):
        getattr(db, read)(Query())
    with pytest.raises(ValueError, match="no path"):
        Query() == 1  # noqa: B015  # building it is what fails


def test_an_error_in_a_query_comes_out_and_changes_nothing(db: TinyDB) -> None:
    """What cannot be compared is an error of the caller's, and a removal by it removes nothing."""
    before = db.all()
    for act in (db.search, db.count, db.get, db.contains, db.remove, lambda query: db.update({"x": 1}, query)):
        with pytest.raises(TypeError):
            act(User.name < 1)
    assert db.all() == before


def test_what_cannot_be_hashed_is_no_query(db: TinyDB) -> None:
    """A dict or a list in place of a query is a TypeError."""
    for wrong in ({"name": "An"}, ["name"]):
        with pytest.raises(TypeError):
            db.search(wrong)


class Seen:
    """Is true of every number, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, value: object) -> bool:
        self.asked += 1
        return value is not None


@pytest.fixture
def table(db: TinyDB) -> Table:
    """A table with two documents that have a field n."""
    table = db.table("t")
    table.insert_multiple([{"n": 1}, {"n": 2}])
    return table


def asked(table: Table, query: QueryInstance, seen: Seen) -> int:
    """How many documents a search looks at."""
    before = seen.asked
    table.search(query)
    return seen.asked - before


def test_the_answer_to_a_query_is_remembered(table: Table) -> None:
    """Searched a second time, also by an equal query, no document is looked at."""
    seen = Seen()
    assert [asked(table, where("n").test(seen), seen) for _ in range(3)] == [2, 0, 0]
    assert table.count(where("n").test(seen)) == 2
    assert seen.asked == 2


WRITES: dict[str, Callable[[Table], object]] = {
    "insert": lambda table: table.insert({"n": 3}),
    "insert_multiple": lambda table: table.insert_multiple([{"n": 3}, {"n": 4}]),
    "update": lambda table: table.update({"n": 3}, doc_ids=[1]),
    "update_multiple": lambda table: table.update_multiple([({"n": 3}, where("n") == 1)]),
    "upsert": lambda table: table.upsert({"n": 3}, where("n") == 1),
    "upsert that inserts": lambda table: table.upsert({"n": 3}, where("n") == 3),
    "remove": lambda table: table.remove(where("n") == 1),
    "truncate": lambda table: table.truncate(),
    "clear_cache": lambda table: table.clear_cache(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_write_makes_remembered_answers_void(table: Table, write: Callable[[Table], object]) -> None:
    """After any write, and after clear_cache, a search looks again, and sees what was written."""
    seen = Seen()
    query = where("n").test(seen)
    table.search(query)
    write(table)
    assert asked(table, query, seen) == len(table)
    assert table.search(query) == table.all()


@pytest.mark.parametrize(("size", "kept"), [(0, 0), (1, 1), (3, 3), (None, 12)])
def test_a_table_remembers_as_many_answers_as_it_is_told(db: TinyDB, size: int | None, kept: int) -> None:
    """The cache holds cache_size answers, the latest used; none with 0 and all with None."""
    table = db.table("t", cache_size=size)
    table.insert({"n": 1})
    seen = [Seen() for _ in range(12)]
    queries = [where("n").test(each) for each in seen]
    for query in queries:
        table.search(query)
    again = [asked(table, query, each) for query, each in reversed([*zip(queries, seen, strict=True)])]
    assert again[:kept] == [0] * kept
    assert sum(each.asked for each in seen) == 12 + 12 - kept


def test_ten_answers_are_remembered_unless_told_otherwise(db: TinyDB) -> None:
    """The eleventh query pushes out the one that was not used for longest."""
    table = db.table("t")
    table.insert({"n": 1})
    seen = [Seen() for _ in range(11)]
    queries = [where("n").test(each) for each in seen]
    for query in queries[:10]:
        table.search(query)
    table.search(queries[0])
    table.search(queries[10])
    assert [asked(table, queries[number], seen[number]) for number in (0, 2, 10, 1)] == [0, 0, 0, 1]


def test_queries_that_may_change_their_mind_are_not_remembered(table: Table) -> None:
    """Those with map are asked anew, and so are those that say they are not cacheable."""
    seen = Seen()
    mapped = where("n").map(lambda n: n).test(seen)
    assert not mapped.is_cacheable()
    assert [asked(table, mapped, seen), asked(table, mapped, seen)] == [2, 2]

    class Fickle(Seen):
        def is_cacheable(self) -> bool:
            return False

    fickle = Fickle()
    assert [table.search(fickle), table.search(fickle)] == [table.all()] * 2
    assert fickle.asked == 4


def test_an_answer_is_a_list_of_ones_own(table: Table) -> None:
    """Emptying the list that a search gave does not empty the next one."""
    query = where("n") > 0
    table.search(query).clear()
    table.search(query).append(Document({"n": 9}, 9))
    assert table.search(query) == [{"n": 1}, {"n": 2}]


def test_queries_are_equal_by_what_they_ask() -> None:
    """Equal ones have equal hashes; the order of and, or does not matter, the kind of test does."""
    a, b = where("a") == 1, where("b") > 2
    assert a == (where("a") == 1)
    assert hash(a) == hash(Query().a == 1)
    assert a & b == b & a
    assert a | b == b | a
    assert a & b != a | b
    assert ~a != a
    assert (where("a") == [1, {"x": 2}]) == (where("a") == [1, {"x": 2}])
    assert len({a, where("a") == 1, where("a") != 1, where("a") >= 1}) == 3
