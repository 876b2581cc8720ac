"""The good copies that a store keeps of itself: what they hold, who may read them, and when they go."""

import multiprocessing
import os
import shutil
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import db.migrations
from campaign.errors import Problem, StoreError
from campaign.language import Lang
from db import check, memory_store, open_store, open_tinydb
from db.copies import keep_copy
from db.files import NAME
from db.migrations import FORMAT
from manyi.advice import ADVICE
from surveys.desk import SurveyDesk
from surveys.ports import Store
from surveys.session import KioskAccount
from tests.db_builders import DAY, SESSION, make_entry, make_opinion, make_response, make_session
from tests.sittings import open_session, verify_count
from tests.store_contents import documents, files, highest_ids, town_store

OTHER = "B02-261123-1"
KEY, OTHER_KEY = "0f" * 32, "1e" * 32
FORMAT_1 = Path(__file__).parents[1] / "golden" / "store-format-1.db"
"""Three open sessions, four forms in the first one's ballot box."""
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with an open session and one that is being counted, three forms in each."""
    with closing(open_store(tmp_path / "data", create=True)) as store:
        store.save_session(make_session(response_key=KEY))
        store.save_session(make_session(OTHER, state="counting", response_key=OTHER_KEY))
        for number in range(1, 4):
            store.count_started(SESSION)
            store.count_started(OTHER)
            store.add_response(SESSION, number * 10, make_response(answers={"text": f"open {number}"}))
            store.add_response(OTHER, number * 10, make_response(answers={"text": f"closed {number}"}))
        store.add_opinions([make_opinion("路灯", OTHER)])
        store.add_entries([make_entry()])
    return tmp_path / "data"


def copies(folder: Path) -> list[str]:
    """The names of the copies in a data folder."""
    return sorted(each.name for each in (folder / "copies").iterdir())


def move(folder: Path, session: str, state: str) -> None:
    """Bring a session to a state without closing it as the desk does."""
    with closing(open_store(folder)) as store:
        store.save_session(make_session(session, state=state))


def answered(store: Store, branch: str, forms: int = 3) -> tuple[SurveyDesk, str]:
    """A desk with a session in which some have answered."""
    desk = SurveyDesk(store, store.plan(), DAY)
    session = open_session(desk, branch, "final", "2468").session.id
    for number in range(forms):
        answers = {"Q1": "A", "Q12": f"{branch}的路灯{number}"}
        desk.submit(session, f"{branch}-{number}", Lang.ZH, answers)
    return desk, session


def hand_in_for_ever(folder: Path) -> None:
    """Put forms into the session that is being counted, until killed."""
    store, number = open_store(folder), 1000
    while True:
        number += 1
        store.add_response(OTHER, number, make_response())


def open_once(folder: Path) -> None:
    """Open the store and let go of it."""
    open_store(folder).close()


def test_a_copy_is_a_store_by_itself(folder: Path) -> None:
    """It is one sound file with no log, no free page, a checksum on every page, and of the same make as the store."""
    keep_copy(folder / NAME, DAY)
    (name,) = copies(folder)
    copy = folder / "copies" / name
    assert name == "0001-2026-11-23.db"
    assert check(copy).pages * 4096 == copy.stat().st_size
    ours, theirs = (folder / NAME).read_bytes()[:100], copy.read_bytes()[:100]
    page_size, reserved, encoding, gives_back, mark = (
        slice(*at) for at in ((16, 18), (20, 21), (56, 60), (64, 68), (68, 72))
    )
    for place in (page_size, reserved, encoding, gives_back, mark):
        assert theirs[place] == ours[place]
    assert theirs[gives_back] != bytes(4)
    free_pages, without_log = theirs[36:40], theirs[18:20]
    assert (free_pages, without_log) == (bytes(4), b"\1\1")


def test_a_copy_holds_all_but_the_boxes_of_open_sessions(folder: Path) -> None:
    """Responses, opinions and counts of an open session are not in it, with its key; everything else is, as it is."""
    keep_copy(folder / NAME, DAY)
    ours, theirs = dict(documents(folder / NAME)), dict(documents(folder / "copies" / "0001-2026-11-23.db"))
    assert len(ours.pop(f"ballots {SESSION}")) == 3
    assert f"ballots {SESSION}" not in theirs
    accounts, sessions = ours.pop("accounts"), ours.pop("sessions")
    assert [each["session"] for each in theirs.pop("accounts").values()] == [OTHER]
    assert len(accounts) == 2
    for doc_id, session in theirs.pop("sessions").items():
        is_open = session["value"]["state"] == "open"  # type: ignore[index]
        assert (session == sessions[doc_id]) is not is_open
    assert theirs == ours
    content = (folder / "copies" / "0001-2026-11-23.db").read_bytes()
    assert [mark in content for mark in (b"open 1", KEY.encode(), b"closed 1", "路灯".encode())] == [
        False,
        False,
        True,
        True,
    ]


def test_a_copy_in_the_stores_place_is_the_store_as_it_was(folder: Path) -> None:
    """Put in place by hand it opens without a complaint; ids go on where they were, the open session is empty."""
    keep_copy(folder / NAME, DAY)
    highest = highest_ids(folder / NAME)
    shutil.copy(folder / "copies" / "0001-2026-11-23.db", folder / NAME)
    with closing(open_store(folder)) as store:
        assert store.kiosk_account(OTHER) == KioskAccount(started=3, submitted=3)
        assert store.kiosk_account(SESSION) == KioskAccount()
        assert len([*store.responses(OTHER)]) == 3
        store.add_response(SESSION, 1, make_response())
    check(folder)
    now = highest_ids(folder / NAME)
    assert {name: now[name] for name in ("log", f"ballots {OTHER}")} == {
        name: highest[name] for name in ("log", f"ballots {OTHER}")
    }


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_copies_are_private(folder: Path, umask: int) -> None:
    """Folder 0700 and file 0600, whatever the umask, also where the folder was open before."""
    (folder / "copies").mkdir(mode=0o755)
    before = os.umask(umask)
    try:
        keep_copy(folder / NAME, DAY)
    finally:
        os.umask(before)
    modes = {each: stat.S_IMODE(each.stat().st_mode) for each in (folder / "copies").rglob("*")}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((folder / "copies").stat().st_mode) == 0o700


def test_the_last_seven_are_kept(folder: Path) -> None:
    """The oldest goes when an eighth comes; numbers go on, whatever the days are; other files are left alone."""
    (folder / "copies").mkdir()
    (folder / "copies" / "mine.db").write_text("mine")
    days = [date(2026, 11, day) for day in (23, 24, 24, 25, 26, 27, 28, 22, 23)]
    for day in days:
        keep_copy(folder / NAME, day)
    assert copies(folder) == [*(f"{n:04}-{day}.db" for n, day in enumerate(days, 1) if n > 2), "mine.db"]


@pytest.mark.parametrize(("session", "state"), [(SESSION, "counting"), (OTHER, "verified")])
def test_a_copy_goes_when_a_session_of_it_moves_on(folder: Path, session: str, state: str) -> None:
    """After a session has been verified no copy holds it as it was; one without its responses may stay."""
    keep_copy(folder / NAME, DAY)
    move(folder, session, state)
    keep_copy(folder / NAME, DAY)
    kept = {"counting": ["0001-2026-11-23.db", "0002-2026-11-23.db"], "verified": ["0002-2026-11-23.db"]}
    assert copies(folder) == kept[state]
    assert all(OTHER_KEY.encode() not in data for name, data in files(folder / "copies").items() if state == "verified")


def test_a_copy_goes_when_paper_has_been_keyed_since(folder: Path) -> None:
    """Two copies of a session that is being counted, with different forms, would tell what was keyed in between."""
    keep_copy(folder / NAME, DAY)
    with closing(open_store(folder)) as store:
        store.add_response(OTHER, 99, make_response(channel="paper"))
    keep_copy(folder / NAME, DAY)
    assert copies(folder) == ["0002-2026-11-23.db"]


def test_a_copy_that_is_damaged_goes(folder: Path) -> None:
    """It is of no use, and nobody can tell what it holds."""
    keep_copy(folder / NAME, DAY)
    copy = folder / "copies" / "0001-2026-11-23.db"
    copy.write_bytes(copy.read_bytes()[:5000])
    keep_copy(folder / NAME, DAY)
    assert copies(folder) == ["0002-2026-11-23.db"]


def test_what_a_dead_process_left_unfinished_goes(folder: Path) -> None:
    """A copy that was never finished is removed by whoever makes the next."""
    (folder / "copies").mkdir()
    for name in (".0001-2026-11-23.db-abc.new", ".0001-2026-11-23.db-abc.new-wal"):
        (folder / "copies" / name).write_text("half")
    keep_copy(folder / NAME, DAY)
    assert copies(folder) == ["0001-2026-11-23.db"]


def test_a_copy_beside_a_writer_is_consistent(folder: Path) -> None:
    """While a process writes, each copy is sound and holds as of one moment what was there when it was begun."""
    writer = SPAWN.Process(target=hand_in_for_ever, args=(folder,), daemon=True)
    writer.start()
    with closing(open_store(folder)) as store:
        while store.count_responses(OTHER) < 10:
            assert writer.is_alive()
        for _ in range(5):
            before = store.count_responses(OTHER)
            keep_copy(folder / NAME, DAY)
            held = documents(folder / "copies" / copies(folder)[-1])[f"ballots {OTHER}"]
            assert before <= len(held) <= store.count_responses(OTHER)
            assert set(range(1001, 998 + len(held))) == set(held) - {10, 20, 30}, "no gap: all of it is of one moment"
        writer.kill()
        writer.join()


def test_closing_and_verifying_keep_copies(tmp_path: Path) -> None:
    """The desk keeps a copy of its day at each; the text beside its answers, and the key, are in none of them."""
    with closing(town_store(tmp_path / "data")) as store:
        desk, first = answered(store, "B01")
        _, second = answered(store, "B02")
        key = store.session(first).response_key  # type: ignore[union-attr]
        assert desk.close(first).warnings == ()
        assert copies(tmp_path / "data") == ["0001-2026-11-23.db"]
        assert desk.close(second).warnings == ()
        assert verify_count(desk, first).warnings == ()
        assert copies(tmp_path / "data") == ["0001-2026-11-23.db"]
        held = documents(tmp_path / "data/copies/0001-2026-11-23.db")
        kept = ("ballots", "opinions", "register")
        assert {name: len(each) for name, each in held.items() if name.startswith(kept)} == {
            f"ballots {first}": 3,
            f"ballots {second}": 3,
            f"opinions {second}": 3,
            "register": 3,
        }, "what was written at a verified session is in the register, without its session"
    for name, data in files(tmp_path / "data").items():
        assert key.encode() not in data, name
        assert '"Q12":"' not in data.decode("utf-8", "replace"), name


def test_a_copy_that_cannot_be_kept_does_not_undo_the_closing(tmp_path: Path) -> None:
    """The session is closed; M75 says so, why there is no copy and what to do, in both languages."""
    with closing(town_store(tmp_path / "data")) as store:
        desk, session = answered(store, "B01")
        (tmp_path / "data" / "copies").write_text("in the way")
        moved = desk.close(session)
        assert (moved.session.state, store.session(session)) == ("counting", moved.session)
        (warning,) = moved.warnings
        assert warning.code == "M75"
        assert not warning.refuses
        english, chinese = (ADVICE.message(warning, lang) for lang in (Lang.EN, Lang.ZH))
        assert f"{session} is now counting" in english
        assert "it is a file, not a folder" in english
        assert session in chinese
        assert "manyi backup" in chinese
        (tmp_path / "data" / "copies").unlink()
        assert verify_count(desk, session).warnings == ()


def test_a_store_in_memory_keeps_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no disk: nothing is written, nothing is wrong."""
    monkeypatch.chdir(tmp_path)
    memory_store().keep_copy(DAY)
    assert files(tmp_path) == {}


