"""A damaged code, rebuilt from where the page says its modules are.

Version 2 (25 by 25), level H, as :mod:`surveys.paper.codes` has it: size and level are known, so only the data must be
read off the picture. Everything else is drawn anew after ISO/IEC 18004: finder patterns, separators, timing and
alignment patterns (6.3) and the format information of each of the eight masks (7.9). What comes out counts only if it
is signed.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from surveys.paper.codes import FormCode
from surveys.paper.geometry import QR_MODULES, QR_SIDE, QR_X, QR_Y
from surveys.paper.reading.locating import QR, Check
from surveys.paper.reading.plane import Grey, Points, View
from surveys.paper.reading.sums import integral, squares

Modules = NDArray[np.bool_]
"""Rows of modules from the top, True is dark."""

MASKS: Final = 8
_LEVEL_H: Final = 0b10
_ALIGNMENT: Final = 18
"""Row and column of the middle of the one alignment pattern of version 2 (ISO/IEC 18004, annex E)."""
_MODULE: Final = QR_SIDE / QR_MODULES
_STEP, _STEPS = 0.16, 5
"""The square is looked for at shifts of this many millimetres, this many to each side."""
_BEST_SHIFTS: Final = 4
_LEAST_LIKENESS: Final = 0.35
"""Correlation between the picture and the fixed patterns below which there is no code to rebuild."""
_INSIDE: Final = (np.arange(5) - 2) * 0.14 * _MODULE
"""Points inside a module that are averaged, from its middle."""
_NEIGHBOURS, _FEW_NEIGHBOURS = 11, 5
"""Sides in modules of the squares whose mean tells dark from light there: on uneven paper, and under a stain."""


def rebuild(view: View, check: Check) -> FormCode | None:
    """The code that was printed at its place on the sheet in ``view``; None if it can't be made out."""
    for grey in _sampled(view):
        for dark in _readings(grey):
            for mask in range(MASKS):
                code = _decoded(completed(dark, mask), check)
                if code is not None:
                    return code
    return None


def completed(dark: Modules, mask: int) -> Modules:
    """``dark`` with every module that holds no data drawn as the standard says, for ``mask`` 0 to 7 and level H."""
    found = np.where(FIXED, PATTERN, dark)
    bits = [bool(format_bits(mask) >> place & 1) for place in range(15)]
    last = QR_MODULES - 1
    for place, row in enumerate((0, 1, 2, 3, 4, 5, 7, 8)):
        found[row, 8] = bits[place]
        found[8, last - place] = bits[place]
    for place, column in enumerate((7, 5, 4, 3, 2, 1, 0)):
        found[8, column] = bits[8 + place]
        found[last - 6 + place, 8] = bits[8 + place]
    return found


def format_bits(mask: int) -> int:
    """The 15 bits of the format information for level H: BCH (15, 5), masked (ISO/IEC 18004, 7.9 and annex C)."""
    data = _LEVEL_H << 3 | mask
    rest = data << 10
    for place in range(14, 9, -1):
        if rest >> place & 1:
            rest ^= 0b10100110111 << place - 10
    return (data << 10 | rest) ^ 0b101010000010010


def _patterns() -> tuple[Modules, Modules]:
    """Which modules hold no data, and which of those are dark; those of the format information are left light."""
    size = QR_MODULES
    fixed, dark = np.zeros((size, size), np.bool_), np.zeros((size, size), np.bool_)
    finder = _rings(7)
    fixed[:9, :9] = fixed[:9, -8:] = fixed[-8:, :9] = True
    dark[:7, :7] = dark[:7, -7:] = dark[-7:, :7] = finder
    fixed[6, :] = fixed[:, 6] = True
    dark[6, 8:-8] = dark[8:-8, 6] = np.arange(8, size - 8) % 2 == 0
    around = slice(_ALIGNMENT - 2, _ALIGNMENT + 3)
    fixed[around, around] = True
    dark[around, around] = _rings(5)
    dark[size - 8, 8] = True
    return fixed, dark


def _rings(size: int) -> Modules:
    """A square of ``size`` modules: a dark frame, a light one inside, dark within that."""
    y, x = np.indices((size, size)) - size // 2
    rings: Modules = np.maximum(np.abs(x), np.abs(y)) != size // 2 - 1
    return rings


FIXED, PATTERN = _patterns()
_KNOWN: Final = FIXED.copy()
_KNOWN[8, :9] = _KNOWN[:9, 8] = _KNOWN[8, -8:] = _KNOWN[-7:, 8] = False
_KNOWN[6, :] = _KNOWN[:, 6] = True
"""The modules that are the same in every code."""


def _middles(right: float = 0.0, down: float = 0.0) -> Points:
    """Middles of the modules in millimetres on the sheet: rows by columns by x and y."""
    steps = (np.arange(QR_MODULES) + 0.5) * _MODULE
    return np.stack(np.meshgrid(QR_X + right + steps, QR_Y + down + steps), axis=-1)


def _sampled(view: View) -> Iterator[Grey]:
    """Grey values of the modules, at the places of the square that fit the fixed patterns best, best first."""
    wanted = PATTERN[_KNOWN].astype(np.float64)
    shifts = [(x * _STEP, y * _STEP) for x in range(-_STEPS, _STEPS + 1) for y in range(-_STEPS, _STEPS + 1)]
    grids = _grey(view, np.stack([_middles(*shift) for shift in shifts]))
    known = grids[:, _KNOWN].astype(np.float64)
    spread = known.std(axis=1)
    likeness = ((known.mean(axis=1)[:, None] - known) * (wanted - wanted.mean())).mean(axis=1)
    likeness /= np.maximum(spread * wanted.std(), 1e-6)
    y, x = np.meshgrid(_INSIDE, _INSIDE)
    for best in likeness.argsort()[::-1][:_BEST_SHIFTS]:
        if likeness[best] < _LEAST_LIKENESS:
            return
        points = _middles(*shifts[best])[:, :, None, None, :] + np.stack([x, y], axis=-1)
        yield _grey(view, points).mean(axis=(2, 3))


def _grey(view: View, points: Points) -> Grey:
    return view.grey(points[..., 0].astype(np.float32), points[..., 1].astype(np.float32))


def _readings(grey: Grey) -> Iterator[Modules]:
    """Dark and light told apart by what is around each module, by the fixed patterns, and between."""
    sums = integral(np.pad(grey, _NEIGHBOURS, mode="reflect"))
    local, near = (squares(sums, side, _NEIGHBOURS) / side**2 for side in (_NEIGHBOURS, _FEW_NEIGHBOURS))
    level = (grey[_KNOWN & PATTERN].mean() + grey[_KNOWN & ~PATTERN].mean()) / 2
    for threshold in (local, near, level, (local + level) / 2, level * 0.8, level * 1.15):
        yield grey < threshold


def _decoded(modules: Modules, check: Check) -> FormCode | None:
    """What a perfect picture of these modules says."""
    light = np.pad(~modules, 4, constant_values=True).astype(np.uint8) * 255
    picture = np.kron(light, np.ones((3, 3), np.uint8))
    found = zxingcpp.read_barcodes(
        picture, formats=QR, is_pure=True, try_rotate=False, try_downscale=False, try_invert=False
    )
    return next((code for code in (check(each.text) for each in found) if code is not None), None)
