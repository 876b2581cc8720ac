"""Bringing backups back: everything that was in them, nothing lost that was there, or nothing changed at all."""

import json
import multiprocessing
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import tinydb

import db.files
from campaign.errors import BadInput, ManyiError, Refused, StoreError
from campaign.language import Lang
from db import check, open_store, open_tinydb
from db.backups import back_up
from db.copies import keep_copy
from db.files import NAME
from db.gate import gate
from db.keys import KEY_BYTES, paper_key, read_key, write_key
from db.migrations import FORMAT
from db.restoring import Restored, restore
from surveys.ports import Store
from tests.db_builders import DAY, SESSION, make_entry, make_opinion, make_response, make_session
from tests.store_contents import documents, files, highest_ids, town_store

GOLDEN = Path(__file__).parents[1] / "golden"
SPAWN = multiprocessing.get_context("spawn")
FULL = """
import resource, signal
from datetime import date
from pathlib import Path
from campaign.errors import StoreError
from campaign.language import Lang
from db.restoring import restore

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY))
try:
    restore(Path({source!r}), Path({folder!r}), date(2026, 11, 23), replaced=True)
except StoreError as error:
    print(error.problems[0].text(Lang.EN))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the sample town and a session that is being counted."""
    with closing(town_store(tmp_path / "data")) as store:
        fill(store)
    return tmp_path / "data"


def fill(store: Store) -> None:
    store.save_session(make_session(state="counting"))
    store.add_entries([make_entry(note="记录" * 50)] * 50)
    store.add_opinions([make_opinion("路灯")])
    store.count_started(SESSION)
    with store.transaction():
        for number in range(1, 101):
            store.add_response(SESSION, number * 7, make_response(answers={"age": number}))


@pytest.fixture(params=[False, True], ids=["store", "plain"])
def backup(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A backup of either kind, after which the store has gone on."""
    path = folder.parent / "backup"
    back_up(folder, path, plain=bool(request.param))
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(reference="later")])
    return path


def start(work: Callable[..., None], folder: Path) -> tuple[BaseProcess, Connection]:
    """A process that does ``work(pipe, folder)``, and this end of its pipe; EOFError there if it dies."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(theirs, folder), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def keep_open(pipe: Connection, folder: Path) -> None:
    """Have the store open until told to let go."""
    store = open_store(folder)
    pipe.send("open")
    pipe.recv()
    store.close()


def wait_at_the_gate(pipe: Connection, folder: Path) -> None:
    """Try to open the store and tell when that is done."""
    pipe.send("coming")
    open_store(folder).close()
    pipe.send("was in")


def refusal(source: Path, folder: Path, *, replaced: bool = True) -> ManyiError:
    """What a restore is refused with, all files and names around it untouched."""
    before, names = files(folder.parent), sorted(folder.parent.rglob("*"))
    with pytest.raises(ManyiError) as refused:
        restore(source, folder, DAY, replaced=replaced)
    assert (files(folder.parent), sorted(folder.parent.rglob("*"))) == (before, names)
    return refused.value


def test_a_new_folder_gets_everything(backup: Path, tmp_path: Path) -> None:
    """Every document of the backup is in the new store, which is sound, private and alone; ids go on."""
    with closing(open_store(tmp_path / "data")) as store:
        plan = store.plan()
    done = restore(backup, tmp_path / "new", DAY)
    assert (done.old, done.key) == (None, None)
    held = documents(tmp_path / "new" / NAME)
    assert [each for each in documents(tmp_path / "data" / NAME)["log"] if each not in held["log"]] == [51]
    del held["log"], (expected := dict(documents(tmp_path / "data" / NAME)))["log"]
    assert held == expected
    assert done.health == check(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "new").iterdir()} == {NAME: 0o600}
    with closing(open_store(tmp_path / "new")) as store:
        assert store.plan() == plan
        store.add_entries([make_entry()])
        store.add_response(SESSION, 1, make_response())
    assert highest_ids(tmp_path / "new" / NAME)["log"] == 51
    check(tmp_path / "new")


