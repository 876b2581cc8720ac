"""What is checked against the plan and what is kept by it are one commit: no change of the plan comes in between."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest

from campaign.correcting import correct_entry, take_back_entry
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.plan import Plan
from campaign.recording import record
from db import memory_store
from surveys.ports import Store
from tests.builders import make_branch, make_entry, make_kind, make_plan, november

TODAY = november(20)


class Watched:
    """A store that writes down in what order it was read, written, and committed."""

    def __init__(self, store: Store) -> None:
        self._store, self.seen, self._depth = store, list[str](), 0
        self.entries, self.logged, self.held_surveys = store.entries, store.logged, store.held_surveys

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As the store's own."""
        with self._store.transaction():
            self._depth += 1
            self.seen += ["begin"] if self._depth == 1 else []
            yield
            self._depth -= 1
            self.seen += ["commit"] if self._depth == 0 else []

    def plan(self) -> Plan:
        """The plan is read."""
        self.seen.append("plan")
        return self._store.plan()

    def add_entries(self, entries: Sequence[LogEntry]) -> Sequence[int]:
        """Entries are kept."""
        self.seen.append("keep")
        return self._store.add_entries(entries)

    def replace_entry(self, seen: Logged, entry: LogEntry | None, audit: AuditEntry) -> bool:
        """An entry is kept in place of another."""
        self.seen.append("keep")
        return self._store.replace_entry(seen, entry, audit)


def _record(store: Watched, entry: LogEntry, today: date) -> None:
    record(store, [entry], today, confirmed=True)  # type: ignore[arg-type]  # as much of a store as is needed


def _correct(store: Watched, entry: LogEntry, today: date) -> None:
    (seen,) = store.logged()
    new = entry.model_copy(update={"note": "更正"})
    correct_entry(store, seen, new, "写错了一处", "办公室", today, confirmed=True)  # type: ignore[arg-type]  # likewise


def _take_back(store: Watched, _: LogEntry, today: date) -> None:
    (seen,) = store.logged()
    take_back_entry(store, seen, "记错了一条", "办公室", today)  # type: ignore[arg-type]  # likewise


@pytest.mark.parametrize("write", [_record, _correct, _take_back])
def test_the_plan_is_read_in_the_commit_that_keeps_what_was_checked(
    write: Callable[[Watched, LogEntry, date], None],
) -> None:
    """A workbook loaded by somebody else at that moment waits, or is there already: no entry of a lost branch."""
    store, entry = memory_store(), make_entry("study", november(20), recorded_on=TODAY)
    plan = make_plan(branches=[make_branch("B01")], kinds=[make_kind("study")])
    store.save_plan(plan, AuditEntry(on=TODAY, role="staff", entity="campaign", field="plan"))
    if write is not _record:
        store.add_entries([entry])
    watched = Watched(store)
    write(watched, entry, TODAY)
    assert watched.seen[0] == "begin"
    assert watched.seen[-2:] == ["keep", "commit"]
    assert watched.seen.count("begin") == 1
