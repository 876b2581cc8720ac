"""Which processes use a store, by the locks that SQLite holds on the file of its shared memory.

Linux tells them in ``/proc/locks`` (proc_locks(5)); elsewhere nobody can be named. The bytes are those of SQLite's
WAL-index (https://sqlite.org/walformat.html#wal_locks): 120 is held by the writer, 128 by everybody who is connected.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from campaign.i18n import I18n

WRITING, CONNECTED = 120, 128
LOCKS = Path("/proc/locks")
SOMEBODY = I18n(zh="另一个程序", en="another program")
OURSELVES = I18n(zh="本程序自身", en="this program itself")

_LINE = re.compile(r"\d+: POSIX +ADVISORY +(?:READ|WRITE) +(\d+) [0-9a-f]+:[0-9a-f]+:(\d+) (\d+) (\d+|EOF)", re.ASCII)
_WORD = re.compile(r"[a-z]{3,}", re.ASCII)
_WITH_VALUE = ("-W", "-X")
"""Options of Python's own that are followed by a value."""
_PYTHON = re.compile(r"python[\d.]*", re.ASCII)


def writer_of(path: Path) -> I18n:
    """Who is writing to the store at ``path`` just now."""
    for process in _processes(path, WRITING):
        return OURSELVES if process == os.getpid() else _named(process)
    return SOMEBODY


def users_of(path: Path) -> list[I18n]:
    """The other processes that have the store at ``path`` open."""
    return [_named(process) for process in _processes(path, CONNECTED) if process != os.getpid()]


def program_of(arguments: list[str]) -> str:
    """The program's name with its commands, without options, their values and other arguments, which may be secret."""
    name, rest = (Path(arguments[0]).name, arguments[1:]) if arguments else ("", [])
    if _PYTHON.fullmatch(name):
        name, rest = _run_by_python(name, rest)
    words = [
        argument
        for before, argument in zip(["", *rest], rest, strict=False)
        if _WORD.fullmatch(argument) and not before.startswith("-")
    ]
    return " ".join([name, *words[:2]])


def _run_by_python(python: str, arguments: list[str]) -> tuple[str, list[str]]:
    """The module or script that Python runs, and that one's own arguments."""
    for place, argument in enumerate(arguments):
        before = arguments[place - 1] if place else ""
        if before == "-m" or (not argument.startswith("-") and before not in _WITH_VALUE):
            return Path(argument).name, arguments[place + 1 :]
        if argument == "-c":
            break
    return python, []


def _processes(path: Path, byte: int) -> Iterator[int]:
    """The processes that hold a lock on ``byte`` of the store's shared memory."""
    shared = path.resolve().with_name(path.name + "-shm")
    try:
        number, lines = shared.stat().st_ino, LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return
    for line in lines:
        if found := _LINE.match(line):
            process, inode, first, last = found.groups()
            if int(inode) == number and int(first) <= byte and (last == "EOF" or byte <= int(last)):
                yield int(process)


def _named(process: int) -> I18n:
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return SOMEBODY
    program = program_of([part.decode(errors="replace") for part in command.split(b"\0") if part])
    return I18n(zh=f"进程 {process}（{program}）", en=f"process {process} ({program})")
