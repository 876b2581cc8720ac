"""What the benches make of their times: percentiles, ratios, a table, and whether a target is reached."""

import math
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Key(NamedTuple):
    """Names a figure."""

    group: str
    what: str
    unit: str = "median ms"


Figures = dict[Key, float]
"""Figures in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach."""

    what: str
    found: float
    limit: float
    unit: str
    better: Literal["<=", ">="] = "<="

    @property
    def is_reached(self) -> bool:
        """Whether the figure is on the right side of the limit; one that is no number is not."""
        return self.found <= self.limit if self.better == "<=" else self.found >= self.limit


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def percentile(values: Collection[float], percent: int) -> float:
    """The smallest of the values that at least ``percent`` % of them don't exceed (nearest rank); nan of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan


def median(group: str, what: str, times: Collection[float]) -> Figures:
    """The median of times in seconds, as milliseconds."""
    return {Key(group, what): percentile(times, 50) * 1000}


def spread(group: str, what: str, times: Collection[float]) -> Figures:
    """Median and 99th percentile of times in seconds, as milliseconds."""
    return median(group, what, times) | {Key(group, what, "p99 ms"): percentile(times, 99) * 1000}


def ratio(group: str, what: str, base: str, unit: str, figures: Figures) -> Figures:
    """The median of ``what`` as a multiple of that of ``base``."""
    return {Key(group, what, unit): figures[Key(group, what)] / figures[Key(group, base)]}


def delays(causes: Collection[float], effects: Collection[float]) -> list[float]:
    """From each cause to the first effect at that moment or after it; infinite where none came."""
    ordered = [*sorted(effects), math.inf]
    return [ordered[bisect_left(ordered, cause)] - cause for cause in causes]


def lost_and_double(told: Collection[str], found: Collection[str]) -> tuple[int, int]:
    """How many of those told to be stored were not found, and how many were found that nobody was told of.

    What was told once and found twice counts once among the latter.
    """
    said, there = Counter(told), Counter(found)
    return (said - there).total(), (there - said).total()


def shown(value: float) -> str:
    """Three digits that count, all digits of a whole number and of what is over 100."""
    if not math.isfinite(value) or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def table(columns: Mapping[str, Figures]) -> Iterator[str]:
    """The figures of every column beside each other, a heading over each group; ``-`` where a column has none."""
    yield f"{'':<64}" + "".join(f"{name:>12}" for name in columns)
    group = ""
    for key in dict.fromkeys(key for figures in columns.values() for key in figures):
        if key.group != group:
            group = key.group
            yield group
        cells = [shown(figures[key]) if key in figures else "-" for figures in columns.values()]
        yield f"  {key.what:<46} {key.unit:<15}" + "".join(f"{cell:>12}" for cell in cells)


def verdicts(targets: Sequence[Target]) -> Iterator[str]:
    """Each target with what was measured."""
    for target in targets:
        wanted = f"{target.better} {shown(target.limit)} {target.unit}"
        reached = "reached" if target.is_reached else "not reached"
        yield f"  {target.what:<62} {wanted:<15} measured {shown(target.found):>7}   {reached}"
