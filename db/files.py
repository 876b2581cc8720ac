"""The store's file in its folder: where it is, whether it is ours, and how it comes to be."""

import os
import re
import struct
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.connections import APPLICATION_ID, CHECKSUM_BYTES, VFS, create, load_checksums, log_of
from db.failures import damaged, files_at, foreign, reason, translated, unusable

NAME = "manyi.db"
MOUNTS = Path("/proc/self/mountinfo")
NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|ceph|glusterfs|fuse\.(sshfs|rclone|davfs|s3fs|glusterfs)|davfs2?"
)
"""File systems whose locks and shared memory SQLite can't rely on (https://sqlite.org/wal.html)."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_MISSING = I18n(zh="上级文件夹不存在", en="the folder above it does not exist")
_UNREADABLE = I18n(zh="没有读取权限", en="reading is not allowed")
_NO_FOLDER = I18n(zh="它不是文件夹", en="it is not a folder")


def present(path: Path) -> bool:
    """Whether anything lies at ``path``; StoreError M45 if its folder is no folder or can't be looked into."""
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise unusable(path.parent, _NO_FOLDER)
        return path.is_symlink() or path.exists()
    except OSError as error:
        raise unusable(path.parent, reason(error.errno)) from error


def examine(path: Path) -> None:
    """Refuse what can't be a sound store, by its header alone: nothing is changed or made beside it.

    StoreError M01: there is nothing; M42: it is something else; M03: it must not be read; V86: it is ours and
    damaged; M44: network.
    """
    refuse_network(path.parent)
    if not present(path):
        raise StoreError(Problem("M01", {"path": path.parent}))
    with files_at(path):
        if not path.is_file():
            raise foreign(path, I18n(zh="它不是文件", en="it is not a file"))
        if not os.access(path, os.R_OK):
            raise StoreError(Problem("M03", {"path": path, "why": _UNREADABLE}))
        size = path.stat().st_size
    header = _header(path, size)
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise foreign(path, I18n(zh="内容为其他格式", en="it holds something else"))
    application, reserved = int.from_bytes(header[68:72], "big"), header[20]
    if application != APPLICATION_ID or reserved != CHECKSUM_BYTES:
        raise foreign(path, I18n(zh="它是其他程序的数据库", en="it is another program's database"))
    page_size, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    if size < page_size * pages and not _log_size(path):
        raise damaged(
            I18n(zh=f"应有{page_size * pages}字节，只有{size}", en=f"{size} of {page_size * pages} bytes are there")
        )


def make(path: Path, fill: Callable[[Path], None]) -> None:
    """Put a new file of ours at ``path``, filled by ``fill``; whole or not at all, and never over another.

    The folder (mode 0700) is made if need be, the one above it is not. StoreError M45 or M40 if that can't be.
    """
    refuse_network(path.parent)
    _make_folder(path.parent)
    with files_at(path.parent):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".new", dir=path.parent)
        os.close(handle)
        new = Path(name)
        try:
            create(new)
            fill(new)
            _place(new, path)
        finally:
            for left in (new, log_of(new), new.with_name(new.name + "-shm")):
                left.unlink(missing_ok=True)
        _sync(path.parent)


def refuse_network(folder: Path) -> None:
    """StoreError M44 if the folder lies on a network file system."""
    with suppress(OSError):
        kind = file_system(folder.resolve(), MOUNTS.read_text(encoding="utf-8"))
        if NETWORK.fullmatch(kind):
            raise StoreError(Problem("M44", {"path": folder, "kind": kind}))


def file_system(folder: Path, mounts: str) -> str:
    """Type of the file system that ``folder`` lies on, from the text of ``/proc/self/mountinfo``; else empty.

    Format: proc_pid_mountinfo(5), field 5 is the mount point, the first field after ``-`` the type.
    """
    best, kind = 0, ""
    for line in mounts.splitlines():
        mount, _, source = line.partition(" - ")
        point = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), mount.split(" ")[4]))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), source.split(" ")[0]
    return kind


def _header(path: Path, size: int) -> bytes:
    """The first 100 bytes, read through SQLite: closing a file of one's own would drop SQLite's locks on it."""
    load_checksums()
    try:
        file = apsw.VFSFile(VFS, str(path.absolute()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0])
        try:
            return file.xRead(min(size, _HEADER), 0) if size else b""
        finally:
            file.xClose()
    except apsw.Error as error:
        raise translated(error, path) from error


def _log_size(path: Path) -> int:
    with suppress(FileNotFoundError):
        return log_of(path).stat().st_size
    return 0


def _make_folder(folder: Path) -> None:
    try:
        if folder.is_dir():
            return
        if not folder.parent.is_dir():
            raise unusable(folder, _MISSING)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)
    except OSError as error:
        raise unusable(folder, reason(error.errno)) from error


def _place(new: Path, path: Path) -> None:
    """Give the finished file its name unless there is one by now; where links are unknown (exFAT), by renaming."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            new.rename(path)


def _sync(folder: Path) -> None:
    """Bring the folder's entries to disk, where the system can (Windows has no handle on a folder)."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
