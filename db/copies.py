"""The good copies that are kept beside a store without anybody asking; what one may hold says :mod:`surveys.copies`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from campaign.errors import StoreError
from campaign.i18n import I18n
from db.boxes import ACCOUNTS, BALLOTS, OPINIONS
from db.campaign_tables import SESSIONS
from db.connections import Access
from db.copying import Snapshot, Without, snapshot, write_copy
from db.documents import Kept, dumped, key
from db.encoding import encoded
from db.failures import damaged, files_at
from db.gate import gate
from db.health import check_copy
from db.kept import before_format, copies_of, daily, kept
from db.placing import place, remove_unfinished, sync, unfinished
from surveys.copies import KEPT, Held, left_out, outlived, unlinked
from surveys.session import SurveySession

_SESSION = TypeAdapter(Kept[SurveySession])


def keep_copy(path: Path, on: date) -> None:
    """Keep a good copy of the store at ``path`` under the day, without the responses of sessions that are open.

    Copies that hold what was erased since are removed, whether or not there is room for a new one. StoreError.
    """
    with _copies(path) as folder, _checked(daily(folder, on)) as new, snapshot(path) as source:
        held = source.holdings()
        _remove_outlived(folder, held)
        write_copy(source, new, folder, _without_open(source, left_out(held)))


def remove_outlived(path: Path) -> None:
    """Remove the copies that hold what was erased from the store at ``path`` since. StoreError."""
    if copies_of(path).is_dir():
        with _copies(path) as folder, snapshot(path) as source:
            _remove_outlived(folder, source.holdings())


def keep_before_migration(path: Path, number: int) -> None:
    """Keep a good copy of the store at ``path``, with all it holds, before it is brought to format ``number``.

    It takes the place of those made before tries that failed.
    """
    with _copies(path) as folder:
        name = before_format(folder, number)
        tries = [each for each in kept(folder) if each.name.endswith(name.name.partition("-")[2])]
        with _checked(name) as new, snapshot(path) as source:
            write_copy(source, new, folder)
        for each in tries:
            each.unlink(missing_ok=True)


@contextmanager
def _copies(path: Path) -> Iterator[Path]:
    """The folder of good copies, for nobody else meanwhile; at the end it holds no more than it should."""
    folder = copies_of(path)
    with files_at(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        sync(folder.parent)
        with gate(folder, alone=True):
            remove_unfinished(folder)
            yield folder
            for copy in kept(folder)[KEPT:]:
                copy.unlink(missing_ok=True)
            sync(folder)


@contextmanager
def _checked(name: Path) -> Iterator[Path]:
    """A new file that gets its name once it has been filled and checked."""
    with unfinished(name) as new:
        yield new
        check_copy(new)
        place(new, name)


def _remove_outlived(folder: Path, held: list[Held]) -> None:
    for copy in kept(folder):
        if _is_outlived(copy, held):
            copy.unlink(missing_ok=True)
    sync(folder)


def _is_outlived(copy: Path, held: list[Held]) -> bool:
    """Whether a copy must go; one that is damaged is of no use, and nobody can tell what it holds."""
    try:
        with snapshot(copy, Access.INSPECT) as old:
            return outlived(old.holdings(), held)
    except StoreError as error:
        return error.code == "V86"


def _without_open(source: Snapshot, sessions: Sequence[str]) -> Without:
    """Leave out ballot boxes, opinions and counts of these sessions, and disguise the key of their ids."""
    keys = {key(each) for each in sessions}
    found = source.documents(SESSIONS) if keys else ()
    return Without(
        tables=frozenset(prefix + each for prefix in (BALLOTS, OPINIONS) for each in sessions),
        documents={
            ACCOUNTS: dict.fromkeys(keys),
            SESSIONS: {doc_id: _with_another_key(source.path, text) for doc_id, text in found if doc_id in keys},
        },
    )


def _with_another_key(path: Path, text: str) -> str:
    try:
        found = _SESSION.validate_json(text)
    except ValidationError:
        raise damaged(I18n(zh="有一场次不符合格式", en="a session does not fit"), path) from None
    return encoded(dumped(found.model_copy(update={"value": unlinked(found.value)})))
