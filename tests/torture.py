"""Kills writers and closings of sessions thousands of times and says what was lost. Run with ``make torture``."""

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from tests.closings import Closings, Step
from tests.crashes import Rig

ROUNDS, SHOWN, BETWEEN = 2000, 50, 5
"""Rounds unless another number is given, between two lines of progress, between two killed steps of a session."""


def main() -> int:
    """1 if anything was lost, double, half or unreadable; the folder is kept then."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--writers", type=int, default=4)
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="torture-"))
    writing = Rig(place, given.seed, writers=given.writers)
    steps = {step: Closings(place / step, given.seed, step) for step in get_args(Step)}
    begun = time.monotonic()
    for number in range(1, given.rounds + 1):
        writing.round()
        if number % BETWEEN == 0:
            [*steps.values()][number // BETWEEN % len(steps)].round()
        if number % SHOWN == 0:
            tell(f"{time.monotonic() - begun:5.0f} s  {writing.findings}")
    tell(*(f"{step}: {rig.findings}" for step, rig in steps.items()), f"write: {writing.findings}")
    flaws = sum(findings.flaws.total() for findings in (writing.findings, *(rig.findings for rig in steps.values())))
    if flaws:
        tell(f"The stores are in {place}.")
    else:
        shutil.rmtree(place)
    return 1 if flaws else 0


def tell(*lines: str) -> None:
    """Print at once."""
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
