"""Tallies of one session: counts of every choice, exact, and the figures made of them."""

from pydantic import BaseModel, ConfigDict


class QuestionTally(BaseModel):
    """What was answered to one question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    counts: dict[str, int]
    """Valid forms by choice code, every choice of the question in its order; empty for text and integers."""
    blank: int
    """Valid forms without an answer. One choice: the counts and this add up to the valid forms."""


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

    @property
    def valid(self) -> int:
        """Forms that count: complete and partial."""
        return self.complete + self.partial
