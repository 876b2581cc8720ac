"""Pages that come in any order, collected to forms: each form as soon as its last page is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.paper.codes import FormCode
from surveys.paper.reading.deciding import joined
from surveys.paper.reading.readings import Fault, FormReading, Layouts, PageReading

_Key = tuple[int, int, int, int]
UNREADABLE = frozenset({Fault.NOT_PLACED})
"""Faults of pages of which the code was read and nothing else."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A form, and which pages of the run it was on."""

    reading: FormReading
    pages: tuple[int, ...]
    """Their places among all pages that were read, from 0."""


class Collector:
    """Takes pages and gives forms; a page that comes again comes out as a form of its own, behind the first."""

    def __init__(self, layouts: Layouts) -> None:
        self._layouts = layouts
        self._waiting: dict[_Key, dict[int, tuple[int, PageReading]]] = {}
        self._again: dict[_Key, list[tuple[int, PageReading]]] = {}

    def add(self, place: int, reading: PageReading) -> Iterator[Collected]:
        """Take a page whose code was read, of a known layout; the form that is complete with it."""
        key = _key_of(reading)
        pages = self._waiting.setdefault(key, {})
        number = reading.code.page if reading.code else 0
        if number in pages:
            self._again.setdefault(key, []).append((place, reading))
        else:
            pages[number] = (place, reading)
        if len(pages) == len(self._layouts[key[0], key[1]].layout.pages):
            yield from self._given(key)

    def rest(self) -> Iterator[Collected]:
        """The forms of which pages are missing."""
        for key in [*self._waiting]:
            yield from self._given(key)

    def _given(self, key: _Key) -> Iterator[Collected]:
        pages = self._waiting.pop(key)
        yield self._collected(key, [pages[number] for number in sorted(pages)])
        for page in self._again.pop(key, []):
            yield self._collected(key, [page])

    def _collected(self, key: _Key, pages: list[tuple[int, PageReading]]) -> Collected:
        session, layout, branch, serial = key
        readings = [reading for _, reading in pages if reading.fault is None]
        found = joined(readings, self._layouts)
        if not found:
            count = len(self._layouts[session, layout].layout.pages)
            missing = tuple(range(1, count + 1))
            found = [FormReading(session, layout, branch, serial, (), (), missing, (), ())]
        return Collected(found[0], tuple(place for place, _ in pages))


def _key_of(reading: PageReading) -> _Key:
    code: FormCode | None = reading.code
    if code is None or (reading.fault is not None and reading.fault not in UNREADABLE):
        raise ValueError(reading.fault)
    return code.session, code.layout, code.branch, code.serial
