"""What is refused at opening and found by a check, and that whatever is refused keeps all its bytes."""

import shutil
import socket
import sqlite3
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import apsw
import pytest

import db.connections
import db.files
from campaign.errors import StoreError
from campaign.language import Lang
from db import check, open_store, open_tinydb
from db.health import TableSize
from db.migrations import FORMAT
from surveys.session import SessionState
from surveys.tallies import SessionTally
from tests.db_builders import SESSION, make_entry, make_response, make_session

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of some dozens of pages."""
    store = open_store(tmp_path / "data", create=True)
    store.save_session(make_session())
    store.add_entries([make_entry(note="记录" * 100)] * 300)
    for doc_id in range(1, 40):
        store.add_response(SESSION, doc_id, make_response())
    store.close()
    return tmp_path / "data"


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def flip(path: Path, position: int) -> None:
    """Turn one bit of a file over."""
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(data)


def refusal(look: Callable[[Path], object], folder: Path) -> str:
    """The code with which a folder is refused, every byte of it untouched."""
    before = contents(folder)
    with pytest.raises(StoreError) as error:
        look(folder)
    assert contents(folder) == before
    return error.value.code


def test_a_new_store_is_private_and_alone(tmp_path: Path) -> None:
    """The folder is for its owner only, and so is every file in it, the log included."""
    store = open_store(tmp_path / "data", create=True)
    store.add_entries([make_entry()])
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "data").iterdir()}
    assert modes == {"manyi.db": 0o600, "manyi.db-wal": 0o600, "manyi.db-shm": 0o600, "manyi.acknowledged": 0o600}
    store.close()
    assert {each.name for each in (tmp_path / "data").iterdir()} == {"manyi.db", "manyi.acknowledged"}


def test_creating_twice_keeps_what_is_there(folder: Path) -> None:
    """With create, an existing store is opened, never replaced."""
    store = open_store(folder, create=True)
    assert store.count_responses(SESSION) == 39
    store.close()


def test_a_sound_store_is_reported_with_its_tables(folder: Path) -> None:
    """The check counts tables and pages and leaves no trace."""
    before = contents(folder)
    health = check(folder)
    assert contents(folder) == before
    assert health.format == FORMAT
    assert health.pages * PAGE == len(before["manyi.db"])
    assert TableSize(f"ballots {SESSION}", 39) in health.tables
    assert TableSize("log", 300) in health.tables
    assert check(folder / "manyi.db") == health


def test_a_store_in_use_can_be_checked(folder: Path) -> None:
    """A check beside a writer sees what has been committed and disturbs nothing."""
    store = open_store(folder)
    store.add_entries([make_entry()] * 5)
    assert TableSize("log", 305) in check(folder).tables
    with store.transaction():
        store.add_entries([make_entry()])
        assert TableSize("log", 305) in check(folder).tables
    store.close()
    assert TableSize("log", 306) in check(folder).tables


def test_one_flipped_bit_anywhere_is_found(folder: Path) -> None:
    """Every page has a checksum: a single wrong bit is V86, and the check names the page."""
    path = folder / "manyi.db"
    good = path.read_bytes()
    for page in range(len(good) // PAGE):
        path.write_bytes(good)
        flip(path, page * PAGE + 150 + page)
        before = contents(folder)
        with pytest.raises(StoreError) as error:
            check(folder)
        assert error.value.code == "V86"
        assert str(page + 1) in error.value.problems[0].message(Lang.EN)
        assert contents(folder) == before


def test_a_damaged_page_is_never_read_as_good(folder: Path) -> None:
    """A page that is damaged while the store is in use is V86 at the first read of it, not a wrong answer."""
    flip(folder / "manyi.db", len((folder / "manyi.db").read_bytes()) - 2000)
    store = open_store(folder)
    with pytest.raises(StoreError) as error:
        (list(store.entries()), list(store.responses(SESSION)))
    assert error.value.code == "V86"
    store.close()


@pytest.mark.parametrize("look", [open_store, check])
@pytest.mark.parametrize("size", [0, 1, 99, 100, PAGE, -1, -PAGE])
def test_a_truncated_store_is_refused(folder: Path, look: Callable[[Path], object], size: int) -> None:
    """However short it has become, it is V86 and stays as it is."""
    path = folder / "manyi.db"
    path.write_bytes(path.read_bytes()[:size])
    assert refusal(look, folder) == "V86"


@pytest.mark.parametrize("look", [open_store, check])
def test_a_damaged_first_page_is_refused(folder: Path, look: Callable[[Path], object]) -> None:
    """The page that everything hangs on is looked at before anything is opened for writing."""
    flip(folder / "manyi.db", 1000)
    assert refusal(look, folder) == "V86"


@pytest.mark.parametrize("look", [open_store, check])
@pytest.mark.parametrize("data", [b"", b"S", b"SQLite format 3\0"])
def test_what_is_left_of_a_beginning_is_a_damaged_store(
    tmp_path: Path, look: Callable[[Path], object], data: bytes
) -> None:
    """An empty file, or one that ends where a store begins, is V86 although nothing else tells that it was ours."""
    (tmp_path / "manyi.db").write_bytes(data)
    assert refusal(look, tmp_path) == "V86"


@pytest.mark.parametrize("look", [open_store, check])
@pytest.mark.parametrize("data", [b"{}", b"\0" * 8192, "活动".encode() * 3000])
def test_a_file_of_something_else_is_refused(tmp_path: Path, look: Callable[[Path], object], data: bytes) -> None:
    """What is not ours is M42, with no file left beside it."""
    (tmp_path / "manyi.db").write_bytes(data)
    assert refusal(look, tmp_path) == "M42"


@pytest.mark.parametrize("look", [open_store, check])
@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_refused(tmp_path: Path, look: Callable[[Path], object], journal: str) -> None:
    """A SQLite file without our mark is M42: not opened, not changed."""
    other = sqlite3.connect(tmp_path / "manyi.db")
    other.execute(f"pragma journal_mode = {journal}")
    other.execute("create table t (x)")
    other.close()
    assert refusal(look, tmp_path) == "M42"


@pytest.mark.parametrize("look", [open_store, check])
def test_a_folder_without_a_store_is_told(tmp_path: Path, look: Callable[[Path], object]) -> None:
    """M01 says how to begin; an empty folder stays empty, a missing one missing."""
    assert refusal(look, tmp_path) == "M01"
    with pytest.raises(StoreError) as error:
        look(tmp_path / "none")
    assert error.value.code == "M01"
    assert not (tmp_path / "none").exists()


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """Something that is no file is M42."""
    (tmp_path / "manyi.db").mkdir()
    for create in (False, True):
        with pytest.raises(StoreError) as error:
            open_store(tmp_path, create=create)
        assert error.value.code == "M42"


def test_a_socket_in_place_of_the_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but a plain file is opened."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("manyi.db")
        with pytest.raises(StoreError) as error:
            open_store(tmp_path)
    assert error.value.code == "M42"


@pytest.mark.parametrize("create", [False, True])
def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, create: bool) -> None:
    """A data folder that is a file can't be used: M45."""
    (tmp_path / "data").write_text("mine")
    with pytest.raises(StoreError) as error:
        open_store(tmp_path / "data", create=create)
    assert error.value.code == "M45"
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.parametrize("place", ["missing/data", "file/data"])
def test_a_folder_is_not_made_in_a_place_that_is_not_there(tmp_path: Path, place: str) -> None:
    """Only the last folder is made; a mistyped path is M45."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as error:
        open_store(tmp_path / place, create=True)
    assert error.value.code == "M45"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_place_that_takes_no_folder_is_told(tmp_path: Path) -> None:
    """Where the system refuses a new folder there is M45, no traceback."""
    with pytest.raises(StoreError) as error:
        open_store(Path("/proc/manyi"), create=True)
    assert error.value.code == "M45"
    with pytest.raises(StoreError) as error:
        open_store(tmp_path / ("x" * 300), create=True)
    assert error.value.code == "M45"


@pytest.mark.parametrize("create", [False, True])
def test_a_network_file_system_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, create: bool) -> None:
    """Locks on NFS and SMB can't be relied on: M44, whether the store is there or not."""
    mounts = folder.parent / "mountinfo"
    mounts.write_text(f"22 27 0:21 / {folder.resolve()} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(db.files, "MOUNTS", mounts)
    with pytest.raises(StoreError) as error:
        open_store(folder, create=create)
    assert error.value.code == "M44"
    if create:
        with pytest.raises(StoreError):
            open_tinydb(folder / "new.db")
        assert not (folder / "new.db").exists()


def test_an_old_sqlite_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite that can lose commits is not used: M47."""
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    assert refusal(open_store, folder) == "M47"


def test_a_store_that_lacks_what_was_acknowledged_is_refused(folder: Path) -> None:
    """An older state of the file in place of the newest is V86, which says how many changes are missing."""
    older = (folder / "manyi.db").read_bytes()
    store = open_store(folder)
    for doc_id in (1001, 1002):
        store.add_response(SESSION, doc_id, make_response())
    store.close()
    (folder / "manyi.db").write_bytes(older)
    before = contents(folder)
    for look in (check, open_store):
        with pytest.raises(StoreError) as error:
            look(folder)
        assert error.value.code == "V86"
        assert "2 of those acknowledged" in error.value.problems[0].message(Lang.EN)
        assert contents(folder) == before


def test_what_another_store_has_acknowledged_says_nothing_of_this_one(folder: Path, tmp_path: Path) -> None:
    """Numbers of acknowledged changes belong to one store; a file of them that is damaged says nothing at all."""
    store = open_store(tmp_path / "other", create=True)
    for doc_id in range(1, 200):
        store.add_response(SESSION, doc_id, make_response())
    store.close()
    shutil.copy(tmp_path / "other" / "manyi.acknowledged", folder / "manyi.acknowledged")
    assert check(folder).format
    flip(folder / "manyi.acknowledged", 9)
    assert check(folder).format


def test_a_verified_count_must_still_agree_with_the_box(folder: Path) -> None:
    """After verification the box holds as many forms as were counted, paper forms included."""
    store = open_store(folder)
    tally = SessionTally(submitted=40, complete=40, partial=0, void=0, questions=())
    store.save_session(make_session(state=SessionState.VERIFIED, tally=tally))
    with pytest.raises(StoreError) as error:
        check(folder)
    assert error.value.problems[0].values == {"id": SESSION, "n": 40, "m": 39}
    store.add_response(SESSION, 1000, make_response(channel="paper"))
    assert check(folder).format
    store.close()


def test_documents_that_do_not_fit_are_told(folder: Path) -> None:
    """Somebody else's change in the file is V86 where it is read, never a traceback."""
    with open_tinydb(folder / "manyi.db") as opened:
        opened.table("log").insert({"kind": "?"})
        opened.table("sessions").insert({"id": "x"})
        opened.table("plan").insert({"value": 1})
    store = open_store(folder)
    for read in (store.entries, store.sessions, store.plan):
        with pytest.raises(StoreError) as error:
            read()
        assert error.value.code == "V86"
    store.close()


def test_text_that_is_no_document_is_told(folder: Path) -> None:
    """A row that is no JSON is found by the check and by whoever reads it."""
    with open_tinydb(folder / "manyi.db") as opened, opened.storage.exclusive():
        opened.storage.transactions.change("update log set doc = '{' where id = 3")
    with pytest.raises(StoreError) as error:
        check(folder)
    assert (error.value.code, "document 3" in str(error.value)) == ("V86", True)


@pytest.mark.parametrize("look", [open_store, check])
def test_a_newer_store_left_by_a_crash_is_left_alone(
    folder: Path, tmp_path: Path, look: Callable[[Path], object]
) -> None:
    """What another version has written but not yet moved from log to file stays in the log."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with open_tinydb(folder / "manyi.db") as opened:
        opened.table("meta").update({"format": 99})
        for name in ("manyi.db", "manyi.db-wal"):
            (crashed / name).write_bytes((folder / name).read_bytes())
    before = contents(crashed)
    with pytest.raises(StoreError) as error:
        look(crashed)
    assert error.value.code == "M43"
    assert {name: data for name, data in contents(crashed).items() if name in before} == before


def test_a_store_left_by_a_crash_is_whole(folder: Path, tmp_path: Path) -> None:
    """File and log as a crash leaves them open again, and a check beside them changes neither."""
    store = open_store(folder)
    store.add_response(SESSION, 1000, make_response())
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("manyi.db", "manyi.db-wal"):
        (crashed / name).write_bytes((folder / name).read_bytes())
    store.close()
    before = contents(crashed)
    assert TableSize(f"ballots {SESSION}", 40) in check(crashed).tables
    assert {name: data for name, data in contents(crashed).items() if name in before} == before
    again = open_store(crashed)
    assert again.count_responses(SESSION) == 40
    again.close()
