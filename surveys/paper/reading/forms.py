"""Reading one page: the code, the page's place in the picture, what is in the boxes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from surveys.paper.codes import FormCode
from surveys.paper.geometry import Box, PageLayout
from surveys.paper.reading.blind import blind
from surveys.paper.reading.crops import CODE_AREA, area_around, area_of_boxes, crop, spots_in
from surveys.paper.reading.deciding import decided
from surveys.paper.reading.emptiness import is_empty
from surveys.paper.reading.fields import has_writing, written_part
from surveys.paper.reading.frames import GATE
from surveys.paper.reading.ink import measured
from surveys.paper.reading.judging import judged
from surveys.paper.reading.locating import Check, LocatedCode, locate, locate_filtered
from surveys.paper.reading.marks import MARKS
from surveys.paper.reading.pages import Page, pages_of
from surveys.paper.reading.plane import Picture, View
from surveys.paper.reading.readings import (
    BoxReading,
    CodeRead,
    Fault,
    FieldReading,
    Layouts,
    Outcome,
    PageReading,
    QuestionReading,
    Way,
)
from surveys.paper.reading.rebuilding import rebuild
from surveys.paper.reading.registering import CODE, Placed, place_by_code, place_by_marks
from surveys.paper.reading.specks import specks


def read_pages(paths: Iterable[Path], layouts: Layouts, check: Check) -> Iterator[tuple[Page, PageReading | None]]:
    """Every page of these files and what is on it, one after the other; None where the page has a problem."""
    for path in paths:
        for page in pages_of(path):
            yield page, None if page.picture is None else read_page(page.picture, layouts, check)


def read_page(picture: Picture, layouts: Layouts, check: Check, *, typed: FormCode | None = None) -> PageReading:
    """What is on the page in ``picture``.

    ``check`` gives the form's code of a text that is signed by us, None for any other text. A ``typed`` code is that of
    a page whose own could not be read, as a person has typed it.
    """
    if is_empty(picture):
        return PageReading(fault=Fault.EMPTY)
    found = locate(picture, check)
    if found.ours is not None:
        return _read_by_code(picture, layouts, found.ours, CodeRead.AS_IT_IS)
    views = []
    for view, marks in blind(picture):
        views.append(view)
        code = typed or rebuild(view, check)
        if code is not None:
            return _read_by_marks(view, marks, layouts, code, CodeRead.TYPED if typed else CodeRead.REBUILT)
    filtered = locate_filtered(picture, check)
    if filtered.ours is not None:
        return _read_by_code(picture, layouts, filtered.ours, CodeRead.FILTERED)
    if found.others or filtered.others:
        return PageReading(fault=Fault.OTHER_CODE)
    return _without_code(views, layouts)


def _read_by_code(picture: Picture, layouts: Layouts, found: LocatedCode, how: CodeRead) -> PageReading:
    page = _page_of(found.code, layouts)
    if isinstance(page, Fault):
        return PageReading(found.code, page, code_read=how)
    return _contents(found.code, page, layouts, place_by_code(picture, found.corners, page), how)


def _read_by_marks(view: View, marks: int, layouts: Layouts, code: FormCode, how: CodeRead) -> PageReading:
    page = _page_of(code, layouts)
    if isinstance(page, Fault):
        return PageReading(code, page, code_read=how)
    placed = place_by_marks(view, marks, page)
    if not placed.is_believed:
        placed = max(placed, place_by_code(view.picture, view.pixels(CODE), page), key=lambda each: each.score)
    return _contents(code, page, layouts, placed, how)


def _page_of(code: FormCode, layouts: Layouts) -> PageLayout | Fault:
    printed = layouts.get((code.session, code.layout))
    if printed is None:
        return Fault.UNKNOWN_LAYOUT
    pages = printed.layout.pages
    return pages[code.page - 1] if 1 <= code.page <= len(pages) else Fault.UNKNOWN_PAGE


def _contents(code: FormCode, page: PageLayout, layouts: Layouts, placed: Placed, how: CodeRead) -> PageReading:
    """Everything on a page that is placed; nothing if its frames are not where they should be."""
    if not placed.is_believed:
        return PageReading(
            code, Fault.NOT_PLACED, code_read=how, way=placed.way, marks=placed.marks, score=placed.score
        )
    several = layouts[code.session, code.layout].several
    dirt = specks(placed.view)
    return PageReading(
        code,
        questions=_questions(placed.view, page, several, dirt),
        fields=_fields(placed.view, page),
        code_read=how,
        way=placed.way,
        marks=placed.marks,
        score=placed.score,
        specks=dirt,
    )


def _questions(view: View, page: PageLayout, several: frozenset[str], dirt: float) -> tuple[QuestionReading, ...]:
    boxes: dict[str, list[Box]] = {}
    readings: dict[str, list[BoxReading]] = {}
    inks = measured(view, page.boxes)
    for box, ink, mark in zip(page.boxes, inks, judged(inks, dirt), strict=True):
        boxes.setdefault(box.question, []).append(box)
        readings.setdefault(box.question, []).append(BoxReading(box.question, box.choice, mark, ink))
    return tuple(_question(view, boxes[name], found, takes_several=name in several) for name, found in readings.items())


def _question(
    view: View, boxes: Sequence[Box], readings: Sequence[BoxReading], *, takes_several: bool
) -> QuestionReading:
    outcome, marked = decided(readings, takes_several=takes_several)
    area = area_of_boxes(boxes)
    pixels, name = area.pixels(view), boxes[0].question
    if outcome is Outcome.DECIDED and len(marked) == 1:
        return QuestionReading(name, outcome, marked, tuple(readings), pixels)
    return QuestionReading(name, outcome, marked, tuple(readings), pixels, crop(view, area), spots_in(area, boxes))


def _fields(view: View, page: PageLayout) -> tuple[FieldReading, ...]:
    found = []
    for field in page.fields:
        if has_writing(view, field):
            area = area_around(*written_part(view, field))
            found.append(FieldReading(field.question, field.holds, area.pixels(view), crop(view, area)))
    return tuple(found)


def _without_code(views: Sequence[View], layouts: Layouts) -> PageReading:
    """A page without a code of ours: one of these forms if the frames of any layout's page are where they should be."""
    pages = [page for printed in layouts.values() for page in printed.layout.pages]
    for view in views:
        score = max((place_by_marks(view, len(MARKS), page).score for page in pages), default=0.0)
        if score >= GATE:
            crop_of_code = crop(view, CODE_AREA)
            return PageReading(fault=Fault.DAMAGED_CODE, way=Way.BLIND, score=score, code_crop=crop_of_code)
    return PageReading(fault=Fault.NOT_OURS)
