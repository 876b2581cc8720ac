"""Printed forms, filled in as somebody says and scanned: files as they come from an office scanner. Simulated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image

from surveys.paper.codes import FormCode, parse
from surveys.paper.geometry import BOX, FormLayout
from surveys.paper.reading.plane import Picture
from tests.paper_pens import Pen, draw_stroke
from tests.paper_scans import scanned
from tests.scan_sheets import DPI

Marks = Mapping[str, Sequence[str]]
"""Choices to tick by question; ``~`` before a choice makes a dot that may be a mark, text goes into a field."""
PEN = Pen(0.55, 40)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page from the printer."""

    picture: Picture
    code: FormCode


def printed_sheets(pdf: Path, key: bytes) -> list[Sheet]:
    """The pages of a file of forms, in their order, at 300 dpi."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_numpy().copy() for page in document]
    sheets = []
    for picture in pictures:
        found = [parse(each.text, key) for each in zxingcpp.read_barcodes(picture)]
        (code,) = [each for each in found if isinstance(each, FormCode)]
        sheets.append(Sheet(picture, code))
    return sheets


def ticked(sheet: Sheet, layout: FormLayout, marks: Marks, seed: int = 1) -> Picture:
    """The page with a tick in every box that is named, and a scribble in every field."""
    picture, rng = sheet.picture.copy(), np.random.default_rng([seed, sheet.code.serial, sheet.code.page])
    page = layout.pages[sheet.code.page - 1]
    for box in page.boxes:
        x, y = box.x + BOX / 2, box.y + BOX / 2
        if box.choice in marks.get(box.question, ()):
            strokes = [((x - 1.4, y), (x - 0.3, y + 1.4)), ((x - 0.3, y + 1.4), (x + 2.2, y - 2.0))]
        elif f"~{box.choice}" in marks.get(box.question, ()):
            strokes = [((x - 0.1, y), (x + 0.1, y + 0.1))]
        else:
            continue
        for stroke in strokes:
            draw_stroke(picture, stroke, PEN, rng)
    for field in page.fields:
        for at, _ in enumerate(marks.get(field.question, ())):
            x, y = field.x + 5 + 8 * at, field.y + 6
            draw_stroke(picture, ((x, y), (x + 4, y - 3), (x + 5, y + 3)), PEN, rng)
            draw_stroke(picture, ((x, y + 3), (x + 5, y - 1)), PEN, rng)
    return picture


def scan_file(pictures: Sequence[Picture], path: Path, dpi: int = 200, seed: int = 1) -> Path:
    """The pages through an office scanner into one PDF, each as a JPEG."""
    rng = np.random.default_rng(seed)
    images = [Image.fromarray(scanned(each, rng, dpi)) for each in pictures]
    images[0].save(path, save_all=True, append_images=images[1:], resolution=dpi, quality=75)
    return path
