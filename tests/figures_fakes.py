"""What figures are kept in step with, in tests: a store that counts its readings, a shelf that keeps nothing."""

from campaign import figures
from campaign.figures import NOTHING
from campaign.log import LogEntry
from surveys.ports import Store


class Counting:
    """A store that says which branches' entries were asked for."""

    def __init__(self, store: Store, asked: list[str | None]) -> None:
        self._asked = asked
        self.plan, self.marks, self._entries = store.plan, store.marks, store.entries
        self.held_surveys = store.held_surveys

    def entries(self, branch: str | None = None) -> list[LogEntry]:
        """The entries."""
        self._asked.append(branch)
        return [*self._entries(branch)]


class NothingKept:
    """Keeps nothing."""

    def read(self) -> figures.Known:
        """Nothing."""
        return NOTHING

    def keep(self, known: figures.Known) -> None:
        """Nothing is done."""
