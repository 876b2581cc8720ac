"""What the ports of campaign and surveys promise, over SQLite and over memory alike."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest

from campaign.errors import Refused, StoreError
from db import memory_store, open_store
from surveys.ports import Store
from surveys.response import Response
from surveys.session import KioskAccount, SessionState
from surveys.tallies import QuestionTally, SessionTally
from tests.builders import make_plan
from tests.case_builders import moved, opened
from tests.db_builders import (
    DAY,
    SESSION,
    make_audit,
    make_entry,
    make_opinion,
    make_questionnaire,
    make_response,
    make_session,
)

OTHER = "B02-261123-1"


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = memory_store() if request.param == "memory" else open_store(tmp_path / "data", create=True)
    yield opened
    opened.close()


class Stop(Exception):
    """Leaves a transaction."""


def test_there_is_no_plan_at_first(store: Store) -> None:
    """Without a campaign, asking for the plan is M01."""
    with pytest.raises(StoreError) as error:
        store.plan()
    assert error.value.code == "M01"


def test_the_plan_is_kept_with_its_audit(store: Store) -> None:
    """A saved plan comes back equal; the newest is the plan; every change leaves its audit entry, oldest first."""
    first, second = make_plan(title="One"), make_plan(title="Two")
    store.save_plan(first, make_audit(new="one"))
    assert store.plan() == first
    store.save_plan(second, make_audit(new="two"))
    assert store.plan() == second
    assert [each.new for each in store.audits()] == ["one", "two"]


def test_the_log_keeps_the_order_of_recording(store: Store) -> None:
    """Entries come back equal and in order, of all branches or of one."""
    entries = [make_entry(f"B0{n % 3 + 1}", reference=f"A-{n}", counts={"opinions": n}) for n in range(9)]
    store.add_entries(entries[:4])
    store.add_entries([])
    store.add_entries(entries[4:])
    assert list(store.entries()) == entries
    assert list(store.entries("B02")) == entries[1::3]
    assert list(store.entries("B09")) == []


def test_entries_of_some_kinds_come_in_the_order_of_recording(store: Store) -> None:
    """Of all branches, and where that is wanted those of other kinds that name a leader, too; of no kind, none."""
    assert list(store.entries_of({"visit"}, led=True)) == []
    said = [("visit", ""), ("study", "L1"), ("study", ""), ("talk", ""), ("visit", "L2")]
    entries = [make_entry(f"B0{place}", kind=kind, leader=leader) for place, (kind, leader) in enumerate(said)]
    store.add_entries(entries)
    assert list(store.entries_of({"visit"})) == [entries[0], entries[4]]
    assert list(store.entries_of({"talk"}, led=True)) == [entries[1], entries[3], entries[4]]
    assert list(store.entries_of(())) == []


def test_an_entry_is_replaced_in_its_place(store: Store) -> None:
    """Entries have numbers; one is replaced or removed, with its audit, only while it is what was seen."""
    entries = [make_entry(reference=f"A-{n}") for n in range(3)]
    store.add_entries(entries)
    first, second, third = store.logged()
    assert [each.entry for each in (first, second, third)] == entries
    assert store.logged("B02") == []
    new = make_entry(reference="A-9", hours=None, groups={})
    assert store.replace_entry(second, new, make_audit())
    assert store.replace_entry(first, None, make_audit())
    assert not store.replace_entry(second, entries[1], make_audit())
    assert not store.replace_entry(first, entries[0], make_audit())
    assert list(store.entries()) == [new, entries[2]]
    assert store.logged()[1] == third
    assert len(store.audits()) == 2


def test_cases_are_kept_under_their_numbers(store: Store) -> None:
    """A case comes back equal, in place of what was there, with its audit; of all branches or of one, oldest first."""
    first = opened("answer", DAY, branch="B02")
    second = opened("correction", DAY - timedelta(days=1))
    for case in (first, second):
        store.save_case(case, [make_audit(new=case.no)])
    moved_on = moved(first, ("acknowledge", DAY))
    store.save_case(moved_on, ())
    assert list(store.cases()) == [second, moved_on]
    assert list(store.cases("B02")) == [moved_on]
    assert (store.case(first.no), store.case("R-B09-001")) == (moved_on, None)
    assert [each.new for each in store.audits()] == [first.no, second.no]


def test_questionnaires_are_kept_under_their_ids(store: Store) -> None:
    """A frozen questionnaire comes back equal; an unknown id is None."""
    questionnaires = [make_questionnaire(name) for name in ("final", "pulse", "a")]
    for each in questionnaires:
        store.save_questionnaire(each)
    store.save_questionnaire(questionnaires[0])
    assert list(store.questionnaires()) == questionnaires
    assert store.questionnaire("pulse") == questionnaires[1]
    assert store.questionnaire("none") is None


def test_sessions_come_oldest_first_and_are_replaced_in_place(store: Store) -> None:
    """Saving a session again keeps its place; tallies keep the order of their choices."""
    sessions = [make_session(name) for name in ("B02-261124-1", "B01-261123-10", "B01-261123-2")]
    for each in sessions:
        store.save_session(each)
    counts = QuestionTally(name="overall", counts={"z": 1, "a": 0}, blank=0)
    tally = SessionTally(submitted=1, complete=1, partial=0, void=0, questions=(counts,))
    verified = sessions[0].model_copy(update={"state": SessionState.VERIFIED, "tally": tally, "response_key": ""})
    store.save_session(verified)
    assert list(store.sessions()) == [verified, *sessions[1:]]
    kept = store.session("B02-261124-1")
    assert kept == verified
    assert kept is not None
    assert kept.tally is not None
    assert list(kept.tally.questions[0].counts) == ["z", "a"]
    assert store.session("B09-261124-1") is None


def test_responses_come_in_order_of_their_ids(store: Store) -> None:
    """The order in which people handed in can't be read off the ballot box."""
    for doc_id in (2**63 - 1, 5, 2**40, 1):
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id % 100}))
    assert [each.answers["age"] for each in store.responses(SESSION)] == [1, 5, 2**40 % 100, (2**63 - 1) % 100]
    assert store.count_responses(SESSION) == 4
    assert store.count_responses(OTHER) == 0
    assert list(store.responses(OTHER)) == []
    found = store.response(SESSION, 5)
    assert found == make_response(answers={"age": 5})
    assert store.response(SESSION, 6) is None
    assert store.response(OTHER, 5) is None


