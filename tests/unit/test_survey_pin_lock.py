"""Trying the PIN: five tries, then a wait, whatever is ended, started anew or added."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import Problem, StoreError
from db import memory_store
from db.stores import TinyStore
from surveys import pin, pin_lock
from surveys.pin import hash_pin, pin_matches
from surveys.pin_lock import PinLock
from surveys.pin_tries import PinTries
from surveys.ports import Store
from surveys.session import SurveySession
from tests.db_builders import SESSION, make_session
from tests.kiosk_fakes import Clock

PIN, WRONG = "2468", "1111"
KIOSKS = 3


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    opened = memory_store()
    yield opened
    opened.close()


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> SurveySession:
    """A session whose PIN is hashed at little cost."""
    monkeypatch.setattr(pin, "COST", 2)
    return make_session(pin_hash=hash_pin(PIN))


@pytest.fixture
def clock() -> Clock:
    """The time that passes for all."""
    return Clock()


def wrong(lock: PinLock, times: int = 5) -> None:
    """Try so many wrong PINs."""
    assert [lock.opens(WRONG) for _ in range(times)] == [False] * times


def test_after_five_wrong_pins_none_is_looked_at_for_60_seconds(
    store: Store, session: SurveySession, clock: Clock
) -> None:
    """Not even the right one, which is not counted then; after 60 s it opens."""
    lock = PinLock(store, session, clock)
    wrong(lock, 4)
    assert lock.wait() == 0
    wrong(lock, 1)
    assert lock.wait() == 60
    clock.now += 59
    assert not lock.opens(PIN)
    assert lock.wait() == 1
    assert store.pin_tries(SESSION) == PinTries(wrong=5)
    clock.now += 1
    assert lock.wait() == 0
    assert lock.opens(PIN)


def test_every_further_five_make_a_wait(store: Store, session: SurveySession, clock: Clock) -> None:
    """The sixth to the ninth cost no wait, the tenth and the fifteenth do."""
    lock = PinLock(store, session, clock)
    waits = []
    for _ in range(15):
        wrong(lock, 1)
        waits.append(lock.wait())
        clock.now += waits[-1]
    assert waits == [0, 0, 0, 0, 60] * 3


def test_the_right_pin_begins_anew(store: Store, session: SurveySession, clock: Clock) -> None:
    """After four wrong ones and the right one four more are free."""
    lock = PinLock(store, session, clock)
    wrong(lock, 4)
    assert lock.opens(PIN)
    assert store.pin_tries(SESSION) == PinTries(right=1)
    wrong(lock, 4)
    assert lock.wait() == 0


def test_the_fifth_try_may_be_the_right_one(store: Store, session: SurveySession, clock: Clock) -> None:
    """A try is counted before it is known to be wrong, and a right one still opens."""
    lock = PinLock(store, session, clock)
    wrong(lock, 4)
    assert lock.opens(PIN)
    assert lock.wait() == 0


def test_who_starts_at_a_full_count_waits_the_whole_time(store: Store, session: SurveySession, clock: Clock) -> None:
    """However often the kiosk is started anew, 60 s from its own start; nobody knows when the last try was."""
    wrong(PinLock(store, session, clock))
    for _ in range(3):
        clock.now += 50
        lock = PinLock(store, session, clock)
        assert lock.wait() == 60
        assert not lock.opens(PIN)
    clock.now += 60
    assert lock.opens(PIN)


def test_starting_anew_gives_no_tries(store: Store, session: SurveySession, clock: Clock) -> None:
    """Five wrong PINs at five starts make the wait as at one."""
    for _ in range(5):
        lock = PinLock(store, session, clock)
        assert lock.wait() == 0
        wrong(lock, 1)
    assert lock.wait() == 60


def test_a_try_is_counted_before_the_pin_is_looked_at(
    store: Store, session: SurveySession, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kiosk that is killed while it looks has used up the try."""

    class Killed(BaseException):
        """The end of the process."""

    def killed(_typed: str, _hash: str) -> bool:
        raise Killed

    monkeypatch.setattr(pin_lock, "pin_matches", killed)
    for tries in range(1, 6):
        with pytest.raises(Killed):
            PinLock(store, session, clock).opens(PIN)
        assert store.pin_tries(SESSION).wrong == tries
    assert PinLock(store, session, clock).wait() == 60


