"""A fresh process that prints forms as the command does: how long that takes, how much memory, how large the file is.

usage: python -m tests.print_probe DATA DAY SESSION COUNT OUT

Its last line holds the fields of :class:`Printed` as JSON.
"""

import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a printing took."""

    seconds: float
    """Of processor time, from the start of the process to the end of the command."""
    peak_mb: float
    """Megabytes of 10**6 bytes; nan where there is no ``/proc``."""
    file_mb: float


def main(data: str, day: str, session: str, count: str, out: str) -> None:
    """Print and tell; whatever the command says stands above."""
    from manyi.__main__ import main as command  # noqa: PLC0415  # importing it is part of what is measured

    sys.argv = ["manyi", "--data", data, "--today", day, "forms", "print", "--session", session]
    sys.argv += ["--count", count, "--out", out]
    try:
        command()
    except SystemExit as end:
        if end.code:
            raise
    seconds = time.process_time()
    peak = math.nan
    if STATUS.exists():
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        peak = int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    printed = Printed(seconds, peak, Path(out).stat().st_size / 1e6)
    sys.stdout.write(f"{json.dumps(asdict(printed))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
