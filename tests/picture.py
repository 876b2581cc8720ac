"""A picture of a Textual app, exact to the cell, for eyes and for the README.

Textual's own SVG pictures squeeze Chinese (rich#2742). Block and line characters are drawn as shapes, as good terminals
do, so that no seams appear. Needs Pillow and the fonts Noto Sans CJK, JetBrains Mono and DejaVu Sans Mono; no test
depends on it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.app import App
from textual.strip import Strip

CELL = (12, 24)
"""Width and height of a cell in pixels."""
FONTS = Path("/usr/share/fonts")
WIDE = ("opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Bold.ttc")
NARROW = ("truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "truetype/jetbrains-mono/JetBrainsMono-Bold.ttf")
SIGNS = "truetype/dejavu/DejaVuSansMono.ttf"
WIDE_NAME = "Noto Sans Mono CJK SC"
"""The simplified Chinese face within the collection."""
QUADRANTS = dict(zip("▘▝▖▗▚▞▛▜▙▟▌▐▀▄█", (1, 2, 4, 8, 9, 6, 7, 11, 13, 14, 5, 10, 3, 12, 15), strict=True))
"""Bit 1: upper left, 2: upper right, 4: lower left, 8: lower right."""
LOWER = "▁▂▃▄▅▆▇█"
LEFT = "▏▎▍▌▋▊▉█"
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
LINES = {"─": (1, "LR"), "━": (2, "LR"), "│": (1, "UD"), "┃": (2, "UD"), "┌": (1, "RD"), "┐": (1, "LD"), "└": (1, "UR")}
LINES |= {"┘": (1, "LU"), "├": (1, "URD"), "┤": (1, "ULD"), "┬": (1, "LRD"), "┴": (1, "LRU"), "┼": (1, "LRUD")}
LINES |= {"╭": (1, "RD"), "╮": (1, "LD"), "╰": (1, "UR"), "╯": (1, "LU")}

Pixel = tuple[int, int, int]
Box = tuple[float, float, float, float]
WHITE: Pixel = (220, 220, 220)
BLACK: Pixel = (0, 0, 0)


def save_picture(app: App[Any], path: Path) -> None:
    """Write the screen on top as PNG."""
    picture(app.screen._compositor.render_strips()).save(path)


def picture(strips: Sequence[Strip]) -> Image.Image:
    """The strips as an image of ``CELL`` pixels a cell."""
    width, height = CELL
    image = Image.new("RGB", (max(strip.cell_length for strip in strips) * width, len(strips) * height))
    draw = ImageDraw.Draw(image)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            if segment.control:
                continue
            for char in segment.text:
                x += _cell(draw, char, x, y, segment.style or Style.null())
    return image


def _cell(draw: ImageDraw.ImageDraw, char: str, x: int, y: int, style: Style) -> int:
    """Draw one character; the number of cells it takes."""
    cells = cell_len(char)
    fore, back = _pixel(style.color, WHITE), _pixel(style.bgcolor, BLACK)
    if style.reverse:
        fore, back = back, fore
    width, height = CELL
    box = (x * width, y * height, (x + cells) * width - 1, (y + 1) * height - 1)
    if cells:
        draw.rectangle(box, fill=back)
        shapes = _shapes(char, box)
        if char in SHADES:
            draw.rectangle(box, fill=_mixed(fore, back, SHADES[char]))
        elif shapes:
            for shape in shapes:
                draw.rectangle(shape, fill=fore)
        elif char != " ":
            _glyph(draw, char, box, fore, bold=bool(style.bold))
    return cells


def _shapes(char: str, box: Box) -> list[Box]:
    """The rectangles that a block or line character is made of; none for other characters."""
    left, top, right, bottom = box
    width, height = CELL
    middle, centre = left + width // 2, top + height // 2
    if char in QUADRANTS:
        quarters = (
            (left, top, middle - 1, centre - 1),
            (middle, top, right, centre - 1),
            (left, centre, middle - 1, bottom),
            (middle, centre, right, bottom),
        )
        return [quarter for bit, quarter in enumerate(quarters) if QUADRANTS[char] >> bit & 1]
    if char in LOWER:
        return [(left, bottom + 1 - height * (LOWER.index(char) + 1) // 8, right, bottom)]
    if char in LEFT:
        return [(left, top, left + max(1, width * (LEFT.index(char) + 1) // 8) - 1, bottom)]
    if char in LINES:
        weight, arms = LINES[char]
        half = max(1, width // 8) * weight / 2
        all_arms = {
            "L": (left, centre - half, middle + half, centre + half - 1),
            "R": (middle - half, centre - half, right, centre + half - 1),
            "U": (middle - half, top, middle + half - 1, centre + half),
            "D": (middle - half, centre - half, middle + half - 1, bottom),
        }
        return [all_arms[arm] for arm in arms]
    return []


def _glyph(draw: ImageDraw.ImageDraw, char: str, box: Box, fore: Pixel, *, bold: bool) -> None:
    left, top, right, _ = box
    width, height = CELL
    wide = right - left > width
    font = _font(WIDE[bold], int(height * 0.94)) if wide else _font(_narrow(char, bold=bold), int(height * 0.72))
    at = (left + (right - left + 1 - font.getlength(char)) / 2, top + int(height * 0.82))
    draw.text(at, char, font=font, fill=fore, anchor="ls")


def _narrow(char: str, *, bold: bool) -> str:
    return SIGNS if char > "\u2000" else NARROW[bold]


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font; of a collection the face for simplified Chinese."""
    path = str(FONTS / name)
    font = ImageFont.truetype(path, size)
    index = 0
    while name in WIDE and font.getname()[0] != WIDE_NAME:
        index += 1
        font = ImageFont.truetype(path, size, index=index)
    return font


def _pixel(colour: Color | None, default: Pixel) -> Pixel:
    if colour is None or colour.is_default:
        return default
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _mixed(fore: Pixel, back: Pixel, share: float) -> Pixel:
    red, green, blue = (round(b + (f - b) * share) for f, b in zip(fore, back, strict=True))
    return red, green, blue
