"""The folder in which an export is written before its files get their names, and those that a killed one has left.

Whoever writes holds a kernel lock (flock(2)) on the folder, which ends with its process, however that ends: so a folder
that can be locked is nobody's any more. Where there are no such locks (Windows, some network disks) none is taken for
left behind.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = ".manyi-"
_NAME = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
"""What ``tempfile`` makes of it."""


@contextmanager
def stage_in(folder: Path) -> Iterator[Path]:
    """A new folder within the folder, which goes with all that is left in it. OSError if there can be none."""
    with ExitStack() as held:
        stage = _begun(folder, held)
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def left_behind(folder: Path) -> Iterator[Sequence[Path]]:
    """What exports that were killed have left in the folder; nobody else takes it for that meanwhile."""
    with ExitStack() as held:
        found = (each for each in sorted(folder.iterdir()) if _NAME.fullmatch(each.name))
        yield [each for each in found if held.enter_context(_lock(each))]


def _begun(folder: Path, held: ExitStack) -> Path:
    """A new folder, locked where that is possible: until then another export may have taken it for left behind."""
    while True:
        stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        if held.enter_context(_lock(stage)) is not False:
            return stage


@contextmanager
def _lock(stage: Path) -> Iterator[bool | None]:
    """Whether we hold it now: False if somebody else does, or it is gone; None where it can't be told."""
    if sys.platform == "win32":
        yield None
        return
    try:
        handle = os.open(stage, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        yield False
        return
    except OSError:
        yield None
        return
    try:
        yield _is_locked(stage, handle)
    finally:
        os.close(handle)


def _is_locked(stage: Path, handle: int) -> bool | None:
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return stage.exists()  # it may have been removed before it was locked
