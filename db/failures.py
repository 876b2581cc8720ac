"""What SQLite and the operating system report, as errors with a code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from campaign.language import HasText, Lang, listed
from campaign.refusals import refusal
from db.holders import writer_of
from db.kept import lacking, newest_sound

BUSY_SECONDS = 10
"""How long a writer waits for the others before it gives up with M41."""

NO_COPY = I18n(zh="没有", en="none")
FULL = I18n(zh="磁盘已满", en="the disk is full")
READ_ONLY = I18n(zh="没有写入权限", en="writing is not allowed")
LOST = I18n(zh="磁盘写入失败", en="the disk did not take it")

_DAMAGE = {apsw.SQLITE_IOERR_DATA, apsw.SQLITE_IOERR_CORRUPTFS, apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_READ}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def damaged(why: I18n | str, path: Path | None) -> StoreError:
    """V86: the store's file at ``path``, or something in it, can't be read; names the newest good copy beside it."""
    return StoreError(Problem("V86", {"why": why, "path": _way_out(path) if path else NO_COPY}))


def _way_out(path: Path) -> Path | I18n:
    """The newest good copy, and which answers it has not; where there is none, how to get out what can be read."""
    copy = newest_sound(path)
    if copy is None:
        command = f"manyi restore {path} --replace"
        en = f"none. What can still be read, and what is lost, is told by: {command}"
        return I18n(zh=f"没有。取出仍可读的内容并告知缺失：{command}", en=en) if path.is_file() else NO_COPY
    if not (sessions := lacking(copy)):
        return copy
    return I18n(
        zh=f"{copy}，其中没有当时未结束的场次{listed(sessions, Lang.ZH)}的答卷",
        en=f"{copy}, without the answers of what was open then: {listed(sessions, Lang.EN)}",
    )


def foreign(path: Path, why: I18n) -> StoreError:
    """M42: what lies at ``path`` is none of ours."""
    return StoreError(Problem("M42", {"path": path, "why": why}))


def reason(number: int | None) -> HasText:
    """An ``errno`` in words; 0 and None say nothing."""
    if number in _NO_ROOM:
        return FULL
    if number in _NOT_ALLOWED:
        return READ_ONLY
    return refusal(number) if number else LOST


def unstored(path: Path, why: HasText) -> StoreError:
    """M40: nothing was written."""
    return StoreError(Problem("M40", {"why": why, "path": path}))


def unusable(folder: Path, why: HasText) -> StoreError:
    """M45: there can be no store in this folder."""
    return StoreError(Problem("M45", {"path": folder, "why": why}))


def translated(error: apsw.Error, path: Path, system_error: int = 0) -> StoreError:
    """The StoreError for an error of SQLite: M41 busy, V86 damage, else M40.

    ``system_error`` is the connection's last ``errno``. A mistake in our SQL is no StoreError: it is raised as it is.
    """
    extended = getattr(error, "extendedresult", 0)
    match error:
        case apsw.BusyError() | apsw.LockedError():
            return StoreError(Problem("M41", {"seconds": BUSY_SECONDS, "who": writer_of(path)}))
        case apsw.CorruptError() | apsw.NotADBError():
            return damaged(I18n(zh="文件内容已损坏", en="its contents are damaged"), path)
        case apsw.IOError() if extended in _DAMAGE:
            return damaged(I18n(zh="文件有一页已损坏", en="a page of the file is damaged"), path)
        case apsw.FullError():
            return unstored(path, FULL)
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return unstored(path, READ_ONLY)
        case apsw.IOError() | apsw.CantOpenError() | apsw.ProtocolError():
            return unstored(path, reason(system_error))
    raise error


@contextmanager
def files_at(path: Path) -> Iterator[None]:
    """Inside, an OSError about files at ``path`` becomes StoreError M40."""
    try:
        yield
    except OSError as error:
        raise unstored(path, reason(error.errno)) from error
