"""From the boxes of a question to its answer, and from pages to forms. Nothing doubtful is ever decided."""

from collections.abc import Iterable, Sequence

from surveys.paper.reading.readings import (
    BoxReading,
    FieldReading,
    FormReading,
    Layouts,
    Mark,
    Outcome,
    PageReading,
    QuestionReading,
)


def decided(boxes: Sequence[BoxReading], *, takes_several: bool) -> tuple[Outcome, tuple[str, ...]]:
    """What came of a question with these boxes, and the choices that are marked for certain."""
    marks = [box.mark for box in boxes]
    marked = tuple(box.choice for box in boxes if box.mark is Mark.MARKED)
    if Mark.PERHAPS_TAKEN_BACK in marks:
        return Outcome.TAKEN_BACK, marked
    if Mark.FAINT in marks or Mark.HIDDEN in marks:
        return Outcome.FAINT, marked
    if Mark.TAKEN_BACK in marks and (takes_several or len(marked) != 1):
        return Outcome.TAKEN_BACK, marked
    if not marked:
        return Outcome.BLANK, marked
    return Outcome.SEVERAL if len(marked) > 1 and not takes_several else Outcome.DECIDED, marked


def joined(readings: Iterable[PageReading], layouts: Layouts) -> list[FormReading]:
    """The forms to which these pages belong, in the order in which they were met; pages with a fault are left out."""
    forms: dict[tuple[int, int, int, int], list[PageReading]] = {}
    for reading in readings:
        if reading.code is not None and reading.fault is None:
            code = reading.code
            forms.setdefault((code.session, code.layout, code.branch, code.serial), []).append(reading)
    return [_form(key, pages, layouts) for key, pages in forms.items()]


def _form(key: tuple[int, int, int, int], readings: Sequence[PageReading], layouts: Layouts) -> FormReading:
    session, layout, branch, serial = key
    first: dict[int, PageReading] = {}
    repeated = []
    for reading in readings:
        number = reading.code.page if reading.code else 0
        if number in first:
            repeated.append(reading)
        else:
            first[number] = reading
    pages = tuple(first[number] for number in sorted(first))
    printed = layouts[session, layout]
    count = len(printed.layout.pages)
    return FormReading(
        session,
        layout,
        branch,
        serial,
        pages,
        tuple(repeated),
        tuple(number for number in range(1, count + 1) if number not in first),
        _questions(pages, printed.several),
        _fields(pages),
    )


def _questions(pages: Iterable[PageReading], several: frozenset[str]) -> tuple[QuestionReading, ...]:
    """Each question once: one that goes over two pages is decided again by all its boxes."""
    found: dict[str, list[QuestionReading]] = {}
    for page in pages:
        for question in page.questions:
            found.setdefault(question.question, []).append(question)
    return tuple(_merged(parts, takes_several=name in several) for name, parts in found.items())


def _merged(parts: Sequence[QuestionReading], *, takes_several: bool) -> QuestionReading:
    if len(parts) == 1:
        return parts[0]
    boxes = tuple(box for part in parts for box in part.boxes)
    outcome, marked = decided(boxes, takes_several=takes_several)
    doubtful = next((part for part in parts if not part.is_decided), parts[0])
    return QuestionReading(parts[0].question, outcome, marked, boxes, doubtful.area, doubtful.crop, doubtful.spots)


def _fields(pages: Iterable[PageReading]) -> tuple[FieldReading, ...]:
    return tuple(field for page in pages for field in page.fields)