def test_kiosks_of_a_session_share_the_count(store: Store, session: SurveySession, clock: Clock) -> None:
    """Three at one and two at the other make both wait; another session's kiosk does not."""
    one, two = PinLock(store, session, clock), PinLock(store, session, clock)
    other = PinLock(store, make_session("B02-261123-1", pin_hash=session.pin_hash), clock)
    wrong(one, 3)
    wrong(two, 2)
    assert (one.wait(), two.wait(), other.wait()) == (60, 60, 0)
    clock.now += 60
    wrong(one, 3)
    wrong(two, 2)
    assert (one.wait(), two.wait()) == (60, 60)
    assert other.opens(PIN)


def test_a_kiosk_that_did_not_notice_the_full_count_waits_from_then(
    store: Store, session: SurveySession, clock: Clock
) -> None:
    """It has not waited, however long ago the others' five were: nobody stored when."""
    one, two = PinLock(store, session, clock), PinLock(store, session, clock)
    wrong(one)
    clock.now += 1000
    assert not two.opens(PIN)
    assert two.wait() == 60
    assert one.opens(PIN)
    assert two.wait() == 0


def test_a_wait_served_before_somebody_left_does_not_count_again(
    store: Store, session: SurveySession, clock: Clock
) -> None:
    """Five wrong ones, the right one, five wrong ones: who had waited for the first five waits for the second too."""
    one, two = PinLock(store, session, clock), PinLock(store, session, clock)
    wrong(one)
    assert two.wait() == 60
    clock.now += 60
    assert one.opens(PIN)
    wrong(one)
    assert not two.opens(PIN)
    assert two.wait() == 60


class Overtaken(TinyStore):
    """A store in memory in which another writer comes first."""

    first: Callable[[], None] | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        first, self.first = self.first, None
        if first:
            first()
        with super().transaction():
            yield


def test_two_tries_at_once_are_two_tries(store: Store, session: SurveySession, clock: Clock) -> None:
    """The fifth comes from another kiosk just before this one is counted: this one waits and is not looked at."""
    assert isinstance(store, TinyStore)
    overtaken = Overtaken(store._db, store._work, "memory")
    one, two = PinLock(overtaken, session, clock), PinLock(store, session, clock)
    wrong(two, 4)
    overtaken.first = lambda: wrong(two, 1)
    assert not one.opens(PIN)
    assert (one.wait(), store.pin_tries(SESSION)) == (60, PinTries(wrong=5))


class Failing(TinyStore):
    """A store in memory that can't be written, and perhaps not read, while it is told so."""

    writes = reads = True

    def pin_tries(self, session_id: str) -> PinTries:
        if not self.reads:
            raise StoreError(Problem("M48", {"path": "/data"}))
        return super().pin_tries(session_id)

    def save_pin_tries(self, session_id: str, tries: PinTries) -> None:
        if not self.writes:
            raise StoreError(Problem("M40", {"why": "the disk is full", "path": "/data"}))
        super().save_pin_tries(session_id, tries)


@pytest.fixture
def failing(store: Store) -> Failing:
    """The store, which can be made to fail."""
    assert isinstance(store, TinyStore)
    return Failing(store._db, store._work, "memory")


def refused(lock: PinLock) -> str:
    """The code with which the right PIN is not looked at."""
    with pytest.raises(StoreError) as caught:
        lock.opens(PIN)
    return caught.value.code


