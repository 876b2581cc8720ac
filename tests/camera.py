"""A camera before a terminal: draws the cells of a screen as a terminal does, photographs them, reads the codes.

Only blocks and blanks are drawn, since a code is made of nothing else; text is a grey smear. Needs libzbar0.
"""

import io
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from pyzbar import pyzbar
from rich.cells import cell_len
from rich.color import Color
from textual.app import App
from textual.strip import Strip

Pixel = tuple[int, int, int]
TERMINAL_FORE: Pixel = (200, 200, 200)
TERMINAL_BACK: Pixel = (0, 0, 0)


def strips_of(app: App[Any]) -> list[Strip]:
    """The screen on top, as it would be written to the terminal."""
    return list(app.screen._compositor.render_strips())


def drawn(strips: Sequence[Strip], cell: tuple[int, int] = (8, 16), gap: int = 0) -> Image.Image:
    """The strips in pixels, ``cell`` wide and high and ``gap`` more below each row, which glyphs do not reach."""
    width, height = cell
    pitch = height + gap
    image = Image.new("RGB", (max(strip.cell_length for strip in strips) * width, len(strips) * pitch))
    draw = ImageDraw.Draw(image)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            if segment.control:
                continue
            style = segment.style
            assert style is None or not style.reverse
            fore = _pixel(style.color if style else None, TERMINAL_FORE)
            back = _pixel(style.bgcolor if style else None, TERMINAL_BACK)
            for char in segment.text:
                left, top, cells = x * width, y * pitch, cell_len(char)
                right = left + cells * width - 1
                draw.rectangle((left, top, right, top + pitch - 1), fill=back)
                if char in "▀█":
                    draw.rectangle((left, top, right, top + height // 2 - 1), fill=fore)
                if char in "▄█":
                    draw.rectangle((left, top + height // 2, right, top + height - 1), fill=fore)
                if char not in "▀▄█ ":
                    smear = (left + 1, top + height // 3, right - 1, top + 2 * height // 3)
                    draw.rectangle(smear, fill=_mixed(fore, back))
                x += cells
    return image


def photographed(picture: Image.Image, seed: int) -> Image.Image:
    """As a telephone sees it: turned by up to 12°, at a slant, nearer or further, a little blurred, noisy, as JPEG."""
    chance = random.Random(seed)  # noqa: S311  # the same photograph in every run
    width, height = picture.size
    turned = picture.rotate(chance.uniform(-12, 12), Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))
    slant = 0.08
    corners = [(0, 0), (turned.width, 0), (turned.width, turned.height), (0, turned.height)]
    seen = [(x + chance.uniform(-slant, slant) * width, y + chance.uniform(-slant, slant) * height) for x, y in corners]
    scale = chance.uniform(0.8, 1.6)
    size = (round(turned.width * scale), round(turned.height * scale))
    scaled = [(x * scale, y * scale) for x, y in corners]
    slanted = turned.transform(
        size, Image.Transform.PERSPECTIVE, _perspective(scaled, seen), Image.Resampling.BICUBIC, fillcolor=(90, 90, 90)
    )
    blurred = slanted.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.0)))
    grain = np.random.default_rng(seed).normal(0, 6, (size[1], size[0], 1))
    light = np.linspace(chance.uniform(0.7, 1.0), chance.uniform(0.7, 1.0), size[0])[None, :, None]
    noisy = np.clip(np.asarray(blurred, dtype=np.float64) * light + grain, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noisy).save(file, "JPEG", quality=70)
    return Image.open(file)


def read(image: Image.Image) -> tuple[list[str], list[str]]:
    """The QR codes that ZXing and ZBar find."""
    grey = image.convert("L")
    zxing = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    zbar = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.text for code in zxing], [code.data.decode() for code in zbar]


def _perspective(target: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    """Pillow's eight coefficients, by which each point of ``target`` takes its colour from that of ``source``."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(wanted))]


def _pixel(colour: Color | None, default: Pixel) -> Pixel:
    if colour is None or colour.is_default:
        return default
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _mixed(one: Pixel, two: Pixel) -> Pixel:
    red, green, blue = ((a + b) // 2 for a, b in zip(one, two, strict=True))
    return red, green, blue
