"""Lines of Chinese and English text: where they break, and where each character stands.

The rules for Chinese are those of W3C's "Requirements for Chinese Text Layout" (clreq): 3.1.3 for what may not begin or
end a line, 3.1.6 for the width of adjacent punctuation.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exports.paper import fonts

OPENING = "（【《〈「『〔〖“‘"
"""Full-width signs with their ink in the right half; none of them ends a line."""
CLOSING = "，。、；：！？）】》〉」』〕〗”’"
"""Full-width signs with their ink in the left half; none of them begins a line."""
NO_START: Final = CLOSING + "…—·～％℃,.;:!?)]}%"
NO_END: Final = OPENING + "￥$([{"
HALF = 0.5
"""Em that a full-width sign gives up where its empty half meets another sign or the edge of a line."""

_LATIN: Final = {
    "“": (-0.57, 0.44),
    "”": (0.0, 0.43),
    "‘": (-0.76, 0.24),
    "’": (0.0, 0.24),
    "·": (-0.35, 0.3),
    "…": (-0.05, 0.9),
}
"""The fonts have these signs of full width alone. Among Latin letters: by how much they are moved, and their width, in
em; measured from the outlines."""
_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, each at its natural distance from the one before."""

    x: float
    """From the beginning of the line, mm."""
    text: str
    font: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    runs: tuple[Run, ...]
    size: float
    """Points."""
    width: float
    """From the first ink's side to the last one's, mm."""

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    shift: float
    """Where it is drawn, from where the pen is, em."""
    advance: float
    """How far it takes the pen, em."""
    font: str


def lines(text: str, size: float, width: float, *, bold: bool = False) -> tuple[Line, ...]:
    """``text`` in lines of at most ``width`` mm, ``size`` in points; a word that is wider than that is broken.

    Every character must be one that the fonts have (:func:`exports.paper.fonts.require`).
    """
    made: list[Line] = []
    for paragraph in fonts.printable(text).split("\n"):
        rest = [piece for cluster in _clusters(paragraph) for piece in _fitting(cluster, size, width, bold=bold)]
        while rest:
            count = _most(rest, size, width, bold=bold)
            made.append(line("".join(rest[:count]).strip(" "), size, bold=bold))
            rest = rest[count:]
            while rest and rest[0] == " ":
                del rest[0]
    return tuple(made)


def line(text: str, size: float, *, bold: bool = False) -> Line:
    """``text`` in one line, however wide that is."""
    text = fonts.printable(text).replace("\n", " ")
    em = size * fonts.MM_PER_POINT
    runs: list[Run] = []
    pen = natural = 0.0
    for glyph in _glyphs(text, bold=bold):
        x = pen + glyph.shift
        if runs and runs[-1].font == glyph.font and abs(x - natural) < 1e-6:  # noqa: PLR2004  # em, rounding of sums
            runs[-1] = Run(runs[-1].x, runs[-1].text + glyph.char, glyph.font)
        else:
            runs.append(Run(x * em, glyph.char, glyph.font))
        natural = x + fonts.width(glyph.char, glyph.font)
        pen += glyph.advance
    return Line(tuple(runs), size, pen * em)


def measured(text: str, size: float, *, bold: bool = False) -> float:
    """How wide ``text`` is, or the widest of its own lines, mm."""
    return max(_measured(part, size, bold=bold) for part in fonts.printable(text).split("\n"))


def widest_word(text: str, size: float) -> float:
    """How wide a line must be so that no word of ``text`` is broken, mm."""
    words = (cluster for part in fonts.printable(text).split("\n") for cluster in _clusters(part))
    return max((_measured(word, size, bold=False) for word in words), default=0.0)


def _measured(text: str, size: float, *, bold: bool) -> float:
    return sum(glyph.advance for glyph in _glyphs(text, bold=bold)) * size * fonts.MM_PER_POINT


