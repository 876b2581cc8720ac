"""What the campaign must know of the survey sessions that were held in it; all else of them stays with the surveys."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Outcome(StrEnum):
    """What a posted result says of the threshold; ``below`` is also what an entry says."""

    REACHED = "reached"
    BELOW = "below"
    """A catch-up is due, and another survey."""
    UNDECIDED = "undecided"
    """Too few forms, or all alike: nothing can be said in public."""


@dataclass(frozen=True, slots=True)
class HeldSurvey:
    """A survey session of this campaign that is not void, as far as it matters to the campaign."""

    session: str
    """``B01-261123-1``."""
    branch: str
    kind: Literal["final", "pulse", "recheck"]
    on: date
    counted: bool = False
    """Whether its count is verified."""
    posted_on: date | None = None
    outcome: Outcome = Outcome.REACHED
    """Of a final result that is posted: of all those of the branch that were posted by then."""
