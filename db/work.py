"""What the store needs of its transactions beside TinyDB's interface."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from db.encoding import Fields


class UnitOfWork(Protocol):
    """What TinyDB itself has not."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; blocks nest."""

    def exclusive(self) -> AbstractContextManager[None]:
        """The same, but inside another it is a part of that one: for what is only one change."""

    def revision(self) -> tuple[int, ...]:
        """Changes whenever anything has been written."""

    def marks(self, table: str) -> Mapping[str, int] | None:
        """The mark of each part of a table, which changes whenever it has; None if nobody marks them."""

    def part(self, table: str, part: str) -> list[tuple[int, Fields]] | None:
        """Id and document of one part, in order of id; None if nobody knows the parts."""

    def holding(
        self, table: str, field: str, values: Collection[str], filled: str = ""
    ) -> list[tuple[int, Fields]] | None:
        """Id and document where ``field`` has one of these values, or ``filled`` any; None if it can't be asked so."""

    def sweep(self, tables: Iterable[str]) -> bool:
        """Leave no trace of what was deleted, or replaced in ``tables``; False if readers were in the way."""

    def rebuild(self) -> None:
        """Write everything anew, as a new store would be."""
