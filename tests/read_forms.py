"""Forms as the reader of scans gives them, made up: what is marked, what is in doubt, which pages are missing."""

from collections.abc import Mapping, Sequence

from surveys.paper.forms import PaperStock
from surveys.paper.reading.readings import (
    BoxInk,
    BoxReading,
    FieldReading,
    FormReading,
    Mark,
    Outcome,
    QuestionReading,
)
from surveys.questionnaire import Questionnaire

INK = BoxInk(dark=0.3, light=0.3, stroke=0.3, length=2, breadth=2, frame=1)
PICTURE = b"a picture of "
"""Begins the picture of every question and field that is in doubt."""
CERTAIN: Mapping[str, Sequence[str] | Outcome] = {"Q1": ["A"], "Q2": ["B"]}
"""Answers that count, and nothing in doubt."""


def form_reading(
    questionnaire: Questionnaire,
    stock: PaperStock,
    serial: int,
    found: Mapping[str, Sequence[str] | Outcome],
    *,
    written: Sequence[str] = (),
    missing: Sequence[int] = (),
) -> FormReading:
    """A form of the first layout: per question the choices that are certain, or why none is."""
    return FormReading(
        stock.number,
        1,
        stock.branch,
        serial,
        pages=(),
        repeated=(),
        missing=tuple(missing),
        questions=tuple(_question(questionnaire, name, what) for name, what in found.items()),
        fields=tuple(FieldReading(name, "text", (0, 0, 9, 9), PICTURE + name.encode()) for name in written),
    )


def _question(questionnaire: Questionnaire, name: str, found: Sequence[str] | Outcome) -> QuestionReading:
    question = questionnaire.question(name)
    assert question is not None
    codes = [choice.code for choice in question.choices]
    outcome = found if isinstance(found, Outcome) else Outcome.DECIDED
    marked = codes[:2] if outcome is Outcome.SEVERAL else () if isinstance(found, Outcome) else found
    boxes = tuple(BoxReading(name, code, Mark.MARKED if code in marked else Mark.EMPTY, INK) for code in codes)
    if outcome is Outcome.DECIDED:
        return QuestionReading(name, outcome, tuple(marked), boxes, (0, 0, 9, 9))
    spots = tuple((code, 30 + 60 * at, 48) for at, code in enumerate(codes))
    return QuestionReading(name, outcome, tuple(marked), boxes, (0, 0, 9, 9), PICTURE + name.encode(), spots)
