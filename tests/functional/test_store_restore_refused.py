"""What restore refuses changes nothing: bad sources, full disks, places that take no store."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

import db.files
from campaign.errors import BadInput, StoreError
from campaign.language import Lang
from db import check, open_store, open_tinydb
from db.backups import back_up
from db.files import NAME
from tests.db_builders import make_session
from tests.restores import backed_up, filled, refusal
from tests.store_contents import files

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
    return filled(tmp_path / "data")


@pytest.fixture(params=[False, True], ids=["store", "plain"])
def backup(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A backup of either kind, after which the store has gone on."""
    return backed_up(folder, plain=bool(request.param))


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
    "a count that does not agree": (without_a_count, "M72", "responses acknowledged: 5"),
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
