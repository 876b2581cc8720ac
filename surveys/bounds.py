"""How near published totals come to telling a cell that is not published: Fréchet's bounds.

If some forms are counted in two blocks, those that are in both are a hidden cell. Of the cell is known that it is no
larger than either block, and no smaller than what the two have more than all forms there are. Each answer to a question
is looked at; as a form gives one answer or none to a question of a single choice, how many forms the cell has is known
from all questions together, and tells of each answer again. A multiple choice is as many questions as it has choices,
each of which is made or not.
"""

from collections.abc import Collection, Sequence
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
    one: Counts,
    other: Counts,
    every: Counts,
    common: Counts,
    *,
    size: int | None = None,
    from_on: int | None = None,
    blanks: bool = True,
) -> bool:
    """Whether enough values remain possible for each answer of the forms that are in both blocks.

    ``every``: all forms of the sessions of either block; ``common``: of those sessions that are in both. ``size``: how
    many forms are in both, where everybody knows. ``from_on``: cells with at least so many forms may be told.
    ``blanks``: whether it is to be kept how many gave no answer to a question of a single choice.

    Enough are three, or as many as the smallest of the totals allows: of 1 there are 0 and 1.
    """
    if not (one.valid and other.valid and common.valid):
        return True
    spans = [
        Spans(rows, len(rows[0]) - (not blanks) if place < one.single else 1)
        for place, rows in enumerate(zip(one.rows, other.rows, every.rows, common.rows, strict=True))
    ]
    least = max(0, one.valid + other.valid - every.valid, *(each.low for each in spans))
    most = min(one.valid, other.valid, common.valid, *(each.high for each in spans))
    if size is not None:
        least = most = size
    elif _is_told(least, most, LEAST_POSSIBLE, from_on):
        return False
    return all(each.keep_secret(least, most, from_on) for each in spans)


class Spans:
    """From which least to which greatest value each answer to one question may have, by its own totals alone."""

    __slots__ = ("found", "high", "looked_at", "low", "narrow")

    def __init__(self, rows: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]], looked_at: int) -> None:
        """``looked_at``: so many of the numbers of each row, the first, are to be kept."""
        self.found: list[tuple[int, int]] = []
        self.low = self.high = 0
        self.narrow = False
        self.looked_at = looked_at
        for one, other, every, common in zip(*rows, strict=True):
            highest = min(one, other, common)
            lowest = one + other - every
            if lowest > 0:
                self.low += lowest
                self.narrow |= highest - lowest + 1 < LEAST_POSSIBLE
            else:
                lowest = 0
            self.high += highest
            self.found.append((lowest, highest))

    def keep_secret(self, least: int, most: int, from_on: int | None) -> bool:
        """With as many forms as ``least`` to ``most`` having been asked."""
        enough = LEAST_POSSIBLE - 1
        if not self.narrow and min(self.high - least, most - self.low, most - least) >= enough:
            return True  # then no answer is narrowed by the others: quick, for there are many
        for lowest, highest in self.found[: self.looked_at]:
            bottom, ceiling = max(lowest, least - (self.high - highest)), min(highest, most - (self.low - lowest))
            if _is_told(bottom, ceiling, highest + 1, from_on):
                return False
        return True


def _is_told(least: int, most: int, allowed: int, from_on: int | None) -> bool:
    return most - least + 1 < min(LEAST_POSSIBLE, allowed) and (from_on is None or least < from_on)
