"""Titles eight rows high: glyphs of sixteen pixels, drawn with half blocks.

``tui/data/unifont.hex`` holds the few glyphs in Unifont's own format, a line each: the code point, and the sixteen rows
of pixels as hexadecimal digits. To add one, copy its line from Unifont's release.
"""

from functools import cache
from importlib.resources import files

from tui.widgets.numerals import half_blocks

ROWS = 8
PIXELS = 16


def big(text: str) -> tuple[str, ...]:
    """``text`` in eight rows; a Hanzi is 16 cells wide, a Latin letter 8. KeyError for a glyph that is not there."""
    glyphs = [_glyphs()[char] for char in text]
    lines = ["".join(glyph[y] for glyph in glyphs) for y in range(PIXELS)]
    return tuple(half_blocks(lines[y], lines[y + 1]) for y in range(0, PIXELS, 2))


@cache
def _glyphs() -> dict[str, tuple[str, ...]]:
    """Character to its rows of ``#`` and ``.``."""
    glyphs = {}
    for line in (files("tui.data") / "unifont.hex").read_text(encoding="ascii").splitlines():
        code, _, pixels = line.partition(":")
        glyphs[chr(int(code, 16))] = _rows(pixels)
    return glyphs


def _rows(pixels: str) -> tuple[str, ...]:
    digits = len(pixels) // PIXELS
    rows = (pixels[at : at + digits] for at in range(0, len(pixels), digits))
    return tuple(f"{int(row, 16):0{4 * digits}b}".replace("1", "#").replace("0", ".") for row in rows)
