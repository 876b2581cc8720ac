"""Writing many files into a folder: all of them, or none."""

import hashlib
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from errno import EEXIST, EISDIR
from pathlib import Path
from typing import Self

from campaign.errors import Problem, Refused, StoreError
from campaign.language import Listed
from campaign.refusals import refusal
from exports.content import Content, pieces
from exports.manifest import SUMS, extra_files, left_over, sums_file
from exports.paper.files import place
from exports.staging import left_behind, stage_in

_NAMED = 5
"""So many of the files that are in the way are named."""
_AT_ONCE, _MOST_OPEN = 4, 64
"""Files that are being brought onto the disk, and that wait for it."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that has been written."""

    name: str
    """Within the folder."""
    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Written:
    """What has been written."""

    folder: Path
    files: tuple[WrittenFile, ...]
    strangers: tuple[str, ...]
    """Files that were in the folder before and are no part of the export."""
    removed: tuple[str, ...] = ()
    """Files of the export before, unchanged since, which this one does not write."""
    lacking: tuple[str, ...] = ()
    """Characters for which a box stands on printed pages."""


def refuse_overwriting(folder: Path, names: Iterable[str]) -> None:
    """Refused M166 if the folder holds a file with one of these names."""
    found = [name for name in names if (folder / name).is_symlink() or (folder / name).exists()]
    if found:
        named = Listed((*found[:_NAMED], *(["…"] if len(found) > _NAMED else [])))
        raise Refused(Problem("M166", {"n": len(found), "path": folder, "names": named}))


def write_files(folder: Path, files: Iterable[tuple[str, Content]], *, force: bool) -> Written:
    """Write files into ``folder``, which is made if need be, and :data:`SUMS` beside them.

    They are written into a folder within it, and get their names when all are there: at any failure there is nothing
    new, and what was there before is there still. Refused M166 if there is a file already, and not ``force``;
    StoreError M164 if the folder can't be made, M40 if the files can't be written. With ``force`` what an export wrote
    there before and nobody has changed goes, so that the folder holds this export and no rests of another. What an
    export has left that was killed goes too, with what it had named already; one that is still writing is let be.
    """
    removed: tuple[str, ...] = ()
    try:
        with ExitStack() as made:
            _make(folder, made)
            with left_behind(folder) as dead, stage_in(folder) as stage:
                with _Disk() as disk:
                    written = tuple(_staged(stage, files, disk))
                    sums = {each.name: each.sha256 for each in written}
                    _write(stage / SUMS, sums_file(sums), disk)
                if not force:
                    refuse_overwriting(folder, [*sums, SUMS])
                else:
                    removed = left_over(folder, [*sums, SUMS], _sums_of(dead))
                _name_all(folder, stage, [*sums, SUMS], removed)
                for each in dead:
                    shutil.rmtree(each, ignore_errors=True)
            made.pop_all()
    except OSError as error:
        raise StoreError(Problem("M40", {"why": refusal(error.errno), "path": folder})) from None
    for each in {(folder / name).parent for name in removed} - {folder}:
        _remove(each)
    return Written(folder, written, extra_files(folder, sums), removed)


def _sums_of(dead: Iterable[Path]) -> Iterator[Path]:
    """Sums of what killed exports were giving names to, and of what was in the folder before them."""
    for each in dead:
        yield from (each / SUMS, each / _old(0))


def _make(folder: Path, undo: ExitStack) -> None:
    """Make a folder, and those it lies in, where there is none; they go again if the export fails."""
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(EEXIST, "", str(folder))
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        try:
            each.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(Problem("M164", {"path": each.parent, "why": refusal(error.errno)})) from None
        undo.callback(_remove, each)


def _remove(folder: Path) -> None:
    """Remove a folder that we made, unless somebody has put something into it."""
    try:
        folder.rmdir()
    except OSError:
        return


def _staged(stage: Path, files: Iterable[tuple[str, Content]], disk: "_Disk") -> Iterator[WrittenFile]:
    for name, content in files:
        path = stage / name
        path.parent.mkdir(exist_ok=True)
        yield WrittenFile(name, *_write(path, content, disk))


def _write(path: Path, content: Content, disk: "_Disk") -> tuple[str, int]:
    """Write a file, which is on the disk when ``disk`` ends well; its checksum and how many bytes it has."""
    digest, size = hashlib.sha256(), 0
    with ExitStack() as opened:
        file = opened.enter_context(path.open("xb"))
        for piece in pieces(content):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        disk.take(opened.pop_all(), file.fileno())
    return digest.hexdigest(), size


class _Disk:
    """Brings files onto the disk while the next ones are written, several with one turn of it. Waits for all."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def take(self, opened: ExitStack, handle: int) -> None:
        """Bring an open file onto the disk and close it; OSError if one that was taken before can't be."""
        self._waiting.append(self._pool.submit(_bring, opened, handle))
        while len(self._waiting) > _MOST_OPEN:
            self._waiting.popleft().result()

    def __exit__(self, kind: object, *_: object) -> None:
        self._pool.shutdown()
        if kind is None:
            for each in self._waiting:
                each.result()


def _bring(opened: ExitStack, handle: int) -> None:
    with opened:
        os.fsync(handle)


def _name_all(folder: Path, stage: Path, names: Sequence[str], removed: Sequence[str]) -> None:
    """Give the files their names in place of those that have them; the sums last: where they are, all is there.

    ``removed`` go with what is in the way.
    """
    with ExitStack() as undo:
        for number, name in enumerate([*reversed(names), *removed]):
            _put_aside(folder / name, stage / _old(number), undo)
        for name in names:
            path = folder / name
            _make(path.parent, undo)
            place(stage / name, path, force=False)
            undo.callback(path.unlink, missing_ok=True)
        undo.pop_all()


def _old(number: int) -> str:
    """What stands aside as this number; the sums are the first."""
    return f".old-{number}"


def _put_aside(path: Path, aside: Path, undo: ExitStack) -> None:
    """Move what is in the way; it comes back if the export fails, and goes with the folder it is in if not."""
    if not path.is_symlink() and path.is_dir():
        raise IsADirectoryError(EISDIR, "", str(path))
    if path.is_symlink() or path.exists():
        path.rename(aside)
        undo.callback(aside.rename, path)
