"""The PIN over real stores and at real screens: what is counted where, what the page says, what is kept."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

import db.connections
import db.turns
from campaign.errors import Problem, StoreError
from campaign.language import Lang
from campaign.samples import sample_plan
from db import open_store, open_tinydb
from surveys import pin_lock
from surveys.booth import Booth
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.pin import pin_matches
from surveys.ports import Store
from tests.db_builders import make_audit
from tests.kiosk_fakes import Clock, FakeBooth
from tests.kiosk_hands import Hands, kiosk
from tests.kiosk_process import DAY, PIN, SESSION, prepare
from tests.screen_text import assert_golden
from tests.sittings import open_session, verify_count
from tui.kiosk.page import Page

NORMAL = (80, 24)
KNOCK = ["asterisk"] * 5
WRONG = [*"1111", "enter"]
WAIT, IS_WRONG = "密码多次输错，请等 {} 秒", "密码不对"


@pytest.fixture
def folder(data: Path) -> Path:
    """A data folder with an open session."""
    prepare(data)
    return data


@pytest.fixture
def stores(folder: Path) -> Iterator[list[Store]]:
    """The same store opened twice, as two kiosks do."""
    with ExitStack() as stack:
        opened = [open_store(folder) for _ in range(2)]
        for store in opened:
            stack.callback(store.close)
        yield opened


def booth_of(store: Store, clock: Clock) -> Booth:
    """A booth of the session."""
    return Booth(store, store.plan(), SESSION, clock)


def kept(folder: Path) -> list[dict[str, int]]:
    """The documents that count the tries."""
    with open_tinydb(folder / "manyi.db") as db:
        return [each["value"] for each in db.table("pin tries")]


def test_two_kiosks_share_the_tries_and_each_waits_by_its_own_clock(stores: list[Store]) -> None:
    """Three at one, two at the other: both wait 60 s from when they notice, and so does one that is started then."""
    clocks = [Clock(50), Clock(9000)]
    one, two = (booth_of(store, clock) for store, clock in zip(stores, clocks, strict=True))
    assert [one.check_pin("1111") for _ in range(3)] == [False] * 3
    assert [two.check_pin("1111") for _ in range(2)] == [False] * 2
    assert (one.pin_wait(), two.pin_wait()) == (60, 60)
    clocks[0].now += 59
    assert booth_of(stores[0], clocks[0]).pin_wait() == 60
    assert not one.check_pin(PIN)
    clocks[0].now += 1
    assert not two.check_pin(PIN)
    assert one.check_pin(PIN)
    assert two.pin_wait() == 0


def test_the_try_is_on_the_disk_before_the_pin_is_looked_at(
    stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the PIN is compared another process already finds the try, the right one too."""
    seen = []

    def looking(typed: str, pin_hash: str) -> bool:
        seen.append(stores[1].pin_tries(SESSION).wrong)
        return pin_matches(typed, pin_hash)

    monkeypatch.setattr(pin_lock, "pin_matches", looking)
    booth = booth_of(stores[0], Clock())
    assert [booth.check_pin(each) for each in ("1111", "2222", PIN)] == [False, False, True]
    assert seen == [1, 2, 3]
    assert stores[1].pin_tries(SESSION).wrong == 0


def test_only_numbers_are_kept_of_the_tries(folder: Path, stores: list[Store]) -> None:
    """How often the PIN was right and how often wrong since: no time, at no moment, and nothing of what was typed."""
    clock = Clock()
    booth = booth_of(stores[0], clock)
    for typed in ("1111", "2222", PIN, *["1111"] * 5):
        booth.check_pin(typed)
    assert kept(folder) == [{"right": 1, "wrong": 5}]
    clock.now += 60
    booth.check_pin("1111")
    assert kept(folder) == [{"right": 1, "wrong": 6}]