def test_answers_of_every_type_come_back_equal(store: Store) -> None:
    """A code, a number, several codes and a text are what they were; the order of the keys is not kept."""
    answers = {"z": "good", "b": 7, "m": ("b", "a"), "a": "=1+1 <b>"}
    store.add_response(SESSION, 1, make_response(answers=answers))
    found = store.response(SESSION, 1)
    assert found is not None
    assert found.answers == answers
    assert list(found.answers) == sorted(answers)


def test_handing_in_twice_counts_once(store: Store) -> None:
    """The same response under the same id is a retry and changes nothing."""
    for _ in range(2):
        store.add_response(SESSION, 9, make_response())
    assert list(store.responses(SESSION)) == [make_response()]
    assert store.kiosk_account(SESSION).submitted == 1


def test_another_response_under_the_same_id_is_refused(store: Store) -> None:
    """M10; the first one stays as it was, and is counted once."""
    store.add_response(SESSION, 9, make_response())
    with pytest.raises(Refused) as error:
        store.add_response(SESSION, 9, make_response(answers={"overall": "bad"}))
    assert error.value.code == "M10"
    assert list(store.responses(SESSION)) == [make_response()]
    assert store.kiosk_account(SESSION).submitted == 1


def test_the_kiosk_account_counts_begun_and_handed_in(store: Store) -> None:
    """People who began are counted; responses handed in at kiosks too, those on paper not."""
    assert store.kiosk_account(SESSION) == KioskAccount()
    for _ in range(3):
        store.count_started(SESSION)
    store.add_response(SESSION, 1, make_response())
    store.add_response(SESSION, 2, make_response(channel="paper"))
    store.count_started(OTHER)
    assert store.kiosk_account(SESSION) == KioskAccount(started=3, submitted=1)
    assert store.kiosk_account(OTHER) == KioskAccount(started=1)


def test_a_replaced_ballot_box_holds_the_new_responses_under_new_ids(store: Store) -> None:
    """Rewriting keeps what is given, counts it anew and gives every response another id."""
    for doc_id in range(1, 41):
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id, "text": "x"}))
    store.count_started(SESSION)
    kept = [make_response(answers={"age": each.answers["age"]}) for each in store.responses(SESSION)][:-1]
    store.replace_ballot_box(SESSION, [*kept, make_response(channel="paper", answers={})])
    ages = [each.answers.get("age") for each in store.responses(SESSION)]
    assert sorted(ages, key=str) == sorted([*range(1, 40), None], key=str)
    assert ages != sorted(ages, key=lambda age: age or 0)
    assert all(store.response(SESSION, doc_id) is None for doc_id in range(1, 41))
    assert store.kiosk_account(SESSION) == KioskAccount(started=1, submitted=39)


def test_a_ballot_box_is_rewritten_in_random_order() -> None:
    """Neither the ids nor the order of writing of a rewritten box follow the order given."""
    store = memory_store()
    store.replace_ballot_box(SESSION, [make_response(answers={"age": n}) for n in range(40)])
    written = [each["answers"]["age"] for each in store._db.table(f"ballots {SESSION}")]  # type: ignore[attr-defined]
    assert sorted(written) == list(range(40))
    assert written != list(range(40))
    store.close()


