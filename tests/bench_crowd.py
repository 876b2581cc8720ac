"""Processes that work on one store at once, each with a connection of its own."""

import gc
import multiprocessing
import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from types import TracebackType
from typing import Self

from campaign.language import Lang
from db import open_store
from manyi.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from surveys.desk import SurveyDesk
from tests.bench_stores import DAY, answers, new_id, response

LEAD = 0.1
"""Seconds from an order to its start, so that all begin together."""
MARK = "crowd "
"""Begins the mark of every response that a crowd hands in."""


@dataclass(frozen=True, slots=True)
class Rush:
    """Hand in responses from ``start`` to ``end``, times of ``time.monotonic``, which all processes share."""

    start: float
    end: float
    every: float = 0
    """Seconds from one response to the next; 0: flat out."""
    is_whole: bool = False
    """Through :meth:`surveys.desk.SurveyDesk.submit`; otherwise by ``Store.add_response``."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Hand in ``count`` responses, one ``gap`` seconds after another, each by up to a quarter of a gap late."""

    start: float
    count: int
    gap: float


@dataclass(frozen=True, slots=True)
class Watch:
    """Look at the revision every so many seconds (0: all the time) until all is over, and then once more."""

    start: float
    every: float


Order = Rush | Commit | Watch


@dataclass(frozen=True, slots=True)
class Report:
    """What one process did."""

    moments: Sequence[float]
    """When each response was begun, or when each new revision was seen; of ``time.monotonic``."""
    seconds: Sequence[float] = ()
    """How long each response took."""
    told: Sequence[str] = ()
    """The marks of the responses that the store said it had taken."""


class Seat:
    """What a process of the crowd works with."""

    def __init__(self, folder: Path, session_id: str, over: Event) -> None:
        self.store = open_store(folder)
        self._session_id = session_id
        self._over = over
        self._desk = SurveyDesk(self.store, self.store.plan(), DAY)
        self._chance = random.Random()  # noqa: S311  # nothing secret

    def obey(self, order: Order) -> Report:
        """Carry the order out."""
        match order:
            case Rush():
                return self._rush(order)
            case Commit():
                return self._commit(order)
            case Watch():
                return self._watch(order)

    def _prepared(self, *, is_whole: bool = False) -> tuple[str, Callable[[], object]]:
        """The mark of a new response, and what hands it in."""
        mark, session_id = MARK + secrets.token_hex(8), self._session_id
        if is_whole:
            given = answers(mark, self._chance)
            return mark, lambda: self._desk.submit(session_id, mark, Lang.ZH, given)
        doc_id, made = new_id(), response(mark, self._chance)
        return mark, lambda: self.store.add_response(session_id, doc_id, made)

    def warm_up(self) -> Report:
        """Hand in one response each way: the first of a process loads what reads the questionnaire's expressions."""
        now = time.monotonic()
        prepared = [self._prepared(), self._prepared(is_whole=True)]
        for _, hand_in in prepared:
            hand_in()
        return Report(moments=[now] * len(prepared), told=[mark for mark, _ in prepared])

    def _rush(self, order: Rush) -> Report:
        """A response that had to wait for the one before is timed from the moment at which it was due."""
        moments, seconds, told = [], [], []
        due = order.start + self._chance.uniform(0, order.every)
        pause_until(due)
        while time.monotonic() < order.end:
            mark, hand_in = self._prepared(is_whole=order.is_whole)
            is_late = bool(order.every) and time.monotonic() > due
            pause_until(due)
            moments.append(due if is_late else time.monotonic())
            hand_in()
            seconds.append(time.monotonic() - moments[-1])
            told.append(mark)
            due += order.every
        return Report(moments, seconds, told)

    def _commit(self, order: Commit) -> Report:
        moments, seconds, told = [], [], []
        for number in range(order.count):
            mark, hand_in = self._prepared()
            pause_until(order.start + order.gap * (number + self._chance.uniform(0, 0.25)))
            moments.append(time.monotonic())
            hand_in()
            seconds.append(time.monotonic() - moments[-1])
            told.append(mark)
        return Report(moments, seconds, told)

    def _watch(self, order: Watch) -> Report:
        seen: list[float] = []
        last = self.store.revision()
        pause_until(order.start - self._chance.uniform(0, order.every))
        while True:
            is_over = self._over.is_set()
            now = self.store.revision()
            if now != last:
                seen.append(time.monotonic())
                last = now
            if is_over:
                return Report(seen)
            if order.every:
                time.sleep(order.every)


def pause_until(moment: float) -> None:
    """Sleep till then, if it lies ahead."""
    time.sleep(max(0.0, moment - time.monotonic()))


def _work(pipe: Connection, folder: Path, session_id: str, over: Event) -> None:
    """Carry out orders until None comes; with the setting of the collector that every process of the program has."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    seat = Seat(folder, session_id, over)
    pipe.send(seat.warm_up())
    while (order := pipe.recv()) is not None:
        pipe.send(seat.obey(order))
    seat.store.close()


class Crowd:
    """``size`` processes, warm once entered. EOFError if one of them fails."""

    beginnings: Sequence[Report]
    """What they handed in to get warm."""

    def __init__(self, folder: Path, session_id: str, size: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._pipes: list[Connection] = []
        self._processes = []
        self._over = context.Event()
        for _ in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, folder, session_id, self._over), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        self.beginnings = [pipe.recv() for pipe in self._pipes]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process, pipe in zip(self._processes, self._pipes, strict=True):
            if error is None:
                pipe.send(None)
            else:
                process.kill()
            process.join()
            pipe.close()

    def obey(self, first: Order, *others: Order) -> list[Report]:
        """Give one order to each process, as far as there are orders; once the first is carried out all is over."""
        self._over.clear()
        busy = self._pipes[: 1 + len(others)]
        for pipe, order in zip(busy, (first, *others), strict=True):
            pipe.send(order)
        report: Report = busy[0].recv()
        self._over.set()
        return [report, *(pipe.recv() for pipe in busy[1:])]
