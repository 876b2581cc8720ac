"""Writing an export: all of it or nothing; and checking a folder against its sums."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.errors import BadInput, Refused, StoreError
from exports.content import Content
from exports.folder import write_files
from exports.manifest import SUMS, Check, check_folder

FILES: list[tuple[str, Content]] = [("csv/表.csv", b"a,b\r\n"), ("report.json", [b"{", b"}"]), ("公示.pdf", b"%PDF")]


def names(folder: Path) -> set[str]:
    """Everything below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_all_files_and_their_sums_are_written(tmp_path: Path) -> None:
    """Folders are made; the sums are those that sha256sum checks."""
    folder = tmp_path / "new" / "公布"
    written = write_files(folder, FILES, force=False)
    assert names(folder) == {"csv", "csv/表.csv", "report.json", "公示.pdf", SUMS}
    assert [each.name for each in written.files] == [name for name, _ in FILES]
    assert written.files[1].sha256 == hashlib.sha256(b"{}").hexdigest()
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=folder, check=True, capture_output=True)
    assert check_folder(folder) == Check(3, (), (), ())


def test_nothing_is_overwritten_unless_asked_for(tmp_path: Path) -> None:
    """The files in the way are named and stay; with force they are replaced, and others are told of."""
    (tmp_path / "report.json").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine too")
    with pytest.raises(Refused) as refused:
        write_files(tmp_path, FILES, force=False)
    assert (refused.value.code, str(refused.value.problems[0].values["names"])) == ("M166", "report.json")
    assert names(tmp_path) == {"report.json", "notes.txt"}
    assert (tmp_path / "report.json").read_text() == "mine"
    assert write_files(tmp_path, FILES, force=True).strangers == ("notes.txt",)
    assert (tmp_path / "report.json").read_text() == "{}"


def test_an_export_over_another_leaves_a_folder_that_verifies(tmp_path: Path) -> None:
    """Files that only the one before wrote go, with their folder; what somebody has changed or added stays."""
    yesterday: list[tuple[str, Content]] = [("old/1.csv", b"1"), ("results-22.xlsx", b"22"), ("report.json", b"x")]
    write_files(tmp_path, yesterday, force=False)
    written = write_files(tmp_path, FILES, force=True)
    assert (written.removed, written.strangers) == (("old/1.csv", "results-22.xlsx"), ())
    assert check_folder(tmp_path).is_sound
    assert not (tmp_path / "old").exists()
    write_files(tmp_path, yesterday, force=True)
    (tmp_path / "results-22.xlsx").write_bytes(b"edited")
    (tmp_path / "notes.txt").write_bytes(b"mine")
    written = write_files(tmp_path, FILES, force=True)
    assert (written.removed, written.strangers) == (("old/1.csv",), ("notes.txt", "results-22.xlsx"))
    assert (tmp_path / "results-22.xlsx").read_bytes() == b"edited"


KILLED = """
import os, signal, sys
from pathlib import Path
from exports.folder import write_files

given = Path.hardlink_to

def dying(path, target):
    given(path, target)
    if path.name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

Path.hardlink_to = dying
write_files(Path(sys.argv[1]), [(name, name.encode()) for name in sys.argv[3:]], force=True)
"""


def export_killed(folder: Path, at: str, *named: str) -> None:
    """A process that exports files with these names over what is there, killed when it has named one of them."""
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), at, *named], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [each for each in folder.iterdir() if each.name.startswith(".manyi-")]


@pytest.mark.parametrize("killed", [1, 2])
def test_what_killed_exports_left_goes_with_the_next_one(tmp_path: Path, killed: int) -> None:
    """What was in the folder before it, what it had named, and where it was writing; somebody's own files stay."""
    write_files(tmp_path, [("a.csv", b"a"), ("old.csv", b"old")], force=False)
    for _ in range(killed):
        export_killed(tmp_path, "half.csv", "half.csv", "a.csv", "never.csv")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".manyi-mine").mkdir()
    written = write_files(tmp_path, [("a.csv", b"new")], force=True)
    assert (written.removed, written.strangers) == (("half.csv",), ("notes.txt",))
    assert names(tmp_path) == {"a.csv", "notes.txt", ".manyi-mine", SUMS}
    (tmp_path / "notes.txt").unlink()
    assert check_folder(tmp_path).is_sound


