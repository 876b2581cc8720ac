"""Sixteen processes at one store: how fast they hand in, how soon others see it, and whether anything is lost."""

import time
from itertools import chain

from db import open_store
from tests.bench_crowd import LEAD, MARK, Commit, Crowd, Report, Rush, Watch
from tests.bench_figures import Figures, Key, delays, lost_and_double, spread
from tests.bench_stores import Stored, mark_of

PROCESSES = 16
SECONDS = 3.0
"""How long they hand in, each way."""
EACH_SECOND = 20
POLL = 0.25
"""Seconds between two looks of the dashboard."""
POLLED, POLLED_GAP = 10, 0.4
TIGHT, TIGHT_GAP = 200, 0.01
"""How many commits are watched, and how many seconds they lie apart."""

CROWD = f"{PROCESSES} processes hand in to one session"
RATE = "responses/s"
WAYS = ("add_response", "whole submission")
FLAT_OUT, PACED = ("flat out, {}", f"{EACH_SECOND} a second each, {{}}")
LOST, DOUBLE = Key(CROWD, "acknowledged and lost", "responses"), Key(CROWD, "double or unheard of", "responses")
SEEN = "from the call of add_response to a new revision() in another process"
DASHBOARD = f"a look every {POLL * 1000:.0f} ms, as the dashboard"
ALL_THE_TIME = "looking all the time"


def many(stored: Stored) -> Figures:
    """All figures of this module."""
    with Crowd(stored.folder, stored.box, PROCESSES) as crowd:
        rushes, reports = _handed_in(crowd)
        visible, watched = _seen(crowd)
    told = [mark for report in chain(crowd.beginnings, reports, watched) for mark in report.told]
    store = open_store(stored.folder)
    found = [mark for mark in map(mark_of, store.responses(stored.box)) if mark.startswith(MARK)]
    store.close()
    lost, double = lost_and_double(told, found)
    return rushes | {Key(CROWD, "acknowledged", "responses"): len(told), LOST: lost, DOUBLE: double} | visible


def _handed_in(crowd: Crowd) -> tuple[Figures, list[Report]]:
    figures, everything = Figures(), []
    for pace, every in ((FLAT_OUT, 0.0), (PACED, 1 / EACH_SECOND)):
        for way in WAYS:
            start = time.monotonic() + LEAD
            rush = Rush(start, start + SECONDS, every, is_whole=way != WAYS[0])
            reports = crowd.obey(*[rush] * PROCESSES)
            took = [each for report in reports for each in report.seconds]
            last = max(
                begun + each for report in reports for begun, each in zip(report.moments, report.seconds, strict=True)
            )
            figures[Key(CROWD, pace.format(way), RATE)] = len(took) / (last - start)
            figures |= spread(CROWD, pace.format(way), took)
            everything += reports
    return figures, everything


def _seen(crowd: Crowd) -> tuple[Figures, list[Report]]:
    """One process commits; fifteen look now and then, or one looks all the time."""
    figures, everything = Figures(), []
    for what, count, gap, every, watchers in (
        (DASHBOARD, POLLED, POLLED_GAP, POLL, PROCESSES - 1),
        (ALL_THE_TIME, TIGHT, TIGHT_GAP, 0.0, 1),
    ):
        start = time.monotonic() + LEAD + every
        watch = Watch(start, every)
        writer, *others = crowd.obey(Commit(start, count, gap), *[watch] * watchers)
        waits = [wait for report in others for wait in delays(writer.moments, report.moments)]
        figures |= spread(SEEN, what, waits) | {Key(SEEN, what, "longest ms"): max(waits) * 1000}
        everything.append(writer)
    return figures, everything
