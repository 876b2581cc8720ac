"""A survey session: one sitting for one branch."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from surveys.paper.account import BallotAccount
from surveys.posting import Posting
from surveys.sitting import Check
from surveys.tallies import By, SessionTally

SurveyKind = Literal["final", "pulse", "recheck"]


class SessionState(StrEnum):
    """Where a session stands."""

    OPEN = "open"
    COUNTING = "counting"
    VERIFIED = "verified"
    PUBLISHED = "published"
    """Its result is posted and can no longer be changed."""
    VOID = "void"
    """Declared void, with a reason; it may be repeated."""


TRANSITIONS: dict[SessionState, tuple[SessionState, ...]] = {
    SessionState.OPEN: (SessionState.COUNTING,),
    SessionState.COUNTING: (SessionState.VERIFIED, SessionState.VOID),
    SessionState.VERIFIED: (SessionState.PUBLISHED, SessionState.VOID),
    SessionState.PUBLISHED: (),
    SessionState.VOID: (),
}
"""From each state, the states it may become; everything else is refused with V79, of a posted result with V83.

An open session is closed before it is declared void, so that its texts leave the responses as ever.
"""
UNDER_WAY = frozenset({SessionState.OPEN, SessionState.COUNTING})
"""States in which forms still come."""
COUNTED = frozenset({SessionState.VERIFIED, SessionState.PUBLISHED})
"""States in which there is a result."""


class SurveySession(BaseModel):
    """One sitting for one branch. Responses are in a ballot box of their own, under its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """``B01-261123-1``: branch, day, number on that day."""
    branch: str
    kind: SurveyKind
    questionnaire: str
    """Id of the frozen questionnaire."""
    on: date
    state: SessionState = SessionState.OPEN
    pin_hash: str
    """scrypt, with its salt; the PIN itself is nowhere."""
    response_key: str
    """Secret that turns response ids into document ids, hexadecimal; empty once the count is verified."""
    closed_on: date | None = None
    verified_on: date | None = None
    posted_on: date | None = None
    """The first day of the notice of its result."""
    posted_until: date | None = None
    """The last day for which it stays."""
    posting: Posting | None = None
    """What the notice says beside the figures, as it was posted; None of results that were posted before it was kept,
    for which it is worked out for the day of posting."""
    void_reason: str = ""
    tally: SessionTally | None = None
    """Kept at verification, so that figures never need the responses again."""
    account: BallotAccount | None = None
    """The ballot account as it stood at verification."""
    batches: dict[By, int] = {}
    """Number of the batch of posted sessions with which it came into the tables by part, for good; without one it is
    in none of them yet (:mod:`surveys.batches`)."""
    operator: str = ""
    """The role of who runs it; empty of sessions that were opened before it was asked for, as with what follows."""
    briefing_on: date | None = None
    """The day on which the branch told what was done and corrected."""
    invited: int | None = None
    """How many people should take part; None: not known."""
    present: int | None = None
    """How many came; None: not known."""
    integrity: dict[Check, bool] = {}
    """Whether each thing that is looked after was confirmed; what was never asked is not in it."""
    comments: int = 0
    """How many texts were written, as of verification: then they leave the session."""


class KioskAccount(BaseModel):
    """How many people began and how many handed in at the kiosks of a session, or through another client."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    started: int = 0
    submitted: int = 0

    @property
    def abandoned(self) -> int:
        """Begun and not handed in, those who are answering right now included.

        Less than 0 if the store holds responses that nobody has begun: the account must show that it does not balance.
        """
        return self.started - self.submitted
