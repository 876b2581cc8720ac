"""Grey pictures on the terminal: two pixels above each other share a cell, drawn with ``▀`` in two greys."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from PIL.Image import Image

GREYS = 16
"""Shades: so few that a whole screen of them needs only some hundred styles."""

Region = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the picture; what lies outside it is white."""


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels; 0 by 0 if it is no picture."""
    image = _opened(png)
    return image.size if image else (0, 0)


def picture_lines(png: bytes, region: Region, cells: int, rows: int) -> tuple[Line, ...]:
    """A region of the picture in so many cells and rows; nothing if it is no picture."""
    from PIL import Image  # noqa: PLC0415  # a dashboard that shows no picture does not wait for Pillow

    image = _opened(png)
    if image is None or cells <= 0 or rows <= 0:
        return ()
    left, top, right, bottom = (round(edge) for edge in region)
    paper = Image.new("L", (max(1, right - left), max(1, bottom - top)), 255)
    paper.paste(image, (-left, -top))
    pixels = paper.resize((cells, 2 * rows), Image.Resampling.BOX).tobytes()
    lines = [pixels[row * cells : (row + 1) * cells] for row in range(2 * rows)]
    return tuple(tuple(_runs(above, below)) for above, below in zip(lines[::2], lines[1::2], strict=True))


def _runs(above: bytes, below: bytes) -> Iterator[Span]:
    pairs = ((_shade(upper), _shade(lower)) for upper, lower in zip(above, below, strict=True))
    for (upper, lower), run in groupby(pairs):
        count = len(list(run))
        yield Span((" " if upper == lower else "▀") * count, upper, lower)


def _shade(grey: int) -> str:
    step = round(grey * (GREYS - 1) / 255) * 255 // (GREYS - 1)
    return f"#{step:02x}{step:02x}{step:02x}"


@lru_cache(maxsize=8)
def _opened(png: bytes) -> "Image | None":
    from PIL import Image  # noqa: PLC0415  # as above

    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            return image.convert("L")
    except (OSError, SyntaxError, ValueError):
        return None
