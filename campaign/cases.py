"""A case: something owed by a date. A correction, an answer to a person, a request for support.

What a case has gone through is the list of its events; its state and its due day follow from them, so nothing of it is
ever lost. Which states there are and what may follow what is said by the tables of :mod:`campaign.case_tables`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from campaign.log import MOST_ROLE
from campaign.record import Code, Count, Slug

MOST_MATTER, MOST_FINDING, MOST_SUGGESTION, MOST_TEXT = 2_000, 300, 300, 500
"""Characters. A person may have written to several questions; what is to be corrected is said in few words."""
MOST_SORT = 32
"""Characters of where a case comes from, and of its sort of matter."""
OPEN, EXTEND = "open", "extend"
"""The first event of every case, and the one by which a due day was moved, while the state stays."""


class Feasibility(StrEnum):
    """Whether a matter can be put right."""

    UNKNOWN = ""
    NOW = "now"
    BY_DATE = "by_date"
    HIGHER_LEVEL = "higher_level"
    CANNOT_NOW = "cannot_now"


class Outcome(StrEnum):
    """What an answer to a person comes to."""

    NONE = ""
    RESOLVED = "resolved"
    PARTLY = "partly"
    PLANNED = "planned"
    """By a day that the answer names."""
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"


class CaseEvent(BaseModel):
    """One thing that was done with a case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    move: Slug
    """Which row of the kind's table, ``open`` for the first event, ``extend`` for a later due day."""
    state: Slug
    """The state that it led to."""
    role: Annotated[str, Field(max_length=MOST_ROLE)] = ""
    """Role of who did it, never a name; empty for what time alone does."""
    text: Annotated[str, Field(max_length=MOST_TEXT)] = ""
    """Reason, measure, answer or explanation, whichever the move asks for."""
    outcome: Outcome = Outcome.NONE
    until: date | None = None
    """By when what an answer plans will be done."""
    due: date | None = None
    """The due day from here on; None if it stays."""
    rate_by: date | None = None
    """The last day on which this answer can be rated."""
    into: str = ""
    """Number of the case that this one was merged into."""


class Case(BaseModel):
    """Something owed by a date. A promised day is kept here: it does not move when the calendar is changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    no: Annotated[str, Field(min_length=1, max_length=24)]
    """``R-B03-007``, or the ten digits of the slip that the person holds. Never used again."""
    kind: Slug
    branch: Code
    received_on: date
    """The day it was found, or came in."""
    matter: Annotated[str, Field(min_length=1, max_length=MOST_MATTER)]
    """What is to be put right, or what the person wrote."""
    public_matter: Annotated[str, Field(max_length=MOST_MATTER)] = ""
    """The same without anything personal, for whoever is not the organiser."""
    origin: Annotated[str, Field(max_length=MOST_SORT)] = ""
    """Where it comes from: ``inspection``, ``opinions``, ``look_back`` …"""
    category: Annotated[str, Field(max_length=MOST_SORT)] = ""
    suggestion: Annotated[str, Field(max_length=MOST_SUGGESTION)] = ""
    """How it might be corrected."""
    public_suggestion: Annotated[str, Field(max_length=MOST_SUGGESTION)] = ""
    """The same without anything personal, as the measure that the public reads; empty while nobody has cleared it."""
    owner: Annotated[str, Field(max_length=MOST_ROLE)] = ""
    """The role that must see to it."""
    feasibility: Feasibility = Feasibility.UNKNOWN
    opinions: Count = 0
    """How many opinions were merged into this one item."""
    public: bool = False
    """Whether it is on the published list."""
    acknowledge_by: date | None = None
    """By when the person is told that it has arrived."""
    events: Annotated[tuple[CaseEvent, ...], Field(min_length=1)]
    """Oldest first; the first one is its opening."""

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.events[-1].state

    @property
    def due(self) -> date | None:
        """The day by which it must be settled, or answered."""
        return next((event.due for event in reversed(self.events) if event.due is not None), None)

    @property
    def opened_on(self) -> date:
        """The day it was entered."""
        return self.events[0].on

    def times(self, *moves: str) -> int:
        """How often one of these moves was made."""
        return sum(event.move in moves for event in self.events)

    def last(self, *moves: str) -> CaseEvent | None:
        """The newest event by one of these moves."""
        return next((event for event in reversed(self.events) if event.move in moves), None)

    def with_event(self, event: CaseEvent) -> "Case":
        """The case after one more event."""
        return self.model_copy(update={"events": (*self.events, event)})


def as_of(case: Case, day: date) -> Case | None:
    """The case as it was known at the end of ``day``; None if it had not been opened."""
    known = [event for event in case.events if event.on <= day]
    if len(known) == len(case.events):
        return case
    return case.model_copy(update={"events": tuple(known)}) if known else None