def forms_of(pin: str) -> list[bytes]:
    """The digits as a program might write them: plain, in full width, in 16 bits each, in hexadecimal."""
    wide = pin.translate({ord(digit): ord(digit) - ord("0") + ord("０") for digit in pin})
    return [pin.encode(), wide.encode(), pin.encode("utf-16-le"), pin.encode("utf-16-be"), pin.encode().hex().encode()]


def test_the_pin_stands_in_no_file(data: Path) -> None:
    """From opening to verification no file of the data folder holds it, nor a wrong one; of the PIN there is scrypt."""
    store, plan, right, wrong = open_store(data, create=True), sample_plan("town").plan, "73519264", "40862915"
    store.save_plan(plan, make_audit())
    freeze_questionnaires(store, plan, None)
    desk = SurveyDesk(store, plan, DAY)

    def look() -> None:
        files = {path.name: path.read_bytes() for path in data.rglob("*") if path.is_file()}
        for form in forms_of(right) + forms_of(wrong):
            assert [name for name, content in files.items() if form in content] == []
        assert any(b"scrypt$16384$8$1$" in content for content in files.values())

    session = open_session(desk, "B01", pin=right).session
    look()
    booth = Booth(store, plan, session.id)
    assert [booth.check_pin(typed) for typed in (wrong, "４０８６２９１５", right)] == [False, False, True]
    look()
    desk.close(session.id)
    look()
    verify_count(desk, session.id)
    look()
    store.close()
    look()


async def test_a_kiosk_that_is_started_anew_makes_the_wait(stores: list[Store]) -> None:
    """Five wrong PINs at one kiosk: a new one takes no digit for the whole 60 s from its start, then the right PIN."""
    clock = Clock()
    async with kiosk(NORMAL, booth=booth_of(stores[0], clock), clock=clock) as hands:
        await hands.press(*KNOCK)
        for _ in range(4):
            await hands.press(*WRONG)
            assert shows(hands, IS_WRONG)
        await hands.press(*WRONG)
        assert shows(hands, WAIT.format(60))
    clock.now += 45
    async with kiosk(NORMAL, booth=booth_of(stores[1], clock), clock=clock) as hands:
        assert hands.app.flow.page is Page.WELCOME
        await hands.wait(20)
        await hands.press(*KNOCK)
        assert shows(hands, WAIT.format(40))
        await hands.press(*PIN, "enter")
        assert not shows(hands, "■")
        await hands.press("escape")
        await hands.wait(39)
        await hands.press(*KNOCK)
        assert shows(hands, WAIT.format(1))
        await hands.wait(1)
        assert not shows(hands, "秒")
        assert hands.app.return_code is None
        await hands.press(*PIN)
        assert shows(hands, "■  ■  ■  ■  □")
        await hands.press_last("enter")
    assert hands.app.return_code == 0


async def test_the_tries_of_another_kiosk_show_at_once(stores: list[Store]) -> None:
    """While the page stands open the five become full elsewhere: what is typed is not looked at, and the wait shown."""
    clock = Clock()
    async with kiosk(NORMAL, booth=booth_of(stores[0], clock), clock=clock) as hands:
        await hands.press(*KNOCK)
        other = booth_of(stores[1], clock)
        assert not any(other.check_pin("1111") for _ in range(5))
        await hands.press(*PIN, "enter")
        assert shows(hands, WAIT.format(60))
        assert hands.app.return_code is None


class Full(FakeBooth):
    """The disk has no room to count a try; the second one is looked at."""

    def check_pin(self, typed_pin: str) -> bool:
        if self.wait:
            return super().check_pin(typed_pin)
        self.wait = 60
        raise StoreError(Problem("M40", {"why": "full", "path": "/data"}))


