"""Numerals of three rows, drawn with half blocks: five by six pixels, readable across a hall."""

_PIXELS = {
    "0": "##### ##.## ##.## ##.## ##.## #####",
    "1": "..##. .###. ..##. ..##. ..##. .####",
    "2": "##### ...## ##### ##... ##... #####",
    "3": "##### ...## .#### ...## ...## #####",
    "4": "##.## ##.## ##.## ##### ...## ...##",
    "5": "##### ##... ##### ...## ...## #####",
    "6": "##### ##... ##### ##.## ##.## #####",
    "7": "##### ...## ...## ..##. ..##. ..##.",
    "8": "##### ##.## ##### ##.## ##.## #####",
    "9": "##### ##.## ##### ...## ...## #####",
    ".": ".. .. .. .. ## ##",
    "/": "...## ...## ..##. ..##. .##.. .##..",
    "%": "##..# ##.## ..##. .##.. ##.## #..##",
    "-": "..... ..... ##### ##### ..... .....",
    " ": ".. .. .. .. .. ..",
}
ROWS = 3


def numerals(text: str) -> tuple[str, str, str]:
    """``text`` (digits and ``. / % -``) in three rows of equal width."""
    rows = ["", "", ""]
    for char in text:
        pixels = _PIXELS[char].split()
        for row in range(ROWS):
            rows[row] += half_blocks(pixels[2 * row], pixels[2 * row + 1]) + " "
    return rows[0][:-1], rows[1][:-1], rows[2][:-1]


def large_numerals(text: str) -> tuple[str, ...]:
    """The same twice as high and wide: six rows, for a whole hall."""
    rows = ["" for _ in range(2 * ROWS)]
    for char in text:
        for at, pixels in enumerate(_PIXELS[char].split()):
            rows[at] += pixels.replace(".", "  ").replace("#", "██") + "  "
    return tuple(row[:-2] for row in rows)


def half_blocks(upper: str, lower: str) -> str:
    """One row of cells from two rows of pixels, where ``#`` is set."""
    return "".join(" ▀▄█"[(above == "#") + 2 * (below == "#")] for above, below in zip(upper, lower, strict=True))
