"""Backups: copies of a store that somebody asks for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import Problem, StoreError
from db.copying import Snapshot, snapshot, write_copy
from db.files import NAME
from db.health import check_copy
from db.keys import NAME as KEY
from db.keys import read_key
from db.placing import new_file
from db.plain import write_plain
from surveys.copies import Held, left_out, require_closed


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that has been made."""

    path: Path
    open_sessions: tuple[str, ...]
    """Sessions whose responses it holds although they are open."""
    key: Path | None
    """The key of the paper forms beside it, if there is one."""
    warnings: tuple[Problem, ...]
    """M76 where there is a key that can't be used; it is not in the backup then."""


def back_up(folder: Path, target: Path, *, plain: bool = False, open_sessions: bool = False) -> Backup:
    """Make a backup of a data folder: its store, ``plain`` as stock TinyDB JSON, and the key of the paper forms.

    Refused M70, M71, StoreError M40, V86 as :func:`copy_store`.
    """
    key, warnings = _key(folder)
    with new_file(key_of(target)) if key else nullcontext() as key_file:
        if key and key_file:
            key_file.write_bytes(key.hex().encode() + b"\n")
        copy = copy_plain if plain else copy_store
        held = copy(folder, target, open_sessions=open_sessions)
    return Backup(target, tuple(left_out(held)), key_of(target) if key else None, warnings)


def copy_store(folder: Path, target: Path, *, open_sessions: bool = False) -> Sequence[Held]:
    """Copy the store of a data folder to the new file ``target``, as of one moment, while others go on writing.

    What it holds of the sessions; it has been checked. Refused M71 while a session is open, unless ``open_sessions``;
    M70 if there is anything at ``target``. StoreError M40 if it can't be written, V86 if the store can't be read.
    Whatever is refused leaves nothing behind.
    """
    with new_file(target) as new:
        with _source(folder, open_sessions=open_sessions) as source:
            held = source.holdings()
            write_copy(source, new, target)
        check_copy(new)
    return held


def copy_plain(folder: Path, target: Path, *, open_sessions: bool = False) -> Sequence[Held]:
    """As :func:`copy_store`, but as stock TinyDB JSON (:mod:`db.plain`)."""
    with new_file(target) as new, _source(folder, open_sessions=open_sessions) as source:
        held = source.holdings()
        write_plain(source, new)
    return held


def key_of(backup: Path) -> Path:
    """Where the key of the paper forms lies that belongs to a backup."""
    return backup.parent / f"{backup.name}.key"  # "." and "/" have no name, and are refused as what is there


def _key(folder: Path) -> tuple[bytes | None, tuple[Problem, ...]]:
    if not (folder / KEY).exists():
        return None, ()
    try:
        return read_key(folder / KEY), ()
    except StoreError as error:
        return None, tuple(error.problems)


@contextmanager
def _source(folder: Path, *, open_sessions: bool) -> Iterator[Snapshot]:
    with snapshot(folder / NAME) as source:
        if not open_sessions:
            require_closed(source.holdings())
        yield source
