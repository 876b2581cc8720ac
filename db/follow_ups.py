"""What people want an answer to, under the numbers of their slips."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from tinydb import TinyDB, where
from tinydb.table import Document

from db.documents import dumped, in_order, key, validated
from surveys.follow_up import FollowUp

FOLLOW_UPS = "follow-ups"

_MANY = TypeAdapter(list[FollowUp])


class FollowUps:
    """Requests for an answer; their document ids are digests of slip number and question, and so tell no order."""

    def __init__(self, db: TinyDB) -> None:
        self._db = db

    def add(self, follow_ups: Sequence[FollowUp]) -> None:
        """Keep them, each once however often it is added. To be called inside a transaction."""
        for each in follow_ups:
            self._db.table(FOLLOW_UPS).upsert(Document(dumped(each), key(f"{each.number} {each.question}")))

    def of(self, number: str) -> Sequence[FollowUp]:
        """Those under the number of one slip."""
        found = self._db.table(FOLLOW_UPS).search(where("number") == number)
        return validated(_MANY, in_order(found), self._db, FOLLOW_UPS)

    def of_session(self, session_id: str) -> Sequence[FollowUp]:
        """Those of one session, by document id, which is a digest."""
        found = self._db.table(FOLLOW_UPS).search(where("session") == session_id)
        return validated(_MANY, in_order(found), self._db, FOLLOW_UPS)
