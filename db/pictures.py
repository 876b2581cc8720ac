"""Pieces of scanned pages, as PNG files in a folder of their own beside the store."""

import os
import re
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from db.failures import files_at
from db.placing import is_unfinished, place, sync, unfinished

FOLDER = "scans"
NAME_BYTES = 8
_ENDING = ".png"

_NAME = re.compile(rf"[0-9a-f]{{{2 * NAME_BYTES}}}", re.ASCII)


class PictureFolder:
    """Implements :class:`surveys.ports.Pictures`. The folder (mode 0700) is there only as long as it holds any."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def keep(self, png: bytes) -> str:
        """Keep a picture (mode 0600) under a random name; on disk then. StoreError M40."""
        name = secrets.token_hex(NAME_BYTES)
        with files_at(self._folder):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with unfinished(self.path(name)) as new:
                new.write_bytes(png)
                place(new, self.path(name))
        return name

    def read(self, name: str) -> bytes:
        """The picture; empty if it is gone or can't be read."""
        try:
            return self.path(name).read_bytes() if _NAME.fullmatch(name) else b""
        except OSError:
            return b""

    def path(self, name: str) -> Path:
        """Where it lies."""
        return (self._folder / f"{name}{_ENDING}").absolute()

    def names(self) -> frozenset[str]:
        """All that are kept."""
        try:
            return frozenset(each.stem for each in self._folder.iterdir() if _is_picture(each))
        except OSError:
            return frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether the folder is not there."""
        return not self._folder.is_dir()

    def keep_only(self, needed: Collection[str]) -> None:
        """Overwrite and remove all other pictures, also those that a process which died has left unfinished.

        Handwriting tells who wrote: as little as can be stays on the disk. Nobody may be keeping any now. StoreError
        M40 where it can't be done.
        """
        if self.is_empty:
            return
        with files_at(self._folder):
            for each in [*self._folder.iterdir()]:
                if is_unfinished(each) or (_is_picture(each) and each.stem not in needed):
                    _erase(each)
            sync(self._folder)
            with suppress(OSError):  # it still holds pictures, or what is none of ours
                self._folder.rmdir()


def _is_picture(path: Path) -> bool:
    return path.suffix == _ENDING and _NAME.fullmatch(path.stem) is not None


def _erase(path: Path) -> None:
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
