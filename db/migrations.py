"""The format of a store and the numbered steps that bring an older one to the newest.

Format 1 counted the people who had begun inside the session's document, ``{"number", "value", "started"}``, and
those who had handed in by reading the ballot box. Format 2 keeps both in the table ``accounts``. Format 3 keeps there
only those who had begun; its file gives free pages back, and counts its commits. Format 4
may have cases, and a plan with settings for them, which older versions cannot read. Format 5 keeps the opinions of
verified sessions in a register, under numbers of their own and without their sessions.
"""

import secrets
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path

from tinydb import TinyDB
from tinydb.operations import delete
from tinydb.table import Document

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.boxes import ACCOUNTS, BALLOTS, OPINIONS
from db.campaign_tables import SESSIONS
from db.documents import key
from db.failures import foreign
from db.register import HEARD
from db.work import UnitOfWork
from surveys.register.model import FIRST_NUMBER, LAST_NUMBER

META = "meta"


def _accounts_of_their_own(db: TinyDB) -> None:
    for document in db.table(SESSIONS).all():
        session_id = document["value"]["id"]
        submitted = sum(ballot["channel"] == "kiosk" for ballot in db.table(BALLOTS + session_id))
        account = {"session": session_id, "started": document.get("started", 0), "submitted": submitted}
        db.table(ACCOUNTS).insert(Document(account, key(session_id)))
        if "started" in document:
            db.table(SESSIONS).update(delete("started"), doc_ids=[document.doc_id])


def _only_who_began(db: TinyDB) -> None:
    if ACCOUNTS in db.tables():
        db.table(ACCOUNTS).update(_without_submitted)


def _without_submitted(account: MutableMapping[str, object]) -> None:
    account.pop("submitted", None)


def _cases_may_come(_db: TinyDB) -> None:
    """Nothing of format 3 is different."""


def _opinions_into_the_register(db: TinyDB) -> None:
    taken: set[int] = set()
    for document in db.table(SESSIONS).all():
        session = document["value"]
        table = OPINIONS + session["id"]
        if session["state"] != "verified" or table not in db.tables():
            continue
        tally, session["comments"] = session["tally"] or {}, len(db.table(table))
        db.table(SESSIONS).update({"value": session}, doc_ids=[document.doc_id])
        heard: dict[int, Document] = {}
        for opinion in db.table(table).all():
            number = _free_number(taken)
            fields = {name: opinion[name] for name in ("branch", "question", "text")}
            fields |= {"number": number, "channel": "survey", "received_on": session["on"], "source": "public"}
            fields |= {"forms": tally.get("complete", 0) + tally.get("partial", 0)}
            fields |= {"wants_answer": opinion.get("wants_answer", False), "category": "", "item": None}
            heard[number] = Document(dict(sorted({**fields, "discarded": "", "erased": False}.items())), number)
        db.table(HEARD).insert_multiple([heard[number] for number in sorted(heard)])
        db.drop_table(table)


def _free_number(taken: set[int]) -> int:
    number = FIRST_NUMBER + secrets.randbelow(LAST_NUMBER - FIRST_NUMBER + 1)
    if number in taken:
        return _free_number(taken)
    taken.add(number)
    return number


STEPS: Mapping[int, Callable[[TinyDB], None]] = {
    1: _accounts_of_their_own,
    2: _only_who_began,
    3: _cases_may_come,
    4: _opinions_into_the_register,
}
"""From each format to the next."""
REBUILT = 3
"""Files of older formats don't give free pages back until they are written anew."""
FORMAT = 1 + max(STEPS)
"""The newest format."""


def begin(db: TinyDB) -> None:
    """Mark an empty TinyDB as a store of the newest format."""
    db.table(META).insert({"format": FORMAT})


def format_of(db: TinyDB, path: Path) -> int:
    """The store's format; StoreError M42 if it is no store, M43 if a newer version of manyi wrote it."""
    found = db.table(META).get(doc_id=1)
    number = found.get("format") if isinstance(found, dict) else None
    if not isinstance(number, int) or number < min(STEPS):
        raise foreign(path, I18n(zh="没有格式编号", en="it has no format number"))
    if number > FORMAT:
        raise StoreError(Problem("M43", {"path": path, "found": number, "known": FORMAT}))
    return number


def migrate(db: TinyDB, work: UnitOfWork, path: Path) -> None:
    """Bring the store to the newest format, all or nothing; StoreError as :func:`format_of`."""
    found = format_of(db, path)
    if found == FORMAT:
        return
    if found < REBUILT:
        work.rebuild()
    with work.transaction():
        for number in range(found, FORMAT):
            STEPS[number](db)
        db.table(META).update({"format": FORMAT}, doc_ids=[1])
