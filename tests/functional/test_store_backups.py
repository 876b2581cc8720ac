"""Backups that somebody asks for: whole, private, never over another file, and readable by stock TinyDB."""

import math
import multiprocessing
import os
import stat
import subprocess
import sys
import tracemalloc
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import tinydb

import db.files
import db.placing
from campaign.errors import ManyiError, Refused, StoreError
from campaign.language import Lang
from db import check, open_store, open_tinydb
from db.backups import back_up
from db.connections import Access
from db.copying import snapshot
from db.files import NAME
from db.keys import KEY_BYTES, paper_key, read_key
from db.placing import place
from db.plain import write_plain
from tests.db_builders import SESSION, make_entry, make_opinion, make_response, make_session
from tests.store_contents import documents, files, highest_ids

OTHER = "B02-261123-1"
SPAWN = multiprocessing.get_context("spawn")
WRITERS, FIRST = 4, 25

FULL = """
import resource, signal
from pathlib import Path
from campaign.errors import StoreError
from campaign.language import Lang
from db.backups import back_up

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY))
try:
    back_up(Path({folder!r}), Path({target!r}), plain={plain})
except StoreError as error:
    print(error.problems[0].text(Lang.EN))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a session that is being counted, some dozens of pages."""
    with closing(open_store(tmp_path / "data", create=True)) as store:
        store.save_session(make_session(state="counting"))
        store.add_entries([make_entry(note="记录" * 100)] * 100)
        store.add_opinions([make_opinion(f"路灯 {number}") for number in range(20)])
        with store.transaction():
            for number in range(1, 101):
                store.add_response(SESSION, number * 7, make_response(answers={"age": number}))
    return tmp_path / "data"


@pytest.fixture(params=[False, True], ids=["store", "plain"])
def plain(request: pytest.FixtureRequest) -> bool:
    """Both kinds of backup."""
    return bool(request.param)


def hand_in_for_ever(pipe: Connection, folder: Path, first: int) -> None:
    """Store forms and tell each id once it is stored, until killed."""
    store = open_store(folder)
    for doc_id in count(first):
        store.add_response(SESSION, doc_id, make_response(answers={"age": doc_id}))
        pipe.send(doc_id)


def test_a_backup_is_the_store(folder: Path, tmp_path: Path) -> None:
    """Every document and every highest id is in it; it is one sound file, private, and nothing lies beside it."""
    (tmp_path / "out").mkdir()
    made = back_up(folder, tmp_path / "out" / "x.db")
    assert (made.path, made.open_sessions, made.key, made.warnings) == (tmp_path / "out" / "x.db", (), None, ())
    assert documents(tmp_path / "out" / "x.db") == documents(folder / NAME)
    assert highest_ids(tmp_path / "out" / "x.db") == highest_ids(folder / NAME)
    assert check(tmp_path / "out" / "x.db").tables == check(folder).tables
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["x.db"]
    assert sorted(each.name for each in folder.iterdir()) == ["manyi.acknowledged", "manyi.db"]


