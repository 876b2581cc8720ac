"""A form: composed once from its questionnaire, as what is drawn and as what is read back."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText, Lang
from exports.paper import fonts
from exports.paper.head import HeadLayout, SheetHead, corner_marks, foot, head_layout
from exports.paper.pieces import Page, drawn, paginated
from exports.paper.questions import blocks
from exports.paper.shapes import Shape
from exports.texts import tr
from surveys.paper.codes import MAX_PAGE
from surveys.paper.geometry import FormLayout, PageLayout
from surveys.questionnaire import Questionnaire

ROOM_ABOVE_FOOT = 3.0
LEAST_ROOM = 120.0
"""Between head and foot, mm."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form of one session in one language, all but the codes."""

    title: str
    author: str
    pages: tuple[tuple[Shape, ...], ...]
    """What every form has on each page."""
    serials: tuple[float, ...]
    """Where the form's number stands on each page: its baseline, mm."""
    layout: FormLayout
    """Where its boxes and frames are."""


def compose(questionnaire: Questionnaire, head: SheetHead, lang: Lang) -> Sheet:
    """The form, on as many pages as it needs.

    BadInput M80 for characters that the fonts do not have, M88 for a head that leaves too little room for questions,
    M89 if a code can't number so many pages.
    """
    above = (*_head_texts(questionnaire, head, lang),)
    fonts.require((*above, *_question_texts(questionnaire, lang)))
    first, other = (head_layout(questionnaire, head, lang, first=page) for page in (True, False))
    bottom = foot(questionnaire, head, (1, 1), lang)[0].area.top - ROOM_ABOVE_FOOT
    if bottom - first.bottom < LEAST_ROOM:
        raise fonts.too_long(above)
    pages = paginated([*blocks(questionnaire, lang)], (first.bottom, other.bottom), bottom)
    if len(pages) > MAX_PAGE:
        raise BadInput(Problem("M89", {"n": len(pages), "max": MAX_PAGE}))
    heads = [first if number == 0 else other for number in range(len(pages))]
    shapes = [
        (*_page(top, page), *foot(questionnaire, head, (number, len(pages)), lang))
        for number, (top, page) in enumerate(zip(heads, pages, strict=True), start=1)
    ]
    return Sheet(
        questionnaire.title.text(lang),
        head.organiser.text(lang),
        tuple(shapes),
        tuple(each.serial for each in heads),
        FormLayout(lang=lang, pages=tuple(map(_read_back, pages))),
    )


def _page(head: HeadLayout, page: Page) -> Iterator[Shape]:
    yield from corner_marks()
    yield from head.shapes
    for y, piece in page:
        yield from drawn(piece, y)


def _read_back(page: Page) -> PageLayout:
    """The same boxes and frames as they are drawn."""
    return PageLayout(
        boxes=tuple(box.model_copy(update={"y": box.y + y}) for y, piece in page for box in piece.boxes),
        fields=tuple(
            piece.field.model_copy(update={"y": piece.field.y + y}) for y, piece in page if piece.field is not None
        ),
    )


def _head_texts(questionnaire: Questionnaire, head: SheetHead, lang: Lang) -> Iterator[tuple[HasText, str]]:
    """The texts of the data above and below the questions, and what people call them."""
    yield tr.phrase(N_("the organiser of the campaign")), head.organiser.text(lang)
    yield tr.phrase(N_("the title of the campaign")), head.campaign.text(lang)
    yield tr.phrase(N_("the campaign's word for a branch")), head.branch_word.text(lang)
    yield tr.phrase(N_("the name of the branch")), head.branch.text(lang)
    yield tr.phrase(N_("the place where forms are returned")), head.return_to.text(lang)
    yield tr.phrase(N_("the title of the questionnaire")), questionnaire.title.text(lang)
    yield tr.phrase(N_("the version of the questionnaire")), questionnaire.version


def _question_texts(questionnaire: Questionnaire, lang: Lang) -> Iterator[tuple[HasText, str]]:
    """Likewise those of the questions."""
    for question in questionnaire.questions:
        shown = [question.label, question.hint, question.constraint_message, *(each.label for each in question.choices)]
        where = tr.phrase(N_("question {name}"), name=question.name)
        yield where, "".join(text.text(lang) for text in shown)
