"""Headings in lines of about the same length that break between words; in Chinese too, which does not show them."""

from collections.abc import Sequence
from functools import lru_cache

from exports.heading_words import pieces
from exports.pages.words import drawable, natural, one_line, wrapped
from exports.paper.wrapping import Line

_ROUNDING = 0.1
"""So that a word which just fits is not broken, mm."""


@lru_cache(maxsize=20_000)
def least_width(heading: str, size: float, most: int) -> float:
    """How wide a column must be so that its heading has room in so many lines and no word is broken, mm."""
    if not heading.strip():
        return 0.0
    return max(natural(line, size, bold=True) for line in _split(pieces(drawable(heading)), size, most)) + _ROUNDING


@lru_cache(maxsize=20_000)
def balanced(heading: str, size: float, width: float, most: int) -> tuple[Line, ...]:
    """The heading in as few lines as it takes, none much longer than the others; bold."""
    if "\n" not in heading and heading.strip():
        parts = pieces(drawable(heading))
        for count in range(1, min(most, len(parts)) + 1):
            lines = _split(parts, size, count)
            if all(natural(line, size, bold=True) <= width + 1e-6 for line in lines):
                return tuple(one_line(line, size, bold=True) for line in lines)
    return wrapped(heading, size, width, bold=True, most=most)


def _split(parts: Sequence[str], size: float, most: int) -> list[str]:
    """The pieces in so many lines at most, the longest of them as short as can be."""
    count = len(parts)
    wide = {
        (start, end): natural("".join(parts[start:end]).rstrip(), size, bold=True)
        for start in range(count)
        for end in range(start + 1, count + 1)
    }
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for line in range(1, min(most, count) + 1):
        for end in range(line, count + 1):
            starts = [start for start in range(line - 1, end) if (line - 1, start) in best]
            best[line, end] = min((max(best[line - 1, start][0], wide[start, end]), start) for start in starts)
    lines = min(range(1, min(most, count) + 1), key=lambda line: (best[line, count][0], line))
    made, end = [], count
    for line in range(lines, 0, -1):
        start = best[line, end][1]
        made.append("".join(parts[start:end]).strip())
        end = start
    return made[::-1]
