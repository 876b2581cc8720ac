"""What the screens about sessions and results need. Implemented where all parts meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from campaign.errors import Problem
    from campaign.goals import GoalsDone
    from campaign.language import Lang
    from exports.folder import Written
    from surveys.desk import Moved
    from surveys.paper.account import BallotAccount
    from surveys.published import Published
    from surveys.shown import Shown
    from surveys.sitting import CountSaid
    from surveys.two_roles import TwoRoles


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written out."""

    folder: Path
    sessions: tuple[str, ...] = ()
    """Only the tables of these; empty: everything."""
    formats: tuple[str, ...] = ()
    """Empty: all that can be written here."""


@dataclass(frozen=True, slots=True)
class Far:
    """How far long work is."""

    what: str
    """What is being done."""
    percent: int
    seconds_left: int | None
    """None while that can't be told."""


class ResultsDesk(Protocol):
    """Sessions and what may be seen of them, as :class:`surveys.desk.SurveyDesk`: it says what each method raises.

    Every change is on disk when its method returns. Called from worker threads. StoreError wherever the store fails.
    """

    def figures(self) -> Published:
        """All figures that may be seen; nothing of a session before its count is verified."""

    def goals_done(self) -> GoalsDone:
        """What was done for the goals of the campaign; nothing is read where it names none."""

    def account(self, session_id: str) -> BallotAccount:
        """The ballot account, as it was verified or as it stands; Refused M11."""

    def close(self, session_id: str) -> Moved:
        """End the answering."""

    def verify(self, session_id: str, by: TwoRoles, said: CountSaid, *, confirmed: bool) -> Moved:
        """Confirm the count."""

    def before_publishing(self, session_id: str, until: date | None) -> Sequence[Problem]:
        """What a person is asked before the result is posted."""

    def publish(self, session_id: str, until: date | None, *, confirmed: bool) -> Moved:
        """Post the result."""

    def declare_void(self, session_id: str, reason: str) -> Moved:
        """Declare the session void."""

    def show(self, shown: Shown) -> None:
        """Let the hall see a result, or none; as :func:`surveys.hall.show_in_hall`."""

    def formats(self) -> Sequence[str]:
        """Names of the formats that can be written here."""

    def export(self, lang: Lang, wanted: Wanted, told: Callable[[Far], None], *, force: bool) -> Written:
        """Write the results; ``told`` hears how far that is.

        Refused M166 where files are there already, unless ``force``; Refused V58; StoreError M40, M164.
        """
