"""Measures the speed of the program and prints ratios. Run with ``make bench``.

``python -m tests.bench store status`` measures only these parts. Times depend on the machine: compare figures of one
run only. None is asserted; but if the store loses a response or keeps one twice the exit code is 1.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Plan
from campaign.samples import sample_log, sample_plan
from surveys.desk import SurveyDesk
from tests.bench_export import bench_export
from tests.bench_figures import seconds
from tests.bench_huge import bench_huge
from tests.bench_printing import bench_printing
from tests.bench_store import bench_store
from tests.bench_stores import DAY, begun
from tests.pty_terminal import Terminal
from tests.sittings import open_session

PROGRAM = [sys.executable, "-m", "manyi"]
PARTS = ("store", "status", "screens", "printing", "export", "huge")


def line(what: str, values: list[float], unit: str = "ms", scale: float = 1000) -> None:
    """Print median and 95th percentile of ``values``."""
    ordered = sorted(value * scale for value in values)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{what:<58} median {statistics.median(ordered):8.2f} {unit}   p95 {high:8.2f} {unit}   n={len(ordered)}")


def county(branches: int) -> tuple[Plan, list[LogEntry]]:
    """The town's branches and log over and over, until there are ``branches``."""
    plan, log = sample_plan("town").plan, sample_log("town")
    copies = [
        (branch.code, branch.model_copy(update={"code": f"C{number}"}))
        for number, branch in ((n, plan.branches[n % len(plan.branches)]) for n in range(branches))
    ]
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in log:
        by_branch.setdefault(entry.branch, []).append(entry)
    entries = [
        entry.model_copy(update={"branch": branch.code})
        for original, branch in copies
        for entry in by_branch[original][:10]
    ]
    return plan.model_copy(update={"branches": tuple(branch for _, branch in copies)}), entries


def bench_status() -> None:
    """The whole overview of 10 and of 10,000 branches with ten entries each."""
    for branches in (10, 10_000):
        plan, entries = county(branches)
        line(
            f"overview of {branches:,} branches, {len(entries):,} entries",
            [
                seconds(lambda: overview(plan, entries, DAY, trust_today=True))
                for _ in range(3 if branches > 10 else 30)
            ],
        )


def first_frame(argv: list[str], text: str) -> float:
    """From the start of the process to ``text`` on the screen."""
    start = time.perf_counter()
    with Terminal(argv, cols=120, rows=36) as terminal:
        terminal.wait_for(text)
        return time.perf_counter() - start


def bench_screens(folder: Path) -> None:
    """Start to first frame of dashboard and kiosk; digit key to the first byte that the kiosk sends back."""
    store = begun(folder / "town")
    store.add_entries(sample_log("town"))
    session = open_session(SurveyDesk(store, store.plan(), DAY), "B01", "final", "2468").session.id
    store.close()
    options = ["--data", str(folder / "town"), "--lang", "zh", "--today", DAY.isoformat()]
    line("python -c pass", [seconds(lambda: os.system(f"{sys.executable} -c pass")) for _ in range(5)])  # noqa: S605
    line("dashboard: start to the branches", [first_frame([*PROGRAM, *options], "供销公司") for _ in range(5)])
    kiosk = [*PROGRAM, *options, "kiosk", "--session", session]
    line("kiosk: start to the welcome page", [first_frame(kiosk, "English") for _ in range(5)])
    times = []
    with Terminal(kiosk, cols=80, rows=24) as terminal:
        terminal.wait_for("English")
        terminal.send("1")
        terminal.wait_for("按 9 继续")
        terminal.send("9")
        terminal.wait_for("哪一类")
        quiet_until(terminal)
        for key in "123412341234123412341234123412341234":
            before = len(terminal.raw)
            start = time.perf_counter()
            terminal.send(key)
            terminal.wait_until(lambda: len(terminal.raw) > before)
            times.append(time.perf_counter() - start)
            quiet_until(terminal)
    line("kiosk: digit key to first byte", times)


def quiet_until(terminal: Terminal) -> None:
    """Read what the program still writes, so that the next key meets a program at rest."""
    end = time.monotonic() + 0.1
    terminal.wait_until(lambda: time.monotonic() > end)


def main(*parts: str) -> int:
    """Measure these parts, or everything; 1 if the store has lost a response or kept one twice."""
    if unknown := {*parts} - {*PARTS}:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print(json.dumps({"python": sys.version.split()[0], "cpus": os.cpu_count(), "load": os.getloadavg()}))
    wanted, is_whole = parts or PARTS, True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "store" in wanted:
            is_whole = bench_store(folder, lambda text: print(text, flush=True))
        if "status" in wanted:
            bench_status()
        if "screens" in wanted:
            bench_screens(folder)
        if "printing" in wanted:
            bench_printing(folder, lambda text: print(text, flush=True))
        if "export" in wanted:
            bench_export(folder, lambda text: print(text, flush=True))
        if "huge" in wanted:
            bench_huge(folder, lambda text: print(text, flush=True))
    print(json.dumps({"load": os.getloadavg()}))
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