def test_an_older_store_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    """The copy is of the old format and holds everything, open boxes too; it is sound, private and made once."""
    shutil.copy(FORMAT_1, tmp_path / NAME)
    before = documents(tmp_path / NAME)
    for _ in range(2):
        open_store(tmp_path).close()
    assert copies(tmp_path) == [f"0001-before-format-{FORMAT}.db"]
    copy = tmp_path / "copies" / f"0001-before-format-{FORMAT}.db"
    assert check(copy).format == 1
    assert documents(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_copy_from_before_a_migration_goes_with_the_closing(tmp_path: Path) -> None:
    """It holds the box as it was while the session was open; once that is closed it must not be kept."""
    shutil.copy(FORMAT_1, tmp_path / NAME)
    open_store(tmp_path).close()
    move(tmp_path, "B01-261123-1", "counting")
    keep_copy(tmp_path / NAME, DAY)
    assert copies(tmp_path) == ["0002-2026-11-23.db"]


def test_no_migration_without_a_copy(tmp_path: Path) -> None:
    """Where the copy can't be kept the store is refused and stays of its old format, byte for byte."""
    shutil.copy(FORMAT_1, tmp_path / NAME)
    (tmp_path / "copies").write_text("in the way")
    before = files(tmp_path)
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path)
    assert refused.value.code == "M40"
    assert files(tmp_path) == before


