"""Simulated forms read back, and the count of what came out right, wrong or as a question to people."""

import math
import operator
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Final

import numpy as np

from campaign.language import Lang
from surveys.paper.codes import MAX_SERIAL, FormCode
from surveys.paper.reading.forms import read_page
from surveys.paper.reading.plane import Picture
from surveys.paper.reading.readings import CodeRead, PageReading, QuestionReading
from tests.paper_pens import Filled, fill_in
from tests.paper_scans import CASES
from tests.scan_sheets import NAMES, SESSION, check, layouts, sheet

TRAINING, HELD_OUT = (1, 2), 3
"""Limits are set on the pages of the first seeds and reported on those of the other."""
BRANCH: Final = 17


@dataclass(frozen=True, slots=True, eq=False)
class Sent:
    """A page on its way into the program, and what is meant by it."""

    picture: Picture
    code: FormCode
    filled: Filled


@dataclass(slots=True)
class Questions:
    """What came of the questions of pages that were read."""

    right: int = 0
    wrong: int = 0
    asked: int = 0
    """Although nothing is doubtful about them."""
    doubtful: int = 0
    """Doubtful on purpose, decided or not."""
    asked_doubtful: int = 0

    def __add__(self, other: "Questions") -> "Questions":
        return Questions(*map(operator.add, astuple(self), astuple(other)))

    @property
    def accepted(self) -> int:
        """Questions that nobody needs to look at."""
        return self.right + self.wrong

    @property
    def total(self) -> int:
        """All of them."""
        return self.accepted + self.asked + self.asked_doubtful

    @property
    def asked_percent(self) -> float:
        """Share of the questions with nothing doubtful about them that are asked nevertheless; nan of none."""
        plain = self.total - self.doubtful
        return 100 * self.asked / plain if plain else math.nan


@dataclass(slots=True)
class Count:
    """What came of the pages of a case."""

    pages: int = 0
    codes: Counter[CodeRead | None] = field(default_factory=Counter)
    wrong_codes: int = 0
    unread: int = 0
    """Pages that a person must key."""
    pens: dict[str, Questions] = field(default_factory=dict)
    """The questions by the pen and the hand that answered."""
    fields: int = 0
    fields_missed: int = 0
    fields_invented: int = 0
    seconds: float = 0.0
    """Of processor time, for reading."""
    why: list[tuple[int, QuestionReading, str]] = field(default_factory=list)
    """What was wrong, and what was asked in vain: the page's number, the question, wrong or the outcome."""

    @property
    def questions(self) -> Questions:
        """Those of all pens."""
        return sum(self.pens.values(), Questions())


def sent(case: str, seed: int, number: int) -> Sent:
    """Page ``number`` of a case: always the same for the same seed."""
    rng = np.random.default_rng([seed, list(CASES).index(case), number])
    of = sheet(NAMES[number % len(NAMES)], list(Lang)[number // len(NAMES) % 2])
    page = 1 + number // (2 * len(NAMES)) % len(of.pages)
    code = FormCode(SESSION, of.number, BRANCH, int(rng.integers(1, MAX_SERIAL)), page)
    picture = of.page(code)
    filled = fill_in(picture, of, page, rng)
    return Sent(CASES[case](picture, rng), code, filled)


def read_back(case: str, seed: int, numbers: Iterable[int], count: Count | None = None) -> Count:
    """The pages with these numbers, read and compared with what was meant; added to a ``count``."""
    count = count or Count()
    known = layouts()
    for number in numbers:
        page = sent(case, seed, number)
        start = time.process_time()
        reading = read_page(page.picture, known, check)
        count.seconds += time.process_time() - start
        compare(count, number, page, reading)
    return count


def compare(count: Count, number: int, page: Sent, reading: PageReading) -> None:
    """Add a page to the count."""
    count.pages += 1
    count.codes[reading.code_read if reading.code else None] += 1
    count.wrong_codes += reading.code is not None and reading.code != page.code
    if reading.code is None or reading.fault is not None:
        count.unread += 1
        return
    questions = count.pens.setdefault(page.filled.style, Questions())
    for question in reading.questions:
        if came_of := _compare(questions, page.filled, question):
            count.why.append((number, question, came_of))
    found = {each.question for each in reading.fields}
    count.fields += len(page.filled.written)
    count.fields_missed += len(page.filled.written - found)
    count.fields_invented += len(found - page.filled.written)


def _compare(questions: Questions, filled: Filled, question: QuestionReading) -> str:
    """Count a question; what came of it if that is not as it should be."""
    is_doubtful = question.question in filled.doubtful
    questions.doubtful += is_doubtful
    if question.is_decided:
        is_right = frozenset(question.marked) == filled.answers[question.question]
        questions.right += is_right
        questions.wrong += not is_right
        return "" if is_right else "wrong"
    questions.asked_doubtful += is_doubtful
    questions.asked += not is_doubtful
    return "" if is_doubtful else question.outcome.value
