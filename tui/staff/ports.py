"""What the staff screens need. Implemented where all parts meet; no screen knows a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from campaign.errors import Problem
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.standing import Overview
from surveys.session import SessionState, SurveyKind


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session that has just been opened."""

    id: str
    pin: str
    """Shown once; only its hash is kept."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session and its counts; never a result."""

    id: str
    branch: str
    kind: SurveyKind
    state: SessionState
    started: int
    """People who have begun at a kiosk."""
    submitted: int
    """Forms handed in."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the screens show of the campaign, read together. Two equal ones look the same."""

    plan: Plan
    overview: Overview
    sessions: tuple[SessionLine, ...]

    @property
    def open_sessions(self) -> tuple[SessionLine, ...]:
        """Sessions that take forms now."""
        return tuple(session for session in self.sessions if session.state is SessionState.OPEN)


class Desk(Protocol):
    """The campaign at hand. Methods are called from the screen's thread and from worker threads, also at once."""

    def reading(self) -> Snapshot:
        """The plan, how things stand today by this very plan, and all sessions, oldest first. Raises StoreError."""

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has changed anything. Cheap: polled. Raises StoreError."""

    def today(self) -> date:
        """The day in the campaign's time zone, or the one that stands for today."""

    def entries(self, branch: str) -> Sequence[LogEntry]:
        """Log entries of a branch in the order of their recording. Raises StoreError."""

    def check_entry(self, entry: LogEntry) -> list[Problem]:
        """Everything that is wrong or odd about an entry; asked at every key, so without waiting."""

    def add_entry(self, entry: LogEntry, *, confirmed: bool) -> list[Problem]:
        """Append to the log; on disk when it returns. The warnings; raises BadInput, Refused or StoreError."""

    def open_session(self, branch: str, kind: SurveyKind, pin: str | None) -> OpenedSession:
        """Open a survey session; without a PIN one is made. Raises BadInput, Refused or StoreError."""
