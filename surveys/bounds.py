"""How near published totals come to telling a cell that is not published: Fréchet's bounds.

If some forms are counted in two blocks, those that are in both are a hidden cell. Of the cell is known that it is no
larger than either block, and no smaller than what the two have more than all forms there are. Each answer to a question
is looked at; as a form gives one answer or none to a question of a single choice, how many forms the cell has is known
from all questions together, and tells of each answer again. A multiple choice is as many questions as it has choices,
each of which is made or not.
"""

from collections.abc import Collection
from dataclasses import dataclass

from surveys.blocks import Block

LEAST_POSSIBLE = 3
"""So many values of a hidden cell must remain possible."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A block as rows of numbers, each of which adds up to its forms."""

    valid: int
    rows: tuple[tuple[int, ...], ...]
    """Of a question of a single choice: its choices, blank. Of each choice of a multiple one: those who made it, the
    others."""
    single: int
    """So many of the rows are questions of a single choice; they come first."""


def counts_of(block: Block, multiple: Collection[str]) -> Counts:
    """``multiple``: names of the questions with several choices."""
    single = [(*each.counts.values(), each.blank) for each in block.questions if each.name not in multiple]
    several = [
        (count, block.valid - count)
        for each in block.questions
        if each.name in multiple
        for count in (*each.counts.values(), each.blank)
    ]
    return Counts(block.valid, (*single, *several), len(single))


def keeps_secret(
    one: Counts, other: Counts, every: Counts, common: Counts, *, size: int | None = None, from_on: int | None = None
) -> bool:
    """Whether enough values remain possible for each answer of the forms that are in both blocks.

    ``every``: all forms of the sessions of either block; ``common``: of those sessions that are in both. ``size``: how
    many forms are in both, where everybody knows. ``from_on``: cells with at least so many forms may be told.

    Enough are three, or as many as the smallest of the totals allows: of 1 there are 0 and 1.
    """
    if not (one.valid and other.valid and common.valid):
        return True
    spans = [
        [(max(0, a + b - n), min(a, b, m)) for a, b, n, m in zip(*rows, strict=True)]
        for rows in zip(one.rows, other.rows, every.rows, common.rows, strict=True)
    ]
    least = max(0, one.valid + other.valid - every.valid, *(sum(low for low, _ in each) for each in spans))
    most = min(one.valid, other.valid, common.valid, *(sum(high for _, high in each) for each in spans))
    if size is not None:
        least = most = size
    elif _is_told(least, most, LEAST_POSSIBLE, from_on):
        return False
    return all(
        _row_keeps_secret(each, least, most, from_on, len(each) if place < one.single else 1)
        for place, each in enumerate(spans)
    )


def _row_keeps_secret(spans: list[tuple[int, int]], least: int, most: int, from_on: int | None, looked_at: int) -> bool:
    low, high = sum(each[0] for each in spans), sum(each[1] for each in spans)
    for lowest, highest in spans[:looked_at]:
        bottom, ceiling = max(lowest, least - (high - highest)), min(highest, most - (low - lowest))
        if _is_told(bottom, ceiling, highest + 1, from_on):
            return False
    return True


def _is_told(least: int, most: int, allowed: int, from_on: int | None) -> bool:
    return most - least + 1 < min(LEAST_POSSIBLE, allowed) and (from_on is None or least < from_on)
