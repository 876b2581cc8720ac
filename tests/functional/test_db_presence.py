"""Whether a store notices that its files, or its folder, are no longer those that it has open."""

import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

import db.presence
from campaign.errors import StoreError
from db import check, open_store
from surveys.ports import Store
from tests.db_builders import SESSION, make_response

FILE, LOG, MEMORY, NOTE = "manyi.db", "manyi.db-wal", "manyi.db-shm", "manyi.acknowledged"
QUIET = 4.0
"""Seconds: whatever the file system, a folder that has not changed for so long tells when it changes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data folder."""
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A store that holds one response."""
    store = open_store(folder, create=True)
    store.add_response(SESSION, 1, make_response())
    yield store
    store.close()


def seem_old(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folder's last change lie back so far that it is trusted."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + int(QUIET * 1e9))
    assert folder.is_dir()


def exchanged(folder: Path, name: str) -> None:
    """Another file, of the same bytes, in its place."""
    (folder / "other").write_bytes((folder / name).read_bytes())
    (folder / "other").rename(folder / name)


def removed(folder: Path, name: str) -> None:
    """There is none."""
    (folder / name).unlink()


def moved_folder(folder: Path, _: str) -> None:
    """The whole folder is somewhere else; nothing in it has changed."""
    folder.rename(folder.with_name("elsewhere"))


def exchanged_folder(folder: Path, _: str) -> None:
    """Another folder has its name, with files of the same names and bytes."""
    old = folder.with_name("elsewhere")
    folder.rename(old)
    folder.mkdir()
    for each in old.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())


@pytest.mark.parametrize("is_trusted", [True, False])
@pytest.mark.parametrize(
    ("happens", "name"),
    [*product((exchanged, removed), (FILE, LOG, MEMORY)), (moved_folder, ""), (exchanged_folder, "")],
)
def test_nothing_is_acknowledged_into_files_that_are_elsewhere(
    store: Store,
    folder: Path,
    happens: Callable[[Path, str], None],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_trusted: bool,
) -> None:
    """A file exchanged or removed, or its folder, is M48 at the next commit, however well the folder was known."""
    if is_trusted:
        seem_old(folder, monkeypatch)
    for doc_id in range(2, 6):
        store.add_response(SESSION, doc_id, make_response())
    happens(folder, name)
    with pytest.raises(StoreError) as error:
        store.add_response(SESSION, 6, make_response())
    assert error.value.code == "M48"


def test_files_are_looked_at_again_only_when_their_folder_has_changed(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nobody makes, removes or renames a file beside it, a commit asks only for the folder's times."""
    seem_old(folder, monkeypatch)
    store.add_response(SESSION, 2, make_response())
    looks: list[str] = []
    monkeypatch.setattr(db.presence, "_identity", looks.append)
    store.add_response(SESSION, 3, make_response())
    assert looks == []
    (folder / "new").touch()
    with pytest.raises(StoreError):
        store.add_response(SESSION, 4, make_response())
    assert looks


@pytest.mark.parametrize(
    ("changed", "later", "is_trusted"),
    [
        (10**18 + 1, 0.02, False),
        (10**18 + 1, 0.1, True),
        (10**18, 0.1, False),
        (10**18, 2.0, False),
        (10**18, 3.5, True),
        (10**18 + 1, -5.0, False),
    ],
)
def test_a_folder_that_has_just_changed_says_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, changed: int, later: float, *, is_trusted: bool
) -> None:
    """Two changes within one step of the file system's clock look like one: until it has gone on, files are looked at.

    A step is some milliseconds; where all times are round ones, up to two seconds. A clock that was set back says
    nothing.
    """
    looks: list[str] = []
    found = db.presence._identity

    def look(path: str) -> object:
        looks.append(path)
        return found(path)

    monkeypatch.setattr(db.presence, "_identity", look)
    monkeypatch.setattr(db.presence, "_folder", lambda _: db.presence._Folder(1, 1, changed, changed))
    monkeypatch.setattr(time, "time_ns", lambda: changed + int(later * 1e9))
    store.add_response(SESSION, 2, make_response())
    looks.clear()
    store.add_response(SESSION, 3, make_response())
    assert bool(looks) is not is_trusted


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_note_of_acknowledged_changes_that_was_removed_is_made_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_trusted: bool
) -> None:
    """The next change notes itself in a new file, made by a process that has the store open; it tells of a loss."""
    if is_trusted:
        seem_old(folder, monkeypatch)
    older = (folder / FILE).read_bytes()
    for doc_id in (2, 3):
        store.add_response(SESSION, doc_id, make_response())
    (folder / NOTE).unlink()
    store.add_response(SESSION, 4, make_response())
    assert (folder / NOTE).stat().st_mode & 0o777 == 0o600
    store.close()
    (folder / FILE).write_bytes(older)
    with pytest.raises(StoreError) as error:
        check(folder)
    assert error.value.code == "V86"
