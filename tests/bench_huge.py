"""A huge campaign: how long the status takes, how soon the screens are there and show a change, and what that costs."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from campaign.figures import Figures as Overviews
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.plan import StepKind
from campaign.work import Foreman
from db import open_store
from db.known import NAME as KNOWN
from db.known import KnownFile
from surveys.ports import Store
from tests.bench_figures import Figures, Key, Target, median, percentile, seconds, table, verdicts
from tests.bench_huge_town import HUGE, Size, make_huge
from tests.bench_stores import DAY
from tests.pty_terminal import Terminal

PROGRAM = [sys.executable, "-m", "manyi"]
TIMES = 5
CHANGES = 8
EACH_SECOND, SECONDS = 100, 6.0
"""How many changes a second are made while the dashboard's work is measured, and for how long."""
PATIENCE = 120
SMALL = Size(10, 500, 20)
STATUS, START, CHANGE, WORK = "manyi status", "from the start", "a change", "work"
PROCESSOR = "processor ms"
"""Beside the wall clock: on a busy machine that counts the work of others."""
HEAD, ROW = "on schedule", "d overdue"
"""In the headline of the dashboard, and in the rows of its worst branches."""
NAME = 3
"""Where the name of a branch begins in its row; the headline has names, too."""
SEEN = "by another process, until it is seen"


def bench_huge(folder: Path, say: Callable[[str], None], *, huge: Size = HUGE) -> None:
    """Measure a huge campaign and one of ten branches beside it, and tell."""
    columns: dict[str, Figures] = {}
    for size in (SMALL, huge):
        name = f"{size.branches:,} branches"
        began = time.perf_counter()
        data = folder / f"of {size.branches}"
        make_huge(data, size).close()
        say(f"{name}, {size.entries:,} entries, {size.cases:,} cases: made in {time.perf_counter() - began:.0f} s")
        columns[name] = _measured(data)
    for line in ("", *table(columns), ""):
        say(line)
    for line in verdicts([*targets(columns[name])]):
        say(line)


def targets(figures: Figures) -> Iterator[Target]:
    """What is to be reached with the huge campaign."""
    for group, what, limit in (
        (STATUS, "whole process", 2000),
        (STATUS, "the day after", 2000),
        (START, "to the true figures on the dashboard", 1000),
        (START, "to the true figures in the hall", 1000),
        (START, "of the page of what is owed", 1000),
        (CHANGE, SEEN, 1000),
    ):
        yield Target(f"{group}: {what}", figures[Key(group, what)], limit, "ms")
    key = Key(WORK, f"of the dashboard at {EACH_SECOND} changes a second", "% of a core")
    yield Target(f"{WORK}: {key.what}", figures[key], 5, "%")


