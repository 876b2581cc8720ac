"""How things stand on a day: the values that status and progress are reported in.

Computed by :mod:`campaign.overview`; shown by the dashboard and by ``manyi status``.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from campaign.reaching import NOBODY, Reach


class Status(StrEnum):
    """The status of anything with a date (the one rule: :func:`campaign.status.standing`)."""

    OVERDUE = "OVERDUE"
    DUE_SOON = "DUE_SOON"
    BEHIND = "BEHIND"
    PAUSED = "PAUSED"
    ON_TRACK = "ON_TRACK"
    NOT_STARTED = "NOT_STARTED"
    DONE_LATE = "DONE_LATE"
    DONE = "DONE"
    WAIVED = "WAIVED"


_RANKS = {status: place + (status is not Status.OVERDUE) for place, status in enumerate(Status)}
"""Sorting key of each status; the place after OVERDUE is left for DUE_SOON with behind."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with its number of days."""

    status: Status
    days: int = 0
    """Days late for OVERDUE and DONE_LATE, otherwise days left until the due day (0 on that day); 0 if finished."""
    behind: bool = False
    """DUE_SOON, and behind the expected progress as well."""

    @property
    def severity(self) -> int:
        """Sorting key: 0 is the most urgent (OVERDUE), then DUE_SOON with behind, and so on."""
        rank = _RANKS[self.status]
        return rank - 1 if self.status is Status.DUE_SOON and self.behind else rank


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step of a branch."""

    step: str
    standing: Standing
    progress: Fraction
    """0 to 1."""
    due: date
    done_on: date | None
    own_due: bool
    """Whether it has a due day of its own, not its phase's end."""
    required: bool


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase of a branch."""

    phase: str
    standing: Standing
    progress: Fraction | None
    """0 to 1; None if the phase has no steps that count."""
    planned_start: date
    planned_end: date
    actual_start: date | None
    actual_end: date | None
    finish_date_missing: bool
    """All steps are done, but the gate is not approved, or the end not recorded."""
    steps: tuple[StepStanding, ...]


@dataclass(frozen=True, slots=True)
class BranchStanding:
    """A branch on the day."""

    code: str
    standing: Standing
    phase: str | None
    """The current phase: the first one that has not ended; None if all have."""
    progress: Fraction
    """0 to 1 over all phases, by weight."""
    phases: tuple[PhaseStanding, ...]
    members: int
    entries: int
    """How many log entries the branch has."""
    reach: Reach = NOBODY
    """Of all its members who are hard to reach."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something owed by a date: the end of a phase, or a step with a due day of its own."""

    branch: str
    phase: str
    step: str | None
    """None: the phase itself."""
    due: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Headline:
    """The one sentence: k of n branches on schedule, and which are not."""

    on_schedule: int
    branches: int
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole campaign on a day. Two equal overviews look the same on screen."""

    day: date
    headline: Headline
    branches: tuple[BranchStanding, ...]
    """Active branches in the order of the plan."""
    mean_progress: Fraction
    """Mean of the branches' progress."""
    member_progress: Fraction
    """Branch progress weighted by members."""
    phase_progress: tuple[tuple[str, Fraction], ...]
    """Mean progress of every phase over the branches."""
    due: tuple[DueItem, ...]
    """Open things with a due day, most urgent first."""
    reach: Reach = NOBODY
    """Of all members who are hard to reach."""
    clock_behind: date | None = None
    """Day of the newest record if that lies after today (V80): overdue is then not computed."""

    @property
    def overdue(self) -> tuple[DueItem, ...]:
        """What is overdue, longest first."""
        late = [item for item in self.due if item.standing.status is Status.OVERDUE]
        return tuple(sorted(late, key=lambda item: (-item.standing.days, item.branch)))
