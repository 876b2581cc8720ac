"""Blocks of valid forms, and what was answered on them: of a session, of a branch, of a part of either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from surveys.tallies import By, QuestionTally, SessionTally


class Tallied(Protocol):
    """Anything that has been counted."""

    @property
    def valid(self) -> int:
        """Forms that count."""
        ...

    @property
    def questions(self) -> Sequence[QuestionTally]:
        """What was answered to each question."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """Some valid forms, by what was answered on them."""

    valid: int
    questions: tuple[QuestionTally, ...] = ()

    def question(self, name: str) -> QuestionTally | None:
        """What was answered to the question with this name."""
        return next((each for each in self.questions if each.name == name), None)


def together(blocks: Iterable[Tallied]) -> Block:
    """All these forms in one block; of each question, those blocks that have it."""
    valid, found = 0, dict[str, list[QuestionTally]]()
    for block in blocks:
        valid += block.valid
        for question in block.questions:
            found.setdefault(question.name, []).append(question)
    return Block(valid, tuple(_sum(name, tallies) for name, tallies in found.items()))


def only(block: Tallied, names: Iterable[str]) -> Block:
    """The block with these questions alone, in its own order."""
    wanted = frozenset(names)
    return Block(block.valid, tuple(each for each in block.questions if each.name in wanted))


def part(tally: SessionTally, by: By, code: str) -> Block:
    """The part of a session with this code; no forms if it has none."""
    for each in tally.parts:
        if each.by is by and each.code == code:
            return Block(each.valid, each.questions)
    return Block(0)


def part_codes(tallies: Iterable[SessionTally], by: By) -> tuple[str, ...]:
    """The codes of the parts, in the order in which they were counted."""
    return tuple(dict.fromkeys(each.code for tally in tallies for each in tally.parts if each.by is by))


def _sum(name: str, tallies: Sequence[QuestionTally]) -> QuestionTally:
    if len(tallies) == 1:
        return tallies[0]
    codes = dict.fromkeys(code for tally in tallies for code in tally.counts)
    counts = {code: sum(tally.counts.get(code, 0) for tally in tallies) for code in codes}
    return QuestionTally(name=name, counts=counts, blank=sum(tally.blank for tally in tallies))
