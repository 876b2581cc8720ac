"""What is known of all branches, in a file of its own beside the store: it can be deleted at any time.

It holds nothing that does not follow from plan and log, and no backup has it. Phases in which the same has been done,
which are most in a large campaign, are there once. A checksum stands in front.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson

from campaign.errands import Errands
from campaign.figures import NOTHING, Known, KnownWork
from campaign.heap import many_objects
from campaign.reaching import Reach
from campaign.work import BranchWork, PhaseWork, StepWork
from db.placing import unfinished

NAME = "manyi.figures"
FORMAT = b"4 "
_SUM = 16


class KnownFile:
    """Implements :class:`campaign.figures.KnownFigures`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self) -> Known:
        """What is kept; nothing if the file is missing, damaged or of another version."""
        with suppress(OSError), many_objects():
            return decoded(self._path.read_bytes())
        return NOTHING

    def keep(self, known: Known) -> None:
        """Keep it in place of what was there, if the disk lets us."""
        with suppress(OSError), unfinished(self._path) as new:
            new.write_bytes(encoded(known))
            new.replace(self._path)


def encoded(known: Known) -> bytes:
    """The content of the file."""
    phases: dict[PhaseWork, int] = {}
    rows = [
        [code, each.mark, each.planned, *_work_row(each.work, lambda phase: phases.setdefault(phase, len(phases)))]
        for code, each in known.branches.items()
    ]
    text = orjson.dumps([known.rules, known.plan, list(map(_phase_row, phases)), rows])
    return FORMAT + _sum(text) + text


def decoded(content: bytes) -> Known:
    """What :func:`encoded` was given; nothing if it is damaged or of another version."""
    text = content[len(FORMAT) + _SUM :]
    if content[: len(FORMAT) + _SUM] != FORMAT + _sum(text):
        return NOTHING
    rules, plan, phases, rows = orjson.loads(text)
    day, works, reaches = lru_cache(maxsize=None)(_day), list(map(_phase_reader(), phases)), cache(_reach)
    return Known(
        rules,
        plan,
        {
            code: KnownWork(
                mark,
                planned,
                BranchWork(
                    entries,
                    day(newest),
                    day(recorded),
                    day(inspected),
                    tuple([works[place] for place in places]),
                    reaches(*reach),
                    Errands(tuple(visited), tuple((name, date.fromordinal(by)) for name, by in promised), recheck),
                    tuple([(date.fromordinal(on), number) for on, number in found]),
                ),
            )
            for code, mark, planned, entries, newest, recorded, inspected, found, places, (
                visited,
                promised,
                recheck,
            ), *reach in rows
        },
    )


def _work_row(work: BranchWork, place_of: Callable[[PhaseWork], int]) -> Sequence[object]:
    days = map(_number, (work.newest, work.recorded, work.inspected))
    reach, found = work.reach, [[on.toordinal(), number] for on, number in work.found]
    own = work.errands
    errands = [own.visited, [(code, day.toordinal()) for code, day in own.promised], own.recheck]
    places = list(map(place_of, work.phases))
    return [work.entries, *days, found, places, errands, reach.members, reach.reached, reach.unreachable]


def _phase_row(phase: PhaseWork) -> Sequence[object]:
    share = None if phase.progress is None else phase.progress.as_integer_ratio()
    steps = [[*step.value.as_integer_ratio(), _number(step.done_on), step.is_waived] for step in phase.steps]
    return [share, _number(phase.started_on), _number(phase.ended_on), phase.is_finished, steps]


def _phase_reader() -> Callable[[list[Any]], PhaseWork]:
    day, share = lru_cache(maxsize=None)(_day), lru_cache(maxsize=None)(Fraction)

    @cache
    def step(over: int, under: int, done_on: int, is_waived: bool) -> StepWork:
        return StepWork(share(over, under), day(done_on), is_waived)

    def phase(row: list[Any]) -> PhaseWork:
        progress, started, ended, is_finished, steps = row
        return PhaseWork(
            None if progress is None else share(*progress),
            day(started),
            day(ended),
            is_finished,
            tuple([step(*each) for each in steps]),
        )

    return phase


def _reach(members: int, reached: int, unreachable: int) -> Reach:
    return Reach("", members, reached, unreachable)


def _number(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None


def _sum(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_SUM // 2).hexdigest().encode()
