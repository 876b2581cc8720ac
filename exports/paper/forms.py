"""Forms as a PDF to be printed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from exports.paper.files import whole_file
from exports.paper.head import HEAD_RIGHT, SERIAL_SIZE
from exports.paper.pdf import new_canvas
from exports.paper.qr import QUIET
from exports.paper.shapes import Text, draw
from exports.paper.sheet import Sheet
from exports.paper.stamps import captions, square
from exports.paper.wrapping import line
from exports.texts import tr
from surveys.paper.codes import FormCode
from surveys.paper.geometry import QR_MODULES, QR_SIDE, QR_X, QR_Y

CAPTIONS = QR_Y + QR_SIDE * (1 + QUIET / QR_MODULES)
"""Where the quiet zone under the square ends, mm."""


def write_forms(
    path: Path,
    sheet: Sheet,
    codes: Iterable[FormCode],
    key: bytes,
    *,
    force: bool = False,
    before_naming: Callable[[], None] = lambda: None,
) -> int:
    """Write one form for each code, in their order, and return how many pages that are.

    ``before_naming`` is called when all is written: what must be known of the forms before anybody can print them.
    What all forms have in common is in the file once. Two runs with the same codes write the same bytes.
    Refused M70 if ``path`` exists and not ``force``; StoreError M40; ValueError without any code.
    """
    with whole_file(path, force=force, before_naming=before_naming) as file:
        return _write(file, sheet, codes, key)


def numbers(sheet: Sheet, page: int, code: FormCode, digits: str) -> tuple[Text, ...]:
    """The form's number in figures, in the head and under the square of a page, the first being 0."""
    serial = line(tr(sheet.layout.lang, "Form no. {number}", number=code.typed()), SERIAL_SIZE)
    below = captions(digits, QR_X + QR_SIDE / 2, CAPTIONS, code.typed())
    return (Text(HEAD_RIGHT - serial.width, sheet.serials[page], serial), *below)


def _write(file: BinaryIO, sheet: Sheet, codes: Iterable[FormCode], key: bytes) -> int:
    canvas = new_canvas(file, sheet.title, sheet.author, sheet.layout.lang)
    for page, shapes in enumerate(sheet.pages):
        canvas.beginForm(f"page{page}")
        draw(canvas, shapes)
        canvas.endForm()
    count = 0
    for code in codes:
        for page in range(len(sheet.pages)):
            digits = replace(code, page=page + 1).digits(key)
            canvas.doForm(f"page{page}")
            square(canvas, digits, QR_X, QR_Y, QR_SIDE)
            draw(canvas, numbers(sheet, page, code, digits))
            canvas.showPage()
            count += 1
    if not count:
        raise ValueError("no codes")
    canvas.save()
    return count
