"""Counting the responses of one session."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.opinions import told_by_texts
from surveys.questionnaire import Question, Questionnaire
from surveys.response import Response, Validity
from surveys.tallies import By, PartTally, QuestionTally, SessionTally

CHANNELS = ("kiosk", "paper")


@dataclass(slots=True)
class _Heap:
    """Valid forms of one channel and one group, as far as they are counted."""

    valid: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    """Forms by question."""
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Forms by question and choice."""

    def add(self, response: Response) -> None:
        self.valid += 1
        for name, answer in response.answers.items():
            self.answered[name] += 1
            if isinstance(answer, tuple):
                self.chosen.update((name, code) for code in answer)
            elif isinstance(answer, str):
                self.chosen[name, answer] += 1

    def tallies(self, questions: Iterable[Question]) -> tuple[QuestionTally, ...]:
        return tuple(
            QuestionTally(
                name=question.name,
                counts={choice.code: self.chosen[question.name, choice.code] for choice in question.choices},
                blank=self.valid - self.answered[question.name],
            )
            for question in questions
        )


def tally(questionnaire: Questionnaire, responses: Iterable[Response]) -> SessionTally:
    """Exact counts over the valid forms, all together and by channel and group. What was not asked counts as blank.

    Text questions, and those asked only because of a text, are left out: their answers have become opinions.
    """
    validities: Counter[Validity] = Counter()
    heaps: dict[tuple[str, str], _Heap] = {}
    scales = [question.name for question in questionnaire.asked if question.is_scale]
    asked_group = questionnaire.group_question
    alike = 0
    for response in responses:
        validities[response.validity] += 1
        if response.validity is Validity.VOID:
            continue
        alike += len(scales) > 1 and _are_alike(response, scales)
        group = str(response.answers.get(asked_group.name, "")) if asked_group else ""
        heaps.setdefault((response.channel, group), _Heap()).add(response)
    told = told_by_texts(questionnaire)
    counted = [question for question in questionnaire.asked if question.name not in told]
    return SessionTally(
        submitted=validities.total(),
        complete=validities[Validity.COMPLETE],
        partial=validities[Validity.PARTIAL],
        void=validities[Validity.VOID],
        questions=_together(heaps.values()).tallies(counted),
        alike=alike,
        parts=tuple(_parts(heaps, counted, asked_group)),
    )


def _parts(
    heaps: Mapping[tuple[str, str], _Heap], counted: Sequence[Question], asked_group: Question | None
) -> Iterator[PartTally]:
    for channel in CHANNELS:
        heap = _together(each for (by, _), each in heaps.items() if by == channel)
        yield PartTally(by=By.CHANNEL, code=channel, valid=heap.valid, questions=heap.tallies(counted))
    for code in [*(choice.code for choice in asked_group.choices), ""] if asked_group else []:
        heap = _together(each for (_, by), each in heaps.items() if by == code)
        yield PartTally(by=By.GROUP, code=code, valid=heap.valid, questions=heap.tallies(counted))


def _together(heaps: Iterable[_Heap]) -> _Heap:
    whole = _Heap()
    for heap in heaps:
        whole.valid += heap.valid
        whole.answered.update(heap.answered)
        whole.chosen.update(heap.chosen)
    return whole


def _are_alike(response: Response, scales: Sequence[str]) -> bool:
    """Whether all scale questions were answered, and all in the same way."""
    given = {str(response.answers.get(name)) for name in scales}
    return len(given) == 1 and all(name in response.answers for name in scales)
