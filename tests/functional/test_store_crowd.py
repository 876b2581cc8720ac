"""Many processes on one folder: nothing is lost or double, and no reader sees a torn or an old state."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import check, open_store
from surveys.ports import Store
from surveys.session import KioskAccount
from tests.crashes import FORKED, PAIRED, PATIENCE_SECONDS, Victim, ballot, begun_store, identity, store_ballot
from tests.crowd import Look, Report, Shared, flaws, flaws_of_a_moment, flaws_since, read, write, write_on_word
from tests.db_builders import SESSION
from tests.unsafe_writers import store_apart

pytestmark = pytest.mark.rig

WRITERS, READERS, EACH = 16, 3, 40
ENOUGH = 20
"""Crowds after which readers that have seen nothing are blind."""


def crowd(folder: Path, store_one: Callable[[Store, str, int], None], writers: int) -> list[Report]:
    """What the readers tell after all writers have ended."""
    begun_store(folder).close()
    shared = Shared(folder, writers, READERS, EACH)
    writing = [Victim(write, shared, number, store_one) for number in range(writers)]
    reading = [Victim(read, shared) for _ in range(READERS)]
    try:
        assert [victim.lines() for victim in writing] == [[]] * writers
        shared.over.set()
        told = [victim.lines() for victim in reading]
    finally:
        for victim in (*writing, *reading):
            victim.kill()
    assert {victim.process.exitcode for victim in (*writing, *reading)} == {0}
    return [Report(**json.loads(lines[-1])) for lines in told]


def test_sixteen_writers_and_three_readers(tmp_path: Path) -> None:
    """Sixteen kiosks write while three processes read: every ballot is there once, and no reader saw it otherwise."""
    folder = tmp_path / "data"
    reports = crowd(folder, store_ballot, WRITERS)
    assert [report.wrong for report in reports] == [[]] * READERS
    assert {report.last for report in reports} == {WRITERS * EACH}
    assert min(report.changes for report in reports) > 1
    check(folder)
    store = open_store(folder)
    expected = [(str(writer), number) for writer in range(WRITERS) for number in range(1, EACH + 1)]
    assert sorted(map(identity, store.responses(SESSION))) == sorted(expected)
    paired = sorted(f"{writer}/{number}" for writer, number in expected if number % PAIRED == 0)
    assert sorted(entry.reference for entry in store.entries()) == paired
    assert store.kiosk_account(SESSION) == KioskAccount(started=len(expected), submitted=len(expected))
    store.close()


def test_readers_see_a_pair_that_was_written_apart(tmp_path: Path) -> None:
    """The readers of this test notice writers that store a ballot and its log entry in two transactions."""
    crowds = (crowd(tmp_path / f"data-{attempt}", store_apart, writers=4) for attempt in range(ENOUGH))
    assert any(report.wrong for reports in crowds for report in reports)


def test_a_changed_revision_shows_what_changed_it(tmp_path: Path) -> None:
    """Once revision() differs from before, what another process has committed is there; and it does differ."""
    store, word = begun_store(tmp_path / "data"), FORKED.Semaphore(0)
    other = Victim(write_on_word, tmp_path / "data", word, EACH)
    other.wait_for("ready")
    for number in range(1, EACH + 1):
        before, end = store.revision(), time.monotonic() + PATIENCE_SECONDS
        assert store.revision() == before
        word.release()
        while store.revision() == before:
            assert time.monotonic() < end
        assert store.count_responses(SESSION) == number
    assert other.lines() == ["ready"]
    store.close()


LOOK = Look(
    acknowledged=[3, 1],
    revision=(1,),
    count=4,
    references=["0/3"],
    responses=[ballot("0", 1), ballot("0", 2), ballot("0", 3), ballot("1", 1), ballot("1", 2)],
    account=KioskAccount(started=6, submitted=5),
    later_references=["0/3"],
    later_count=6,
    later_revision=(2,),
    begun=[3, 3],
)
"""Seen while writer 1 stored its second and third ballot."""
STILL = replace(LOOK, count=5, later_count=5, later_revision=(1,))
SHORT = ballot("0", 5).model_copy(update={"answers": {**ballot("0", 5).answers, "text": "见"}})


@pytest.mark.parametrize(
    "seen",
    [
        {"acknowledged": [3, 3]},
        {"begun": [2, 3]},
        {"responses": LOOK.responses[1:]},
        {"responses": [*LOOK.responses, LOOK.responses[0]]},
        {"responses": [*LOOK.responses, ballot("0", 4), SHORT], "later_count": 7, "begun": [5, 3]},
        {"references": ["0/3", "1/3"], "later_references": ["0/3", "1/3"]},
        {"later_references": []},
        {"references": [], "later_references": []},
        {"later_references": ["0/3", "0/3"]},
        {"count": 6},
        {"later_count": 4},
        {"account": KioskAccount(started=5, submitted=4)},
        {"account": KioskAccount(started=7, submitted=7)},
        {"account": KioskAccount(started=4, submitted=5)},
        {"later_revision": (1,)},
    ],
)
def test_a_reader_would_say_so(seen: dict[str, object]) -> None:
    """Each thing that no reader may see is noticed when it is seen."""
    assert [*flaws(LOOK)] == []
    assert [*flaws(replace(LOOK, **seen))] != []  # type: ignore[arg-type]


def test_a_reader_would_notice_that_time_ran_backwards() -> None:
    """Fewer responses, entries or people begun than at the look before, or more with the same revision, are noticed."""
    later = replace(LOOK, count=6, revision=(2,), later_revision=(3,))
    assert [*flaws_since(LOOK, later)] == []
    assert [*flaws_since(LOOK, replace(later, count=5))] != []
    assert [*flaws_since(LOOK, replace(later, references=[]))] != []
    assert [*flaws_since(LOOK, replace(later, account=KioskAccount(started=5, submitted=5)))] != []
    assert [*flaws_since(LOOK, replace(later, count=7))] == []
    assert [*flaws_since(LOOK, replace(later, count=7, later_revision=LOOK.revision))] != []


def test_a_reader_in_a_transaction_would_notice_a_half() -> None:
    """Inside a transaction every count agrees, and every pair is whole."""
    assert [*flaws_of_a_moment(STILL)] == []
    assert [*flaws_of_a_moment(LOOK)] != []
    assert [*flaws_of_a_moment(replace(STILL, references=[]))] != []
    assert [*flaws_of_a_moment(replace(STILL, later_references=[]))] != []
    assert [*flaws_of_a_moment(replace(STILL, account=KioskAccount(started=9, submitted=5)))] != []
