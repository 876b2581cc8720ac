"""What waits of scanned forms: one table a session, of forms under their serials and pages under random numbers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from db.documents import dumped, in_order, validated
from surveys.paper.queue import QueuedForm, QueuedPage, ScanQueue

QUEUE = "to settle "
"""Begins the name of a table; the session's id follows."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["form"] = "form"
    form: QueuedForm


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["page"] = "page"
    page: QueuedPage


_Kept = Annotated[_Form | _Page, Field(discriminator="kind")]
_ONE: TypeAdapter[_Form | _Page] = TypeAdapter(_Kept)
_MANY: TypeAdapter[list[_Form | _Page]] = TypeAdapter(list[_Kept])


class Queue:
    """The queues of all sessions. What writes is to be called inside a transaction."""

    def __init__(self, db: TinyDB) -> None:
        self._db = db

    def all(self, session_id: str) -> ScanQueue:
        """Everything that waits of the session's forms."""
        table = QUEUE + session_id
        found = validated(_MANY, in_order(self._db.table(table)), self._db, table)
        return ScanQueue(
            forms=tuple(each.form for each in found if isinstance(each, _Form)),
            pages=tuple(each.page for each in found if isinstance(each, _Page)),
        )

    def form(self, session_id: str, serial: int) -> QueuedForm | None:
        """What waits of one form."""
        table = QUEUE + session_id
        found = self._db.table(table).get(doc_id=serial)
        kept = validated(_ONE, found, self._db, table) if found else None
        return kept.form if isinstance(kept, _Form) else None

    def save(self, session_id: str, queued: QueuedForm | QueuedPage) -> None:
        """Keep what waits in place of what was there."""
        if isinstance(queued, QueuedForm):
            kept, number = dumped(_Form(form=queued)), queued.serial
        else:
            kept, number = dumped(_Page(page=queued)), queued.number
        table = self._db.table(QUEUE + session_id)
        table.remove(doc_ids=[number] if table.contains(doc_id=number) else [])
        table.insert(Document(kept, number))

    def remove(self, session_id: str, number: int) -> None:
        """Forget the form with this serial or the page with this number."""
        table = self._db.table(QUEUE + session_id)
        if table.contains(doc_id=number):
            table.remove(doc_ids=[number])

    def drop(self, session_id: str) -> None:
        """Forget all."""
        self._db.drop_table(QUEUE + session_id)