def test_nothing_is_taken_away_while_the_next_export_may_still_fail(tmp_path: Path) -> None:
    """What a killed export had put aside is the only copy of the files before it, until new ones are there."""
    write_files(tmp_path, [("a.csv", b"old")], force=False)
    export_killed(tmp_path, "a.csv", "a.csv", "b.csv")
    left = names(tmp_path)
    with pytest.raises(StoreError):
        write_files(tmp_path, [("a.csv", b"a"), ("b.csv", Failing())], force=True)
    with pytest.raises(Refused):
        write_files(tmp_path, [("a.csv", b"a")], force=False)
    assert names(tmp_path) == left


def test_an_export_leaves_alone_what_another_one_is_writing(tmp_path: Path) -> None:
    """Two at once into one folder: each comes through, and the folder is as the one that ended last left it."""

    def files() -> Iterator[tuple[str, Content]]:
        yield "a.csv", b"a"
        write_files(tmp_path, [("b.csv", b"b")], force=True)
        yield "c.csv", b"c"

    assert write_files(tmp_path, files(), force=True).removed == ("b.csv",)
    assert names(tmp_path) == {"a.csv", "c.csv", SUMS}
    assert check_folder(tmp_path).is_sound


def test_a_link_in_place_of_an_old_file_is_left_alone(tmp_path: Path) -> None:
    """It leads somewhere else, whatever is there; a list of sums that is none makes nothing go."""
    write_files(tmp_path / "out", [("a.csv", b"a")], force=False)
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "out" / "a.csv").unlink()
    (tmp_path / "out" / "a.csv").symlink_to(tmp_path / "a.csv")
    assert write_files(tmp_path / "out", FILES, force=True).removed == ()
    assert (tmp_path / "a.csv").read_bytes() == b"a"
    (tmp_path / "out" / SUMS).write_text("no sum")
    assert write_files(tmp_path / "out", FILES[:1], force=True).removed == ()


def test_each_file_is_written_before_the_next_one_is_made(tmp_path: Path) -> None:
    """So that there is never more than one of them in memory."""
    sizes: list[list[int]] = []

    def files() -> Iterator[tuple[str, Content]]:
        for number in range(3):
            sizes.append(sorted(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()))
            yield f"{number}.md", b"x" * (number + 1)

    write_files(tmp_path, files(), force=False)
    assert sizes == [[], [1], [1, 2]]


def test_all_files_are_on_the_disk_before_any_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, and whichever of them the disk takes first."""
    brought: set[int] = set()
    sync, link = os.fsync, Path.hardlink_to

    def watched(handle: int) -> None:
        sync(handle)
        brought.add(os.fstat(handle).st_ino)

    def named(path: Path, target: Path) -> None:
        staged = {each.stat().st_ino for each in target.parent.rglob("*") if each.is_file()}
        assert staged <= brought
        link(path, target)

    monkeypatch.setattr(os, "fsync", watched)
    monkeypatch.setattr(Path, "hardlink_to", named)
    write_files(tmp_path, [(f"{number}.md", b"x") for number in range(200)], force=False)
    assert len(brought) == 201


@pytest.mark.parametrize("failing", [1, 50, 101])
def test_a_disk_that_fails_late_leaves_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """A file that can't be brought onto the disk, the first or the last, is found out before any has its name."""
    calls, sync = iter(range(1, 200)), os.fsync

    def broken(handle: int) -> None:
        if next(calls) == failing:
            raise OSError(errno.ENOSPC, "")
        sync(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StoreError) as full:
        write_files(tmp_path / "out", [(f"{number}.md", b"x") for number in range(100)], force=False)
    assert (full.value.code, names(tmp_path)) == ("M40", set())