def test_migrations_that_fail_keep_one_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying again and again pushes no other copy out."""

    def broken(_: object) -> None:
        raise StoreError(Problem("M40", {"why": "broken", "path": tmp_path}))

    shutil.copy(FORMAT_1, tmp_path / NAME)
    (tmp_path / "copies").mkdir()
    shutil.copy(FORMAT_1, tmp_path / "copies" / "0001-2026-11-22.db")
    monkeypatch.setattr(db.migrations, "STEPS", {1: broken, 2: broken})
    for _ in range(9):
        with pytest.raises(StoreError):
            open_store(tmp_path)
    assert copies(tmp_path) == ["0001-2026-11-22.db", f"0010-before-format-{FORMAT}.db"]


def test_processes_that_come_at_once_migrate_once(tmp_path: Path) -> None:
    """Of several that open an old store together one brings it forward; all of them get in, and there is one copy."""
    shutil.copy(FORMAT_1, tmp_path / NAME)
    crowd = [SPAWN.Process(target=open_once, args=(tmp_path,), daemon=True) for _ in range(4)]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    assert [process.exitcode for process in crowd] == [0] * 4
    assert check(tmp_path).format == FORMAT
    assert copies(tmp_path) == [f"0001-before-format-{FORMAT}.db"]
    with open_tinydb(tmp_path / NAME) as opened:
        assert {each["started"] for each in opened.table("accounts")} == {0, 2, 5}


@pytest.mark.parametrize("damage", ["cut", "empty", "other"])
def test_damage_is_told_with_the_newest_good_copy(folder: Path, damage: str) -> None:
    """V86 names the newest copy that opens, past one that doesn't; without any it says that there is none."""
    whole = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(whole[:-4096])
    assert named(folder).startswith("none. ")
    (folder / NAME).write_bytes(whole)
    for _ in range(2):
        keep_copy(folder / NAME, DAY)
    (folder / NAME).write_bytes(whole[:-4096])
    assert named(folder) == str(folder / "copies" / "0002-2026-11-23.db")
    newest = folder / "copies" / "0002-2026-11-23.db"
    newest.write_bytes({"cut": newest.read_bytes()[:5000], "empty": b"", "other": b"{}" * 5000}[damage])
    assert named(folder) == str(folder / "copies" / "0001-2026-11-23.db")


def named(folder: Path) -> str:
    """The copy that the refusal of a damaged store names."""
    with pytest.raises(StoreError) as refused:
        check(folder)
    assert refused.value.code == "V86"
    told = refused.value.problems[0].message(Lang.EN).partition("Last good copy: ")[2].removesuffix(".")
    return told.partition(", without")[0]


def test_damage_inside_is_told_with_the_copy_too(folder: Path) -> None:
    """Documents that do not fit, found at reading, name the copy as well."""
    keep_copy(folder / NAME, DAY)
    with open_tinydb(folder / NAME) as opened:
        opened.table("log").insert({"kind": "?"})
        opened.table("sessions").insert({"id": "x"})
    with closing(open_store(folder)) as store:
        for read in (store.entries, store.sessions):
            with pytest.raises(StoreError) as refused:
                read()
            assert f"Last good copy: {folder / 'copies' / '0001-2026-11-23.db'}" in str(refused.value)