def test_a_backup_holds_nothing_of_what_was_deleted(folder: Path, tmp_path: Path) -> None:
    """It is written row by row: no free page and no left-over byte comes along, however large the hole in the store."""
    with open_tinydb(folder / NAME) as opened:
        opened.table("log").insert({"note": "deleted and gone"})
        opened.table("log").truncate()
    back_up(folder, tmp_path / "x.db")
    data = (tmp_path / "x.db").read_bytes()
    assert b"deleted and gone" not in data
    assert data[36:40] == bytes(4)
    assert len(data) < (folder / NAME).stat().st_size


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_backup_is_private(
    folder: Path, tmp_path: Path, plain: bool, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mode 0600 whatever the umask, before it has its name and afterwards, and so is the key beside it."""
    paper_key(folder)
    filled: list[int] = []

    def spy(new: Path, path: Path) -> bool:
        filled.extend(stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir() if each.is_file())
        return place(new, path)

    monkeypatch.setattr(db.placing, "place", spy)
    before = os.umask(umask)
    try:
        back_up(folder, tmp_path / "x", plain=plain)
    finally:
        os.umask(before)
    assert len(filled) > 1
    assert set(filled) == {0o600}
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("x", "x.key")} == {0o600}


def test_a_backup_beside_four_writers_is_consistent(folder: Path, tmp_path: Path, plain: bool) -> None:
    """What was acknowledged before it began is in it; it is sound, and of each writer it has all up to some form."""
    crowd = []
    for writer in range(WRITERS):
        ours, theirs = SPAWN.Pipe(duplex=False)
        process = SPAWN.Process(target=hand_in_for_ever, args=(theirs, folder, 10_000 * (1 + writer)), daemon=True)
        process.start()
        theirs.close()
        crowd.append((process, ours))
    told = {pipe.recv() for _, pipe in crowd for _ in range(FIRST)}
    for _, pipe in crowd:
        while pipe.poll():
            told.add(pipe.recv())
    back_up(folder, tmp_path / "x", plain=plain)
    for process, _ in crowd:
        process.kill()
        process.join()
    if plain:
        with tinydb.TinyDB(tmp_path / "x") as opened:
            held = {each.doc_id for each in opened.table(f"ballots {SESSION}")}
    else:
        check(tmp_path / "x")
        held = set(documents(tmp_path / "x")[f"ballots {SESSION}"])
    assert told <= held
    for first in range(10_000, 10_000 * (1 + WRITERS), 10_000):
        theirs_alone = {doc_id for doc_id in held if first <= doc_id < first + 10_000}
        assert theirs_alone == set(range(first, first + len(theirs_alone)))
    check(folder)


def test_nothing_is_ever_overwritten(folder: Path, tmp_path: Path, plain: bool) -> None:
    """M70 where there is a file, a folder or a link to nowhere, or a key beside it; nothing is changed or left."""
    paper_key(folder)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "keyed.key").write_text("mine")
    before, names = files(tmp_path), sorted(tmp_path.rglob("*"))
    for name in ("file", "folder", "link", "keyed", "data/manyi.db"):
        with pytest.raises(Refused) as refused:
            back_up(folder, tmp_path / name, plain=plain)
        assert refused.value.code == "M70"
    assert (files(tmp_path), sorted(tmp_path.rglob("*"))) == (before, names)
    told = [refused.value.problems[0].message(lang) for lang in Lang]
    assert [str(folder / NAME) in text for text in told] == [True, True]


def test_while_a_session_is_open_there_is_no_backup(folder: Path, tmp_path: Path, plain: bool) -> None:
    """M71, and nothing is left behind; whoever insists gets everything, and the list of what is still open."""
    with closing(open_store(folder)) as store:
        store.save_session(make_session(OTHER))
        store.add_response(OTHER, 1, make_response(answers={"text": "still open"}))
    with pytest.raises(Refused) as refused:
        back_up(folder, tmp_path / "x", plain=plain)
    assert (refused.value.code, (tmp_path / "x").exists()) == ("M71", False)
    assert back_up(folder, tmp_path / "x", plain=plain, open_sessions=True).open_sessions == (OTHER,)
    assert b"still open" in (tmp_path / "x").read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "x"]


@pytest.mark.parametrize("limit", [33_000, 60_000])
def test_a_full_disk_leaves_no_half_backup(
    folder: Path, tmp_path: Path, plain: bool, limit: int, environment: Mapping[str, str]
) -> None:
    """M40 with the reason and the name that was asked for; no file is left, and the store is as it was."""
    before = files(folder)
    script = FULL.format(limit=limit, folder=str(folder), target=str(tmp_path / "x"), plain=plain)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment, timeout=60
    )
    assert (done.stderr, done.stdout.split(" ")[0]) == ("", "M40")
    assert "the disk is full" in done.stdout
    assert f"{tmp_path / 'x'}," in done.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    assert files(folder) == before


@pytest.mark.parametrize(("place", "why"), [("missing/x", "there is no such"), ("data/manyi.db/x", "there is no such")])
def test_a_place_that_takes_no_file_is_told(folder: Path, tmp_path: Path, plain: bool, place: str, why: str) -> None:
    """M40 with the reason where the folder is missing or is none."""
    with pytest.raises(StoreError) as refused:
        back_up(folder, tmp_path / place, plain=plain)
    assert refused.value.code == "M40"
    assert why in refused.value.problems[0].message(Lang.EN)


def test_a_damaged_store_gives_no_backup(folder: Path, tmp_path: Path, plain: bool) -> None:
    """V86 while it is read, and no file is left."""
    data = bytearray((folder / NAME).read_bytes())
    at = data.index("路灯 1".encode())
    data[at] ^= 1
    (folder / NAME).write_bytes(data)
    with pytest.raises(ManyiError) as refused:
        back_up(folder, tmp_path / "x", plain=plain)
    assert refused.value.code == "V86"
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_a_backup_may_lie_on_a_network_drive(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    """It is only a file, which nobody writes to: what is refused for a data folder is right for a backup."""
    (tmp_path / "share").mkdir()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 27 0:21 / {tmp_path.resolve() / 'share'} rw - cifs //server/x rw\n")
    monkeypatch.setattr(db.files, "MOUNTS", mounts)
    back_up(folder, tmp_path / "share" / "x", plain=plain)
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path / "share", create=True)
    assert refused.value.code == "M44"


def test_the_key_of_the_paper_forms_goes_along(folder: Path, tmp_path: Path, plain: bool) -> None:
    """It lies beside the backup under the backup's name; it is in neither of the files with the answers."""
    key = paper_key(folder)
    assert back_up(folder, tmp_path / "x", plain=plain).key == tmp_path / "x.key"
    assert read_key(tmp_path / "x.key") == key
    assert key.hex().encode() not in (tmp_path / "x").read_bytes()
    assert len(key) == KEY_BYTES


def test_a_key_that_cannot_be_read_does_not_stop_a_backup(folder: Path, tmp_path: Path) -> None:
    """The answers are worth more: they are backed up, and M76 says that the key is not."""
    (folder / "paper.key").write_text("?")
    made = back_up(folder, tmp_path / "x")
    assert [problem.code for problem in made.warnings] == ["M76"]
    assert (made.key, (tmp_path / "x.key").exists()) == (None, False)
    check(tmp_path / "x")


def test_stock_tinydb_reads_every_document(folder: Path, tmp_path: Path) -> None:
    """The plain backup is TinyDB's own format: tables, ids in order and documents are those of the store."""
    back_up(folder, tmp_path / "x.json", plain=True)
    expected = documents(folder / NAME)
    with tinydb.TinyDB(tmp_path / "x.json") as opened:
        assert opened.tables() == set(expected)
        for name, held in expected.items():
            table = opened.table(name)
            assert [each.doc_id for each in table] == sorted(held)
            assert {each.doc_id: dict(each) for each in table} == held
        assert opened.table(f"ballots {SESSION}").get(tinydb.where("answers").age == 3)


def test_a_plain_backup_holds_whatever_tinydb_can_hold(folder: Path, tmp_path: Path) -> None:
    """Odd names of tables, ids of either sign, numbers beyond 64 bits, NaN and half a surrogate pair; in ASCII."""
    odd = {"n": 2**70, "x": 1e300, "not": math.inf, "half": "\ud83d", "text": '路\n"\\灯😀', "deep": [[{"": None}]]}
    with open_tinydb(folder / NAME) as opened:
        for name in ("A!a", "sqlite_x", 'q"uote', "", "表"):
            opened.table(name).insert(tinydb.table.Document(odd, -5))
            opened.table(name).insert(tinydb.table.Document({"nan": math.nan}, 2**63 - 1))
        opened.table("empty").insert({})
        opened.table("empty").truncate()
    back_up(folder, tmp_path / "x.json", plain=True)
    assert (tmp_path / "x.json").read_bytes().isascii()
    with tinydb.TinyDB(tmp_path / "x.json") as stock:
        for name in ("A!a", "sqlite_x", 'q"uote', "", "表"):
            assert stock.table(name).get(doc_id=-5) == odd
            assert math.isnan(stock.table(name).get(doc_id=2**63 - 1)["nan"])
        assert len(stock.table("empty")) == 0


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A store's file with 20,000 forms, 10 MB."""
    with closing(open_store(tmp_path / "large", create=True)) as store, store.transaction():
        for number in range(1, 20_001):
            store.add_response(SESSION, number, make_response(answers={"text": "意见" * 100}))
    return tmp_path / "large" / NAME


def test_a_plain_backup_takes_little_memory(large: Path, tmp_path: Path) -> None:
    """It is written document by document: a store of 10 MB takes less than a hundredth of that in memory."""
    with snapshot(large, Access.INSPECT) as source:
        tracemalloc.start()
        try:
            (tmp_path / "x.json").touch()
            write_plain(source, tmp_path / "x.json")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (tmp_path / "x.json").stat().st_size > 10_000_000
    assert peak < 100_000
