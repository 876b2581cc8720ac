"""A file that is written beside its place and named when it is whole."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from campaign.errors import Problem, Refused, StoreError
from campaign.refusals import refusal


@contextmanager
def whole_file(
    path: Path, *, force: bool = False, before_naming: Callable[[], None] = lambda: None
) -> Iterator[BinaryIO]:
    """A file to fill that is ``path`` when the block ends well, and nothing when it does not.

    ``before_naming`` is called when the file is on the disk and has not got its name yet; if it fails there is no file.
    Refused M70 if there is anything at ``path`` and not ``force``; StoreError M40 if it can't be written.
    """
    if not path.name:  # ".", "/": the system would say so, but there is no name to write beside
        raise StoreError(Problem("M40", {"why": refusal(errno.EISDIR), "path": path}))
    beside = path.with_name(f".{path.name[:40]}-{secrets.token_hex(4)}.new")
    try:
        if not force and (path.is_symlink() or path.exists()):
            raise Refused(Problem("M70", {"path": path}))
        try:
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            before_naming()
            place(beside, path, force=force)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(Problem("M40", {"why": refusal(error.errno), "path": path})) from None


def place(new: Path, path: Path, *, force: bool) -> None:
    """Give the file its name; a link is refused by the system if there is a file by now, a rename would replace it."""
    if force:
        new.replace(path)
        return
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise Refused(Problem("M70", {"path": path})) from None
    except OSError:  # a file system without links, as on memory sticks
        if path.is_symlink() or path.exists():
            raise Refused(Problem("M70", {"path": path})) from None
        new.rename(path)
