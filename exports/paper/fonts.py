"""The two fonts of everything on paper, how wide their characters are, and which characters they do not have."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaign.errors import BadInput, Problem
from campaign.language import HasText

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
REGULAR, BOLD = "ManyiSans", "ManyiSans-Bold"
"""The names that reportlab knows them by."""
FILES: Final[Mapping[str, str]] = {REGULAR: "manyi-sans-regular.ttf", BOLD: "manyi-sans-bold.ttf"}
ASCENT, DESCENT = 0.88, 0.12
"""How far a Chinese character reaches above and below the baseline, in em (table OS/2 of both fonts)."""
MM_PER_POINT = 25.4 / 72

_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: they say how the character before them should look, and are no character of their own."""


def printable(text: str) -> str:
    """``text`` as it is set: composed (NFC), blanks but line ends made spaces, invisible format characters left out."""
    shown = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if char in "\n\u3000\xa0":
            shown.append(char)
        elif char.isspace():
            shown.append(" ")
        elif unicodedata.category(char) not in {"Cf", "Cc"} and char not in _SELECTORS:
            shown.append(char)
    return "".join(shown)


@cache
def register() -> None:
    """Make both fonts known to reportlab, which embeds of them what a document uses."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  80 ms that only printing should wait for

    for name in FILES:
        pdfmetrics.registerFont(_font(name))


def font_of(char: str, *, bold: bool) -> str:
    """The font that a character is set in: regular stands in where bold does not have it."""
    return BOLD if bold and ord(char) in _widths(BOLD) else REGULAR


def width(char: str, font: str) -> float:
    """How far a character takes the pen, in em."""
    return _widths(font)[ord(char)] / 1000


def missing(text: str) -> tuple[str, ...]:
    """The characters that neither font has, each once, in their order."""
    has = _widths(REGULAR)
    return tuple(dict.fromkeys(char for char in printable(text) if char != "\n" and ord(char) not in has))


def require(texts: Iterable[tuple[HasText, str]]) -> None:
    """BadInput with an M80 for each text that has characters neither font has; with every text its name for people."""
    problems = [
        Problem("M80", {"chars": " ".join(f"{char} (U+{ord(char):04X})" for char in chars), "where": where})
        for where, text in texts
        if (chars := missing(text))
    ]
    if problems:
        raise BadInput(*problems)


def too_long(texts: Iterable[tuple[HasText, str]]) -> BadInput:
    """The refusal (M88) of the longest of these texts, which together have no room on the paper."""
    where, text = max(texts, key=lambda each: len(each[1]))
    return BadInput(Problem("M88", {"where": where, "n": len(text)}))


@cache
def _font(name: str) -> "TTFont":
    from exports.paper.embedding import Font  # noqa: PLC0415  as above

    return Font(name, str(FOLDER / FILES[name]))


@cache
def _widths(name: str) -> Mapping[int, float]:
    """Widths in thousandths of an em by code point."""
    face = _font(name).face
    return {code: face.charWidths[code] for code in face.charToGlyph}
