"""From what was read off a form to answers, and to the questions that a person must settle."""

from collections.abc import Iterator, Mapping
from itertools import chain

from surveys.acceptance import settled
from surveys.paper.geometry import FormLayout
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm, ScanQueue, Spot
from surveys.paper.reading.readings import FormReading, Mark, Outcome, QuestionReading
from surveys.questionnaire import Questionnaire, QuestionType
from surveys.response import Answer

_DOUBTS: Mapping[Outcome, Doubt] = {
    Outcome.BLANK: Doubt.BLANK,
    Outcome.SEVERAL: Doubt.SEVERAL,
    Outcome.FAINT: Doubt.FAINT,
    Outcome.TAKEN_BACK: Doubt.TAKEN_BACK,
}
_FOR_WANT_OF_A_PAGE = frozenset({Doubt.UNREAD, Doubt.APART})
"""Doubts that another page may end; all others stand until a person has looked."""


def decided_answers(reading: FormReading, layout: FormLayout, questionnaire: Questionnaire) -> dict[str, Answer]:
    """The answers that were read for certain, also to questions that do not apply."""
    answers: dict[str, Answer] = {}
    missing = _on_pages(layout, reading.missing)
    for found in reading.questions:
        question = questionnaire.question(found.question)
        if question is not None and found.is_decided and question.name not in missing:
            several = question.type is QuestionType.SELECT_MULTIPLE
            in_order = tuple(choice.code for choice in question.choices if choice.code in found.marked)
            answers[question.name] = in_order if several else found.marked[0]
    return answers


def merged(
    reading: FormReading, layout: FormLayout, questionnaire: Questionnaire, before: QueuedForm | None
) -> QueuedForm:
    """The form as it is read now, with what was read of its other pages ``before``: that stands, doubts too.

    What is in doubt since now has no picture: :func:`crops` has it.
    """
    before = before or QueuedForm(serial=reading.serial, answers={}, open=(), missing=reading.missing)
    missing = tuple(page for page in reading.missing if page in before.missing)
    decided = decided_answers(reading, layout, questionnaire)
    doubts = {each.question: each for each in _open_questions(reading, layout)}
    unread = _on_pages(layout, missing)
    answers: dict[str, Answer] = {}
    waits: list[OpenQuestion] = []
    for name in (question.name for question in questionnaire.asked):
        earlier = before.open_question(name)
        if name in before.answers:
            answers[name] = before.answers[name]
        elif earlier is not None and earlier.doubt not in _FOR_WANT_OF_A_PAGE:
            waits.append(earlier)
        elif name in decided:
            answers[name] = decided[name]
        elif name in doubts:
            waits.append(_with_marks(doubts[name], earlier))
        elif earlier is not None and earlier.doubt is Doubt.APART:
            waits.append(earlier)
        elif name in unread:
            waits.append(OpenQuestion(question=name, doubt=Doubt.UNREAD))
    return QueuedForm(serial=reading.serial, answers=answers, open=tuple(waits), missing=missing)


def crops(reading: FormReading) -> Mapping[str, bytes]:
    """The pictures of questions and fields, by the question's name; of what is beyond doubt there may be none."""
    found = [(each.question, each.crop) for each in reading.questions]
    found += [(each.question, each.crop) for each in reading.fields]
    return {name: png for name, png in found if png}


def spots_of(reading: FormReading, name: str) -> tuple[Spot, ...]:
    """The boxes in the picture of a question."""
    found = next((each for each in reading.questions if each.question == name), None)
    return tuple(_spots(found)) if found else ()


def in_doubt(read: QueuedForm, questionnaire: Questionnaire) -> tuple[OpenQuestion, ...]:
    """What waits, of the questions that apply with the answers that are certain."""
    _, relevant = settled(questionnaire, read.answers, [question.name for question in questionnaire.questions])
    found = (read.open_question(question.name) for question in relevant)
    return tuple(each for each in found if each is not None)


def applying(queue: ScanQueue, questionnaire: Questionnaire) -> ScanQueue:
    """The queue without what is in doubt about questions that do not apply."""
    forms = (form.model_copy(update={"open": in_doubt(form, questionnaire)}) for form in queue.forms)
    return queue.model_copy(update={"forms": tuple(forms)})


def _open_questions(reading: FormReading, layout: FormLayout) -> Iterator[OpenQuestion]:
    """What is in doubt, what is written, and questions of whose boxes a part is on a page that was not read."""
    missing = _on_pages(layout, reading.missing)
    for found in reading.questions:
        apart = found.question in missing and found.outcome in {Outcome.DECIDED, Outcome.BLANK}
        if apart or not found.is_decided:
            doubt = Doubt.APART if apart else _DOUBTS[found.outcome]
            yield OpenQuestion(question=found.question, doubt=doubt, marked=found.marked, spots=tuple(_spots(found)))
    for field in reading.fields:
        yield OpenQuestion(question=field.question, doubt=Doubt.WRITTEN)


def _with_marks(now: OpenQuestion, earlier: OpenQuestion | None) -> OpenQuestion:
    """With the marks that were seen on another page before."""
    marked = earlier.marked if earlier else ()
    return now.model_copy(update={"marked": (*marked, *(code for code in now.marked if code not in marked))})


def _spots(found: QuestionReading) -> Iterator[Spot]:
    looks = {Mark.EMPTY: "empty", Mark.MARKED: "marked"}
    marks = {box.choice: looks.get(box.mark, "unclear") for box in found.boxes}
    for choice, x, y in found.spots:
        yield Spot.model_validate({"choice": choice, "x": x, "y": y, "look": marks[choice]})


def _on_pages(layout: FormLayout, numbers: tuple[int, ...]) -> frozenset[str]:
    """Names of the questions of which something is on one of these pages."""
    pages = [layout.pages[number - 1] for number in numbers]
    boxes = (box.question for page in pages for box in page.boxes)
    return frozenset(chain(boxes, (field.question for page in pages for field in page.fields)))
