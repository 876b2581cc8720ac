"""Reading the rows of a damaged file past its bad pages, where SQLite gives a table up at the first of them.

The format is that of https://sqlite.org/fileformat.html, sections 1.6 (pages of b-trees) and 2.1 (records).
"""

import struct
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

Cell = tuple[int, bytes, bool]
"""A row: its id, its record, and whether the page it lies on is bad."""
Field = int | float | str | bytes | None

_HEADER = 100
"""Bytes at the beginning of the file, before the first page's own."""
_INTERIOR, _LEAF = 5, 13
_BROKEN = (IndexError, ValueError, struct.error)
"""What the contents of a bad page may lead to."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes by serial type."""
_CONSTANTS = {8: 0, 9: 1}
_DOUBLE, _LEAST_BLOB = 7, 12
_MORE = 128
"""Bit of a number's byte that says that another follows."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A file of one database."""

    data: bytes
    bad: Collection[int]
    """Numbers of the pages whose checksum is wrong, from 1."""

    @property
    def size(self) -> int:
        """Bytes of a page."""
        return int.from_bytes(self.data[16:18], "big")

    @property
    def usable(self) -> int:
        """Bytes of a page without those that are reserved at its end."""
        return self.size - self.data[20]

    def page(self, number: int) -> bytes:
        """One page; ValueError if there is none."""
        if not 1 <= number <= len(self.data) // self.size:
            raise ValueError(number)
        return self.data[(number - 1) * self.size : number * self.size]


class Reader:
    """Reads each page once, so that a wrong pointer leads to no other table's rows.

    What lies under bad pages is to be read when everything that sound ones lead to has been: :meth:`rest`.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._seen: set[int] = set()

    def rows(self, root: int, below_bad: list[int]) -> Iterator[Cell]:
        """The rows of the table with this root page; pages below a bad one are only noted."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            kind, cells = self._opened(number)
            if kind == _LEAF:
                yield from self._leaf(number, cells)
            elif kind == _INTERIOR:
                (below_bad if number in self._pages.bad else waiting).extend(self._children(number, cells))

    def rest(self, below_bad: Sequence[int]) -> Iterator[Cell]:
        """The rows below bad pages, as far as nobody else's."""
        deeper = [*below_bad]
        while deeper:
            yield from self.rows(deeper.pop(), deeper)

    def _opened(self, number: int) -> tuple[int, list[int]]:
        """Kind of a page and where its cells are; kind 0 if it has been read, or can't be."""
        if number in self._seen:
            return 0, []
        self._seen.add(number)
        try:
            page = self._pages.page(number)
            start = _HEADER if number == 1 else 0
            kind, count = page[start], int.from_bytes(page[start + 3 : start + 5], "big")
            first = start + (12 if kind == _INTERIOR else 8)
            count = min(count, (len(page) - first) // 2)
            return kind, [*struct.unpack_from(f">{count}H", page, first)]
        except _BROKEN:
            return 0, []

    def _children(self, number: int, cells: Sequence[int]) -> list[int]:
        page, start = self._pages.page(number), _HEADER if number == 1 else 0
        places = [*cells, start + 8]
        return [int.from_bytes(page[place : place + 4], "big") for place in places]

    def _leaf(self, number: int, cells: Sequence[int]) -> Iterator[Cell]:
        page = self._pages.page(number)
        for place in cells:
            try:
                length, place_of_id = _varint(page, place)
                row, start = _varint(page, place_of_id)
                record = self._record(page, start, length)
            except _BROKEN:
                continue
            yield row - (1 << 64) * (row >> 63), record, number in self._pages.bad

    def _record(self, page: bytes, start: int, length: int) -> bytes:
        """The bytes of a record, of which the page may hold only the beginning."""
        usable = self._pages.usable
        if length <= usable - 35:
            return page[start : start + length]
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= usable - 35 else least
        parts, after = [page[start : start + local]], int.from_bytes(page[start + local : start + local + 4], "big")
        missing = length - local
        while missing > 0:
            overflow = self._pages.page(after)
            parts.append(overflow[4 : 4 + min(missing, usable - 4)])
            after, missing = int.from_bytes(overflow[:4], "big"), missing - (usable - 4)
        return b"".join(parts)


def fields(record: bytes) -> list[Field]:
    """The fields of a record; ValueError, IndexError or struct.error if it is none."""
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    found: list[Field] = []
    for kind in kinds:
        value, at = _field(record, kind, at)
        found.append(value)
    return found


def _field(record: bytes, kind: int, at: int) -> tuple[Field, int]:
    if kind == 0:
        return None, at
    if kind in _CONSTANTS:
        return _CONSTANTS[kind], at
    if kind == _DOUBLE:
        return struct.unpack_from(">d", record, at)[0], at + 8
    size = _INTEGERS[kind] if kind in _INTEGERS else (kind - _LEAST_BLOB) // 2
    part = record[at : at + size]
    if len(part) != size:
        raise ValueError(kind)
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True), at + size
    return (part.decode() if kind % 2 else part), at + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and the place after it."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | (byte & ~_MORE)
        if not byte & _MORE:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9
