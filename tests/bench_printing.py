"""Printing forms: how long a process takes for 2,200 of them, how much memory, and how large the file is."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from surveys.desk import SurveyDesk
from surveys.session import SurveyKind
from tests.bench_stores import DAY, begun
from tests.sittings import open_session

FORMS = 2200
KINDS: Mapping[SurveyKind, int] = {"pulse": 1, "final": 2}
"""Surveys by the pages of a form."""
TARGETS = "targets: 6 s, 100 MB; 4 MB of PDF where a form is one page"


def bench_printing(folder: Path, say: Callable[[str], None]) -> None:
    """Print the shipped questionnaires with ``manyi forms print``, each in a process of its own."""
    for number, (kind, pages) in enumerate(KINDS.items(), 1):
        store = begun(folder / kind)
        session = open_session(SurveyDesk(store, store.plan(), DAY), f"B0{number}", kind, "2468").session.id
        store.close()
        out = folder / f"{kind}.pdf"
        options = ["--data", str(folder / kind), "--lang", "zh", "--today", DAY.isoformat()]
        order = ["forms", "print", "--session", session, "--count", str(FORMS), "--out", str(out)]
        took, peak = measured([sys.executable, "-m", "manyi", *options, *order])
        size = out.stat().st_size / 1e6
        what = f"forms print: {FORMS:,} forms of {pages} page{'s' * (pages > 1)}"
        say(f"{what:<58} {took:8.2f} s   peak memory {peak:6.1f} MB   PDF {size:4.1f} MB   ({TARGETS})")


def measured(argv: list[str]) -> tuple[float, float]:
    """Seconds and the peak of the resident memory in MB (2**20 bytes) of a process; OSError if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        streams = [(os.POSIX_SPAWN_DUP2, said.fileno(), each) for each in (1, 2)]
        process = os.posix_spawn(argv[0], argv, os.environ, file_actions=streams)
        _, status, usage = os.wait4(process, 0)
        took = time.perf_counter() - start
        said.seek(0)
        if status:
            raise OSError(said.read().decode())
    return took, usage.ru_maxrss / 1024
