"""The register of opinions: a table of opinions under their random numbers, and one of items."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from pydantic import TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from campaign.log import AuditEntry
from db.documents import dumped, sorted_keys, validated
from surveys.register.model import Heard, Item, Register, register_of

HEARD, ITEMS = "register", "items"

_HEARD = TypeAdapter(list[Heard])
_ITEMS = TypeAdapter(list[Item])


class RegisterTables:
    """The part of a store that keeps the register."""

    _db: TinyDB

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit."""
        raise NotImplementedError

    def add_audit(self, audit: AuditEntry) -> None:
        """Append to the audit."""
        raise NotImplementedError

    def register(self) -> Register:
        """All opinions and items."""
        heard = validated(_HEARD, list(self._db.table(HEARD)), self._db, HEARD)
        items = validated(_ITEMS, list(self._db.table(ITEMS)), self._db, ITEMS)
        return register_of(heard, items)

    def save_register(
        self, heard: Sequence[Heard], items: Sequence[Item], gone: Sequence[int], audits: Sequence[AuditEntry]
    ) -> None:
        """Keep opinions and items in place of those with their numbers, without the items that are gone."""
        with self.transaction():
            for opinion in sorted(heard, key=lambda each: each.number):
                self._db.table(HEARD).upsert(Document(sorted_keys(dumped(opinion)), opinion.number))
            for item in items:
                self._db.table(ITEMS).upsert(Document(sorted_keys(dumped(item)), item.number))
            if gone:
                self._db.table(ITEMS).remove(doc_ids=list(gone))
            for audit in audits:
                self.add_audit(audit)
