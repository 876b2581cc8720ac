"""Paper forms: one table of forms a session, under their serials, and what was printed for it."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from db.documents import dumped, in_order, key, validated
from surveys.paper.forms import PaperForm, PaperStock

FORMS = "forms "
"""Begins the name of a table of forms; the session's id follows."""
STOCKS = "paper"


class _Stock(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    session: str
    stock: PaperStock


_FORM = TypeAdapter(PaperForm)
_FORMS = TypeAdapter(list[PaperForm])
_STOCK = TypeAdapter(_Stock)
_STOCKS = TypeAdapter(list[_Stock])


class Sheets:
    """Forms of all sessions. What writes is to be called inside a transaction."""

    def __init__(self, db: TinyDB) -> None:
        self._db = db

    def stock(self, session_id: str) -> PaperStock | None:
        """What was printed for the session."""
        found = self._db.table(STOCKS).get(doc_id=key(session_id))
        return validated(_STOCK, found, self._db, STOCKS).stock if found else None

    def stocks(self) -> Mapping[str, PaperStock]:
        """What was printed, by session."""
        found = validated(_STOCKS, self._db.table(STOCKS).all(), self._db, STOCKS)
        return {each.session: each.stock for each in found}

    def save_stock(self, session_id: str, stock: PaperStock) -> None:
        """Keep what was printed."""
        document = dumped(_Stock(session=session_id, stock=stock))
        self._db.table(STOCKS).upsert(Document(document, key(session_id)))

    def form(self, session_id: str, serial: int) -> PaperForm | None:
        """The form with this serial."""
        table = FORMS + session_id
        found = self._db.table(table).get(doc_id=serial)
        return validated(_FORM, found, self._db, table) if found else None

    def forms(self, session_id: str) -> Sequence[PaperForm]:
        """All forms of the session, by serial."""
        table = FORMS + session_id
        return validated(_FORMS, in_order(self._db.table(table)), self._db, table)

    def save_forms(self, session_id: str, forms: Sequence[PaperForm]) -> None:
        """Keep these forms."""
        table = self._db.table(FORMS + session_id)
        known = {document.doc_id for document in table} if len(forms) > 1 else set()
        new = [Document(dumped(form), form.serial) for form in forms if len(forms) > 1 and form.serial not in known]
        if new:
            table.insert_multiple(new)
        for form in forms:
            if len(forms) == 1 or form.serial in known:
                table.upsert(Document(dumped(form), form.serial))