def test_a_store_is_not_replaced_unasked(backup: Path, folder: Path) -> None:
    """M73 says what to add, in both languages."""
    error = refusal(backup, folder, replaced=False)
    assert (type(error), error.code) == (Refused, "M73")
    assert all("--replace" in error.problems[0].message(lang) for lang in Lang)


def test_the_old_store_is_kept(backup: Path, folder: Path) -> None:
    """A sound one is kept with all it held as one sound file, under the day and a number; so are later ones."""
    old = documents(folder / NAME)
    held = documents(folder / NAME)
    for number in (1, 2):
        done = restore(backup, folder, DAY, replaced=True)
        assert done.old == folder / "replaced" / f"2026-11-23-{number}.db"
        assert documents(done.old) == held
        check(done.old)
        held = documents(folder / NAME)
    assert len(old["log"]) == 1 + len(held["log"])
    assert sorted(each.name for each in (folder / "replaced").iterdir()) == ["2026-11-23-1.db", "2026-11-23-2.db"]
    assert stat.S_IMODE((folder / "replaced").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder / "replaced").iterdir()} == {0o600}


def test_files_are_private_whatever_the_umask(backup: Path, folder: Path) -> None:
    """With a umask of 000 the new store, the kept one, its log and the key are for their owner alone."""
    write_key(backup.with_name("backup.key"), bytes(KEY_BYTES))
    paper_key(folder)
    (folder / (NAME + "-wal")).write_bytes(b"log")
    damage(folder)
    before = os.umask(0)
    try:
        restore(backup, folder, DAY, replaced=True)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in folder.rglob("*") if each.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE((folder / "replaced").stat().st_mode) == 0o700


def damage(folder: Path) -> None:
    """Turn a bit of the store's first page over."""
    data = bytearray((folder / NAME).read_bytes())
    data[1000] ^= 1
    (folder / NAME).write_bytes(data)


@pytest.mark.parametrize("what", [damage, lambda folder: (folder / NAME).write_bytes(b"")])
def test_a_damaged_store_is_kept_byte_for_byte(backup: Path, folder: Path, what: Callable[[Path], object]) -> None:
    """File, log and number of the last change are kept as they are, and the new store has nothing of them."""
    (folder / (NAME + "-wal")).write_bytes(b"log")
    what(folder)
    before = files(folder)
    done = restore(backup, folder, DAY, replaced=True)
    assert done.old == folder / "replaced" / "2026-11-23-1-damaged.db"
    assert files(folder / "replaced") == {
        "2026-11-23-1-damaged.db": before[NAME],
        "2026-11-23-1-damaged.db-wal": b"log",
        "2026-11-23-1-damaged.acknowledged": before["manyi.acknowledged"],
    }
    assert not (folder / (NAME + "-wal")).exists()
    assert len(documents(folder / NAME)["log"]) == len(documents(folder / NAME)["log"])
    open_store(folder).close()
    check(folder)


def test_a_log_without_its_store_is_kept_too(backup: Path, folder: Path) -> None:
    """Where only the store's file has been deleted, its log is kept and does not get under the new file."""
    (folder / NAME).unlink()
    (folder / (NAME + "-wal")).write_bytes(b"log")
    done = restore(backup, folder, DAY)
    assert done.old
    assert (folder / "replaced" / "2026-11-23-1-damaged.db-wal").read_bytes() == b"log"
    check(folder)


