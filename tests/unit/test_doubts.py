"""What is odd about a new entry beside the log: it is kept all the same, and said."""

from campaign.log import AuditEntry, LogEntry
from campaign.plan import Plan
from campaign.recording import record
from db import memory_store
from surveys.ports import Store
from tests.builders import GATE, TODAY, make_branch, make_entry, make_kind, make_plan, make_step

BRANCHES = [make_branch("B01"), make_branch("B02")]
ACTIVITY = make_kind("activity", distinct=True)
NOTE = make_kind("note", "S1")


def a_store(*entries: LogEntry) -> Store:
    """A campaign of two branches with these entries."""
    store = memory_store()
    store.save_plan(a_plan(), AuditEntry(on=TODAY, role="staff", entity="plan", field="plan"))
    store.add_entries(entries)
    return store


def a_plan() -> Plan:
    return make_plan(branches=BRANCHES, kinds=[ACTIVITY, NOTE, GATE], steps=[make_step("S1")])


def codes(store: Store, *entries: LogEntry) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in record(store, entries, TODAY)]


def test_a_title_that_another_branch_gave_is_told_and_kept() -> None:
    """However it is written; the same branch may go on with its own, and other kinds have no titles."""
    store = a_store(make_entry("activity", TODAY, branch="B01", note="ＡＢ day"))
    assert codes(store, make_entry("activity", TODAY, branch="B02", note="ab  Day")) == [("M103", "note")]
    assert codes(store, make_entry("activity", TODAY, branch="B01", note="AB DAY ")) == [("M103", "note")]
    assert codes(store, make_entry("activity", TODAY, branch="B01", note="another")) == []
    assert codes(store, make_entry("note", TODAY, branch="B02", note="AB day")) == []
    assert len(store.entries()) == 5


def test_titles_of_one_list_are_compared_too() -> None:
    """The place says which entry."""
    both = [make_entry("activity", TODAY, branch=code, note="open day") for code in ("B01", "B02")]
    assert codes(a_store(), *both) == [("M103", "#2 note")]


def test_an_approval_while_steps_are_open_is_told_and_kept() -> None:
    """It names them; returned or with all done there is nothing to say."""
    store = a_store()
    requested, approved, returned = (
        make_entry("gate", TODAY, outcome=each) for each in ("requested", "approved", "returned")
    )
    assert codes(store, requested, returned, requested) == []
    assert codes(store, approved) == [("M104", "phase")]
    store.add_entries([make_entry("note", TODAY), returned, requested])
    assert codes(store, approved) == []