class Failing:
    """Pieces of a file, and then the disk is full."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "")


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_nothing_new(tmp_path: Path, force: bool) -> None:
    """What was there before is there still; the folders that were made go again."""
    (tmp_path / "report.json").write_text("mine")
    for folder in (tmp_path, tmp_path / "new" / "deeper"):
        with pytest.raises(StoreError) as full:
            write_files(folder, [("a.csv", b"a"), ("b.csv", Failing())], force=force)
        assert (full.value.code, str(full.value.problems[0].values["why"])) == ("M40", "the disk is full")
    assert names(tmp_path) == {"report.json"}


@pytest.mark.parametrize("broken", range(4))
def test_a_failure_while_files_get_their_names_takes_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    """Whichever of the names can't be given: the old files are in their places again."""
    old: list[tuple[str, Content]] = [(name, b"old") for name, _ in FILES]
    write_files(tmp_path, [*old, ("gone.csv", b"only of old")], force=False)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    link, given = Path.hardlink_to, iter(range(10))

    def failing(path: Path, target: Path) -> None:
        if next(given) == broken:
            path.mkdir()  # something else has taken the place, so that no other way of naming works either
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", failing)
    monkeypatch.setattr(Path, "rename", _rename)
    with pytest.raises((Refused, StoreError)):
        write_files(tmp_path, FILES, force=True)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def _rename(path: Path, target: Path) -> None:
    """A rename that removes an empty folder in its way, to clear what the test put there."""
    if target.is_dir():
        target.rmdir()
    os.rename(path, target)  # noqa: PTH104  # Path.rename is what stands in for this


def test_a_folder_in_the_way_is_never_replaced(tmp_path: Path) -> None:
    """Not even with force."""
    (tmp_path / "report.json").mkdir()
    (tmp_path / "report.json" / "x").write_text("mine")
    with pytest.raises(StoreError):
        write_files(tmp_path, FILES, force=True)
    assert names(tmp_path) == {"report.json", "report.json/x"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Said as it is."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StoreError) as refused:
        write_files(tmp_path / "out", FILES, force=True)
    assert str(refused.value.problems[0].values["why"]) == "it is a file, not a folder"


def test_missing_changed_and_strange_files_are_told_apart(tmp_path: Path) -> None:
    """What a file manager leaves behind is none of them."""
    write_files(tmp_path, FILES, force=False)
    (tmp_path / "公示.pdf").unlink()
    (tmp_path / "csv" / "表.csv").write_bytes(b"a,c\r\n")
    (tmp_path / "csv" / "more.csv").write_bytes(b"")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    assert check_folder(tmp_path) == Check(3, ("公示.pdf",), ("csv/表.csv",), ("csv/more.csv",))


@pytest.mark.parametrize(
    "text", ["", "no sum\n", f"{'0' * 64}  ../secret\n", f"{'0' * 64}  /etc/passwd\n", f"{'0' * 63}  a\n", "\0"]
)
def test_a_broken_list_of_sums_is_refused(tmp_path: Path, text: str) -> None:
    """No name leads out of the folder."""
    (tmp_path / SUMS).write_text(text)
    with pytest.raises(BadInput) as refused:
        check_folder(tmp_path)
    assert refused.value.code == "M168"


def test_a_list_that_went_through_windows_is_read(tmp_path: Path) -> None:
    """With a byte order mark, line ends of two characters, capitals and the star of binary mode."""
    digest = hashlib.sha256(b"x").hexdigest().upper()
    (tmp_path / "a b.csv").write_bytes(b"x")
    (tmp_path / SUMS).write_bytes(f"\ufeff{digest} *a b.csv\r\n".encode())
    assert check_folder(tmp_path).is_sound


def test_a_folder_without_sums_is_no_export(tmp_path: Path) -> None:
    """Said with the name of the file that is missing."""
    with pytest.raises(BadInput) as refused:
        check_folder(tmp_path)
    assert refused.value.code == "M03"
