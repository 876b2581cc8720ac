"""Where a person is among the choices of a question: which page of them, which one the arrows point at."""

from collections.abc import Sequence

from surveys.questionnaire import Choice, CountsAs, Question
from surveys.response import Answer

MOST = 6
"""Choices on a page; the digits above them are 7 back, 8 more, 9 on."""


def balanced(count: int, most: int) -> list[range]:
    """``count`` things on as few pages of at most ``most`` as possible, the pages as even as possible."""
    pages = max(1, -(-count // most))
    size, larger = divmod(count, pages)
    ends = [size * (page + 1) + min(page + 1, larger) for page in range(pages)]
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def scale_signs(choices: Sequence[Choice]) -> list[str]:
    """A sign for each choice of a scale: ``■■■`` for the best, which may come first or last, ``?`` for no opinion."""
    graded = [choice for choice in choices if choice.counts_as not in {None, CountsAs.NO_OPINION}]
    worst_first = bool(graded) and graded[0].counts_as is CountsAs.NEGATIVE
    best_first = graded[::-1] if worst_first else graded
    steps = {choice.code: len(graded) - place for place, choice in enumerate(best_first)}
    return [
        "■" * steps[choice.code] + "□" * (len(graded) - steps[choice.code])
        if choice.code in steps
        else "?".rjust(-(-len(graded) // 2))
        if choice.counts_as is CountsAs.NO_OPINION
        else ""
        for choice in choices
    ]


def first_chosen(question: Question, value: Answer | None) -> int | None:
    """Index of the first choice that is chosen."""
    codes = value if isinstance(value, tuple) else (value,)
    return next((at for at, choice in enumerate(question.choices) if choice.code in codes), None)


class Choosing:
    """The pages of one question's choices."""

    def __init__(self, count: int, start: int | None = None) -> None:
        self.count = count
        self.pointed = start
        """Index of the choice that the arrow keys point at."""
        self.capacity = MOST
        """How many choices the screen has room for."""
        self._first = start or 0

    @property
    def pages(self) -> list[range]:
        """Indexes of the choices on each page."""
        return balanced(self.count, max(1, min(MOST, self.capacity)))

    @property
    def page(self) -> int:
        """Number of the page shown, from 0."""
        return next((at for at, page in enumerate(self.pages) if self._first in page), 0)

    @property
    def shown(self) -> range:
        """Indexes of the choices on the page shown."""
        return self.pages[self.page]

    def more(self, step: int = 1) -> None:
        """Turn to the next page, from the last one to the first."""
        pages = self.pages
        self._first = pages[(self.page + step) % len(pages)].start
        self.pointed = None

    def move(self, step: int) -> None:
        """Point at the next or previous choice, turning pages."""
        if self.pointed is None:
            shown = self.shown
            self.point_at(shown[0] if step > 0 else shown[-1])
        else:
            self.point_at(min(max(0, self.pointed + step), self.count - 1))

    def point_at(self, index: int) -> None:
        """Point at a choice and turn to its page."""
        self.pointed = self._first = index

    def at_key(self, digit: str) -> int | None:
        """Index of the choice that this digit stands for now."""
        place = int(digit) - 1
        return self.shown[place] if 0 <= place < len(self.shown) else None
