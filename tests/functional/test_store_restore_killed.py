"""A restore that is killed before any of its changes of a file: the old store or the new one, never a part of each."""

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from campaign.errors import StoreError
from db import check, open_store
from db.backups import back_up
from db.files import NAME
from db.restoring import restore
from tests.db_builders import DAY, make_entry
from tests.restores import saying
from tests.store_contents import documents, files

pytestmark = pytest.mark.rig

SPAWN = multiprocessing.get_context("spawn")
CHANGES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
"""Audit events of CPython, https://docs.python.org/3/library/audit_events.html; and ``open`` for writing."""
WRITING = os.O_WRONLY | os.O_RDWR
LOG = NAME + "-wal"
FORMS = 199


def crashed(folder: Path, into: Path) -> None:
    """The files of a store as a crash leaves them: the newest entries stand in the log alone."""
    into.mkdir()
    with closing(open_store(folder)) as store:
        for number in range(20):
            store.add_entries([make_entry(reference=f"old {number}")])
        for name in (NAME, LOG, "manyi.acknowledged"):
            shutil.copy(folder / name, into / name)


def damage_file(folder: Path) -> None:
    """Turn a bit of the file over, in a page that is not in the log."""
    data = bytearray((folder / NAME).read_bytes())
    data[data.index(b'"text":"old"')] ^= 1
    (folder / NAME).write_bytes(data)


def damage_log(folder: Path) -> None:
    """Turn a bit of the log's beginning over: all that is in it is lost to SQLite."""
    data = bytearray((folder / LOG).read_bytes())
    data[40] ^= 1
    (folder / LOG).write_bytes(data)


def kill_before_every_change(pipe: Connection, backup: Path, old: Path, into: Path) -> None:
    """Restore into copies of ``old`` named 0, 1, 2 …, killed before that change; ends with one that comes through."""
    for number in count():
        folder = into / str(number)
        shutil.copytree(old, folder)
        child = os.fork()
        if child == 0:
            sys.addaudithook(Death(number))
            restore(backup, folder, DAY, replaced=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            pipe.send((number, os.waitstatus_to_exitcode(status)))
            return


class Death:
    """Kills this process before its change number ``left``."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if event in CHANGES or is_writing:
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1


def killed(backup: Path, old: Path, into: Path) -> list[Path]:
    """The folders that are left by restores into copies of ``old``; the last one came through."""
    into.mkdir()
    ours, theirs = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=kill_before_every_change, args=(theirs, backup, old, into), daemon=True)
    process.start()
    theirs.close()
    last, code = ours.recv()
    process.join()
    assert code == 0
    return [into / str(number) for number in range(last + 1)]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of another store."""
    saying(tmp_path / "other", "new", FORMS)
    back_up(tmp_path / "other", tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A sound store as a crash has left it, with a log."""
    saying(tmp_path / "data", "old", FORMS)
    crashed(tmp_path / "data", tmp_path / "old")
    return tmp_path / "old"


def test_a_sound_store_is_there_or_the_new_one_is(backup: Path, old: Path, tmp_path: Path) -> None:
    """At every point the old store with all its log, or the new one; once that has the place the old one is kept."""
    new, held = documents(backup), documents(tmp_path / "data" / NAME)
    found = []
    for folder in killed(backup, old, tmp_path / "killed"):
        open_store(folder).close()
        check(folder)
        now = documents(folder / NAME)
        assert now in (new, held), folder
        found.append(now == new)
        if now == new:
            assert [documents(each) for each in (folder / "replaced").glob("*.db")] == [held]
        restore(backup, folder, DAY, replaced=True)
        assert documents(folder / NAME) == new
        assert not [each for each in folder.rglob("*") if ".new" in each.name], "nothing stays unfinished"
    assert found == sorted(found)
    assert found.count(False) > 10
    assert found[-1]


@pytest.mark.parametrize("damage", [damage_file, damage_log])
def test_a_damaged_store_goes_on_being_refused_until_the_new_one_is_there(
    backup: Path, old: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """No byte of it is lost: each of its files is in its place or kept, and nobody reads the new file with its log."""
    damage(old)
    new, before = documents(backup), files(old)
    found = []
    for folder in killed(backup, old, tmp_path / "killed"):
        kept = {*files(folder).values()}
        assert {before[NAME], before[LOG]} <= kept, folder
        found.append((folder / NAME).read_bytes() != before[NAME])
        if found[-1]:
            assert not (folder / LOG).exists(), folder
        else:
            with pytest.raises(StoreError) as refused:
                check(folder)
            assert refused.value.code == "V86"
            restore(backup, folder, DAY, replaced=True)
        check(folder)
        assert documents(folder / NAME) == new
    assert found == sorted(found)
    assert found.count(False) > 10
    assert found[-1]
