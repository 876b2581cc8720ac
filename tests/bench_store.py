"""Measures the store with 1,000, 10,000 and 100,000 responses and compares it with its targets."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests import bench_many as many
from tests import bench_reading as reading
from tests import bench_writing as writing
from tests.bench_figures import Figures, Key, Target, table, verdicts
from tests.bench_stores import make

SIZES = (1_000, 10_000, 100_000)
NOTE = (
    "Stock TinyDB writes its whole file anew, in place, at every insert: a crash, a second process or a flipped bit",
    "may cost all of it. Ours keeps what it has acknowledged, takes any number of processes, and checks every page.",
)


def bench_store(folder: Path, say: Callable[[str], None]) -> bool:
    """Measure and tell; whether nothing was lost and nothing was double."""
    columns: dict[int, Figures] = {}
    for size in SIZES:
        start = time.perf_counter()
        stored = make(folder / str(size), size)
        # Writing makes the stores grow: reading comes first.
        columns[size] = reading.reading(stored) | writing.writing(stored) | many.many(stored)
        say(f"store with {size:,} responses: made and measured in {time.perf_counter() - start:.0f} s")
    for line in ("", *table({f"{size:,}": figures for size, figures in columns.items()}), "", *NOTE, ""):
        say(line)
    say(f"targets, with {max(SIZES):,} stored unless all sizes are said")
    for line in verdicts([*targets(columns)]):
        say(line)
    return not any(figures[key] for figures in columns.values() for key in (many.LOST, many.DOUBLE))


def targets(columns: Mapping[int, Figures]) -> Iterator[Target]:
    """Those that concern the store."""
    figures = columns[max(columns)]
    # On a busy disk the medians of all are those of the others' work, and their ratio is 1.
    inserts = [figures[Key(writing.INSERT, writing.RESPONSE, by)] for by in (writing.BY_BARE, writing.QUIET_BY_BARE)]
    yield Target(f"insert of a response, the worse of median and p{writing.QUIET}", max(inserts), 1.5, "x bare append")
    stock = figures[Key(writing.INSERT, writing.STOCK, writing.BY_OURS)]
    yield Target("insert of a response, stock TinyDB slower", stock, 5000, "x", ">=")
    yield Target("open the store, fresh process", figures[reading.FRESH], 100, "ms")
    yield Target(reading.TALLY.what, figures[reading.TALLY], 100, "ms")
    for way in many.WAYS:
        flat_out, paced = many.FLAT_OUT.format(way), many.PACED.format(way)
        yield Target(
            f"{many.PROCESSES} processes {flat_out}", figures[Key(many.CROWD, flat_out, many.RATE)], 2000, "/s", ">="
        )
        yield Target(f"{many.PROCESSES} processes {paced}, p99", figures[Key(many.CROWD, paced, "p99 ms")], 20, "ms")
    for key in (many.LOST, many.DOUBLE):
        yield Target(f"{key.what}, all sizes", sum(each[key] for each in columns.values()), 0, "responses")
    yield Target(
        "handed in -> new revision elsewhere, longest",
        figures[Key(many.SEEN, many.DASHBOARD, "longest ms")],
        1000,
        "ms",
    )
    yield Target("handed in -> new revision elsewhere, median", figures[Key(many.SEEN, many.DASHBOARD)], 400, "ms")
