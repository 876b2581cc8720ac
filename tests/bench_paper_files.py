"""How fast scans are read from a file, and how fast forms are printed to one: both as a user would."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from surveys.paper.reading.forms import read_pages
from surveys.paper.reading.pages import DPI
from tests.bench_figures import Target
from tests.paper_scans import OFFICE
from tests.print_probe import Printed
from tests.scan_runs import HELD_OUT, sent
from tests.scan_sheets import NAMES, check, layouts

ROOT: Final = Path(__file__).parent.parent
DAY: Final = "2026-11-23"
SCANS, FORMS = 60, 2200
FASTEST: Final = 12.0
"""Forms of one page a second that must be read, on one core."""
ONE_PAGE: Final = "pulse"
KINDS: Final = ((ONE_PAGE, "one page"), ("final", "two pages"))
"""Surveys of the sample town, and how long their forms are."""


def throughput(folder: Path) -> list[Target]:
    """Scanned forms a second from a PDF of grey JPEGs, and from one of black and white pages, which must be drawn."""
    place, step = NAMES.index(ONE_PAGE), len(NAMES)
    grey = [Image.fromarray(sent(OFFICE, HELD_OUT, place + number * step).picture) for number in range(SCANS)]
    kinds = {"grey": grey, "black and white": [page.convert("1", dither=Image.Dither.NONE) for page in grey]}
    return [_read_rate(folder / f"{name}.pdf", name, pages) for name, pages in kinds.items()]


def _read_rate(path: Path, name: str, pages: Sequence[Image.Image]) -> Target:
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=DPI)
    start = time.process_time()
    read = sum(reading is not None and reading.fault is None for _, reading in read_pages([path], layouts(), check))
    rate = read / (time.process_time() - start)
    return Target(f"{read} of {len(pages)} forms read from a {name} scan PDF of {DPI} dpi", rate, FASTEST, "/s", ">=")


def printing(folder: Path) -> list[Target]:
    """The time, memory and file that ``manyi forms print`` takes, for forms of one page and of two."""
    data = folder / "town"
    _run(data, "init", "--sample", "town")
    targets = []
    for number, (kind, pages) in enumerate(KINDS, start=1):
        branch = f"B{number:02}"
        opened = json.loads(
            _run(data, "session", "open", "--ready", "--branch", branch, "--kind", kind, "--pin", "2468", "--json")
        )
        printed = printed_forms(data, opened["session"], FORMS, folder / f"{kind}.pdf")
        what = f"{FORMS:,} forms of {pages}"
        targets += [
            Target(f"{what} printed", printed.seconds, 6, "s"),
            Target(f"{what}: peak memory", printed.peak_mb, 100, "MB"),
            Target(f"{what}: the file", printed.file_mb, 4, "MB"),
        ]
    return targets


def printed_forms(data: Path, session: str, count: int, out: Path) -> Printed:
    """What a fresh process needs to print the forms."""
    command = [sys.executable, "-m", "tests.print_probe", str(data), DAY, session, str(count), str(out)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Printed(**json.loads(done.stdout.splitlines()[-1]))


def _run(data: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "manyi", "--data", str(data), "--today", DAY, *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
