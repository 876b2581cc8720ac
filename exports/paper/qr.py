"""QR codes of digits: the modules, and what is drawn of them.

Made by the package qrcode (ISO/IEC 18004). The mask is always the same: choosing among all eight takes 85 % of the time
of making a code, and a reader finds the mask in the code itself.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

Level = Literal["L", "M", "Q", "H"]
"""How much of a code may be damaged: about 7, 15, 25 or 30 % of its modules."""
Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True is dark; without the quiet zone."""

QUIET = 4
"""Modules that stay white around a code (ISO/IEC 18004, 9.1)."""
MASK: Final = 0
"""The one whose codes of forms and slips have the fewest penalty points (ISO/IEC 18004, 7.8.3) of all fixed ones."""

_DARK = re.compile(rb"\x01+")


def modules(digits: str, level: Level = "H") -> Modules:
    """The code of ``digits`` in the smallest size that holds them: 34 of level H take 25 by 25 modules.

    ValueError for anything but digits.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(digits)
    from qrcode import constants  # noqa: PLC0415  imports pillow: 45 ms that no start of the program should wait for
    from qrcode.main import QRCode  # noqa: PLC0415

    levels = {
        "L": constants.ERROR_CORRECT_L,
        "M": constants.ERROR_CORRECT_M,
        "Q": constants.ERROR_CORRECT_Q,
        "H": constants.ERROR_CORRECT_H,
    }
    code = QRCode(error_correction=levels[level], border=0, mask_pattern=MASK)
    code.add_data(digits, optimize=0)
    code.make()
    return tuple(map(tuple, code.get_matrix()))


def runs(code: Modules) -> Iterator[tuple[int, int, int]]:
    """Dark modules side by side as one: column and row of the first, and how many."""
    for y, row in enumerate(code):
        for run in _DARK.finditer(bytes(row)):
            yield run.start(), y, run.end() - run.start()
