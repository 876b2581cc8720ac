"""From what was read off a form to answers, and to the questions that a person must settle."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from surveys.paper.geometry import FormLayout
from surveys.paper.queue import Doubt, OpenQuestion, Spot
from surveys.paper.reading.readings import FormReading, Mark, Outcome, QuestionReading
from surveys.questionnaire import Questionnaire, QuestionType
from surveys.response import Answer

_DOUBTS: Mapping[Outcome, Doubt] = {
    Outcome.BLANK: Doubt.BLANK,
    Outcome.SEVERAL: Doubt.SEVERAL,
    Outcome.FAINT: Doubt.FAINT,
    Outcome.TAKEN_BACK: Doubt.TAKEN_BACK,
}


def decided_answers(reading: FormReading, questionnaire: Questionnaire) -> dict[str, Answer]:
    """The answers that were read for certain, also to questions that do not apply."""
    answers: dict[str, Answer] = {}
    for found in reading.questions:
        question = questionnaire.question(found.question)
        if question is not None and found.is_decided:
            several = question.type is QuestionType.SELECT_MULTIPLE
            in_order = tuple(choice.code for choice in question.choices if choice.code in found.marked)
            answers[question.name] = in_order if several else found.marked[0]
    return answers


def open_questions(
    reading: FormReading, layout: FormLayout | None, keep: Callable[[bytes], str]
) -> Iterator[OpenQuestion]:
    """What is in doubt, what is written, and what stands on pages that were not read; ``keep`` takes the pictures."""
    for found in reading.questions:
        if found.outcome is not Outcome.DECIDED:
            yield OpenQuestion(
                question=found.question,
                doubt=_DOUBTS[found.outcome],
                marked=found.marked,
                picture=keep(found.crop) if found.crop else "",
                spots=tuple(_spots(found)),
            )
    for field in reading.fields:
        yield OpenQuestion(question=field.question, doubt=Doubt.WRITTEN, picture=keep(field.crop))
    for name in _unread(reading, layout):
        yield OpenQuestion(question=name, doubt=Doubt.UNREAD)


def _spots(found: QuestionReading) -> Iterator[Spot]:
    looks = {Mark.EMPTY: "empty", Mark.MARKED: "marked"}
    marks = {box.choice: looks.get(box.mark, "unclear") for box in found.boxes}
    for choice, x, y in found.spots:
        yield Spot.model_validate({"choice": choice, "x": x, "y": y, "look": marks[choice]})


def _unread(reading: FormReading, layout: FormLayout | None) -> Sequence[str]:
    """Questions on the missing pages, each once, unless they are on another page too that was read."""
    if layout is None:
        return ()
    seen = {each.question for each in reading.questions} | {each.question for each in reading.fields}
    names: list[str] = []
    for page in (layout.pages[number - 1] for number in reading.missing):
        names += [box.question for box in page.boxes] + [field.question for field in page.fields]
    return [name for name in dict.fromkeys(names) if name not in seen]