async def test_a_pin_that_could_not_be_checked_is_said() -> None:
    """In both languages with code and seconds, and not called wrong; the person's page and answers stay."""
    async with kiosk(NORMAL, booth=Full()) as hands:
        await hands.press("1", "9", "3", *KNOCK, *PIN, "enter")
        assert_golden("kiosk_pin_unchecked", hands.rows)
        await hands.press("escape")
        assert (hands.app.flow.page, hands.app.flow.run.value("group")) == (Page.QUESTION, "3")
        hands.booth.wait = 12
        await hands.press(*KNOCK)
        assert shows(hands, "M40")
        assert shows(hands, "12 秒")
        hands.booth.wait = 0.001
        await hands.wait(12)
        hands.booth.wait = 0
        await hands.press("escape", *KNOCK)
        assert not shows(hands, "M40")


def shows(hands: Hands, text: str) -> bool:
    """Whether a row of the screen holds the text."""
    return any(text in row for row in hands.rows)


DISK = """
import resource, signal
from pathlib import Path

from campaign.errors import StoreError
from db import open_store
from surveys.booth import Booth
from tests.kiosk_fakes import Clock
from tests.kiosk_process import PIN, SESSION

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store, clock, said = open_store(Path({folder!r})), Clock(), []


def tries(pin):
    try:
        return booth.check_pin(pin)
    except StoreError as error:
        return error.code


booth = Booth(store, store.plan(), SESSION, clock)
said.append(tries("1111"))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
for seconds, pin in ((0, PIN), (59, PIN), (1, "1111"), (59, PIN), (1, PIN)):
    clock.now += seconds
    said.append(tries(pin))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
said.append(store.pin_tries(SESSION).wrong)
said.append(Booth(store, store.plan(), SESSION, clock).check_pin(PIN))
said.append(store.pin_tries(SESSION).wrong)
print(*said)
"""


def test_a_full_disk_neither_opens_the_kiosk_nor_locks_staff_in(folder: Path, environment: Mapping[str, str]) -> None:
    """The right PIN is not looked at when it can't be counted; after 60 s it is, and one wrong try costs 60 s more."""
    done = subprocess.run(
        [sys.executable, "-c", DISK.format(folder=str(folder))],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.split() == [
        "False",
        *("M40", "False", "False", "False", "True"),
        *("1", "True", "0"),
    ]


def test_a_busy_store_neither_opens_the_kiosk_nor_locks_staff_in(
    stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process writes for too long the PIN is not looked at; the same wait, and then it is."""
    for module in (db.connections, db.turns):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    clock = Clock()
    booth = booth_of(stores[0], clock)
    with stores[1].transaction():
        with pytest.raises(StoreError) as caught:
            booth.check_pin(PIN)
        assert caught.value.code == "M41"
        assert booth.pin_wait() == 60
    clock.now += 59
    assert not booth.check_pin(PIN)
    clock.now += 1
    assert booth.check_pin(PIN)
    assert stores[1].pin_tries(SESSION).wrong == 0


def test_a_store_that_is_taken_away_does_not_lock_staff_in(folder: Path, stores: list[Store]) -> None:
    """The files are deleted under the kiosk: M48 and 60 s, then the right PIN opens and a wrong one does not."""
    clock = Clock()
    booth = booth_of(stores[0], clock)
    for file in folder.glob("manyi.*"):
        file.unlink()
    with pytest.raises(StoreError) as caught:
        booth.check_pin(PIN)
    assert caught.value.code == "M48"
    assert not booth.check_pin(PIN)
    clock.now += 60
    assert not booth.check_pin("1111")
    clock.now += 60
    assert booth.check_pin(PIN)


def test_a_closed_session_keeps_the_count(stores: list[Store]) -> None:
    """Closing and verifying give no new tries: kiosks that still show the page are left with the PIN as before."""
    clock, store = Clock(), stores[0]
    booth = booth_of(store, clock)
    assert not any(booth.check_pin("1111") for _ in range(5))
    desk = SurveyDesk(store, store.plan(), DAY)
    desk.submit(SESSION, "r1", Lang.ZH, {"overall": "A"})
    desk.close(SESSION)
    verify_count(desk, SESSION)
    assert not booth.check_pin(PIN)
    assert booth.pin_wait() == 60
    clock.now += 60
    assert booth.check_pin(PIN)
