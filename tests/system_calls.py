"""What a program does to the files of one folder: its system calls, recorded by strace (https://strace.io).

A call that changes these files in a way that is not known here is a ValueError, so that nothing is overlooked.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

MISSING = "strace is not installed, and without it nobody sees what reaches the disk. Install the package: strace"
CALLS = (
    "?open,openat,?creat,write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile,splice,fsync,fdatasync,sync,"
    "syncfs,ftruncate,truncate,fallocate,?link,linkat,?symlink,symlinkat,?rename,?renameat,renameat2,?unlink,unlinkat,"
    "lseek,close,dup,?dup2,dup3,fcntl,mmap"
)
"""A question mark stands before those that some processors have not."""
TOLD = 1
"""The file descriptor on which the program says what it has stored."""
MEMORY = "-shm"
"""Ends the name of SQLite's shared memory, which is no storage: it is made anew after every start."""
FOLDER, ABOVE = 0, -1
"""In place of a file's number: the folder, and what the folder lies in. Files count from 1."""

_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(?: .*)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Write:
    """``data`` is put into a file at ``offset``, at its end if that is None."""

    file: int
    offset: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file gets this many bytes; new ones are zero."""

    file: int
    size: int
    only_grows: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """Names get another file, or none, all in one step."""

    changes: Mapping[str, int | None]
    made: int | None = None
    """The file that came to be with this."""


@dataclass(frozen=True, slots=True)
class Sync:
    """A file, FOLDER or ABOVE has been brought to the disk."""

    file: int


@dataclass(frozen=True, slots=True)
class Told:
    """The program has said something, for example that a response is stored."""

    text: str


Event = Write | Resize | Entries | Sync | Told


def record(command: Sequence[str], trace: Path, environment: Mapping[str, str]) -> None:
    """Run a program to its end and write its calls to ``trace``; FileNotFoundError if there is no strace."""
    if shutil.which("strace", path=environment.get("PATH")) is None:
        raise FileNotFoundError(MISSING)
    options = ["-f", "--seccomp-bpf", "-xx", "-s", str(2**24), "-o", str(trace), "-e", f"trace={CALLS}"]
    done = subprocess.run(
        ["strace", *options, *command], capture_output=True, text=True, check=False, env=environment, timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def events(trace: Path, folder: Path) -> Iterator[Event]:
    """What the program did to the files in ``folder``, in order; it began with no file there.

    Folders in it are not looked at. ValueError also for two processes or threads, whose order could not be told.
    """
    files = _Files(str(folder))
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            yield from files.events(line)


@dataclass(slots=True)
class _Opened:
    """An open file description (open(2)), which several descriptors may share."""

    path: str
    file: int | None
    """None: a file elsewhere."""
    appends: bool = False
    position: int = 0


@dataclass(slots=True)
class _Files:
    """Which descriptor and which name is which file."""

    folder: str
    opened: dict[int, _Opened] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    process: str = ""

    def events(self, line: str) -> Iterable[Event]:
        """What one line of the trace tells. Calls that failed tell nothing."""
        found = _LINE.fullmatch(line.rstrip("\n"))
        if found is None or found[4].startswith("-"):
            if "<unfinished ...>" in line or "resumed>" in line:
                raise ValueError(f"two calls at once: {line[:200]}")
            return ()
        self.process = self.process or found[1]
        if self.process != found[1]:
            raise ValueError(f"a second process: {line[:200]}")
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(found[3])]
        return self._called(found[2], _TEXT.sub("", found[3]).split(", "), texts, int(found[4], 0))

    def _called(self, call: str, values: list[str], texts: list[bytes], result: int) -> Iterable[Event]:
        match call:
            case "open" | "openat" | "creat":
                return self._open(self._paths(values, texts)[0], f"{call} {values}", result)
            case "write" | "writev" | "pwrite64" | "pwritev" | "pwritev2":
                return self._write(call, values, b"".join(texts)[:result])
            case "dup" | "dup2" | "dup3" | "fcntl" | "close" | "lseek":
                self._descriptor(call, values, result)
                return ()
            case "sync" | "syncfs":
                return [Sync(file) for file in (*self.names.values(), FOLDER, ABOVE)]
            case "fsync" | "fdatasync" | "ftruncate" | "fallocate" | "mmap" | "copy_file_range" | "sendfile" | "splice":
                return self._contents(call, values)
        return self._entries(call, self._paths(values, texts), values)

    def _open(self, path: str, how: str, result: int) -> Iterator[Event]:
        name = self._name(path)
        if name is None:
            self.opened[result] = _Opened(path, FOLDER if path == self.folder else None)
            return
        if "SYNC" in how or "O_TMPFILE" in how:
            raise ValueError(f"{path}: {how}")
        if name not in self.names:
            self.names[name] = made = next(self.numbers)
            yield Entries({name: made}, made)
        elif "O_TRUNC" in how or how.startswith("creat"):
            yield Resize(self.names[name], 0)
        self.opened[result] = _Opened(path, self.names[name], "O_APPEND" in how)

    def _write(self, call: str, values: list[str], data: bytes) -> Iterator[Event]:
        there = self.opened.get(int(values[0]))
        if there is None:
            if int(values[0]) == TOLD:
                yield Told(data.decode().strip())
        elif there.file is not None:
            if call.startswith("pwrite"):
                offset = int(values[-2 if call == "pwritev2" else -1])
            else:
                offset = there.position
                there.position += len(data)
            yield Write(there.file, None if there.appends else offset, data)

    def _descriptor(self, call: str, values: list[str], result: int) -> None:
        there = self.opened.get(int(values[0]))
        if call == "close":
            self.opened.pop(int(values[0]), None)
        elif call == "lseek":
            if there:
                there.position = result
        elif call != "fcntl" or "F_DUPFD" in values[1]:
            self.opened.pop(result, None)
            if there:
                self.opened[result] = there

    def _contents(self, call: str, values: list[str]) -> Iterator[Event]:
        number = int(values[{"mmap": 4, "copy_file_range": 2, "splice": 2}.get(call, 0)])
        there = self.opened.get(number)
        if there is None or (there.file is None and there.path != str(Path(self.folder).parent)):
            return
        if call in {"fsync", "fdatasync"}:
            yield Sync(ABOVE if there.file is None else there.file)
        elif there.file and call == "ftruncate":
            yield Resize(there.file, int(values[1]))
        elif there.file and call == "fallocate" and values[1] == "0":
            yield Resize(there.file, int(values[2]) + int(values[3]), only_grows=True)
        elif there.file and (call != "mmap" or ("MAP_SHARED" in values[3] and "PROT_WRITE" in values[2])):
            raise ValueError(f"{call} of {there.path}: {values}")

    def _entries(self, call: str, paths: list[str], values: list[str]) -> Iterator[Event]:
        names = [self._name(path) for path in paths]
        if not any(names):
            return
        first, last = names[0], names[-1]
        if first is None or last is None or "RENAME_EXCHANGE" in values[-1]:
            raise ValueError(f"{call} of {paths}")
        changes: dict[str, int | None] = {}
        if call.startswith(("unlink", "rename")):
            changes[first] = None
        if call.startswith(("link", "rename")):
            changes[last] = self.names[first]
        if not changes:
            raise ValueError(f"{call} of {paths}")
        for name, file in changes.items():
            self.names.pop(name, None)
            self.names |= {} if file is None else {name: file}
        yield Entries(changes)

    def _paths(self, values: list[str], texts: list[bytes]) -> list[str]:
        """The call's paths; one that is relative is so to the descriptor that stands before it."""
        places = [index for index, value in enumerate(values) if value == ""]
        paths = []
        for place, text in zip(places, texts, strict=True):
            before = values[place - 1] if place else ""
            base = self.opened[int(before)].path if before.isdecimal() and int(before) in self.opened else ""
            paths.append(str(Path(base, os.fsdecode(text))))
        return paths

    def _name(self, path: str) -> str | None:
        """The name in the folder; None for what lies elsewhere or is no storage."""
        parent, _, name = path.rpartition("/")
        return name if parent == self.folder and not name.endswith(MEMORY) else None
