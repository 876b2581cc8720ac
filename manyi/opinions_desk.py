"""The opinions desk of the staff screens: the register, read and changed under the lock of the staff desk."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date

from campaign.case_desk import Handled
from campaign.case_opening import NewCase
from campaign.errors import Problem
from surveys.ports import Store
from surveys.register.adding import Added, Round, add_round, round_problems
from surveys.register.desk import Because, change, merge_and_keep, turn_and_keep
from surveys.register.model import Item, Register
from surveys.register.moves import Rules, bring_back, discard, reword, sort
from tui.staff.opinion_ports import OpinionsView


class LockedOpinions:
    """Implements :class:`tui.staff.opinion_ports.OpinionsDesk`."""

    def __init__(self, store: Store, today: Callable[[], date], lock: AbstractContextManager[object]) -> None:
        self._store, self._today, self._lock = store, today, lock
        self._plan = store.plan()

    def read(self) -> OpinionsView:
        """The register and all cases."""
        with self._lock:
            return OpinionsView(self._store.register(), tuple(self._store.cases()))

    def sort(self, numbers: Sequence[int], category: str, role: str) -> None:
        """Sort into a category."""
        self._change(lambda register, rules: sort(register, rules, numbers, category), role)

    def merge(self, numbers: Sequence[int], text: str, category: str, into: int | None, role: str) -> Item:
        """Merge into one item."""
        with self._lock:
            because = Because(role, self._today())
            return merge_and_keep(
                self._store, self._store.plan(), numbers, because, text=text, category=category, into=into
            )

    def bring_back(self, numbers: Sequence[int], role: str) -> None:
        """Take out of their item, or bring back what was discarded."""
        self._change(lambda register, rules: bring_back(register, rules, numbers), role)

    def discard(self, numbers: Sequence[int], reason: str, role: str) -> None:
        """Put aside."""
        self._change(lambda register, rules: discard(register, rules, numbers, reason), role)

    def reword(self, number: int, text: str, role: str) -> None:
        """Give an item another text."""
        self._change(lambda register, _: reword(register, number, text), role)

    def turn(self, number: int, new: NewCase) -> Handled:
        """Open the case of an item."""
        with self._lock:
            return turn_and_keep(self._store, self._store.plan(), number, new, self._today())

    def problems(self, asked: Round) -> Sequence[Problem]:
        """Everything that is wrong with a round or odd about it, by the plan as it was when the desk was made."""
        return round_problems(self._plan, asked, self._today())

    def add(self, asked: Round) -> Added:
        """Keep a round of opinions."""
        with self._lock:
            return add_round(self._store, self._store.plan(), asked, self._today())

    def _change(self, move: Callable[[Register, Rules], Register], role: str) -> None:
        with self._lock:
            change(self._store, self._store.plan(), move, Because(role, self._today()))
