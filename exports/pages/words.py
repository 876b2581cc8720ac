"""Text of a report as lines that can be drawn: every character is one that the fonts have."""

from collections.abc import Sequence
from functools import lru_cache

from exports.paper import fonts, wrapping
from exports.paper.wrapping import Line

LACKING = "□"
"""Stands where a character is that the fonts do not have, such as a picture character."""
_LONGEST_WORD = 120
"""Characters; a longer word is cut before it is measured, which takes time by the square of its length."""
_GIVEN_UP = "…"
_EVEN_ENOUGH, _ALONE = 0.5, 0.25
"""mm; and the share of a line that is hardly one."""


@lru_cache(maxsize=20_000)
def drawable(text: str) -> str:
    """``text`` with a box for every character that is missing; invisible ones are left out."""
    shown = fonts.printable(text)
    for char in fonts.missing(shown):
        shown = shown.replace(char, LACKING)
    return shown


@lru_cache(maxsize=20_000)
def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> tuple[Line, ...]:
    """The text in lines of at most ``width`` mm; with ``most``, no more lines than that, the last one saying so."""
    made = wrapping.lines(_with_breaks(drawable(text)), size, width, bold=bold)
    if not most or len(made) <= most:
        return made
    last = made[most - 1].text
    while last and wrapping.measured(last + _GIVEN_UP, size, bold=bold) > width:
        last = last[:-1]
    return (*made[: most - 1], one_line(last + _GIVEN_UP, size, bold=bold))


@lru_cache(maxsize=20_000)
def evened(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> tuple[Line, ...]:
    """As :func:`wrapped`; lines of about the same length if else a character or two stood alone on the last one."""
    lines = wrapped(text, size, width, bold=bold, most=most)
    if len(lines) < 2 or lines[-1].width > _ALONE * width or len(text) > _LONGEST_WORD:  # noqa: PLR2004
        return lines
    least, most_wide = width / 2, width
    while most_wide - least > _EVEN_ENOUGH:
        middle = (least + most_wide) / 2
        if len(wrapping.lines(drawable(text), size, middle, bold=bold)) > len(lines):
            least = middle
        else:
            most_wide = middle
    return wrapped(text, size, most_wide, bold=bold, most=most)


@lru_cache(maxsize=20_000)
def one_line(text: str, size: float, *, bold: bool = False) -> Line:
    """The text in one line, however wide it is."""
    return wrapping.line(drawable(text), size, bold=bold)


@lru_cache(maxsize=20_000)
def natural(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is in one line, mm."""
    return wrapping.measured(drawable(text), size, bold=bold)


@lru_cache(maxsize=20_000)
def narrowest(text: str, size: float) -> float:
    """How wide a column must be so that no word is broken, mm."""
    return wrapping.widest_word(_with_breaks(drawable(text)), size)


def height(lines: Sequence[Line], leading: float) -> float:
    """Of so many lines, mm."""
    return len(lines) * leading


def leading(size: float) -> float:
    """From one baseline to the next, mm."""
    return size * fonts.MM_PER_POINT * 1.32


def _with_breaks(text: str) -> str:
    """The text with an end of line in words that no page could hold anyway."""
    if len(text) <= _LONGEST_WORD:
        return text
    words = []
    for word in text.split(" "):
        words += (
            [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)] if word.isascii() else [word]
        )
    return " ".join(words)
