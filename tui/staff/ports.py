"""What the staff screens need. Implemented where all parts meet; no screen knows a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from surveys.session import SessionState, SurveyKind, SurveySession

if TYPE_CHECKING:
    from campaign.branch_facts import BranchFacts
    from campaign.case_desk import Amendment, Handled
    from campaign.case_opening import NewCase
    from campaign.case_standing import CaseStanding
    from campaign.case_states import Action
    from campaign.cases import Case
    from campaign.due_list import DueList
    from campaign.errors import Problem
    from campaign.log import AuditEntry, LogEntry, Logged
    from campaign.plan import Plan
    from campaign.recording import Recorded
    from campaign.searching import Shelf
    from campaign.standing import BranchStanding, Overview
    from surveys.hall import HallResult
    from surveys.headline import PublicResults
    from surveys.paper.account import BallotAccount
    from surveys.paper.forms import FormState, PaperForm, PaperStock, VoidReason
    from surveys.paper.keying import Difference
    from surveys.paper.queue import QueuedForm, ScanQueue
    from surveys.questionnaire import Questionnaire
    from surveys.sitting import Sitting
    from tui.staff.opinion_ports import OpinionsDesk
    from tui.staff.planning_ports import PlanningDesk
    from tui.staff.results_ports import ResultsDesk


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session that has just been opened."""

    id: str
    pin: str
    """Shown once; only its hash is kept."""
    kiosk: tuple[str, ...]
    """The command that starts its kiosk; with blanks between the parts it is one line."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session and its counts; never a result."""

    id: str
    branch: str
    kind: SurveyKind
    state: SessionState
    started: int | None
    """People who have begun at a kiosk; None where it is hidden."""
    submitted: int | None
    """Forms handed in; None where it is hidden."""
    hidden: str | None = None
    """``<5`` where so few forms are valid that no number of theirs is shown."""
    invited: int | None = None
    """People who should take part; None where it is not known."""
    present: int | None = None
    """People who came."""
    on: date | None = None
    """Its day."""

    def said(self, number: int | None) -> str:
        """A number of forms, or what stands in its place."""
        return str(number) if number is not None else self.hidden or "–"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, and the cases."""

    due: DueList
    standings: Sequence[CaseStanding]
    cases: Sequence[Case]
    """As they are kept, in the order of the standings."""


class Later:
    """What is owed, worked out when it is first wanted, in the thread that wants it.

    Two of them are equal if they follow from the same ``cases``; all else that they follow from is in the snapshot.
    """

    def __init__(self, work_out: Callable[[], Owed], cases: object = None) -> None:
        self._work_out, self._cases = work_out, cases
        self._lock = Lock()
        self._found: Owed | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self._cases == other._cases

    __hash__ = None  # type: ignore[assignment]  # it holds what can't be hashed

    @property
    def is_found(self) -> bool:
        """Whether it is there already, and need not be worked out."""
        return self._found is not None

    @property
    def found(self) -> Owed:
        """What was found. Raises StoreError."""
        with self._lock:
            if self._found is None:
                self._found = self._work_out()
            return self._found


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the screens show of the campaign, read together. Two equal ones look the same."""

    plan: Plan
    overview: Overview
    sessions: tuple[SessionLine, ...]
    owed: Later
    hall: HallResult | None = None
    """What the hall is shown of the results."""

    @property
    def due(self) -> DueList:
        """What is owed; a huge campaign may need a second for it. Raises StoreError."""
        return self.owed.found.due

    @property
    def standings(self) -> Sequence[CaseStanding]:
        """How all cases stand; as slow the first time. Raises StoreError."""
        return self.owed.found.standings

    @property
    def cases(self) -> Sequence[Case]:
        """All cases, as they are kept; as slow the first time. Raises StoreError."""
        return self.owed.found.cases

    @property
    def open_sessions(self) -> tuple[SessionLine, ...]:
        """Sessions that take forms now."""
        return tuple(session for session in self.sessions if session.state is SessionState.OPEN)


class Desk(Protocol):
    """The campaign at hand. Methods are called from the screen's thread and from worker threads, also at once."""

    def reading(self) -> Snapshot:
        """The plan, how things stand today by it, and all sessions, oldest first. Raises StoreError."""

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has changed anything. Cheap: polled. Raises StoreError."""

    def today(self) -> date:
        """The day in the campaign's time zone, or the one that stands for today."""

    def entries(self, branch: str) -> Sequence[LogEntry]:
        """Log entries of a branch in the order of their recording. Raises StoreError."""

    def check_entry(self, entry: LogEntry) -> list[Problem]:
        """Everything that is wrong or odd about an entry; asked at every key, so without waiting."""

    def add_entry(self, entry: LogEntry, *, confirmed: bool) -> Recorded:
        """Append to the log; on disk when it returns. Raises BadInput, Refused or StoreError."""

    def log_desk(self) -> LogDesk:
        """What a branch has done, and what can be done with it, today."""

    def open_session(
        self, branch: str, kind: SurveyKind, pin: str | None, sitting: Sitting, *, confirmed: bool
    ) -> OpenedSession:
        """Open a survey session; without a PIN one is made. Raises BadInput, Refused or StoreError."""

    def search_shelves(self) -> tuple[Shelf, ...]:
        """Everything that can be searched but the log; for a worker thread. Raises StoreError."""

    def search_log(self) -> Shelf:
        """The log, to be searched; may take seconds, for a worker thread. Raises StoreError."""

    def cases_desk(self) -> CaseDesk:
        """What is owed by a date."""

    def opinions(self) -> OpinionsDesk:
        """The register of opinions."""

    def intake(self, session_id: str) -> IntakeDesk:
        """The paper forms of a session. Raises Refused M11 or StoreError."""

    def planning(self) -> PlanningDesk:
        """Calendar, contact officials and changes of the plan."""

    def results(self) -> ResultsDesk:
        """Sessions and their results."""

    def late_cases(self, day: date) -> int:
        """How many cases are overdue on ``day``; a large campaign may need a second, so for a worker thread.

        Raises StoreError.
        """

    def public_results(self) -> PublicResults:
        """The newest posted result of every branch; a large campaign may need a second, so for a worker thread.

        Raises StoreError.
        """


