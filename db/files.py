"""The store's file in its folder: where it is, whether it is ours, and how it comes to be."""

import os
import re
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.connections import APPLICATION_ID, CHECKSUM_BYTES, VFS, create, inspected, load_checksums, log_of
from db.failures import damaged, files_at, foreign, reason, translated, unusable
from db.kept import copies_of, kept
from db.placing import place, sync, unfinished
from db.witness import witness_of

NAME = "manyi.db"
MOUNTS = Path("/proc/self/mountinfo")
NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|ceph|glusterfs|fuse\.(sshfs|rclone|davfs|s3fs|glusterfs)|davfs2?"
)
"""File systems whose locks and shared memory SQLite can't rely on (https://sqlite.org/wal.html)."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
"""Bytes; the places in it are those of https://sqlite.org/fileformat.html#the_database_header."""
_LOG_HEADER, _FRAME_HEADER = 32, 24
_PAGE_SIZE, _RESERVED, _MARK = slice(16, 18), slice(20, 21), slice(68, 72)
_PAGE_SIZES = {(1 << power).to_bytes(2, "big") for power in range(9, 16)}
"""From 512 to 32,768 bytes; ours have 4,096."""
_NO_HEADER = I18n(zh="文件开头已损坏", en="its beginning is damaged")
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
    examine_file(path)


def examine_file(path: Path) -> None:
    """As :func:`examine`, but for a file that nobody writes to: it may lie on a network file system."""
    if not present(path):
        _require_nothing_beside(path)
        raise StoreError(Problem("M01", {"path": path.parent}))
    refuse_link(path)
    with files_at(path):
        if not path.is_file():
            raise foreign(path, I18n(zh="它不是文件", en="it is not a file"))
        if not os.access(path, os.R_OK):
            raise StoreError(Problem("M03", {"path": path, "why": _UNREADABLE}))
        inspected(path, lambda: _examine_header(path))


def make(path: Path, fill: Callable[[Path], None]) -> None:
    """Put a new file of ours at ``path``, filled by ``fill``; whole or not at all, and never over another.

    The folder (mode 0700) is made if need be, the one above it is not. StoreError M45 or M40 if that can't be.
    """
    refuse_network(path.parent)
    make_folder(path.parent)
    _require_nothing_beside(path)
    with files_at(path.parent), unfinished(path) as new:
        create(new)
        fill(new)
        place(new, path)


def refuse_link(path: Path) -> None:
    """StoreError M42 for a symbolic link: the log would lie beside the file, and locks and copies beside the link."""
    if path.is_symlink():
        there = path.resolve().parent
        raise foreign(
            path, I18n(zh=f"它是符号链接，数据在{there}", en=f"it is a symbolic link; the data is in {there}")
        )


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


def _examine_header(path: Path) -> None:
    size = path.stat().st_size
    header = _header(path, size)
    _require_ours(path, header)
    if not log_of(path).exists():
        require_pages(path, struct.unpack(">I", header[28:32])[0], struct.unpack(">H", header[16:18])[0])


def require_pages(path: Path, pages: int, page_size: int) -> None:
    """StoreError V86 if one of so many pages is neither in the file nor in its log.

    How many there are with a log, only SQLite can tell: after the last commit in it may lie what killed processes left.
    """
    size = path.stat().st_size
    logged = _logged(path, page_size) if size < pages * page_size else set()
    if any(number not in logged for number in range(size // page_size + 1, pages + 1)):
        raise damaged(
            I18n(zh=f"应有{page_size * pages}字节，只有{size}", en=f"{size} of {page_size * pages} bytes are there"),
            path,
        )


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


def _require_ours(path: Path, header: bytes) -> None:
    """StoreError V86 for a first page of ours that is damaged, M42 for one that nothing shows to be ours.

    One mark may be lost to damage, not all of them; an empty file and the beginning of one are what is left of it.
    """
    begins, marked = header.startswith(_MAGIC), header[_MARK] == APPLICATION_ID.to_bytes(4, "big")
    reserves = header[_RESERVED] == bytes((CHECKSUM_BYTES,))
    if begins and marked and reserves and len(header) == _HEADER and header[_PAGE_SIZE] in _PAGE_SIZES:
        return
    is_cut = len(header) < _HEADER and (begins or _MAGIC.startswith(header))
    if is_cut or marked or (begins and reserves):
        raise damaged(_NO_HEADER, path)
    if begins and len(header) == _HEADER:
        raise foreign(path, I18n(zh="它是其他程序的数据库", en="it is another program's database"))
    if _beside(path):
        raise damaged(_NO_HEADER, path)
    raise foreign(path, I18n(zh="内容为其他格式", en="it holds something else"))


def _require_nothing_beside(path: Path) -> None:
    """StoreError V86 if there is no file at ``path`` but what belongs to one: a new one must not come under it.

    Whoever makes a store makes the file first, so it is looked for last.
    """
    if _beside(path) and not present(path):
        raise damaged(
            I18n(zh="文件不见了，旁边的日志或记录还在", en="the file is missing, and its companions are there"), path
        )


def _beside(path: Path) -> bool:
    return log_of(path).exists() or witness_of(path).exists() or bool(kept(copies_of(path)))


def _logged(path: Path, page_size: int) -> set[int]:
    """The numbers of the pages that lie in the log.

    Such a page may be missing from the file until it is moved there. SQLite takes what is beyond the file's end for
    zeros, and says nothing (https://sqlite.org/fileformat.html#walformat).
    """
    numbers: set[int] = set()
    with suppress(FileNotFoundError), log_of(path).open("rb") as log:
        salts = log.read(_LOG_HEADER)[16:24]
        while len(frame := log.read(_FRAME_HEADER)) == _FRAME_HEADER and frame[8:16] == salts:
            numbers.add(struct.unpack(">I", frame[:4])[0])
            log.seek(page_size, os.SEEK_CUR)
    return numbers


def make_folder(folder: Path) -> None:
    """Make the data folder (mode 0700) if need be, but not the one above it. StoreError M45 if that can't be."""
    try:
        if folder.is_dir():
            if not any(folder.iterdir()):
                folder.chmod(0o700)
            return
        if not folder.parent.is_dir():
            raise unusable(folder, _MISSING)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync(folder.parent)
    except OSError as error:
        raise unusable(folder, reason(error.errno)) from error
