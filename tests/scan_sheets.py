"""Sheets for the simulated scans: real forms, as pictures before anybody has written on them."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2

from campaign.language import Lang
from exports.paper.forms import write_forms
from exports.paper.qr import modules
from exports.paper.sheet import compose
from surveys.paper import geometry as g
from surveys.paper.codes import FormCode, parse
from surveys.paper.geometry import Box
from surveys.paper.reading.plane import Picture
from surveys.paper.reading.readings import Layouts, Printed
from surveys.questionnaire import Questionnaire, QuestionType
from tests.paper_sheets import HEAD, KEY, asking, question, shipped

DPI: Final = 300
SCALE: Final = DPI / 25.4
"""Pixels a millimetre of the pictures that are written on."""
SESSION: Final = 12
NAMES: Final = ("library", "final", "pulse", "mixed")


@dataclass(frozen=True, slots=True, eq=False)
class ScanSheet:
    """A form: what is printed on it, and its pages before anybody wrote on them."""

    number: int
    """Of its layout."""
    printed: Printed
    pages: tuple[Picture, ...]

    def choices(self, page: int) -> Mapping[str, Sequence[Box]]:
        """The boxes of each question on a page, counted from 1."""
        found: dict[str, list[Box]] = {}
        for box in self.printed.layout.pages[page - 1].boxes:
            found.setdefault(box.question, []).append(box)
        return found

    def page(self, code: FormCode) -> Picture:
        """A page as it comes from the printer, with its own code, at 300 dpi."""
        picture = self.pages[code.page - 1].copy()
        stamp(picture, code.digits(KEY), g.QR_X, g.QR_Y, g.QR_SIDE)
        return picture


@cache
def sheet(name: str, lang: Lang = Lang.ZH) -> ScanSheet:
    """One of the shipped questionnaires, or ``mixed``: several pages with long scales, numbers and many choices."""
    questionnaire = _mixed() if name == "mixed" else shipped(name)
    return drawn(questionnaire, lang, 1 + NAMES.index(name) * len(Lang) + list(Lang).index(lang))


def drawn(questionnaire: Questionnaire, lang: Lang, number: int) -> ScanSheet:
    """A form of any questionnaire, its layout with that number."""
    composed = compose(questionnaire, HEAD, lang)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        write_forms(path, composed, [FormCode(SESSION, number, 17, 1)], KEY)
        with pypdfium2.PdfDocument(path) as document:
            pages = tuple(page.render(scale=DPI / 72, grayscale=True).to_numpy().copy() for page in document)
    return ScanSheet(number, Printed.of(composed.layout, questionnaire), pages)


@cache
def layouts() -> Layouts:
    """All sheets, for the reader."""
    sheets = [sheet(name, lang) for name in NAMES for lang in Lang]
    return {(SESSION, each.number): each.printed for each in sheets}


def check(text: str) -> FormCode | None:
    """The form's code of a text that is signed with the key of these sheets."""
    code = parse(text, KEY)
    return code if isinstance(code, FormCode) else None


def stamp(page: Picture, digits: str, x: float, y: float, side: float) -> None:
    """Draw the code of ``digits`` on a page, its top left corner and side in millimetres."""
    dark = np.array(modules(digits))
    pixels = round(side * SCALE)
    place = np.arange(pixels) * len(dark) // pixels
    top, left = round(y * SCALE), round(x * SCALE)
    page[top : top + pixels, left : left + pixels] = np.where(dark[place][:, place], 0, 255)


def _mixed() -> Questionnaire:
    kinds = QuestionType
    scale = tuple(str(number) for number in range(11))
    wishes = tuple(f"愿望 {number}" for number in range(1, 14))
    return asking(
        *(question(f"Q{n}", kinds.SELECT_ONE, f"第 {n} 项工作做得怎么样？", "好", "一般", "不好") for n in range(1, 9)),
        question("Q9", kinds.SELECT_ONE, "愿意推荐给同事吗？（0 为最低，10 为最高）", *scale),
        question("Q10", kinds.SELECT_MULTIPLE, "最需要解决的问题是什么？", *wishes),
        question("Q11", kinds.INTEGER, "今年来过几次？"),
        *(
            question(f"Q{n}", kinds.SELECT_ONE, f"第 {n} 项工作做得怎么样？", "好", "一般", "不好")
            for n in range(12, 22)
        ),
        question("Q22", kinds.TEXT, "还有什么意见？"),
    )