def test_a_store_left_by_a_crash_is_kept_with_its_log(backup: Path, folder: Path, tmp_path: Path) -> None:
    """What stands only in the log of a sound store is in the copy that is kept."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(reference="in the log")])
        for name in (NAME, NAME + "-wal", "manyi.acknowledged"):
            shutil.copy(folder / name, crashed / name)
    done = restore(backup, crashed, DAY, replaced=True)
    assert done.old == crashed / "replaced" / "2026-11-23-1.db"
    assert "in the log" in {each["reference"] for each in documents(done.old)["log"].values()}
    assert sorted(each.name for each in crashed.iterdir()) == [NAME, "replaced"]
    check(crashed)


def test_a_damaged_log_can_be_given_up(folder: Path, tmp_path: Path) -> None:
    """A store refused for what its log has lost goes on without it when its own file is restored, all of it kept."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(open_store(folder)) as store:
        held = documents(folder / NAME)
        store.sweep()
        for number in range(5):
            store.add_entries([make_entry(reference=f"in the log {number}")])
        for name in (NAME, NAME + "-wal", "manyi.acknowledged"):
            shutil.copy(folder / name, crashed / name)
    log = bytearray((crashed / (NAME + "-wal")).read_bytes())
    log[40] ^= 1
    (crashed / (NAME + "-wal")).write_bytes(log)
    for look in (check, open_store):
        with pytest.raises(StoreError) as refused:
            look(crashed)
        assert refused.value.code == "V86"
    done = restore(crashed / NAME, crashed, DAY, replaced=True)
    assert done.old == crashed / "replaced" / "2026-11-23-1-damaged.db"
    assert (crashed / "replaced" / "2026-11-23-1-damaged.db-wal").read_bytes() == bytes(log)
    assert documents(crashed / NAME) == held
    with closing(open_store(crashed)) as store:
        store.add_entries([make_entry()])
    check(crashed)


def test_a_copied_folder_is_restored_with_its_log(folder: Path, tmp_path: Path) -> None:
    """A store's file that lies elsewhere with its log gives what both hold together."""
    copied = tmp_path / "copied"
    copied.mkdir()
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(reference="in the log")])
        for name in (NAME, NAME + "-wal"):
            shutil.copy(folder / name, copied / name)
    restore(copied / NAME, tmp_path / "new", DAY)
    assert "in the log" in {each["reference"] for each in documents(tmp_path / "new" / NAME)["log"].values()}


def test_a_restored_store_has_lost_nothing_of_its_own(folder: Path, tmp_path: Path) -> None:
    """Going back to an earlier state is no loss: the count of the old store's changes says nothing of the new one."""
    back_up(folder, tmp_path / "backup")
    with closing(open_store(folder)) as store:
        for _ in range(20):
            store.add_entries([make_entry()])
    restore(tmp_path / "backup", folder, DAY, replaced=True)
    for _ in range(2):
        with closing(open_store(folder)) as store:
            store.add_entries([make_entry()])
        check(folder)


def test_the_newest_good_copy_brings_a_damaged_store_back(folder: Path) -> None:
    """What V86 names is what restore takes."""
    keep_copy(folder / NAME, DAY)
    held = documents(folder / NAME)
    damage(folder)
    with pytest.raises(StoreError) as refused:
        open_store(folder)
    copy = refused.value.problems[0].values["path"]
    assert isinstance(copy, Path)
    restore(copy, folder, DAY, replaced=True)
    assert documents(folder / NAME) == held


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("plain", [False, True])
def test_a_backup_of_an_older_format_is_brought_forward(tmp_path: Path, number: int, plain: bool) -> None:
    """It becomes a store of the newest format, with what it held; the backup itself stays as it is."""
    source = tmp_path / "old"
    if plain:
        held = documents(GOLDEN / f"store-format-{number}.db")
        with tinydb.TinyDB(source) as stock:
            for name, each in held.items():
                stock.table(name).insert_multiple(tinydb.table.Document(doc, doc_id) for doc_id, doc in each.items())
    else:
        shutil.copy(GOLDEN / f"store-format-{number}.db", source)
    before = source.read_bytes()
    done = restore(source, tmp_path / "data", DAY)
    assert done.health.format == FORMAT
    assert source.read_bytes() == before
    shutil.copy(GOLDEN / f"store-format-{number}.db", tmp_path / NAME)
    open_store(tmp_path).close()
    assert documents(tmp_path / "data" / NAME) == documents(tmp_path / NAME)


