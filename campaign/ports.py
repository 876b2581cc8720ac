"""What the campaign needs from a store. Implemented in :mod:`db`; no port assumes a file."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from campaign.cases import Case
from campaign.held import HeldSurvey
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.plan import Plan


class Marking(Protocol):
    """Tells what has changed."""

    def marks(self, what: Literal["plan", "log", "cases", "happened"]) -> Mapping[str, int] | None:
        """The mark of the plan under the empty name, or those of every branch that ever had an entry or a case.

        ``happened``: of every branch that ever had an entry or a survey session; changes with either.

        A mark is another number, not 0, after every change, and never one that it was before. None: the store does
        not know what has changed. A mark under the empty name, of log or cases: it does not know whose they are.
        """


class Happening(Protocol):
    """Plan and log, and what the campaign must know of survey sessions."""

    def plan(self) -> Plan:
        """The plan. Raises StoreError M01 where no campaign has been started."""

    def entries(self, branch: str | None = None) -> Sequence[LogEntry]:
        """Log entries in the order of their recording, of all branches or of one."""

    def held_surveys(self, branch: str | None = None) -> Sequence[HeldSurvey]:
        """The survey sessions that are not void, of all branches or of one, oldest first."""


class Marked(Happening, Marking, Protocol):
    """The same, of which it is known what has changed."""


class KnownCases(Protocol):
    """What is owed by a date, to be looked at."""

    def cases(self, branch: str | None = None) -> Sequence[Case]:
        """Cases of all branches or of one, by the day on which they were entered, then by number."""


class CampaignStore(Happening, KnownCases, Protocol):
    """Keeps the plan, the log and the audit; an entry of the log may name a case."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit: all or nothing, no other writer in between. Blocks nest."""

    def save_plan(self, plan: Plan, audit: AuditEntry) -> None:
        """Keep ``plan`` in place of the one before."""

    def entries_of(self, kinds: Collection[str], *, led: bool = False) -> Sequence[LogEntry]:
        """Log entries of these kinds alone, with ``led`` also those that name a leader, in the order of recording."""

    def logged(self, branch: str | None = None) -> Sequence[Logged]:
        """The same entries with their numbers."""

    def replace_entry(self, seen: Logged, entry: LogEntry | None, audit: AuditEntry) -> bool:
        """Keep ``entry`` in place of ``seen``, or nothing, and what was changed in the audit, all or nothing.

        False, and nothing is changed, if what is kept under its number is not ``seen`` any more.
        """

    def add_entries(self, entries: Sequence[LogEntry]) -> Sequence[int]:
        """Append to the log, all or nothing; on disk when it returns. The numbers under which they are kept."""

    def add_audit(self, audit: AuditEntry) -> None:
        """Append to the audit; call it in the transaction of the change."""

    def audits(self) -> Sequence[AuditEntry]:
        """The audit, oldest first."""

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has changed anything. Cheap: meant to be polled."""


class CaseStore(KnownCases, Protocol):
    """Keeps what is owed by a date. Nothing is ever deleted."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit: all or nothing, no other writer in between. Blocks nest."""

    def case(self, no: str) -> Case | None:
        """The case with this number."""

    def save_case(self, case: Case, audit: Sequence[AuditEntry]) -> None:
        """Keep ``case`` in place of the one with its number, and what was changed in the audit, all or nothing."""
