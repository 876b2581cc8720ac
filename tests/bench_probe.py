"""A fresh process that opens a store and reads: how long that takes, and how much memory.

usage: python -m tests.bench_probe store FOLDER ID SESSION COUNTED
       python -m tests.bench_probe ours|stock FILE ID BRANCH

Prints the fields of a :class:`Probe` as JSON.
"""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tinydb import TinyDB, where

from db import open_store, open_tinydb
from surveys.submission import questionnaire_of, session_in
from surveys.tally import tally
from tests.bench_stores import BRANCH, TABLE, Stored

STATUS = Path("/proc/self/status")
ROOT = Path(__file__).parent.parent

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Probe:
    """Seconds, and megabytes over what the process had after its imports; nan where there is no ``/proc``."""

    open: float
    """Constructor and one document by its id."""
    opened_mb: float
    read_mb: float
    """After also a tally or a search for a branch."""
    peak_mb: float
    """The most it had at any time."""


def probed(kind: Literal["store", "ours", "stock"], stored: Stored) -> Probe:
    """What a fresh process tells that opens our store, our TinyDB or stock TinyDB."""
    values: tuple[object, ...] = {
        "store": (stored.folder, stored.responses[0], stored.box, stored.counted),
        "ours": (stored.ours, stored.documents[0], BRANCH),
        "stock": (stored.stock, stored.documents[0], BRANCH),
    }[kind]
    command = [sys.executable, "-m", __name__, kind, *map(str, values)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Probe(**json.loads(done.stdout))


def _megabytes(name: str) -> float:
    """A line of proc_pid_status(5), which counts in KiB."""
    if not STATUS.exists():
        return math.nan
    lines = dict(line.split(":", 1) for line in STATUS.read_text(encoding="utf-8").splitlines())
    return int(lines[name].split()[0]) * 1024 / 1e6


def _table_steps(kind: str, path: str, doc_id: str, branch: str) -> tuple[Step, Step]:
    kept: dict[str, Any] = {}

    def begin() -> object:
        kept["table"] = (open_tinydb(Path(path)) if kind == "ours" else TinyDB(path)).table(TABLE)
        return kept["table"].get(doc_id=int(doc_id))

    return begin, lambda: kept["table"].search(where("branch") == branch)


def _store_steps(folder: str, doc_id: str, session_id: str, counted: str) -> tuple[Step, Step]:
    kept: dict[str, Any] = {}

    def begin() -> object:
        kept["store"] = open_store(Path(folder))
        return kept["store"].response(session_id, int(doc_id))

    def read() -> object:
        store = kept["store"]
        return tally(questionnaire_of(store, session_in(store, counted)), store.responses(counted))

    return begin, read


def main(kind: str, *values: str) -> None:
    """Measure and print."""
    begin, read = _store_steps(*values) if kind == "store" else _table_steps(kind, *values)
    before = _megabytes("VmRSS")
    start = time.perf_counter()
    first = begin()
    opened, opened_mb = time.perf_counter() - start, _megabytes("VmRSS")
    more = read()
    read_mb, peak_mb = _megabytes("VmRSS"), _megabytes("VmHWM")
    if not first or not more:
        raise LookupError(kind)
    sys.stdout.write(json.dumps(asdict(Probe(opened, opened_mb - before, read_mb - before, peak_mb - before))))


if __name__ == "__main__":
    main(*sys.argv[1:])
