"""Files that come to be whole, for their owner's eyes alone, and never over another; or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campaign.errors import Problem, Refused
from db.failures import files_at
from db.witness import witness_of

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a file, after its name."""
_NEW = ".new"


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file (mode 0600) beside ``path`` to be filled and placed; what is left of it at the end is removed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=_NEW, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
    finally:
        for each in (new, *companions(new)):
            each.unlink(missing_ok=True)


def companions(path: Path) -> list[Path]:
    """What may lie beside a store's file while it is in use."""
    return [*(path.with_name(path.name + ending) for ending in COMPANIONS), witness_of(path)]


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file to be filled, private from its first byte, that is ``target`` when the block ends well.

    Refused M70 if there is anything at ``target``; StoreError M40.
    """
    with files_at(target):
        if target.is_symlink() or target.exists():
            raise Refused(Problem("M70", {"path": target}))
        with unfinished(target) as new:
            yield new
            if not place(new, target):
                raise Refused(Problem("M70", {"path": target}))


def is_unfinished(path: Path) -> bool:
    """Whether a file has a name that :func:`unfinished` gives."""
    return path.name.startswith(".") and path.suffix == _NEW


def remove_unfinished(folder: Path) -> None:
    """Remove what processes that died have left unfinished in a folder; nobody may be making a file there now."""
    for each in [*folder.iterdir()]:
        if is_unfinished(each):
            for left in (*companions(each), each):
                left.unlink(missing_ok=True)


def place(new: Path, path: Path) -> bool:
    """Give the finished file its name, on disk when it returns; False, and nothing is done, if there is one by now.

    Where the file system has no links (exFAT) it is renamed.
    """
    with new.open("r+b") as file:
        os.fsync(file.fileno())
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return False
    except OSError:
        if path.is_symlink() or path.exists():
            return False
        new.rename(path)
    sync(path.parent)
    return True


def copy_bytes(old: Path, new: Path) -> None:
    """Fill the file ``new`` with the bytes of ``old``."""
    with old.open("rb") as source, new.open("wb") as target:
        shutil.copyfileobj(source, target)


def sync(folder: Path) -> None:
    """Bring the folder's entries to disk, where the system can (Windows has no handle on a folder)."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