def _measured(data: Path) -> Figures:
    options = ["--data", str(data), "--lang", "en", "--today"]
    today = [*options, DAY.isoformat()]
    figures = median(STATUS, "with nothing known yet", [seconds(lambda: _status(today))])
    kept = (data / KNOWN).stat().st_size / 1e6 if (data / KNOWN).exists() else 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures |= median(STATUS, "whole process", [seconds(lambda: _status(today)) for _ in range(TIMES)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures[Key(STATUS, "whole process", PROCESSOR)] = worked / TIMES * 1000
    tomorrow = [*options, (DAY + timedelta(1)).isoformat()]
    figures |= median(STATUS, "the day after", [seconds(lambda: _status(tomorrow)) for _ in range(TIMES)])
    figures |= median("python -c pass", "whole process", [seconds(_nothing) for _ in range(TIMES)])
    figures[Key(STATUS, "what is kept beside the store", "MB")] = kept
    starts = [_started(today) for _ in range(TIMES)]
    figures |= median(START, "to the true figures on the dashboard", [shown for shown, *_ in starts])
    figures[Key(START, "to the true figures on the dashboard", PROCESSOR)] = (
        percentile([worked for *_, worked in starts], 50) * 1000
    )
    figures |= median(START, "of the page of what is owed", [due for _, due, *_ in starts])
    figures |= median(START, "of that page, the second time", [again for _, _, again, _ in starts])
    figures |= median(START, "to the true figures in the hall", [_shown([*today, "hall"]) for _ in range(TIMES)])
    return figures | _changing(data, today)


def _status(options: list[str]) -> None:
    subprocess.run([*PROGRAM, *options, "status"], check=True, stdout=subprocess.DEVNULL)


def _nothing() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _shown(options: list[str]) -> float:
    with _screen(options) as (_, took):
        return took


@contextmanager
def _screen(options: list[str]) -> Iterator[tuple[Terminal, float]]:
    """The dashboard or the hall with its figures, and how long that took."""
    began = time.perf_counter()
    with Terminal([*PROGRAM, *options], cols=120, rows=36) as terminal:
        terminal.wait_until(lambda: any(ROW in row for row in terminal.screen()), timeout=PATIENCE)
        yield terminal, time.perf_counter() - began


def _started(options: list[str]) -> tuple[float, float, float, float]:
    """Seconds to the dashboard's figures, from a key to the page of what is owed, the same once more; and of work."""
    times = []
    with _screen(options) as (terminal, took):
        worked = _used(terminal)
        for _ in range(2):
            began = time.perf_counter()
            terminal.send("d")
            terminal.wait_until(lambda: any("in 7 days" in row for row in terminal.screen()), timeout=PATIENCE)
            times.append(time.perf_counter() - began)
            terminal.send("\x1b")
            terminal.wait_for(HEAD, timeout=PATIENCE)
    return took, times[0], times[1], worked


def _changing(data: Path, options: list[str]) -> Figures:
    """Entries that change what the dashboard shows: single ones, then many a second."""
    store = open_store(data)
    what = f"of the dashboard at {EACH_SECOND} changes a second"
    with _screen(options) as (terminal, _):
        waits = []
        for label, entry in _changes(store, data):
            before = next(row for row in terminal.screen() if row[NAME:].startswith(f"{label} "))
            began = time.perf_counter()
            store.add_entries([entry])
            terminal.wait_until(lambda: before not in terminal.screen(), timeout=PATIENCE)  # noqa: B023  # used at once
            waits.append(time.perf_counter() - began)
        figures = median(CHANGE, SEEN, waits) | {Key(CHANGE, SEEN, "longest ms"): percentile(waits, 100) * 1000}
        figures[Key(WORK, what, "% of a core")] = 100 * _work(terminal, store, entry)
    store.close()
    return figures


def _changes(store: Store, data: Path) -> Iterator[tuple[str, LogEntry]]:
    """First steps of the branches on top of the dashboard that nothing has advanced yet."""
    plan, foreman = store.plan(), Foreman.of(store.plan())
    stands = Overviews(store, KnownFile(data)).overview(DAY, trust_today=True)
    worst = sorted(stands.branches, key=lambda each: (each.standing.severity, -each.standing.days))
    for standing in worst[:CHANGES]:
        branch = plan.branch(standing.code)
        assert branch
        kind, phase = next(
            (kind, phase.phase)
            for phase, rule in zip(standing.phases, foreman.rules_for(branch), strict=True)
            for kind, places in rule.advances.items()
            for place in places
            if not phase.steps[place].progress
            and rule.steps[place].counts
            and rule.steps[place].scope.step.kind is StepKind.MILESTONE
        )
        entry = LogEntry(kind=kind, branch=branch.code, phase=phase, on=DAY, recorded_on=DAY)
        yield branch.label.text(Lang.EN), entry


def _work(terminal: Terminal, store: Store, entry: LogEntry) -> float:
    """Seconds of a core that the program takes in a second in which its store changes so often."""
    before, began = _used(terminal), time.perf_counter()
    number = 0
    while (gone := time.perf_counter() - began) < SECONDS:
        if number <= gone * EACH_SECOND:
            store.add_entries([entry])
            number += 1
        terminal.wait_until(lambda: True)
        time.sleep(1 / EACH_SECOND / 4)
    return (_used(terminal) - before) / (time.perf_counter() - began)


def _used(terminal: Terminal) -> float:
    """Seconds of a core that the program has had so far (proc_pid_stat(5): utime and stime)."""
    fields = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
