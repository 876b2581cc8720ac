"""Every disk that a power cut could leave of a program, built from its system calls.

The idea is ALICE's (Pillai and others, "All File Systems Are Not Created Equal", OSDI 2014). Until a file is synced,
its disk may hold all, none or any part of what was written since, in any order; until a folder is synced, any of its
entries may be as before. As on ext4, xfs and btrfs, syncing a new file also makes its own name durable.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from tests.system_calls import ABOVE, FOLDER, Entries, Event, Resize, Sync, Told, Write

SECTOR = 512
"""Bytes that a disk writes whole or not at all: the smallest in use."""
PLACES = 4
"""How many places are tried in a long row of writes."""
Change = Write | Resize


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds."""

    data: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A disk after a power cut."""

    where: str
    told: Sequence[str]
    """What the program had said by then."""
    files: Mapping[str, Content]
    """By name."""

    @property
    def key(self) -> tuple[tuple[str, bytes], ...]:
        """Equal for equal disks."""
        return tuple(sorted((name, content.digest) for name, content in self.files.items()))


def cuts(events: Iterable[Event]) -> Iterator[Cut]:
    """The disks after a cut at any of these calls; many are equal. Of a long row of writes always the same places.

    They are built where something is told, reaches the disk or gets another name: the disks of the writes before it are
    among these.
    """
    disk = _Disk()
    for event in events:
        if not isinstance(event, Write | Resize):
            yield from disk.cuts(f"before {_shown(event)}")
        disk.take(event)
        if isinstance(event, Told):
            yield from disk.cuts(f"after {_shown(event)}")
    yield from disk.cuts("at the end")


def places(count: int, most: int = PLACES) -> list[int]:
    """At most ``most`` of the numbers below ``count``, evenly spread; the first and the last are among them."""
    if count <= most:
        return [*range(count)]
    return [step * (count - 1) // (most - 1) for step in range(most)]


@dataclass(slots=True)
class _File:
    """A file: what is on the disk for certain, and what may be."""

    synced: bytes = b""
    pending: list[Change] = field(default_factory=list)
    known: dict[tuple[Change, ...], Content] = field(default_factory=dict)

    def sync(self) -> None:
        """All is on the disk."""
        self.synced, self.pending, self.known = self.content(self.pending).data, [], {}

    def parts(self) -> Iterator[tuple[str, Content]]:
        """Some of it has arrived: the first writes, all but one, or the last ones in part."""
        count = len(self.pending)
        for k in places(count):
            yield f"first {k} of {count}", self.content(self.pending[:k])
            yield f"all but {k} of {count}", self.content(self.pending[:k] + self.pending[k + 1 :])
        for k in range(max(0, count - 2), count):
            last = self.pending[k]
            if isinstance(last, Write):
                for label, part in _torn(last, len(self.content(self.pending[:k]).data)):
                    yield f"{label} of {k}, {count}", self.content([*self.pending[:k], part])

    def content(self, changes: Sequence[Change]) -> Content:
        """What the file holds if these changes have arrived."""
        key = tuple(changes)
        if key not in self.known:
            data = bytearray(self.synced)
            for change in changes:
                _apply(data, change)
            self.known[key] = Content(bytes(data), blake2b(data, digest_size=16).digest())
        return self.known[key]


@dataclass(slots=True)
class _Disk:
    """The folder and its files."""

    files: dict[int, _File] = field(default_factory=dict)
    durable: dict[str, int] = field(default_factory=dict)
    """File by name, after the last sync of the folder."""
    moves: list[Entries] = field(default_factory=list)
    """What happened to names since."""
    is_made: bool = False
    """Whether the folder's own name is on the disk."""
    told: Sequence[str] = ()

    def take(self, event: Event) -> None:
        """What a call does."""
        match event:
            case Told():
                self.told = [*self.told, event.text]
            case Write() | Resize():
                self.files[event.file].pending.append(event)
            case Entries():
                self.moves.append(event)
                if event.made:
                    self.files[event.made] = _File()
            case Sync():
                self._sync(event.file)

    def cuts(self, where: str) -> Iterator[Cut]:
        """The disks that a cut at this moment could leave."""
        if not self.is_made:
            yield Cut(f"{where}; no folder", self.told, {})
        for label, numbers in self._names():
            files = {name: self.files[number] for name, number in numbers.items()}
            for rest, others in (
                ("nothing", {name: file.content(()) for name, file in files.items()}),
                ("all", {name: file.content(file.pending) for name, file in files.items()}),
            ):
                yield Cut(f"{where}; {label}; {rest}", self.told, others)
                for name, file in files.items():
                    for part, content in file.parts():
                        of = f"{label}; {name}: {part}; {rest} of others"
                        yield Cut(f"{where}; {of}", self.told, {**others, name: content})

    def _names(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """The folder's entries, as far as they have arrived."""
        count = len(self.moves)
        for k in range(count + 1):
            yield f"{k} of {count} entries", _moved(self.durable, self.moves[:k])
        for k in range(count - 1):
            yield f"all but {k} of {count} entries", _moved(self.durable, self.moves[:k] + self.moves[k + 1 :])

    def _making(self, file: int) -> list[Entries]:
        """The move that made a file, and those before it that were about the same names."""
        for k, move in enumerate(self.moves):
            if move.made == file:
                return [each for each in self.moves[: k + 1] if each.changes.keys() & move.changes.keys()]
        return []

    def _sync(self, file: int) -> None:
        if file == ABOVE:
            self.is_made = True
        elif file == FOLDER:
            self._keep(self.moves)
        else:
            self.files[file].sync()
            self._keep(self._making(file))

    def _keep(self, moves: Sequence[Entries]) -> None:
        self.durable = _moved(self.durable, moves)
        kept = {*map(id, moves)}
        self.moves = [move for move in self.moves if id(move) not in kept]


def _moved(names: Mapping[str, int], moves: Iterable[Entries]) -> dict[str, int]:
    after: dict[str, int | None] = {**names}
    for move in moves:
        after |= move.changes
    return {name: file for name, file in after.items() if file is not None}


def _apply(data: bytearray, change: Change) -> None:
    if isinstance(change, Resize):
        if not change.only_grows:
            del data[change.size :]
        data.extend(bytes(max(0, change.size - len(data))))
        return
    offset = len(data) if change.offset is None else change.offset
    data.extend(bytes(max(0, offset - len(data))))
    data[offset : offset + len(change.data)] = change.data


def _torn(write: Write, size: int) -> Iterator[tuple[str, Change]]:
    """What may arrive of a write into a file of ``size`` bytes: its first sectors, its last ones, its length alone."""
    offset = size if write.offset is None else write.offset
    end = offset + len(write.data)
    boundaries = [*range(offset // SECTOR * SECTOR + SECTOR, end, SECTOR)]
    for at in (boundaries[k] for k in places(len(boundaries), 2)):
        yield f"before byte {at}", Write(write.file, offset, write.data[: at - offset])
        yield f"from byte {at}", Write(write.file, at, write.data[at - offset :])
    if end > size:
        yield "length", Resize(write.file, end)


def _shown(event: Event) -> str:
    return repr(event.text) if isinstance(event, Told) else f"{event}"
