"""What differs from sheet to sheet: the square, and its number in figures."""

from typing import TYPE_CHECKING

from exports.paper import qr
from exports.paper.shapes import MM, Text
from exports.paper.wrapping import line
from surveys.paper.check_digits import grouped
from surveys.paper.geometry import PAGE_HEIGHT

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

FIRST_LINE = 20
"""Digits in the first of the two lines under the square."""


def square(canvas: "Canvas", digits: str, x: float, y: float, side: float) -> None:
    """The code as rectangles, each as wide as the dark modules that lie side by side; ``x``, ``y``, ``side`` in mm."""
    code = qr.modules(digits)
    module = side * MM / len(code)
    rectangles = " ".join(f"{column} {row} {count} 1 re" for column, row, count in qr.runs(code))
    place = f"{module:.4f} 0 0 {-module:.4f} {x * MM:.3f} {(PAGE_HEIGHT - y) * MM:.3f}"
    canvas.addLiteral(f"q 0 g {place} cm {rectangles} f Q")


def captions(digits: str, x: float, y: float, typed: str = "") -> tuple[Text, ...]:
    """Under a square whose middle is at ``x`` and whose quiet zone ends at ``y``: ``typed`` and all of the digits."""
    texts = [line(grouped(part), 6.0) for part in (digits[:FIRST_LINE], digits[FIRST_LINE:])]
    places = [y + 2.0, y + 4.6]
    if typed:
        texts.insert(0, line(typed, 10.0, bold=True))
        places = [y + 4.0, y + 7.2, y + 9.8]
    return tuple(Text(x - words.width / 2, below, words) for words, below in zip(texts, places, strict=True))
