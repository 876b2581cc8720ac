"""Ballot boxes: one table of responses a session, and how many began and handed in there."""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import groupby
from random import SystemRandom

from pydantic import BaseModel, TypeAdapter
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from campaign.errors import Problem, Refused
from db.documents import dumped, in_order, key, random_ids, sorted_keys, validated
from surveys.response import Opinion, Response
from surveys.session import KioskAccount

BALLOTS = "ballots "
"""Begins the name of a ballot box's table; the session's id follows."""
OPINIONS = "opinions "
ACCOUNTS = "accounts"


class Started(BaseModel):
    """How many people have begun at the kiosks of a session."""

    session: str
    started: int


_RESPONSE = TypeAdapter(Response)
_OPINIONS = TypeAdapter(list[Opinion])
_STARTED = TypeAdapter(Started)


def ballot(doc_id: int, response: Response) -> Document:
    """The response as it lies in a ballot box."""
    return Document(sorted_keys(dumped(response)), doc_id)


class Boxes:
    """Responses, opinions and accounts of all sessions. What writes is to be called inside a transaction."""

    def __init__(self, db: TinyDB) -> None:
        self._db = db

    def response(self, session_id: str, doc_id: int) -> Response | None:
        """The response with this document id."""
        found = self._ballots(session_id).get(doc_id=doc_id)
        return validated(_RESPONSE, found, self._db, BALLOTS + session_id) if found else None

    def add(self, session_id: str, document: Document, response: Response) -> bool:
        """Put in a response, given also as a :func:`ballot`; whether it is new. Refused M10 if its id has another."""
        try:
            self._ballots(session_id).insert(document)
        except ValueError:
            if self.response(session_id, document.doc_id) != response:
                raise Refused(Problem("M10")) from None
            return False
        return True

    def count(self, session_id: str) -> int:
        """How many responses the box holds."""
        return len(self._ballots(session_id))

    def responses(self, session_id: str) -> Iterator[Response]:
        """All responses by document id, as of now; each becomes a model only when it is reached, to spare memory."""
        documents = in_order(self._ballots(session_id))
        return (validated(_RESPONSE, document, self._db, BALLOTS + session_id) for document in documents)

    def replace(self, session_id: str, responses: Iterable[Response]) -> None:
        """Rewrite the box under new random ids, in their order: neither ids nor places tell who came first."""
        kept = [*responses]
        mixed = SystemRandom().sample(kept, len(kept))
        with_ids = zip(sorted(random_ids(len(kept))), mixed, strict=True)
        self._db.drop_table(BALLOTS + session_id)
        self._ballots(session_id).insert_multiple([ballot(doc_id, response) for doc_id, response in with_ids])

    def replace_response(self, session_id: str, doc_id: int, response: Response) -> None:
        """Keep the response in place of the one with this id."""
        self._ballots(session_id).upsert(Document(sorted_keys(dumped(response)), doc_id))

    def remove(self, session_id: str, doc_id: int) -> None:
        """Take a response out."""
        self._ballots(session_id).remove(doc_ids=[doc_id])

    def add_opinions(self, opinions: Sequence[Opinion]) -> Sequence[int]:
        """Keep opinions with their sessions, under random ids and written in random order; the ids."""
        ids = random_ids(len(opinions))
        with_ids = sorted(zip(ids, opinions, strict=True), key=lambda pair: (pair[1].session, pair[0]))
        for session_id, group in groupby(with_ids, key=lambda pair: pair[1].session):
            documents = [Document(sorted_keys(dumped(opinion)), doc_id) for doc_id, opinion in group]
            self._db.table(OPINIONS + session_id).insert_multiple(documents)
        return ids

    def remove_opinions(self, session_id: str, doc_ids: Sequence[int]) -> None:
        """Remove opinions of a session."""
        if doc_ids:
            self._db.table(OPINIONS + session_id).remove(doc_ids=doc_ids)

    def drop_opinions(self, session_id: str) -> None:
        """Remove all opinions of a session."""
        self._db.drop_table(OPINIONS + session_id)

    def opinions(self, session_id: str) -> Sequence[Opinion]:
        """Opinions of a session by document id, which is random."""
        table = OPINIONS + session_id
        return validated(_OPINIONS, in_order(self._db.table(table)), self._db, table)

    def count_started(self, session_id: str) -> None:
        """One more person has begun."""
        accounts, doc_id = self._db.table(ACCOUNTS), key(session_id)

        def one_more(account: MutableMapping[str, object]) -> None:
            account["started"] = 1 + validated(_STARTED, account, self._db, ACCOUNTS).started

        if not accounts.update(one_more, doc_ids=[doc_id]):
            accounts.insert(Document({"session": session_id, "started": 1}, doc_id))

    def started(self, session_id: str) -> int:
        """How many have begun."""
        found = self._db.table(ACCOUNTS).get(doc_id=key(session_id))
        return validated(_STARTED, found, self._db, ACCOUNTS).started if found else 0

    def account(self, session_id: str) -> KioskAccount:
        """How many began, and how many handed in, at kiosks."""
        # in this order, for a person begins before handing in: a reader beside writers never sees more of the latter
        submitted = self._ballots(session_id).count(where("channel") == "kiosk")
        return KioskAccount(started=self.started(session_id), submitted=submitted)

    def _ballots(self, session_id: str) -> Table:
        return self._db.table(BALLOTS + session_id)