@pytest.mark.parametrize(("reads", "code"), [(True, "M40"), (False, "M48")])
def test_a_store_that_fails_neither_opens_nor_locks_for_ever(
    *, failing: Failing, session: SurveySession, clock: Clock, reads: bool, code: str
) -> None:
    """A try that can't be counted is not looked at and costs 60 s; after them one is looked at, each for 60 s."""
    lock = PinLock(failing, session, clock)
    failing.writes, failing.reads = False, reads
    assert refused(lock) == code
    assert lock.wait() == 60
    clock.now += 59
    assert not lock.opens(PIN)
    clock.now += 1
    assert not lock.opens(WRONG)
    assert lock.wait() == 60
    clock.now += 59
    assert not lock.opens(PIN)
    clock.now += 1
    assert lock.opens(PIN)
    failing.writes = failing.reads = True
    assert failing.pin_tries(SESSION) == PinTries()


def test_a_store_that_fails_gives_no_tries_by_starting_anew(
    failing: Failing, session: SurveySession, clock: Clock
) -> None:
    """Each start has to fail and wait first."""
    failing.writes = False
    for _ in range(3):
        assert refused(PinLock(failing, session, clock)) == "M40"
        clock.now += 60


def test_a_store_that_fails_does_not_end_the_wait_for_five(
    failing: Failing, session: SurveySession, clock: Clock
) -> None:
    """Who has waited for a failed try still waits for the five that others have counted meanwhile."""
    one, two = PinLock(failing, session, clock), PinLock(failing, session, clock)
    failing.writes = False
    assert refused(one) == "M40"
    clock.now += 50
    failing.writes = True
    wrong(two)
    assert one.wait() == 60
    failing.writes = False
    clock.now += 10
    assert not one.opens(PIN)
    assert one.wait() == 50


def test_with_room_again_tries_are_counted_as_ever(failing: Failing, session: SurveySession, clock: Clock) -> None:
    """After the wait for a try that failed there are five, and a failure then is not looked at again."""
    lock = PinLock(failing, session, clock)
    failing.writes = False
    refused(lock)
    failing.writes = True
    clock.now += 60
    wrong(lock, 4)
    assert (lock.wait(), failing.pin_tries(SESSION).wrong) == (0, 4)
    failing.writes = False
    assert refused(lock) == "M40"


def test_the_right_pin_opens_even_if_the_count_cannot_be_reset(
    failing: Failing, session: SurveySession, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills while the PIN is looked at: it opens, and the try stays counted."""

    def filling(typed: str, pin_hash: str) -> bool:
        failing.writes = False
        return pin_matches(typed, pin_hash)

    monkeypatch.setattr(pin_lock, "pin_matches", filling)
    assert PinLock(failing, session, clock).opens(PIN)
    assert failing.pin_tries(SESSION) == PinTries(wrong=1)


KIOSK = st.integers(0, KIOSKS - 1)
ACTIONS = st.one_of(
    st.tuples(st.just("try"), KIOSK),
    st.tuples(st.just("leave"), KIOSK),
    st.tuples(st.just("start"), KIOSK),
    st.tuples(st.just("look"), KIOSK),
    st.tuples(st.just("pass"), st.sampled_from([1, 10, 30, 59, 60, 61])),
)


@given(st.lists(ACTIONS, max_size=120))
def test_no_six_wrong_pins_are_looked_at_within_60_seconds(actions: list[tuple[str, int]]) -> None:
    """Whatever three kiosks do, started anew at any moment, and in between somebody leaves with the right PIN."""
    store, clock, session = memory_store(), Clock(), make_session()
    looked: list[tuple[int, float]] = []
    left = 0

    def look(typed: str, _hash: str) -> bool:
        looked.append((left, clock.now))
        return typed == PIN

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pin_lock, "pin_matches", look)
        kiosks = [PinLock(store, session, clock) for _ in range(KIOSKS)]
        for action, number in actions:
            if action == "pass":
                clock.now += number
            elif action == "start":
                kiosks[number] = PinLock(store, session, clock)
            elif action == "look":
                kiosks[number].wait()
            elif kiosks[number].opens(PIN if action == "leave" else WRONG):
                left += 1
        clock.now += 60 + max(kiosk.wait() for kiosk in kiosks)
        assert kiosks[0].opens(PIN)
    for _, tries in groupby(looked, key=lambda each: each[0]):
        times = [at for _, at in tries]
        assert all(sixth - first >= 60 for first, sixth in zip(times, times[5:], strict=False))
    store.close()
