"""What stands above and below the questions on every page of a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from campaign.i18n import I18n
from campaign.language import Lang
from exports.paper.questions import LEFT, RIGHT
from exports.paper.shapes import BLACK, DARK, GREY, Filled, Frame, Ring, Shape, Stroke, Text
from exports.paper.wrapping import Line, line, lines, measured
from exports.texts import tr
from surveys.paper.geometry import MARGIN, MARK, MARK_HOLE, PAGE_HEIGHT, PAGE_WIDTH
from surveys.questionnaire import Questionnaire

BODY_TOP = 59.0
"""Questions begin here, or lower where the head is long."""
FOOT_LINE = 4.8
HEAD_RIGHT = 163.0
"""Right edge of what stands beside the code."""
SERIAL_SIZE = 10.5
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NOWHERE = I18n()
_SERIAL_WIDTH = 42.0
_SAMPLE = 3.4
"""Side of the boxes that show how to fill in: smaller than a corner mark, so that none is taken for one."""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What a form says beside its questions."""

    organiser: I18n
    campaign: I18n
    branch_word: I18n
    """What the campaign calls a branch."""
    branch: I18n
    session: str
    """The session's id."""
    due: date
    """The last day on which it may be handed in."""
    return_to: I18n = NOWHERE
    """Where it is handed in; may be empty."""


@dataclass(frozen=True, slots=True)
class HeadLayout:
    """The head of a page."""

    shapes: tuple[Shape, ...]
    serial: float
    """Baseline of the form's number, which ends at :data:`HEAD_RIGHT`."""
    bottom: float
    """Where questions may begin."""


def day_text(day: date, lang: Lang) -> str:
    """``5 December 2026`` / ``2026年12月5日``."""
    if lang is Lang.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def corner_marks() -> Iterator[Shape]:
    """The squares by which a reader finds the page; the one at the bottom right is hollow."""
    right, bottom = PAGE_WIDTH - MARGIN - MARK, PAGE_HEIGHT - MARGIN - MARK
    for x, y in ((MARGIN, MARGIN), (right, MARGIN), (MARGIN, bottom), (right, bottom)):
        yield Filled(x, y, MARK, MARK)
    inset = (MARK - MARK_HOLE) / 2
    yield Filled(right + inset, bottom + inset, MARK_HOLE, MARK_HOLE, grey=1.0)


def head_layout(questionnaire: Questionnaire, head: SheetHead, lang: Lang, *, first: bool) -> HeadLayout:
    """Titles, branch and instructions; further pages have the instructions as pictures alone."""
    shapes: list[Shape] = []
    y = 15.5
    title = questionnaire.title.text(lang)
    size = next((each for each in (20.0, 18.0, 16.0) if measured(title, each, bold=True) <= HEAD_RIGHT - LEFT), 14.0)
    for text, points, bold, grey, above, below in (
        (head.organiser.text(lang), 11.0, False, BLACK, 4.4, 0.6),
        (title, size if first else min(size, 16.0), True, BLACK, 0.42 * size, 1.6),
        (head.campaign.text(lang), 10.5, False, GREY, 4.2, 0.8),
    ):
        for words in lines(text, points, HEAD_RIGHT - LEFT, bold=bold):
            y += above
            shapes.append(Text((LEFT + HEAD_RIGHT - words.width) / 2, y, words, grey))
            y += below
    y += 3.2
    serial = y + 4.0
    name = f"{head.branch_word.text(lang)}{_colon(lang)}{head.branch.text(lang)}"
    for words in lines(name, SERIAL_SIZE, HEAD_RIGHT - LEFT - _SERIAL_WIDTH):
        y += 4.8
        shapes.append(Text(LEFT, y - 0.8, words))
    y += 1.8
    shapes.append(Stroke(LEFT, y, HEAD_RIGHT - LEFT, 0, 0.2, GREY))
    y += 1.2
    if first:
        for text, bold in ((_how(lang), False), (_promise(lang), True)):
            for words in lines(text, 9.0, HEAD_RIGHT - LEFT, bold=bold):
                y += 4.4
                shapes.append(Text(LEFT, y - 0.4, words, DARK))
    y += 2.6
    shapes += _samples(y, lang)
    return HeadLayout(tuple(shapes), serial, max(y + _SAMPLE + 4.5, BODY_TOP))


def foot(questionnaire: Questionnaire, head: SheetHead, page: tuple[int, int], lang: Lang) -> tuple[Text, ...]:
    """Until when and how it is returned, the highest line first; which form, version and page this is."""
    counted = tr(lang, "Each form is counted once; photocopies are void.")
    texts = (*lines(_return(head, lang), 10.0, RIGHT - LEFT), *lines(counted, 9.0, RIGHT - LEFT))
    about = (
        head.session,
        tr(lang, "version {version}", version=questionnaire.version),
        tr(lang, "page {n} of {m}", n=page[0], m=page[1]),
    )
    top = 276.6 - FOOT_LINE * (len(texts) - 1)
    return (
        *(_centred(words, top + FOOT_LINE * place, DARK) for place, words in enumerate(texts)),
        _centred(line("   ·   ".join(about), 8.5), 284.4, GREY),
    )


def _centred(words: Line, y: float, grey: float) -> Text:
    return Text((PAGE_WIDTH - words.width) / 2, y, words, grey)


def _colon(lang: Lang) -> str:
    return "：" if lang is Lang.ZH else ": "


def _how(lang: Lang) -> str:
    return tr(
        lang,
        "Use a black or blue pen. Mark one box in each question, or several where the question says so. Do not fold "
        "the sheet, and keep the corner squares and the code clean.",
    )


def _promise(lang: Lang) -> str:
    return tr(
        lang,
        "This form is anonymous: please write no name and no phone number. Its number is random and says nothing about "
        "you; it only makes sure that each form is counted once.",
    )


def _return(head: SheetHead, lang: Lang) -> str:
    day, place = day_text(head.due, lang), head.return_to.text(lang)
    if place:
        return tr(lang, "Return it by {day}, that day included: {place}.", day=day, place=place)
    return tr(lang, "Return it by {day}, that day included.", day=day)


def _samples(y: float, lang: Lang) -> Iterator[Shape]:
    """Boxes that are filled in as they should be, with words."""
    x = LEFT
    yield Frame(x, y, _SAMPLE, _SAMPLE, 0.25)
    yield Stroke(x + 0.6, y + 1.5, 0.9, 1.3, 0.4)
    yield Stroke(x + 1.5, y + 2.8, 1.9, -3.2, 0.4)
    x += _SAMPLE + 2.0
    yield Filled(x, y, _SAMPLE, _SAMPLE)
    x += _SAMPLE + 1.6
    for text, gap in (
        (tr(lang, "this is how to mark"), 9.0),
        (tr(lang, "taken back: black, with a ring around it"), 0.0),
    ):
        words = line(text, 9.0)
        yield Text(x, y + 2.9, words, DARK)
        x += words.width + gap
        if gap:
            yield Filled(x, y, _SAMPLE, _SAMPLE)
            yield Ring(x + _SAMPLE / 2, y + _SAMPLE / 2, 3.2, 0.35)
            x += _SAMPLE + 3.0
