"""Restoring a store from a backup: its file, a TinyDB JSON, or the file of a damaged store itself.

The source is looked through as a whole and written into an unfinished file beside the store's place, brought to the
newest format there, and looked through again; only then does it take that place, as :mod:`db.replacing` says. It is a
store of its own: the count of commits, which would tell that the newest ones of the old store are missing, begins anew
(:func:`db.copying.write_copy` leaves it out).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign.errors import BadInput, ManyiError, Problem, Refused, StoreError
from campaign.i18n import I18n
from campaign.language import Listed
from campaign.reading import unreadable
from db.backups import key_of
from db.boxes import BALLOTS
from db.campaign_tables import PLAN
from db.connections import Access, log_of
from db.copying import snapshot, write_copy
from db.failures import damaged, files_at, unstored
from db.files import NAME, make_folder, present, refuse_link, refuse_network
from db.gate import gate
from db.health import Health, check_copy
from db.keys import NAME as KEY
from db.keys import read_key
from db.migrations import migrate
from db.placing import copy_bytes, remove_unfinished, unfinished
from db.plain import NotPlain, read_plain, write_store
from db.replacing import forget_commits, is_sound, keep_key, keep_old, move_log, put, remove_log, require_unused
from db.salvage import salvage
from db.stores import TinyStore
from db.tables import RowDB
from surveys.session import SessionState

_MAGIC = b"SQLite format 3\0"
_ELSEWHERE = {"M41", "M47"}
"""What goes wrong whatever the source is like."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that has come out of a backup."""

    health: Health
    old: Path | None
    """Where the store that was there before is kept."""
    key: Path | None
    """The key of the paper forms, if one came with the backup."""
    warnings: tuple[Problem, ...] = ()
    """M91, M92: what could not be read of the store itself; M93: open sessions whose answers are not in the backup."""


def restore(source: Path, folder: Path, on: date, *, replaced: bool = False) -> Restored:
    """Make the store of a data folder from a backup; ``replaced`` allows that there is one, which is kept.

    BadInput M03: the source can't be read; M72: it can't be used; StoreError M43: it is too new; M76: its key can't be
    used. Refused M73: there is a store; M74: it is in use. StoreError M40, M41, M44, M45 as for a new store. Whatever
    is refused changes nothing.

    The file of a damaged store itself may be the source: what can be read of it stays, and what is missing is told.
    """
    refuse_link(folder / NAME)
    if present(folder / NAME) and not replaced:
        raise Refused(Problem("M73", {"path": folder}))
    refuse_network(folder)
    is_store, key = _begins_as_store(source), _key_beside(source)
    is_new = not folder.exists()
    make_folder(folder)
    try:
        with gate(folder, alone=True):
            done = _restored(source, (folder / NAME).resolve(), on, is_store=is_store)
    except ManyiError:
        if is_new:
            folder.rmdir()
        raise
    health = replace(done.health, path=str(folder / NAME))
    return replace(done, health=health, key=_put_key(folder, key, on))


def _restored(source: Path, place: Path, on: date, *, is_store: bool) -> Restored:
    require_unused(place)
    with files_at(place):
        remove_unfinished(place.parent)
        with unfinished(place) as new:
            with _about(source, place):
                losses = _fill(new, source, place, is_store=is_store)
                health, lacking = _ready(new, counts=not losses)
            return Restored(health, _exchange(new, place, on), None, (*losses, *lacking))


def _begins_as_store(source: Path) -> bool:
    try:
        if source.exists() and not source.is_file():
            raise BadInput(Problem("M72", {"path": source, "why": I18n(zh="它不是文件", en="it is not a file")}))
        with source.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError) as error:
        raise unreadable(source, error) from None


def _key_beside(source: Path) -> bytes | None:
    return read_key(key_of(source)) if key_of(source).exists() else None


@contextmanager
def _about(source: Path, place: Path) -> Iterator[None]:
    """Errors inside are told of the files that people know: the source and the store's place."""
    try:
        yield
    except NotPlain as error:
        raise BadInput(Problem("M72", {"path": source, "why": error.why})) from None
    except StoreError as error:
        first = error.problems[0]
        why = first.values.get("why", first.phrase)
        if first.code == "M40":
            raise unstored(place, why) from error  # type: ignore[arg-type]  # M40 has a reason that speaks
        if first.code == "M43":
            raise StoreError(Problem("M43", {**first.values, "path": source})) from error
        if first.code in _ELSEWHERE:
            raise
        raise BadInput(Problem("M72", {"path": source, "why": why})) from error


def _fill(new: Path, source: Path, place: Path, *, is_store: bool) -> tuple[Problem, ...]:
    """Fill the empty file ``new``; what could not be read of a store itself. A backup is whole, or no backup."""
    if not is_store:
        write_store(read_plain(source), new)
        return ()
    with _lying_still(source, place) as file:
        try:
            check_copy(file)
        except StoreError as error:
            if file == source or error.code != "V86":
                raise
            found = salvage(file)
            write_store(found.tables, new)
            return tuple(loss.problem for loss in found.losses)
        with snapshot(file, Access.INSPECT) as view:
            write_copy(view, new, place)
    return ()


@contextmanager
def _lying_still(source: Path, place: Path) -> Iterator[Path]:
    """The source; of the store itself a copy with its log, of which SQLite reads what comes before any damage."""
    if not place.exists() or not source.samefile(place):
        yield source
        return
    with unfinished(place) as alone:
        copy_bytes(place, alone)
        if log_of(place).exists():
            copy_bytes(log_of(place), log_of(alone))
        yield alone


def _ready(new: Path, *, counts: bool) -> tuple[Health, Sequence[Problem]]:
    """Bring it to the newest format, and see that everything in it can be read; M93 for what it lacks."""
    with RowDB(new) as db:
        try:
            migrate(db, db.storage, new)
        except (KeyError, TypeError, ValueError) as error:  # documents of an older format that never were such
            raise damaged(I18n(zh="内容不符合旧格式", en="what is in it does not fit its format"), new) from error
        lacking = _read_everything(db)
    return check_copy(new, counts=counts), lacking


def _read_everything(db: RowDB) -> Sequence[Problem]:
    store = TinyStore(db, db.storage, "")
    if len(db.table(PLAN)):
        store.plan()
    for read in (store.entries, store.audits, store.questionnaires, store.cases, store.register):
        read()
    for session in store.sessions():
        for look in (store.responses, store.opinions, store.started, store.pin_tries):
            look(session.id)
    lacking = [each.id for each in store.sessions() if each.state is SessionState.OPEN and not _has_box(db, each.id)]
    return [Problem("M93", {"list": Listed(tuple(lacking))})] if lacking else []


def _has_box(db: RowDB, session_id: str) -> bool:
    return BALLOTS + session_id in db.tables()


def _exchange(new: Path, place: Path, on: date) -> Path | None:
    sound = is_sound(place)
    if sound:
        move_log(place)
    old = keep_old(place, on, sound=sound)
    remove_log(place)
    put(new, place)
    forget_commits(place)
    return old


def _put_key(folder: Path, key: bytes | None, on: date) -> Path | None:
    """Put the key of the paper forms into the data folder; another one that is there is kept."""
    path = folder / KEY
    if key is None:
        return None
    if path.exists():
        with suppress(StoreError):
            if read_key(path) == key:
                return path
        keep_key(path, on)
    with files_at(path), unfinished(path) as new:
        new.write_bytes(key.hex().encode() + b"\n")
        put(new, path)
    return path
