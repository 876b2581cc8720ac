"""Models as TinyDB documents."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from tinydb import TinyDB
from tinydb.table import Document

from campaign.i18n import I18n
from db.encoding import encoded
from db.failures import damaged
from db.rows import SQLiteStorage

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

ID_BITS = 63
"""SQLite's ids are signed 64-bit integers."""


def key(name: str) -> int:
    """The document id that belongs to a name: 63 bits of its BLAKE2b digest, so that no search is needed."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> (64 - ID_BITS)


def random_ids(count: int) -> list[int]:
    """``count`` different random document ids, in no order."""
    ids: set[int] = set()
    while len(ids) < count:
        ids.add(1 + secrets.randbelow(2**ID_BITS - 1))
    return secrets.SystemRandom().sample([*ids], count)


def dumped(model: BaseModel) -> dict[str, Any]:
    """The model's fields as JSON knows them."""
    return model.model_dump(mode="json")


def sorted_keys(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """``value`` with the keys of every object in order, so that their order tells nothing."""
    if isinstance(value, dict):
        return {name: each if type(each) is str else sorted_keys(each) for name, each in sorted(value.items())}
    return [sorted_keys(each) for each in value] if isinstance(value, list) else value


def validated(adapter: TypeAdapter[T], value: object, db: TinyDB, table: str) -> T:
    """What was stored in ``table`` of ``db``, as models; StoreError V86 if it does not fit them."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        why = I18n(zh=f"“{table}”中的{where}不符合格式", en=f'{where} in "{table}" does not fit: {first["msg"]}')
        path = db.storage.transactions.path if isinstance(db.storage, SQLiteStorage) else None
        raise damaged(why, path) from error


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Documents by id, whatever the storage's own order is."""
    return sorted(documents, key=lambda document: document.doc_id)


class Kept(BaseModel, Generic[M]):
    """A model on a shelf."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    """Its place in the order in which names first came."""
    value: M


class Shelf(Generic[M]):
    """Models of one kind, each under a name, in one table."""

    def __init__(self, db: TinyDB, table: str, kind: TypeAdapter[Kept[M]]) -> None:
        self._db, self._table, self._kind = db, table, kind
        self._seen: dict[int, tuple[bytes, Kept[M]]] = {}
        """Models by document id, each with the digest of its document, which takes more room than the model."""

    def get(self, name: str) -> M | None:
        """The model with this name."""
        kept = self._kept(name)
        return kept.value if kept else None

    def all(self) -> Sequence[M]:
        """All models, in the order in which their names first came."""
        return [kept.value for kept in self._all()]

    def made(self, documents: Iterable[tuple[int, Mapping[str, Any]]]) -> Sequence[M]:
        """The models of documents of this table, given with their ids, in the same order."""
        kept = [self._checked(Document(fields, number)) for number, fields in documents]
        return [each.value for each in sorted(kept, key=lambda each: each.number)]

    def put(self, name: str, value: M) -> None:
        """Keep ``value`` under ``name``, in place of what was there. To be called inside a transaction."""
        kept = self._kept(name)
        number = kept.number if kept else 1 + max((each.number for each in self._all()), default=0)
        self._db.table(self._table).upsert(Document({"number": number, "value": dumped(value)}, key(name)))

    def _kept(self, name: str) -> Kept[M] | None:
        found = self._db.table(self._table).get(doc_id=key(name))
        return self._checked(found) if isinstance(found, Document) else None

    def _all(self) -> list[Kept[M]]:
        kept = [self._checked(document) for document in self._db.table(self._table)]
        return sorted(kept, key=lambda each: each.number)

    def _checked(self, document: Document) -> Kept[M]:
        """The document as a model; as it was made before if it is the same: a questionnaire takes a millisecond."""
        digest = hashlib.blake2b(encoded(document).encode(), digest_size=32).digest()
        before = self._seen.get(document.doc_id)
        if before and before[0] == digest:
            return before[1]
        kept: Kept[M] = validated(self._kind, document, self._db, self._table)
        self._seen[document.doc_id] = digest, kept
        return kept
