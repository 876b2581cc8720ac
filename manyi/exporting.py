"""Exports: the report of an open house, in a folder. Commands and screens use the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from campaign.errors import Problem, Refused
from campaign.language import Lang
from exports.content import Content
from exports.folder import Written, refuse_overwriting, write_files
from exports.manifest import SUMS
from exports.pace import Effort, Told
from exports.registry import FORMATS, Format, files_of
from exports.report import Report
from manyi.wiring import House


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to have."""

    folder: Path
    formats: tuple[Format, ...]
    sessions: tuple[str, ...] = ()
    """Only the tables of these; empty: of the whole campaign."""
    force: bool = False
    """Replace files that are there."""


class Steps(Protocol):
    """Is told how far the work is."""

    def expect(self, parts: int) -> None:
        """How many parts there are in all."""
        ...

    def begin(self, what: str) -> None:
        """What is done now."""
        ...

    def step(self, parts: int = 1) -> None:
        """So many parts more are done."""
        ...


REPORT_EFFORT = Effort(once=500_000, cell=2.5)
"""How long the report takes to be made, with the start of the program, beside the formats."""


def available() -> tuple[Sequence[Format], Sequence[Format]]:
    """The formats that can be written here, and those that need something more."""
    every = FORMATS.values()
    return [each for each in every if each.is_there], [each for each in every if not each.is_there]


def require_available(formats: Sequence[Format]) -> None:
    """Refused M169 for formats that need something more."""
    if problems := [lacking(each) for each in formats if not each.is_there]:
        raise Refused(*problems)


def lacking(each: Format) -> Problem:
    """What a format needs."""
    return Problem("M169", {"format": each.name, "extra": each.extra})


def export(house: House, wish: Wish, steps: Steps) -> Written:
    """Write the report, all of it or nothing. Refused M166, M169, V58, V61; BadInput M11; StoreError M40."""
    require_available(wish.formats)
    if not wish.force:
        refuse_overwriting(wish.folder, [SUMS])
    report = house.report_of(wish.sessions) if wish.sessions else house.report()
    steps.expect(REPORT_EFFORT.of(report) + sum(each.effort.of(report) for each in wish.formats))
    steps.step(REPORT_EFFORT.of(report))
    lang = house.settings.lang
    written = write_files(wish.folder, _files(wish, report, lang, steps), force=wish.force)
    if not any(each.printed for each in wish.formats):
        return written
    from exports.pages.lacking import missing_characters  # noqa: PLC0415  fonts are read: only printing waits for it

    return replace(written, lacking=missing_characters(report, lang))


def _files(wish: Wish, report: Report, lang: Lang, steps: Steps) -> Iterator[tuple[str, Content]]:
    def telling(each: Format) -> Told:
        steps.begin(each.name)
        parts, done = each.effort.of(report), 0

        def told(share: float) -> None:
            nonlocal done
            before, done = done, max(done, round(share * parts))
            steps.step(done - before)

        return told

    for _, name, content in files_of(wish.formats, report, lang, telling):
        yield name, content