def _most(clusters: Sequence[str], size: float, width: float, *, bold: bool) -> int:
    """How many of them go into one line; one at the least.

    As many as fit at the full width of every character fit all the more when signs are squeezed: only what comes after
    them is measured, which would otherwise take the square of a line's length.
    """
    count, room = 1, width / (size * fonts.MM_PER_POINT) - _unsqueezed(clusters[0], bold=bold)
    while count < len(clusters) and (room := room - _unsqueezed(clusters[count], bold=bold)) >= 0:
        count += 1
    text = "".join(clusters[:count])
    while count < len(clusters):
        text += clusters[count]
        if _measured(text.rstrip(" "), size, bold=bold) > width:
            break
        count += 1
    return count


def _unsqueezed(text: str, *, bold: bool) -> float:
    """The most that its characters can take, em."""
    return sum(fonts.width(char, fonts.font_of(char, bold=bold)) for char in text)


def _fitting(cluster: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    """The cluster, or pieces of it that fit into a line each."""
    while len(cluster) > 1 and _measured(cluster, size, bold=bold) > width:
        cut = _most(cluster, size, width, bold=bold)
        yield cluster[:cut]
        cluster = cluster[cut:]
    yield cluster


def _clusters(paragraph: str) -> list[str]:
    """What is not broken: words, Chinese characters with the punctuation that belongs to them, blanks."""
    made: list[str] = []
    for found in _tokens(paragraph):
        piece = found
        if piece[0] in NO_START and any(before != " " for before in made):
            while made[-1] == " ":  # a sign behind a blank does not begin a line either
                piece = made.pop() + piece
            made[-1] += piece
        elif made and piece != " " and (made[-1][-1] in NO_END or piece[0] == made[-1][-1] in ("—", "…")):
            made[-1] += piece
        else:
            made.append(piece)
    return made


def _tokens(paragraph: str) -> Iterator[str]:
    """Blanks, words (broken after a hyphen between letters) and characters that stand alone, as Chinese ones do."""
    word = ""
    for index, char in enumerate(paragraph):
        alone = char == " " or _is_wide(paragraph, index)
        if alone and word:
            yield from _HYPHEN.split(word)
            word = ""
        if alone:
            yield char
        else:
            word += char
    if word:
        yield from _HYPHEN.split(word)


def _glyphs(text: str, *, bold: bool) -> list[_Glyph]:
    """Each character with its place; full-width signs without the halves that are empty beside another sign."""
    if text.isascii():  # nothing is squeezed, and figures are set thousands of times
        name = fonts.BOLD if bold else fonts.REGULAR
        return [_Glyph(char, 0.0, fonts.width(char, name), name) for char in text]
    made: list[_Glyph] = []
    for index, char in enumerate(text):
        font = fonts.font_of(char, bold=bold)
        if not _is_wide(text, index) and char in _LATIN:
            shift, advance = _LATIN[char]
        else:
            cut_before, cut_after = _cuts(text, index)
            shift, advance = -cut_before, fonts.width(char, font) - cut_before - cut_after
        made.append(_Glyph(char, shift, advance, font))
    return made


def _cuts(text: str, index: int) -> tuple[float, float]:
    """What the sign gives up on its left and on its right, em."""
    char = text[index]
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if char in OPENING:
        return (HALF if not before or before in OPENING else 0.0), 0.0
    if char in CLOSING:
        return 0.0, (HALF if not after or after in CLOSING or after in OPENING else 0.0)
    return 0.0, 0.0


def _is_wide(text: str, index: int) -> bool:
    """Whether the character is set as a Chinese one: quotes and dashes are, unless they stand among Latin letters."""
    char = text[index]
    if char not in "“”‘’—…·":
        return unicodedata.east_asian_width(char) in {"W", "F"}
    beside = text[max(index - 1, 0) : index + 2].replace(char, "")
    latin = len(beside) > 1 and all(each.isalnum() and each.isascii() for each in beside)
    return not latin and any(unicodedata.east_asian_width(each) in {"W", "F"} for each in text)
