"""What is owed by a date: one table, a document for each case."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from campaign.cases import Case
from campaign.heap import many_objects
from db.documents import dumped, key, validated

CASES = "cases"

_CASE = TypeAdapter(Case)
_CASES = TypeAdapter(list[Case])


class Cases:
    """Cases under the digests of their numbers, so that a document's id tells nothing. Writing is for transactions."""

    def __init__(self, db: TinyDB) -> None:
        self._db = db

    def all(self, branch: str | None) -> Sequence[Case]:
        """Cases of all branches or of one, by the day on which they were entered, then by number."""
        with many_objects():
            return self.made(each for each in self._db.table(CASES) if branch is None or each.get("branch") == branch)

    def made(self, documents: Iterable[Mapping[str, Any]]) -> Sequence[Case]:
        """The cases of these documents, in this order."""
        cases = validated(_CASES, [*documents], self._db, CASES)
        return sorted(cases, key=lambda case: (case.opened_on, case.no))

    def get(self, no: str) -> Case | None:
        """The case with this number."""
        found = self._db.table(CASES).get(doc_id=key(no))
        return validated(_CASE, found, self._db, CASES) if found else None

    def save(self, case: Case) -> None:
        """Keep ``case`` in place of the one with its number."""
        self._db.table(CASES).upsert(Document(dumped(case), key(case.no)))
