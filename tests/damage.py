"""Damage to files: single bits turned over, ends cut off, sectors zeroed, garbage added; at places that mean something.

File formats: https://sqlite.org/fileformat.html (a header of 100 bytes, pages that end with a checksum of 8) and
https://sqlite.org/fileformat.html#walformat (a header of 32 bytes; frames of 24 bytes and a page).
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

PAGE = 4096
SECTOR = 512
HEADER, LOG_HEADER, FRAME_HEADER = 100, 32, 24
FRAME = FRAME_HEADER + PAGE
GARBAGE = bytes(range(1, 256)) * 20


@dataclass(frozen=True, slots=True)
class Damage:
    """A file's content, damaged."""

    what: str
    data: bytes


def flips(data: bytes, positions: Iterable[int]) -> Iterator[Damage]:
    """One bit turned over, at each of these bytes."""
    for position in sorted({*positions}):
        if position < len(data):
            bit = 1 << (position + position // 8) % 8
            flipped = bytes((data[position] ^ bit,))
            yield Damage(f"bit {bit} of byte {position}", data[:position] + flipped + data[position + 1 :])


def every_flip(data: bytes, positions: Iterable[int]) -> Iterator[Damage]:
    """One bit turned over, each of these bytes' bits in turn."""
    for position in positions:
        for bit in (1 << power for power in range(8)):
            flipped = bytes((data[position] ^ bit,))
            yield Damage(f"bit {bit} of byte {position}", data[:position] + flipped + data[position + 1 :])


def cuts(data: bytes, sizes: Iterable[int]) -> Iterator[Damage]:
    """Only so many bytes left."""
    for size in sorted({*sizes}):
        if 0 <= size < len(data):
            yield Damage(f"cut to {size} bytes", data[:size])


def zeroed(data: bytes, sectors: Iterable[int]) -> Iterator[Damage]:
    """A sector that holds nothing any more."""
    for sector in sorted({*sectors}):
        start, end = sector * SECTOR, min(len(data), (sector + 1) * SECTOR)
        if any(data[start:end]):
            yield Damage(f"sector {sector} zeroed", data[:start] + bytes(end - start) + data[end:])


def longer(data: bytes, tails: Iterable[bytes]) -> Iterator[Damage]:
    """With something after its end."""
    for tail in tails:
        yield Damage(f"{len(tail)} bytes added, the first {tail[:4].hex()}", data + tail)


def of_store(data: bytes, seed: int) -> Iterator[Damage]:
    """Damage to a store's file."""
    chance, size = random.Random(seed), len(data)  # noqa: S311  # the same places every time
    starts = range(0, size, PAGE)
    yield from every_flip(data, range(HEADER))
    yield from flips(data, [*starts, *_near(starts, (1, 5, 8, PAGE - 9, PAGE - 8, PAGE - 1))])
    yield from flips(data, chance.sample(range(size), 60))
    yield from cuts(data, [0, 1, 15, 16, 17, 68, 72, 99, 100, 511, 512, 513, *_around(starts[1:])])
    yield from cuts(data, [size - 1, size - 8, size - SECTOR, size - PAGE, *chance.sample(range(size), 15)])
    yield from zeroed(data, [start // SECTOR for start in starts])
    yield from zeroed(data, chance.sample(range(size // SECTOR), 20))
    yield from longer(data, _tails(data[:PAGE], chance))


def of_log(data: bytes, seed: int) -> Iterator[Damage]:
    """Damage to a write-ahead log."""
    chance, size = random.Random(seed), len(data)  # noqa: S311
    starts = range(LOG_HEADER, size, FRAME)
    yield from every_flip(data, range(LOG_HEADER))
    for start in (starts[0], starts[len(starts) // 2], starts[-1]):
        yield from flips(data, range(start, start + FRAME_HEADER))
    yield from flips(data, [start + place for start in starts for place in chance.sample(range(FRAME), 4)])
    yield from flips(data, _near(starts, (0, 4, FRAME_HEADER, FRAME - 1)))
    yield from cuts(data, [0, 1, 31, 32, 33, *_around(starts[1:]), size - 1, *chance.sample(range(size), 20)])
    yield from zeroed(data, [0, 1, (size - 1) // SECTOR, *chance.sample(range(size // SECTOR), 30)])
    yield from longer(data, _tails(data[LOG_HEADER : LOG_HEADER + FRAME], chance))


def of_note(data: bytes, seed: int) -> Iterator[Damage]:
    """Damage to a file of some bytes."""
    chance = random.Random(seed)  # noqa: S311
    places = [*range(40), *chance.sample(range(len(data)), 60)] if len(data) > 100 else range(len(data))
    yield from flips(data, places)
    yield from cuts(data, places)
    yield from zeroed(data, [0])
    yield from longer(data, _tails(data, chance))
    yield Damage("something else", chance.randbytes(len(data)))


def _near(starts: Sequence[int], distances: Iterable[int]) -> list[int]:
    return [start + distance for distance in distances for start in starts]


def _around(places: Iterable[int]) -> list[int]:
    return [place + step for place in places for step in (-1, 0, 1)]


def _tails(again: bytes, chance: random.Random) -> Iterator[bytes]:
    yield from (b"\0", b"x", bytes(SECTOR), bytes(PAGE), chance.randbytes(PAGE), chance.randbytes(FRAME + 7), again)
