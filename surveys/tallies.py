"""Tallies of one session: counts of every choice, exact, of all its forms and of each part of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class By(StrEnum):
    """What the forms of a session are broken down by."""

    GROUP = "group"
    """What people said they are; the code of a part is that of the choice, empty for those who did not say."""
    CHANNEL = "channel"
    """``kiosk`` or ``paper``."""


@dataclass(frozen=True, slots=True)
class QuestionTally:
    """What was answered to one question. A campaign has a hundred for every session, a third as large as models."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    name: str
    counts: dict[str, int]
    """Valid forms by choice code, every choice of the question in its order; empty for text and integers."""
    blank: int
    """Valid forms without an answer. One choice: the counts and this add up to the valid forms."""


@dataclass(frozen=True, slots=True)
class PartTally:
    """What was answered on a part of the valid forms of one session: those of one group, or of one channel."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    by: By
    code: str
    valid: int
    questions: tuple[QuestionTally, ...]


class SessionTally(BaseModel):
    """What was answered in one session. Text answers are opinions and not part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    submitted: int
    """All forms."""
    complete: int
    partial: int
    void: int
    questions: tuple[QuestionTally, ...]
    alike: int = 0
    """Valid forms that give the same answer to every scale question, of which there are two at least."""
    parts: tuple[PartTally, ...] = ()
    """By channel and, if the questionnaire asks for it, by group; empty in sessions verified before they were kept."""

    @property
    def valid(self) -> int:
        """Forms that count: complete and partial."""
        return self.complete + self.partial
