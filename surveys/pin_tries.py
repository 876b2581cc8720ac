"""How often the PIN of a session has been tried: five tries, then a wait. Numbers, and never a time."""

from typing import Self

from pydantic import BaseModel, ConfigDict

TRIES = 5
WAIT = 60.0
"""Seconds to wait after every so many wrong PINs."""


class PinTries(BaseModel):
    """The tries at all kiosks of a session.

    No pair of numbers ever comes back: who finds the same one twice knows that nobody has tried in between.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: int = 0
    """How often the PIN was right."""
    wrong: int = 0
    """Tries since then. Each is counted before the PIN is looked at."""

    @property
    def is_full(self) -> bool:
        """Whether a wait comes before the next try."""
        return self.wrong > 0 and self.wrong % TRIES == 0

    def counted(self) -> Self:
        """With one more try."""
        return self.model_copy(update={"wrong": self.wrong + 1})

    def unlocked(self) -> Self:
        """After the right PIN."""
        return self.model_copy(update={"right": self.right + 1, "wrong": 0})
