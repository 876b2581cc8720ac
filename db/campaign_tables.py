"""The part of a store that keeps the plan, the log, the cases and the audit."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal

from pydantic import TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from campaign.cases import Case
from campaign.errors import Problem, StoreError
from campaign.heap import many_objects
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.plan import Plan
from db.cases import CASES, Cases
from db.documents import dumped, in_order, validated
from db.work import UnitOfWork

PLAN, LOG, AUDIT = "plan", "log", "audit"
SESSIONS = "sessions"
PORTION = 1000
"""Entries that are checked at once; ten milliseconds."""
_PLAN = TypeAdapter(Plan)
_ENTRIES = TypeAdapter(list[LogEntry])
_AUDITS = TypeAdapter(list[AuditEntry])


class CampaignTables:
    """What is planned, what happened, what is owed."""

    _db: TinyDB
    _work: UnitOfWork
    _place: str
    _cases: Cases
    _planned: tuple[Mapping[str, int] | None, Plan | None]

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """The plan; StoreError M01 where no campaign has been started."""
        marks = self._work.marks(PLAN)
        known, plan = self._planned
        if plan is None or not marks or marks != known:  # checking 10,000 branches anew takes a second
            with many_objects():
                found = self._db.table(PLAN).get(doc_id=1)
                if not isinstance(found, dict):
                    raise StoreError(Problem("M01", {"path": self._place}))
                plan = validated(_PLAN, found.get("value"), self._db, PLAN)
            self._planned = marks, plan
        return plan

    def marks(self, what: Literal["plan", "log", "cases", "happened"]) -> Mapping[str, int] | None:
        """The mark of the plan under the empty name, or those of every branch that ever had an entry or a case."""
        return self._work.marks(what) if what != "happened" else self._marks_of_both()

    def _marks_of_both(self) -> Mapping[str, int] | None:
        """Of log and sessions together: two random numbers make one, which is another when one of them is."""
        log, sessions = self._work.marks(LOG), self._work.marks(SESSIONS)
        if log is None or sessions is None:
            return None
        return (
            {code: log.get(code, 0) ^ sessions.get(code, 0) or 1 for code in {**log, **sessions}} if sessions else log
        )

    def save_plan(self, plan: Plan, audit: AuditEntry) -> None:
        """Keep ``plan`` in place of the one before."""
        with self.transaction():
            self._db.table(PLAN).upsert(Document({"value": dumped(plan)}, 1))
            self.add_audit(audit)

    def entries(self, branch: str | None = None) -> Sequence[LogEntry]:
        """Log entries in the order of their recording, of all branches or of one."""
        if branch is not None:
            return self._entries(self._recorded(branch))
        with many_objects():
            return self._entries(self._recorded(None))

    def entries_of(self, kinds: Collection[str], *, led: bool = False) -> Sequence[LogEntry]:
        """Log entries of these kinds alone, with ``led`` also those that name a leader, in the order of recording."""
        with many_objects():
            found = self._work.holding(LOG, "kind", kinds, "leader" if led else "")
            if found is not None:
                return self._entries([fields for _, fields in found])
            every = self._recorded(None)
            return self._entries([each for each in every if each.get("kind") in kinds or (led and each.get("leader"))])

    def _entries(self, documents: Sequence[Mapping[str, Any]]) -> list[LogEntry]:
        """In portions, for nothing else runs while one is checked: no screen may wait for half a million."""
        portions = (documents[at : at + PORTION] for at in range(0, len(documents), PORTION))
        return [entry for some in portions for entry in validated(_ENTRIES, some, self._db, LOG)]

    def logged(self, branch: str | None = None) -> Sequence[Logged]:
        """The same entries with their numbers."""
        documents = self._recorded(branch)
        entries = self._entries(documents)
        return [Logged(document.doc_id, entry) for document, entry in zip(documents, entries, strict=True)]

    def replace_entry(self, seen: Logged, entry: LogEntry | None, audit: AuditEntry) -> bool:
        """Keep ``entry`` in place of ``seen``, or nothing; False if it is not there so any more."""
        with self.transaction():
            table = self._db.table(LOG)
            found = table.get(doc_id=seen.number)
            if found is None or validated(_ENTRIES, [found], self._db, LOG) != [seen.entry]:
                return False
            if entry is None:
                table.remove(doc_ids=[seen.number])
            else:
                table.upsert(Document(dumped(entry), seen.number))
            self.add_audit(audit)
        return True

    def _recorded(self, branch: str | None) -> list[Document]:
        if branch is None:
            return in_order(self._db.table(LOG))
        part = self._work.part(LOG, branch)
        if part is None:
            return [document for document in in_order(self._db.table(LOG)) if document.get("branch") == branch]
        return [Document(fields, number) for number, fields in part]

    def add_entries(self, entries: Sequence[LogEntry]) -> Sequence[int]:
        """Append to the log, all or nothing; their numbers."""
        with self.transaction():
            return self._db.table(LOG).insert_multiple(map(dumped, entries))

    def add_audit(self, audit: AuditEntry) -> None:
        """Append to the audit."""
        with self.transaction():
            self._db.table(AUDIT).insert(dumped(audit))

    def audits(self) -> Sequence[AuditEntry]:
        """The audit, oldest first."""
        return validated(_AUDITS, in_order(self._db.table(AUDIT)), self._db, AUDIT)

    def cases(self, branch: str | None = None) -> Sequence[Case]:
        """Cases of all branches or of one, by the day on which they were entered, then by number."""
        part = None if branch is None else self._work.part(CASES, branch)
        return self._cases.all(branch) if part is None else self._cases.made([fields for _, fields in part])

    def case(self, no: str) -> Case | None:
        """The case with this number."""
        return self._cases.get(no)

    def save_case(self, case: Case, audit: Sequence[AuditEntry]) -> None:
        """Keep ``case`` in place of the one with its number, and what was changed in the audit."""
        with self.transaction():
            self._cases.save(case)
            for each in audit:
                self.add_audit(each)