def test_a_ballot_box_can_be_rewritten_from_itself(store: Store) -> None:
    """The responses given may come from the very box that is rewritten."""
    for doc_id in range(1, 6):
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id}))
    store.replace_ballot_box(SESSION, (each for each in store.responses(SESSION)))
    assert sorted(str(each.answers["age"]) for each in store.responses(SESSION)) == list("12345")


def test_opinions_come_by_session_and_in_random_order(store: Store) -> None:
    """Opinions are kept with their sessions; their order is not that of writing."""
    texts = [f"意见{n}" for n in range(30)]
    store.add_opinions([make_opinion(text, session) for text in texts for session in (SESSION, OTHER)])
    store.add_opinions([])
    for session in (SESSION, OTHER):
        found = [each.text for each in store.opinions(session)]
        assert sorted(found) == sorted(texts)
        assert found != texts
    assert list(store.opinions("B03-261123-1")) == []


def test_the_revision_changes_with_every_kind_of_change(store: Store) -> None:
    """Whoever polls the revision misses nothing, and is not woken by reading."""
    seen = [store.revision()]
    changes: list[Callable[[], object]] = [
        lambda: store.save_plan(make_plan(), make_audit()),
        lambda: store.add_entries([make_entry()]),
        lambda: store.save_questionnaire(make_questionnaire()),
        lambda: store.save_session(make_session()),
        lambda: store.add_response(SESSION, 1, make_response()),
        lambda: store.count_started(SESSION),
        lambda: store.add_opinions([make_opinion("x")]),
        lambda: store.replace_ballot_box(SESSION, []),
    ]
    for change in changes:
        change()
        seen.append(store.revision())
        list(store.responses(SESSION))
        store.plan()
        assert store.revision() == seen[-1]
    assert all(one != other for one, other in combinations(seen, 2))


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """An exception inside undoes everything that was done inside, of every kind."""
    store.add_response(SESSION, 1, make_response())
    store.save_session(make_session())
    store.add_opinions([make_opinion("one")])
    with suppress(Stop), store.transaction():
        store.save_plan(make_plan(), make_audit())
        store.add_entries([make_entry()])
        store.save_session(make_session(state=SessionState.COUNTING))
        store.replace_ballot_box(SESSION, [])
        store.add_opinions([make_opinion("two")])
        store.count_started(SESSION)
        assert store.kiosk_account(SESSION) == KioskAccount(started=1, submitted=0)
        raise Stop
    assert [each.text for each in store.opinions(SESSION)] == ["one"]
    assert list(store.responses(SESSION)) == [make_response()]
    assert list(store.sessions()) == [make_session()]
    assert list(store.entries()) == []
    assert list(store.audits()) == []
    assert store.kiosk_account(SESSION) == KioskAccount(submitted=1)


def test_transactions_nest(store: Store) -> None:
    """An inner block that fails is undone alone; what the outer block does is kept."""
    with store.transaction():
        store.add_entries([make_entry(reference="outer")])
        with suppress(Stop), store.transaction():
            store.add_entries([make_entry(reference="inner")])
            raise Stop
        with store.transaction():
            store.add_entries([make_entry(reference="second")])
    assert [each.reference for each in store.entries()] == ["outer", "second"]


def test_an_outer_failure_undoes_the_inner_blocks(store: Store) -> None:
    """An inner block is kept only when the outer one is."""
    with suppress(Stop), store.transaction():
        with store.transaction():
            store.add_entries([make_entry()])
        raise Stop
    assert list(store.entries()) == []


def test_a_refused_response_does_not_spoil_the_transaction_around_it(store: Store) -> None:
    """Several lines of answers can be taken in one transaction, a refused one among them."""
    with store.transaction():
        store.add_response(SESSION, 1, make_response())
        with pytest.raises(Refused):
            store.add_response(SESSION, 1, make_response(answers={}))
        store.add_response(SESSION, 2, make_response())
    assert store.count_responses(SESSION) == store.kiosk_account(SESSION).submitted == 2


def test_threads_of_one_process_lose_nothing(store: Store) -> None:
    """Workers may use one store at once: every response is there, and the account agrees."""
    failures: list[BaseException] = []

    def hand_in(start: int) -> None:
        try:
            for doc_id in range(start, start + 25):
                store.count_started(SESSION)
                store.add_response(SESSION, doc_id, make_response())
                store.revision()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=hand_in, args=(1 + 100 * n,)) for n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    assert store.count_responses(SESSION) == 100
    assert store.kiosk_account(SESSION) == KioskAccount(started=100, submitted=100)


def test_a_response_holds_no_trace_of_who_or_when(store: Store) -> None:
    """What is stored of a response is what its model says, and the model has no such field."""
    store.add_response(SESSION, 3, make_response())
    table = store._db.table(f"ballots {SESSION}")  # type: ignore[attr-defined]
    (document,) = table.all()
    assert document.doc_id == 3
    assert set(document) == set(Response.model_fields) == {"channel", "lang", "answers", "validity"}
