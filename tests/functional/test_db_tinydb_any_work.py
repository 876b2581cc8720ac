"""Any work with several tables, over SQLite rows and beside it over TinyDB's own JSON file."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tinydb import TinyDB, where
from tinydb.operations import add, delete, increment
from tinydb.operations import set as set_
from tinydb.queries import QueryInstance
from tinydb.table import Document, Table

from tests.tinydb_kinds import opened

Fields = dict[str, Any]
TABLES = st.sampled_from(["_default", "a", "A"])
VALUES = st.one_of(
    st.integers(0, 3), st.sampled_from([None, True, 2.5, "x", "字", [1, 2], float("inf"), 2**70, (1, {"y": 2})])
)
FIELDS = st.dictionaries(st.sampled_from(["n", "m"]), VALUES, max_size=2)
IDS = st.integers(-1, 12)
DOCUMENTS = st.one_of(FIELDS, st.builds(Document, FIELDS, IDS))
QUERIES: st.SearchStrategy[QueryInstance] = st.one_of(
    st.builds(lambda value: where("n") == value, VALUES),
    st.builds(lambda value: ~(where("m") != value), VALUES),
    st.builds(lambda values: where("n").one_of(values), st.lists(VALUES, max_size=3)),
    st.sampled_from([where("n").exists(), where("n").exists() & where("m").exists(), where("n").any([1])]),
)
CHANGES: st.SearchStrategy[Fields | Callable[[Any], None]] = st.one_of(
    FIELDS, st.sampled_from([increment("n"), delete("m"), set_("m", 1), add("n", 2), lambda document: document.clear()])
)


def outcome(act: Callable[[], object]) -> object:
    """What comes of it: the answer, a list of ids in order, or an error.

    An operation fails with one error or another by which document comes first, and their order is not TinyDB's.
    """
    try:
        answer = act()
    except ValueError:
        return ValueError
    except (KeyError, TypeError):
        return LookupError
    return sorted(answer) if isinstance(answer, list) else answer


def contents(documents: Iterable[Document]) -> list[str]:
    """Ids and fields to the letter, in order of ids."""
    return [repr((each.doc_id, dict(each))) for each in sorted(documents, key=lambda document: document.doc_id)]


class Work(RuleBasedStateMachine):
    """What somebody does; TinyDB's own file is told the ids that new documents are to get, and remembers no answers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.highest: dict[str, int] = {}
        """By table: the highest id that it has ever had, while it stood."""
        self.open()

    def open(self) -> None:
        self.ours, self.theirs = opened("rows", self.folder), opened("json", self.folder)
        self.held: dict[str, Table] = {}

    def tables(self, name: str) -> tuple[Table, Table]:
        """Ours, maybe held since before it was dropped, and TinyDB's own."""
        return self.held.setdefault(name, self.ours.table(name)), self.theirs.table(name, cache_size=0)

    def with_ids(self, name: str, documents: Sequence[Mapping[str, Any]]) -> list[Document]:
        """The documents with the ids that they must get: their own, or one above all that came before."""
        highest, numbered = self.highest.get(name, 0), []
        for document in documents:
            doc_id = document.doc_id if isinstance(document, Document) else highest + 1
            numbered.append(Document(document, doc_id))
            highest = max(highest, doc_id)
        return numbered

    def inserted(self, name: str, documents: Iterable[Document]) -> None:
        self.highest[name] = max([self.highest.get(name, 0), *(document.doc_id for document in documents)])

    @rule(name=TABLES, document=DOCUMENTS)
    def insert(self, name: str, document: Fields) -> None:
        ours, theirs = self.tables(name)
        numbered = self.with_ids(name, [document])
        answer = outcome(lambda: ours.insert(document))
        assert answer == outcome(lambda: theirs.insert(numbered[0]))
        if answer is not ValueError:
            self.inserted(name, numbered)

    @rule(name=TABLES, documents=st.lists(DOCUMENTS, max_size=4))
    def insert_multiple(self, name: str, documents: list[Fields]) -> None:
        ours, theirs = self.tables(name)
        numbered = self.with_ids(name, documents)
        answer = outcome(lambda: ours.insert_multiple(each for each in documents))
        assert answer == outcome(lambda: theirs.insert_multiple(numbered))
        if answer is not ValueError:
            self.inserted(name, numbered)

    @rule(name=TABLES, document=DOCUMENTS, query=QUERIES)
    def upsert(self, name: str, document: Fields, query: QueryInstance) -> None:
        ours, theirs = self.tables(name)
        numbered = self.with_ids(name, [document])
        by_query = not isinstance(document, Document) and theirs.contains(query)
        answer = outcome(lambda: ours.upsert(document, query))
        assert answer == outcome(lambda: theirs.upsert(document if by_query else numbered[0], query))
        if not by_query:
            self.inserted(name, numbered)

    @rule(name=TABLES, change=CHANGES, query=st.one_of(st.none(), QUERIES))
    def update(self, name: str, change: Any, query: QueryInstance | None) -> None:  # noqa: ANN401  # fields or a function
        ours, theirs = self.tables(name)
        assert outcome(lambda: ours.update(change, query)) == outcome(lambda: theirs.update(change, query))

    @rule(name=TABLES, change=CHANGES, doc_ids=st.lists(IDS, max_size=4))
    def update_by_ids(self, name: str, change: Any, doc_ids: list[int]) -> None:  # noqa: ANN401
        ours, theirs = self.tables(name)
        answer = outcome(lambda: ours.update(change, doc_ids=iter(doc_ids)))
        assert answer == outcome(lambda: theirs.update(change, doc_ids=doc_ids))

    @rule(name=TABLES, updates=st.lists(st.tuples(CHANGES, QUERIES), max_size=3))
    def update_multiple(self, name: str, updates: list[Any]) -> None:
        ours, theirs = self.tables(name)
        answer = outcome(lambda: ours.update_multiple(iter(updates)))
        assert answer == outcome(lambda: theirs.update_multiple(updates))

    @rule(name=TABLES, query=QUERIES)
    def remove(self, name: str, query: QueryInstance) -> None:
        ours, theirs = self.tables(name)
        assert outcome(lambda: ours.remove(query)) == outcome(lambda: theirs.remove(query))

    @rule(name=TABLES, doc_ids=st.lists(IDS, max_size=4))
    def remove_by_ids(self, name: str, doc_ids: list[int]) -> None:
        ours, theirs = self.tables(name)
        assert outcome(lambda: ours.remove(doc_ids=doc_ids)) == outcome(lambda: theirs.remove(doc_ids=doc_ids))

    @rule(name=TABLES, query=QUERIES, doc_ids=st.lists(IDS, max_size=3))
    def read(self, name: str, query: QueryInstance, doc_ids: list[int]) -> None:
        ours, theirs = self.tables(name)
        for _ in range(2):
            assert contents(ours.search(query)) == contents(theirs.search(query))
        assert ours.count(query) == theirs.count(query)
        assert ours.contains(query) == theirs.contains(query)
        assert contents(ours.get(doc_ids=doc_ids)) == contents(theirs.get(doc_ids=doc_ids))
        for doc_id in doc_ids:
            assert repr(ours.get(doc_id=doc_id)) == repr(theirs.get(doc_id=doc_id))
            assert ours.contains(doc_id=doc_id) == theirs.contains(doc_id=doc_id)

    @rule(name=TABLES)
    def truncate(self, name: str) -> None:
        for table in self.tables(name):
            table.truncate()
        self.highest.pop(name, None)

    @rule(name=TABLES)
    def drop_table(self, name: str) -> None:
        for db in (self.ours, self.theirs):
            db.drop_table(name)
        self.highest.pop(name, None)

    @rule()
    def drop_tables(self) -> None:
        for db in (self.ours, self.theirs):
            db.drop_tables()
        self.highest.clear()

    @rule()
    def let_go(self) -> None:
        self.held.clear()

    @rule()
    def open_again(self) -> None:
        self.close()
        self.open()

    @invariant()
    def same_contents(self) -> None:
        assert repr(sorted_tables(self.ours)) == repr(sorted_tables(self.theirs))
        assert self.ours.tables() == self.theirs.tables()
        for name in self.ours.tables():
            ours, theirs = self.tables(name)
            found = [*ours]
            assert [repr((each.doc_id, dict(each))) for each in found] == contents(theirs)
            assert (len(ours), ours.all()) == (len(theirs), found)

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()

    def teardown(self) -> None:
        self.close()
        shutil.rmtree(self.folder)


def sorted_tables(db: TinyDB) -> list[tuple[str, list[tuple[int, Fields]]]]:
    """What the storage holds, by name and id."""
    data = db.storage.read() or {}
    return [(name, sorted((int(doc_id), data[name][doc_id]) for doc_id in data[name])) for name in sorted(data)]


def test_any_work_in_several_tables_gives_what_tinydb_itself_gives() -> None:
    """Whatever is done, dropped, refused and opened again: answers, errors and contents are TinyDB's own."""
    run_state_machine_as_test(Work, settings=settings(max_examples=30, stateful_step_count=20, deadline=None))
