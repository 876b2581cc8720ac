"""What the screens about opinions need. Implemented where all parts meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from campaign.case_desk import Handled
    from campaign.case_opening import NewCase
    from campaign.cases import Case
    from campaign.errors import Problem
    from surveys.register.adding import Added, Round
    from surveys.register.model import Item, Register


@dataclass(frozen=True, slots=True)
class OpinionsView:
    """What the screens show of the opinions, read together."""

    register: Register
    cases: tuple[Case, ...]


class OpinionsDesk(Protocol):
    """The register of opinions, as :mod:`surveys.register`: it says what each method raises, StoreError everywhere.

    Numbers of opinions and items may be mixed. Every change is on disk when its method returns.
    """

    def read(self) -> OpinionsView:
        """The register and all cases."""

    def sort(self, numbers: Sequence[int], category: str, role: str) -> None:
        """Sort into a category."""

    def merge(self, numbers: Sequence[int], text: str, category: str, into: int | None, role: str) -> Item:
        """Merge into one item."""

    def bring_back(self, numbers: Sequence[int], role: str) -> None:
        """Take out of their item, or bring back what was discarded."""

    def discard(self, numbers: Sequence[int], reason: str, role: str) -> None:
        """Put aside."""

    def reword(self, number: int, text: str, role: str) -> None:
        """Give an item another text."""

    def turn(self, number: int, new: NewCase) -> Handled:
        """Open the case of an item."""

    def problems(self, asked: Round) -> Sequence[Problem]:
        """Everything that is wrong with a round or odd about it; asked at every key, so without waiting."""

    def add(self, asked: Round) -> Added:
        """Keep a round of opinions."""
