"""Taking a store out of its place, kept whole, and another one into it.

Everything here happens while nobody else can open the store (:func:`db.gate.gate`). The order of steps, so that
wherever it breaks off the old store or the new one has the name, and never a new file with an old log:

1. :func:`require_unused`: whoever has the store open is a reason to stop.
2. :func:`move_log`: SQLite moves the log of a sound store into its file, which then is whole by itself.
3. :func:`keep_old`: the old store is on disk in ``replaced/``: a sound one as a copy in one file, any other byte for
   byte, with its log.
4. :func:`remove_log`: what lies beside the old file goes: nothing that a sound store needs. Of a damaged store that is
   the log. If it breaks off here, the damaged file alone has the name, and its log is in ``replaced/``.
5. :func:`put`: the new file, complete and synced, takes the name in one step (rename(2)), and the folder is synced.
6. :func:`forget_commits`: what was noted of the old store's commits goes; of the new one, of another name, it said
   nothing.
"""

import os
from datetime import date
from pathlib import Path

import apsw

from campaign.errors import Problem, Refused, StoreError
from campaign.i18n import I18n
from campaign.language import Lang, listed
from db.connections import VFS, connect, leave, load_checksums, log_of
from db.copying import snapshot, write_copy
from db.failures import files_at, foreign, translated, unstored
from db.health import check, check_copy
from db.holders import SOMEBODY, users_of
from db.placing import companions, copy_bytes, new_file, remove_unfinished, sync
from db.witness import witness_of

FOLDER = "replaced"
DAMAGED = "-damaged"


def require_unused(place: Path) -> None:
    """Refused M74 if another process has the store open; StoreError M42 if what lies there is no file."""
    with files_at(place):
        if place.exists() and not place.is_file():
            raise foreign(place, I18n(zh="它不是文件", en="it is not a file"))
    if users := users_of(place):
        names = {lang: listed((each.text(lang) for each in users), lang) for lang in Lang}
        raise _in_use(place, I18n(zh=names[Lang.ZH], en=names[Lang.EN]))
    if place.exists() and place.stat().st_size and log_of(place).exists():
        _require_alone(place)


def is_sound(place: Path) -> bool:
    """Whether a check finds nothing wrong with the store; False too if there is none."""
    try:
        check(place)
    except StoreError:
        return False
    return place.exists()


def keep_old(place: Path, on: date, *, sound: bool) -> Path | None:
    """Keep the store in ``replaced/`` (mode 0700) under the day; where, or None if there is nothing to keep."""
    if not place.exists() and not log_of(place).exists():
        return None
    name = _unused_name(_folder(place), on, "" if sound else DAMAGED)
    if sound:
        with new_file(name) as new, snapshot(place) as source:
            write_copy(source, new, name)
            check_copy(new)
        return name
    for old, kept in ((log_of(place), log_of(name)), (witness_of(place), witness_of(name)), (place, name)):
        if old.exists():
            with new_file(kept) as new:
                copy_bytes(old, new)
    return name


def keep_key(path: Path, on: date) -> None:
    """Keep the key of the paper forms in ``replaced/`` under the day. StoreError M40."""
    kept = _unused_name(_folder(path), on, "").with_suffix(path.suffix)
    with new_file(kept) as new:
        copy_bytes(path, new)


def move_log(place: Path) -> None:
    """Move a sound store's log into its file. StoreError M40."""
    connection = connect(place)
    try:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    except apsw.Error as error:
        raise translated(error, place, connection.system_errno) from error
    finally:
        connection.close()
    if log_of(place).exists() and log_of(place).stat().st_size:
        raise unstored(place, I18n(zh="日志未能并入文件", en="its log could not be moved into it"))


def remove_log(place: Path) -> None:
    """Leave nothing beside the old file that SQLite would take to belong to the new one. StoreError M40."""
    with files_at(place):
        for each in companions(place):
            if each != witness_of(place):
                each.unlink(missing_ok=True)
        sync(place.parent)


def put(new: Path, place: Path) -> None:
    """Give the new file the place of the old one. StoreError M40."""
    with files_at(place):
        with new.open("r+b") as file:
            os.fsync(file.fileno())
        new.replace(place)
        sync(place.parent)


def forget_commits(place: Path) -> None:
    """Remove what was noted of the old store's commits. StoreError M40."""
    with files_at(place):
        witness_of(place).unlink(missing_ok=True)


def _folder(path: Path) -> Path:
    """The folder for what is replaced beside ``path``."""
    folder = path.parent / FOLDER
    with files_at(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        sync(folder.parent)
        remove_unfinished(folder)
    return folder


def _unused_name(folder: Path, on: date, ending: str) -> Path:
    """``2026-11-23-1.db``: the day and the first number that no file there has."""
    numbers = {each.name.removeprefix(f"{on}-").split(".")[0].split("-")[0] for each in folder.glob(f"{on}-*")}
    free = next(number for number in range(1, len(numbers) + 2) if str(number) not in numbers)
    return folder / f"{on}-{free}{ending}.db"


def _require_alone(place: Path) -> None:
    """SQLite finds out wherever it runs: to be the only one is granted if nobody else is connected. Changes nothing.

    Whoever is connected has a log, so there must be one. Not for an empty file: SQLite removes the log beside that.
    """
    load_checksums()
    connection = apsw.Connection(str(place), flags=apsw.SQLITE_OPEN_READWRITE, vfs=VFS)
    try:
        connection.pragma("locking_mode", "exclusive")
        connection.execute("select count(*) from sqlite_schema").fetchall()
    except apsw.BusyError:
        raise _in_use(place, SOMEBODY) from None
    except apsw.Error:
        return  # too damaged to tell; then nobody can be using it either
    finally:
        leave(connection)


def _in_use(place: Path, who: I18n) -> Refused:
    return Refused(Problem("M74", {"path": place, "who": who}))