def test_a_store_that_somebody_uses_is_left_alone(backup: Path, folder: Path) -> None:
    """M74 names who has it open; once that one has let go it is replaced."""
    process, ours = start(keep_open, folder)
    assert ours.recv() == "open"
    before = documents(folder / NAME)
    with pytest.raises(Refused) as refused:
        restore(backup, folder, DAY, replaced=True)
    assert refused.value.code == "M74"
    for lang in Lang:
        assert str(process.pid) in refused.value.problems[0].message(lang)
    assert documents(folder / NAME) == before
    ours.send("let go")
    process.join()
    assert restore(backup, folder, DAY, replaced=True).old


def test_use_is_noticed_without_the_systems_help(backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody tells who holds a lock SQLite tells that somebody does: M74."""
    monkeypatch.setattr(db.holders, "LOCKS", Path("/nowhere"))
    with closing(open_store(folder)) as store:
        with pytest.raises(Refused) as refused:
            restore(backup, folder, DAY, replaced=True)
        assert refused.value.code == "M74"
        assert "another program" in refused.value.problems[0].message(Lang.EN)
        store.add_entries([make_entry()])
    restore(backup, folder, DAY, replaced=True)


def test_nobody_opens_a_store_that_is_being_replaced(folder: Path) -> None:
    """Whoever comes while it is being replaced waits until that is done."""
    with gate(folder, alone=True):
        process, ours = start(wait_at_the_gate, folder)
        assert ours.recv() == "coming"
        assert not ours.poll(0.5)
    assert ours.recv() == "was in"
    process.join()


def test_a_gate_that_stays_closed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a bounded time there is M41 instead of more waiting, in either direction; and nothing stays locked."""
    monkeypatch.setattr(db.gate, "BUSY_SECONDS", 0.1)
    for first, second in ((True, False), (False, True), (True, True)):
        with gate(folder, alone=first), pytest.raises(StoreError) as refused, gate(folder, alone=second):
            pass
        assert refused.value.code == "M41"
    with gate(folder), gate(folder):
        pass
    with gate(folder, alone=True):
        pass
    with gate(folder / "missing", alone=True):
        pass


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table t (x)")


def newer(path: Path) -> None:
    with open_tinydb(path) as opened:
        opened.table("meta").insert({"format": 99})
    path.with_suffix(".acknowledged").unlink()


def cut(path: Path) -> None:
    path.write_bytes((path.parent / "good").read_bytes()[:-3000])


def flipped(path: Path) -> None:
    data = bytearray((path.parent / "good").read_bytes())
    data[len(data) - 2000] ^= 4
    path.write_bytes(data)


def without_a_count(path: Path) -> None:
    """A verified session whose box lacks a form."""
    with closing(open_store(path.parent / "other", create=True)) as store:
        tally = {"submitted": 5, "complete": 5, "partial": 0, "void": 0, "questions": ()}
        store.save_session(make_session(state="verified", tally=tally))
    (path.parent / "other" / NAME).rename(path)


def misfit(path: Path) -> None:
    shutil.copy(path.parent / "good", path)
    with open_tinydb(path) as opened:
        opened.table("log").insert({"kind": "?"})
    path.with_suffix(".acknowledged").unlink(missing_ok=True)


def plain(text: str | bytes) -> Callable[[Path], None]:
    """Writes this."""

    def write(path: Path) -> None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    return write


META = '"meta": {"1": {"format": 3}}'
BAD: Mapping[str, tuple[Callable[[Path], None], str, str]] = {
    "empty": (plain(""), "M72", "neither a store nor JSON"),
    "bytes": (plain(bytes(range(256)) * 20), "M72", "neither a store nor JSON"),
    "text": (plain("活动"), "M72", "neither a store nor JSON"),
    "half of JSON": (plain('{"meta": {"1": {"format": 3}'), "M72", "neither a store nor JSON"),
    "deep": (plain("[" * 100_000), "M72", "neither a store nor JSON"),
    "a list": (plain("[1]"), "M72", "the outermost value is no object"),
    "a number": (plain("7"), "M72", "the outermost value is no object"),
    "other JSON": (plain('{"name": "x", "version": 2}'), "M72", '"name" is no table'),
    "other tables": (plain('{"_default": {"1": {"a": 1}}}'), "M72", "it has no format number"),
    "no meta": (plain("{}"), "M72", "it has no format number"),
    "a document is no object": (plain(f'{{{META}, "log": {{"1": 5}}}}'), "M72", '"log" is no table of TinyDB'),
    "an id is no number": (plain(f'{{{META}, "log": {{"one": {{}}}}}}'), "M72", '"log" is no table of TinyDB'),
    "an id is written oddly": (plain(f'{{{META}, "log": {{"01": {{}}}}}}'), "M72", '"log" is no table of TinyDB'),
    "an id is too large": (plain(f'{{{META}, "log": {{"{2**63}": {{}}}}}}'), "M72", '"log" is no table of TinyDB'),
    "an id stands there twice": (
        plain(f'{{{META}, "log": {{"1": {{}}, "1": {{}}}}}}'),
        "M72",
        '"1" stands there twice',
    ),
    "a name that can't be": (plain(f'{{{META}, "a\\u0000b": {{}}}}'), "M72", "is no table of TinyDB"),
    "entries that do not fit": (plain(f'{{{META}, "log": {{"1": {{"kind": "?"}}}}}}'), "M72", 'in "log" does not fit'),
    "plain and newer": (plain('{"meta": {"1": {"format": 99}}}'), "M43", "format 99"),
    "another database": (other_database, "M72", "another program's database"),
    "newer": (newer, "M43", "format 99"),
    "cut": (cut, "M72", "bytes are there"),
    "flipped": (flipped, "M72", "the checksum of page"),
    "only a header": (plain(b"SQLite format 3\0"), "M72", "its beginning is damaged"),
    "a count that does not agree": (without_a_count, "M72", "5 responses were acknowledged"),
    "rows that do not fit": (misfit, "M72", 'in "log" does not fit'),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("target", ["data", "new"])
def test_a_source_that_is_no_good_changes_nothing(folder: Path, tmp_path: Path, name: str, target: str) -> None:
    """M72, or M43, names the file and what is wrong with it, in both languages; not a byte is touched anywhere."""
    make, code, why = BAD[name]
    back_up(folder, tmp_path / "good")
    make(tmp_path / "bad")
    error = refusal(tmp_path / "bad", tmp_path / target)
    assert error.code == code
    assert isinstance(error, BadInput | StoreError)
    english, chinese = (error.problems[0].message(lang) for lang in (Lang.EN, Lang.ZH))
    assert why in english
    assert english.startswith(str(tmp_path / "bad"))
    assert str(tmp_path / "bad") in chinese
    assert not any(word in chinese for word in ("no ", "is ", "damaged", "it "))


def test_a_source_that_cannot_be_read_is_told(folder: Path, tmp_path: Path) -> None:
    """M03 for one that is not there, M72 for a folder or a device."""
    assert refusal(tmp_path / "missing", folder).code == "M03"
    assert refusal(tmp_path, folder).code == "M72"
    assert refusal(Path(os.devnull), folder).code == "M72"


@pytest.mark.parametrize("limit", [40_000, 100_000])
@pytest.mark.parametrize("target", ["data", "new"])
def test_a_full_disk_changes_nothing(
    backup: Path, folder: Path, tmp_path: Path, limit: int, target: str, environment: Mapping[str, str]
) -> None:
    """M40 with the reason; neither half a store nor a kept copy is left, and the old store is as it was."""
    before, names = files(tmp_path), sorted(tmp_path.rglob("*"))
    script = FULL.format(limit=limit, source=str(backup), folder=str(tmp_path / target))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment, timeout=60
    )
    assert (done.stderr, done.stdout.split(" ")[0]) == ("", "M40")
    assert "the disk is full" in done.stdout
    assert f"{tmp_path / target / NAME}," in done.stdout
    assert (files(tmp_path), sorted(tmp_path.rglob("*"))) == (before, names)
    check(folder)


@pytest.mark.parametrize("what", ["folder", "file above", "network"])
def test_a_place_that_takes_no_store_is_told(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """M42, M45 and M44 as for a new store; nothing is changed."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "odd" / NAME).mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 27 0:21 / {tmp_path.resolve() / 'share'} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(db.files, "MOUNTS", mounts)
    place, code = {"folder": ("odd", "M42"), "file above": ("file", "M45"), "network": ("share", "M44")}[what]
    assert refusal(backup, tmp_path / place).code == code


def test_the_key_comes_back(backup: Path, tmp_path: Path) -> None:
    """The key beside the backup is the key of the data folder; another one that is there is kept under the day."""
    key = bytes(range(KEY_BYTES))
    write_key(backup.with_name("backup.key"), key)
    done = restore(backup, tmp_path / "new", DAY)
    assert done.key == tmp_path / "new" / "paper.key"
    assert paper_key(tmp_path / "new") == key
    assert restore(backup, tmp_path / "new", DAY, replaced=True).key == done.key
    assert not [*(tmp_path / "new" / "replaced").glob("*.key")], "it was the same"
    other = paper_key(tmp_path / "data")
    restore(backup, tmp_path / "data", DAY, replaced=True)
    assert paper_key(tmp_path / "data") == key
    assert [read_key(each) for each in (tmp_path / "data" / "replaced").glob("*.key")] == [other]


def test_without_a_key_the_folders_own_stays(backup: Path, folder: Path) -> None:
    """A backup that has no key takes none away."""
    key = paper_key(folder)
    assert restore(backup, folder, DAY, replaced=True).key is None
    assert paper_key(folder) == key


def test_a_key_that_is_no_good_changes_nothing(backup: Path, folder: Path) -> None:
    """M76 before anything is touched."""
    backup.with_name("backup.key").write_text("?")
    assert refusal(backup, folder).code == "M76"


def test_what_a_dead_process_left_unfinished_goes(backup: Path, folder: Path) -> None:
    """A store that was never put in its place is removed by the next restore."""
    (folder / ".manyi.db-abc.new").write_text("half")
    restore(backup, folder, DAY, replaced=True)
    assert sorted(each.name for each in folder.iterdir()) == [NAME, "replaced"]


def test_a_restored_store_tells_nothing_of_the_one_before(folder: Path, tmp_path: Path) -> None:
    """Neither its file nor a log holds a byte of what was there; only the kept copy does."""
    back_up(folder, tmp_path / "backup")
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(reference="only in the old one")])
    done: Restored = restore(tmp_path / "backup", folder, DAY, replaced=True)
    holding = [name for name, data in files(folder).items() if b"only in the old one" in data]
    assert done.old
    assert holding == [str(done.old.relative_to(folder))]


def test_a_plain_backup_by_hand_is_restored(tmp_path: Path) -> None:
    """Whatever has the right shape is taken, in whatever order and spacing: the file is stock TinyDB's."""
    tables = {"meta": {"1": {"format": FORMAT}}, "log": {"9": make_entry().model_dump(mode="json"), "2": {}}}
    tables["log"]["2"] = make_entry(reference="two").model_dump(mode="json")
    (tmp_path / "x.json").write_text("\ufeff" + json.dumps(tables, indent=3), encoding="utf-8")
    restore(tmp_path / "x.json", tmp_path / "data", DAY)
    with closing(open_store(tmp_path / "data")) as store:
        assert [each.reference for each in store.entries()] == ["two", ""]
