"""Stores to measure: equally many documents in a store of ours, a TinyDB of ours, and a file of stock TinyDB."""

import json
import random
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tinydb.table import Document

from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import open_store, open_tinydb
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.response import Response, Validity
from tests.sittings import open_session

DAY = date(2026, 11, 23)
TABLE = "x"
BRANCHES, BRANCH = 40, "B07"
COUNTED = 1_000
"""Responses of the session that is tallied."""
KNOWN = 100
"""Responses whose document ids are known."""
VARIETY = 1_000
"""Different responses; what goes beyond repeats them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What has been made in one folder."""

    folder: Path
    """Data folder of a store."""
    ours: Path
    """A TinyDB of ours with the table ``x``."""
    stock: Path
    """Stock TinyDB's file with the same documents in the same table."""
    counted: str
    """A session of 1,000 responses."""
    box: str
    """The session with all others; the same one if there are no others."""
    responses: tuple[int, ...]
    """Document ids of a hundred responses in that session."""
    documents: tuple[int, ...]
    """Document ids of a hundred documents in the tables."""


def new_id() -> int:
    """A random document id."""
    return 1 + secrets.randbelow(2**63 - 1)


def answers(mark: str, chance: random.Random) -> dict[str, Any]:
    """Answers to the final survey of the town, with an opinion that can be told by its ``mark``."""
    return {
        "A0": chance.choice("123456"),
        **{f"Q{number}": chance.choice("ABCD") for number in range(1, 11)},
        "Q11": sorted(chance.sample("123456789", 2)),
        "Q12": f"希望多听取群众意见，办事窗口中午也有人值班，路灯早些修好。{mark}",
        "wants_answer": chance.choice(("yes", "no")),
    }


def response(mark: str, chance: random.Random) -> Response:
    """A response with these answers."""
    return Response(lang=Lang.ZH, answers=answers(mark, chance), validity=Validity.COMPLETE)


def mark_of(kept: Response) -> str:
    """The mark of a response."""
    return str(kept.answers["Q12"]).rpartition("。")[2]


def document(number: int, kept: Response) -> dict[str, Any]:
    """The response as a document that carries a branch, one of forty."""
    return {"branch": f"B{number % BRANCHES + 1:02}", **kept.model_dump(mode="json")}


def begun(folder: Path) -> Store:
    """A store with the town's plan and questionnaires, and nothing else yet."""
    store = open_store(folder, create=True)
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    return store


def make(folder: Path, size: int) -> Stored:
    """All three with ``size`` responses each, in a new folder; closed again, so that no log is left to be read."""
    folder.mkdir()
    chance = random.Random(size)  # noqa: S311  # the same responses in every run
    various = [response(f"stored {number}", chance) for number in range(VARIETY)]
    counted, box, responses = _fill(folder / "data", various, size)
    ours, stock = folder / "ours.db", folder / "stock.json"
    ids = [new_id() for _ in range(size)]
    documents = {doc_id: document(number, various[number % VARIETY]) for number, doc_id in enumerate(ids)}
    with open_tinydb(ours) as db:
        db.table(TABLE).insert_multiple(Document(fields, doc_id) for doc_id, fields in documents.items())
    stock.write_text(json.dumps({TABLE: documents}), encoding="utf-8")
    known = chance.sample(ids, KNOWN)
    return Stored(folder / "data", ours, stock, counted, box, tuple(responses), tuple(known))


def _fill(folder: Path, various: list[Response], size: int) -> tuple[str, str, list[int]]:
    """One session of 1,000 and one of all the others, and the ids of the last hundred."""
    store = begun(folder)
    desk = SurveyDesk(store, store.plan(), DAY)
    sessions = {branch: open_session(desk, branch, "final", "2468").session.id for branch in ("B01", "B02")}
    counts = {sessions["B01"]: COUNTED, sessions["B02"]: size - COUNTED}
    box = max(counts, key=lambda session_id: counts[session_id])
    counts[box] -= KNOWN
    for session_id, count in counts.items():
        store.replace_ballot_box(session_id, [various[number % VARIETY] for number in range(count)])
    ids = [new_id() for _ in range(KNOWN)]
    with store.transaction():
        for doc_id, kept in zip(ids, various[-KNOWN:], strict=True):
            store.add_response(box, doc_id, kept)
    store.sweep()  # else whoever opens it first would have to
    store.close()
    return sessions["B01"], box, ids
