"""Entries of the log: everything that happened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from campaign.plan import Code, Count, Slug

MOST_HOURS, HOUR_PLACES = 24, 1
"""Hours of one entry, and the digits after their point."""
MOST_REFERENCE, MOST_NOTE, MOST_ROLE = 80, 300, 40
"""Characters."""


class LogEntry(BaseModel):
    """One thing that happened at a branch on a day. What it means is said by its kind in the plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Slug
    branch: Code
    phase: Slug
    on: date
    counts: dict[str, Count] = Field(default_factory=dict)
    """Counts of the whole entry."""
    groups: dict[Slug, dict[str, Count]] = Field(default_factory=dict)
    """Counts for each member group."""
    hours: Annotated[Decimal, Field(gt=0, le=MOST_HOURS, decimal_places=HOUR_PLACES)] | None = None
    outcome: str = ""
    """One of the kind's outcomes."""
    attributes: dict[Slug, Slug] = Field(default_factory=dict)
    """What was chosen of the kind's attributes."""
    leader: Annotated[str, Field(pattern=r"^([A-Z][A-Z0-9]{0,7})?$")] = ""
    """Code of the contact official it is about."""
    case: Annotated[str, Field(max_length=MOST_REFERENCE)] = ""
    """The case that it is about: its number, or the file number of an entry that is a case by itself."""
    reference: Annotated[str, Field(max_length=MOST_REFERENCE)] = ""
    """Shelf or file number of the evidence."""
    note: Annotated[str, Field(max_length=MOST_NOTE)] = ""
    role: Annotated[str, Field(max_length=MOST_ROLE)] = ""
    """Role of the person who recorded it, never a name."""
    recorded_on: date
    """The day on which it was entered."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with the number under which it is kept."""

    number: int
    """In the order of recording."""
    entry: LogEntry


class AuditEntry(BaseModel):
    """A change to the plan, the log or a session: never to a response."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    role: str
    entity: str
    """What was changed, for example ``session B01-261123-1``."""
    field: str
    old: str = ""
    new: str = ""
    reason: str = ""
