"""How far one order agrees with another."""

import statistics
from collections.abc import Sequence

PAGE = 4096
"""Bytes of a page of the store's file."""


def ranks(values: Sequence[float]) -> list[int]:
    """The place of each value in their order."""
    order = sorted(range(len(values)), key=values.__getitem__)
    places = [0] * len(values)
    for place, index in enumerate(order):
        places[index] = place
    return places


def rho(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation; all values of each differ."""
    return statistics.correlation(ranks(one), ranks(other))


def within_pages(places: Sequence[tuple[int, int]]) -> float:
    """Mean rank correlation of offset and number among what lies on one page; ``places`` in order of offset."""
    pages: dict[int, list[tuple[int, int]]] = {}
    for offset, number in places:
        pages.setdefault(offset // PAGE, []).append((offset, number))
    return statistics.mean(rho(*zip(*page, strict=True)) for page in pages.values() if len(page) > 3)
