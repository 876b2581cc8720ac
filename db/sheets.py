"""Paper forms: one table of forms a session, under their serials, and what was printed for it; follow-up slips."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from db.documents import dumped, in_order, key, validated
from surveys.paper.forms import PaperForm, PaperStock

FORMS = "forms "
"""Begins the name of a table of forms; the session's id follows."""
STOCKS = "paper"
SLIPS = "slips"


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
        """Keep these forms, which have different serials, each in place of the one with its serial."""
        table = self._db.table(FORMS + session_id)
        known = {form.serial: form for form in forms if table.contains(doc_id=form.serial)}

        def renew(fields: MutableMapping[str, Any]) -> None:
            fields.update(dumped(known[fields["serial"]]))

        table.update(renew, doc_ids=known)
        table.insert_multiple(Document(dumped(form), form.serial) for form in forms if form.serial not in known)

    def add_slips(self, numbers: Iterable[str]) -> None:
        """Keep the numbers of follow-up slips; ValueError if one of them is known."""
        self._db.table(SLIPS).insert_multiple(Document({"number": number}, int(number)) for number in sorted(numbers))

    def has_slip(self, number: str) -> bool:
        """Whether a slip with this number, ten digits, was printed."""
        return self._db.table(SLIPS).contains(doc_id=int(number))

    def count_slips(self) -> int:
        """How many slips were printed."""
        return len(self._db.table(SLIPS))
