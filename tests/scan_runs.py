"""Simulated forms read back, and the count of what came out right, wrong or as a question to people."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
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
class Count:
    """What came of the pages of a case."""

    pages: int = 0
    codes: Counter[CodeRead | None] = field(default_factory=Counter)
    wrong_codes: int = 0
    unread: int = 0
    """Pages that a person must key."""
    questions: int = 0
    """On the pages that were read."""
    right: int = 0
    wrong: int = 0
    doubtful: int = 0
    """Questions that are doubtful on purpose."""
    asked_doubtful: int = 0
    asked: int = 0
    """Questions that are asked although nothing is doubtful about them."""
    fields: int = 0
    fields_missed: int = 0
    fields_invented: int = 0
    seconds: float = 0.0
    """Of processor time, for reading."""
    why: list[tuple[int, QuestionReading, str]] = field(default_factory=list)
    """What was wrong, and what was asked in vain: the page's number, the question, wrong or the outcome."""

    @property
    def accepted(self) -> int:
        """Questions that nobody needs to look at."""
        return self.right + self.wrong

    @property
    def asked_percent(self) -> float:
        """Share of the questions with nothing doubtful about them that are asked nevertheless."""
        return 100 * self.asked / max(1, self.questions - self.doubtful)


def sent(case: str, seed: int, number: int) -> Sent:
    """Page ``number`` of a case: always the same for the same seed."""
    rng = np.random.default_rng([seed, list(CASES).index(case), number])
    of = sheet(NAMES[number % len(NAMES)], list(Lang)[number // len(NAMES) % 2])
    page = 1 + number // (2 * len(NAMES)) % len(of.pages)
    code = FormCode(SESSION, of.number, BRANCH, int(rng.integers(1, MAX_SERIAL)), page)
    picture = of.page(code)
    filled = fill_in(picture, of, page, rng)
    return Sent(CASES[case](picture, rng), code, filled)


def read_back(case: str, seed: int, numbers: Iterable[int]) -> Count:
    """The pages with these numbers, read and compared with what was meant."""
    count = Count()
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
    for question in reading.questions:
        _compare(count, number, page.filled, question)
    found = {each.question for each in reading.fields}
    count.fields += len(page.filled.written)
    count.fields_missed += len(page.filled.written - found)
    count.fields_invented += len(found - page.filled.written)


def _compare(count: Count, number: int, filled: Filled, question: QuestionReading) -> None:
    is_doubtful = question.question in filled.doubtful
    count.questions += 1
    count.doubtful += is_doubtful
    if not question.is_decided:
        count.asked_doubtful += is_doubtful
        count.asked += not is_doubtful
        if not is_doubtful:
            count.why.append((number, question, question.outcome.value))
    elif frozenset(question.marked) == filled.answers[question.question]:
        count.right += 1
    else:
        count.wrong += 1
        count.why.append((number, question, "wrong"))
