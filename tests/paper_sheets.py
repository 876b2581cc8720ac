"""Questionnaires to print, and what is seen on the pages that came of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol
from pyzbar.pyzbar import decode as zbar_decode

from campaign.i18n import I18n
from campaign.language import Lang
from exports.paper.forms import CAPTIONS
from exports.paper.head import SheetHead
from exports.paper.shapes import Area
from surveys.paper.geometry import (
    BOX,
    MARGIN,
    MARK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QR_SIDE,
    QR_X,
    QR_Y,
    PageLayout,
)
from surveys.questionnaire import Choice, Question, Questionnaire, QuestionType
from surveys.shipped import shipped_questionnaire
from surveys.xlsform import compile_questionnaire

KEY = bytes(range(32))
DPI = 200
HEAD = SheetHead(
    organiser=I18n(zh="镇活动办公室", en="Office of the Town Campaign"),
    campaign=I18n(zh="“满意在基层”主题活动", en="Satisfied at the Grassroots"),
    branch_word=I18n(zh="支部", en="Branch"),
    branch=I18n(zh="镇机关第一支部", en="First branch of the town office"),
    session="B01-261123-1",
    due=date(2026, 12, 5),
    return_to=I18n(zh="投入会场票箱", en="ballot box at the venue"),
)


@cache
def shipped(name: str) -> Questionnaire:
    """A questionnaire that comes with the program."""
    return compile_questionnaire(shipped_questionnaire(name), name).questionnaire


def asking(*questions: Question, title: str = "测评 Survey") -> Questionnaire:
    """A questionnaire of these questions; nothing of it is checked."""
    return Questionnaire(
        id="test", title=I18n(zh=title, en=title), languages=tuple(Lang), default_language=Lang.ZH, questions=questions
    )


def question(name: str, kind: QuestionType, label: str, *labels: str, **fields: object) -> Question:
    """A question, with choices coded 1, 2, 3."""
    choices = tuple(Choice(code=str(code), label=text) for code, text in enumerate(map(both, labels), start=1))
    return Question.model_validate({"name": name, "type": kind, "label": label, "choices": choices, **fields})


def both(text: str) -> I18n:
    """The same text in both languages."""
    return I18n(zh=text, en=text)


def printed_marks() -> list[Area]:
    """The corner marks, and the square with its quiet zone."""
    right, bottom = PAGE_WIDTH - MARGIN - MARK, PAGE_HEIGHT - MARGIN - MARK
    corners = [(MARGIN, MARGIN), (right, MARGIN), (MARGIN, bottom), (right, bottom)]
    quiet = CAPTIONS - QR_Y - QR_SIDE
    square = Area(QR_X - quiet, QR_Y - quiet, QR_X + QR_SIDE + quiet, CAPTIONS)
    return [*(Area(x, y, x + MARK, y + MARK) for x, y in corners), square]


def frames(layout: PageLayout) -> list[Area]:
    """Where a page is filled in."""
    boxes = [Area(box.x, box.y, box.x + BOX, box.y + BOX) for box in layout.boxes]
    return boxes + [Area(each.x, each.y, each.x + each.width, each.y + each.height) for each in layout.fields]


def overlap(one: Area, other: Area) -> bool:
    """Whether they share more than a hundredth of a millimetre."""
    beside = min(one.right, other.right) - max(one.left, other.left)
    below = min(one.bottom, other.bottom) - max(one.top, other.top)
    return min(beside, below) > 0.01


def overlapping(areas: Sequence[Area]) -> list[tuple[Area, Area]]:
    """Every pair of areas that lie over each other."""
    ordered = sorted(areas, key=lambda each: each.top)
    found = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top >= one.bottom:
                break
            if overlap(one, other):
                found.append((one, other))
    return found


def pages(path: Path) -> Iterator[Image.Image]:
    """The pages as a good printer and scanner would show them."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.render(scale=DPI / 72, grayscale=True).to_pil()


def texts(path: Path) -> list[str]:
    """What each page says, without its blanks and line ends."""
    with pypdfium2.PdfDocument(path) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def decoded(page: Image.Image) -> tuple[list[str], list[str]]:
    """What two decoders that have nothing in common read on a page, in order."""
    zxing = [
        found.text
        for found in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]
    zbar = [found.data.decode("ascii") for found in zbar_decode(page, symbols=[ZBarSymbol.QRCODE])]
    return sorted(zxing), sorted(zbar)


def printed_fonts(path: Path) -> dict[str, bool]:
    """Names of the fonts of all texts, those of shared parts included, and whether they are in the file."""
    with pypdfium2.PdfDocument(path) as document:
        objects = (each for page in document for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]))
        found = [each.get_font() for each in objects]
        return {font.get_base_name(): font.is_embedded for font in found}


def grey(page: Image.Image) -> npt.NDArray[np.uint8]:
    """The page's pixels, 0 is black."""
    return np.asarray(page)


def has_frame(pixels: npt.NDArray[np.uint8], area: Area) -> bool:
    """Whether a frame is drawn along the area's edges: dark on each side, white inside."""
    scale = DPI / 25.4
    left, top, right, bottom = (round(edge * scale) for edge in (area.left, area.top, area.right, area.bottom))
    sides = (
        pixels[top - 2 : top + 3, left:right].min(axis=0),
        pixels[bottom - 2 : bottom + 3, left:right].min(axis=0),
        pixels[top:bottom, left - 2 : left + 3].min(axis=1),
        pixels[top:bottom, right - 2 : right + 3].min(axis=1),
    )
    inside = pixels[top + 5 : bottom - 5, left + 5 : right - 5]
    return all((side < 140).mean() > 0.98 for side in sides) and bool(np.median(inside) > 240)


def share_of_ink(pixels: npt.NDArray[np.uint8], x: float, y: float, side: float) -> float:
    """How much of a square with this corner (mm) is black."""
    scale = DPI / 25.4
    left, top, right, bottom = (round(edge * scale) for edge in (x, y, x + side, y + side))
    return float((pixels[top:bottom, left:right] < 128).mean())