@dataclass(frozen=True, slots=True)
class FoundSlip:
    """What is known under a number."""

    number: str
    """``R-B03-007``, or the ten digits of a slip."""
    case: Case | None
    kept: bool
    """Whether what the person asked for is kept and only its case is not open yet."""


class CaseDesk(Protocol):
    """Cases. Every change is on disk when its method returns. StoreError wherever the store fails."""

    def look_up(self, typed: str) -> FoundSlip:
        """What is known under a number that was scanned or typed; BadInput V70, M94, Refused V72."""

    def case(self, number: str) -> Case | None:
        """The case with this number, as it is kept now."""

    def open(self, new: NewCase) -> Handled:
        """Open a case; raises as :func:`surveys.slip_cases.open_new`."""

    def open_slip(self, number: str, role: str) -> Case:
        """Open the case of a kept request; raises as :func:`surveys.slip_cases.case_of_slip`."""

    def act(self, seen: Case, action: Action) -> Handled:
        """Move a case, or its due day; raises as :func:`campaign.case_desk.act_and_keep`."""

    def amend(self, seen: Case, changes: Amendment, role: str, reason: str) -> Handled:
        """Correct what is said about a case; raises as :func:`campaign.case_desk.amend_and_keep`."""

    def amendments(self, number: str) -> Sequence[AuditEntry]:
        """What was corrected about a case, oldest first; the owner too."""


class LogDesk(Protocol):
    """The log on one day. Methods are called from worker threads. StoreError wherever the store fails."""

    def facts(self, standing: BranchStanding, *, judge_overdue: bool) -> BranchFacts:
        """Everything that is known of a branch."""

    def helped(self, case: str) -> Sequence[Logged]:
        """The entries of the log that name this case, oldest first."""

    def correct(self, seen: Logged, entry: LogEntry, reason: str, role: str, *, confirmed: bool) -> Sequence[Problem]:
        """Keep ``entry`` in place of ``seen``; the warnings. As :func:`campaign.correcting.correct_entry`."""

    def take_back(self, seen: Logged, reason: str, role: str) -> None:
        """Remove ``seen`` from the log. As :func:`campaign.correcting.take_back_entry`."""

    def kept(self, seen: Logged) -> Problem | None:
        """Why ``seen`` cannot be taken back any more; None while it can."""


class IntakeDesk(Protocol):
    """The paper forms of one session, as in :class:`surveys.paper.desk.PaperDesk`: it says what each method raises.

    Every change is on disk when its method returns. StoreError wherever the store fails.
    """

    @property
    def questionnaire(self) -> Questionnaire:
        """What the forms ask."""

    @property
    def least_answered(self) -> int:
        """Per cent of the scale questions that must be answered for a form to count."""

    def session(self) -> SurveySession:
        """The session as it is now."""

    def find(self, text: str) -> PaperForm:
        """The form whose code was scanned or typed; BadInput V70, Refused V71, V72 or V73."""

    def check(self, serial: int, state: FormState) -> PaperForm:
        """The form, if it may get into ``state`` now; Refused as by what brings it there. Nothing is changed."""

    def issue(self, serial: int) -> PaperForm:
        """Hand out one form."""

    def issue_some(self, count: int) -> BallotAccount:
        """Hand out so many forms without saying which; fewer than 0 take some back."""

    def receive(self, serial: int) -> PaperForm:
        """Take a form back."""

    def spoil(self, serial: int) -> PaperForm:
        """Put a form aside that was damaged before it was handed out."""

    def void(self, serial: int, reason: VoidReason) -> PaperForm:
        """Declare a returned form void."""

    def put_aside(self, *, copy: bool = False) -> PaperStock:
        """Count a sheet that belongs to no account: a foreign one, or a copy."""

    def key(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of a returned form."""

    def compare(self, serial: int, answers: Mapping[str, object], role: str) -> Sequence[Difference]:
        """Where a second keying differs from the first; nothing is kept."""

    def settle(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of the second keying, as they were settled."""

    def queue(self) -> ScanQueue:
        """What was read off scanned forms and waits for a person."""

    def queued(self, serial: int) -> QueuedForm | None:
        """What waits of one form."""

    def drop_page(self, number: int) -> None:
        """A scanned page without a code waits no more."""

    def picture(self, name: str) -> bytes:
        """A picture of what waits, as PNG; empty if it is gone."""

    def picture_path(self, name: str) -> Path:
        """Where the picture lies, for another program to show it."""

    def undo(self) -> PaperForm | None:
        """Take back what was done with the last form; the form as it is now, None if nothing was taken back."""

    def begin(self) -> None:
        """The next form is begun: what was done with the last one stands."""

    def outstanding(self) -> Sequence[PaperForm]:
        """Forms that were handed out one by one and have not come back, and those that wait to be keyed."""

    def account(self) -> BallotAccount:
        """The ballot account as it stands."""

    def code(self, form: PaperForm, page: int = 1) -> str:
        """The 34 digits of a form's QR code."""
