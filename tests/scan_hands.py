"""Pages that are answered as a test says, scanned in an office, and read."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.random import Generator

from surveys.paper.codes import FormCode
from surveys.paper.geometry import Box
from surveys.paper.reading.forms import read_page
from surveys.paper.reading.plane import Picture
from surveys.paper.reading.readings import PageReading, QuestionReading
from tests.paper_pens import Hand
from tests.paper_scans import scanned
from tests.scan_sheets import SESSION, ScanSheet, check, layouts

Answer = Callable[[Hand, Sequence[Box]], object]
"""What a hand does with the boxes of a question."""


def code_of(of: ScanSheet, page: int = 1, serial: int = 4711) -> FormCode:
    """The code of a page of a form."""
    return FormCode(SESSION, of.number, 17, serial, page)


def answered(of: ScanSheet, answer: Answer, style: str = "tick", *, seed: int = 0, page: int = 1) -> Picture:
    """A page on which every question that takes one choice is answered; not yet scanned."""
    code = code_of(of, page)
    picture = of.page(code)
    hand = Hand(picture, style, np.random.default_rng([7, seed]))
    for boxes in single(of, page).values():
        answer(hand, boxes)
    return picture


def single(of: ScanSheet, page: int = 1) -> Mapping[str, Sequence[Box]]:
    """The boxes of the questions on a page that take one choice."""
    return {name: boxes for name, boxes in of.choices(page).items() if name not in of.printed.several}


def office(picture: Picture, seed: int = 0) -> Picture:
    """Scanned in an office at 200 dpi."""
    return scanned(picture, chance(seed))


def chance(seed: int) -> Generator:
    """The same in every run."""
    return np.random.default_rng([11, seed])


def read(picture: Picture, *, typed: FormCode | None = None) -> PageReading:
    """The page in ``picture``, which may be of any sheet."""
    return read_page(picture, layouts(), check, typed=typed)


def of_single(of: ScanSheet, reading: PageReading, page: int = 1) -> Iterator[tuple[QuestionReading, Sequence[Box]]]:
    """The questions that take one choice, with their boxes."""
    boxes = single(of, page)
    return ((each, boxes[each.question]) for each in reading.questions if each.question in boxes)
