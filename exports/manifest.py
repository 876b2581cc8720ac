"""``SHA256SUMS``: the checksum of every file of an export, in the form that ``sha256sum -c`` checks.

Whoever has a file and the posted sums can tell whether the file is the one that was posted.
"""

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from campaign.errors import BadInput, Problem
from campaign.refusals import refusal

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in folders that somebody looks at."""
_LONGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """How the files of a folder compare with their sums; names within the folder."""

    files: int
    """How many were written."""
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    """Files that have no sum."""

    @property
    def is_sound(self) -> bool:
        """Whether all is as it was written."""
        return not (self.missing or self.changed or self.extra)


def sums_file(sums: Mapping[str, str]) -> bytes:
    """The file, from sums by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def read_sums(folder: Path) -> Mapping[str, str]:
    """The sums of a folder by name. BadInput M03 if the file can't be read, M168 for a line that is none."""
    return _read(folder / SUMS)


def _read(path: Path) -> Mapping[str, str]:
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8-sig", "replace")
    except OSError as error:
        raise BadInput(Problem("M03", {"path": path, "why": refusal(error.errno)})) from None
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            digest, name = _entry(line, number, path)
            found[name] = digest
    if not found:
        raise BadInput(Problem("M168", {"path": path, "n": 1, "line": ""}))
    return found


def _entry(line: str, number: int, path: Path) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    name = PurePosixPath(match[2]) if match else PurePosixPath("/")
    if match is None or name.is_absolute() or ".." in name.parts or "\\" in match[2] or "\0" in match[2]:
        raise BadInput(Problem("M168", {"path": path, "n": number, "line": line[:80]}))
    return match[1].lower(), str(name)


def check_folder(folder: Path) -> Check:
    """Compare a folder with its sums. BadInput M03, M168."""
    sums = read_sums(folder)
    found = {name: _digest(folder / name) for name in sums}
    return Check(
        files=len(sums),
        missing=tuple(sorted(name for name, digest in found.items() if digest is None)),
        changed=tuple(sorted(name for name, digest in found.items() if digest and digest != sums[name])),
        extra=extra_files(folder, sums),
    )


def left_over(folder: Path, names: Collection[str], more: Iterable[Path] = ()) -> tuple[str, ...]:
    """Files of the export that is in the folder, as they were written, which are not among ``names``.

    ``more`` are files of sums too, of exports that have not come to their end there.
    """
    known = {(name, digest) for path in (folder / SUMS, *more) for name, digest in _sums_or_none(path).items()}
    old = sorted({name for name, _ in known} - set(names))
    return tuple(name for name in old if (name, _plain_digest(folder / name)) in known)


def _sums_or_none(path: Path) -> Mapping[str, str]:
    try:
        return _read(path)
    except BadInput:
        return {}


def _plain_digest(path: Path) -> str | None:
    """The checksum of a file that is no link and can be read."""
    try:
        return None if path.is_symlink() else _digest(path)
    except BadInput:
        return None


def extra_files(folder: Path, sums: Mapping[str, str]) -> tuple[str, ...]:
    """Files below a folder that have no sum."""
    return tuple(sorted(set(_names(folder)) - sums.keys()))


def _digest(path: Path) -> str | None:
    """The checksum of a file; None if there is none."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(Problem("M03", {"path": path, "why": refusal(error.errno)})) from None


def _names(folder: Path) -> Iterator[str]:
    """Every file below a folder, but the sums."""
    for root, _, files in os.walk(folder):
        for name in files:
            place = (Path(root) / name).relative_to(folder).as_posix()
            if place != SUMS and name not in _LITTER:
                yield place
