"""What two tables by part tell together: of the forms of a group, what those at a kiosk answered, and those on paper.

No table shows that; but where nearly all answers of a kind are in one part of the one table, they are that many fewer
to be divided by the other.
"""

from collections.abc import Collection, Iterable, Mapping

from surveys.blocks import Block, together
from surveys.bounds import Counts, counts_of, keeps_secret
from surveys.breakdowns import Told


class Crossings:
    """The blocks that the tables by one kind of part tell, to be put together with those of another kind."""

    def __init__(self, known: Iterable[Told], totals: Mapping[str, Block], multiple: Collection[str], k: int) -> None:
        """``totals``: all forms of each session; ``k``: cells with fewer forms are to stay hidden."""
        self._totals, self._multiple, self._k = totals, multiple, k
        self._counted: dict[frozenset[str] | int, Counts] = {}
        self._known: dict[str, list[Told]] = {}
        for told in known:
            for session in told.sessions:
                self._known.setdefault(session, []).append(told)

    def may_know(self, told: Told) -> bool:
        """Whether enough values remain possible for each answer in what this block has in common with any of those."""
        found = {id(known): known for session in told.sessions for known in self._known.get(session, ())}
        mine = counts_of(told.block, self._multiple) if found else None
        return mine is None or all(self._keeps_secret(told, mine, known) for known in found.values())

    def _keeps_secret(self, told: Told, mine: Counts, known: Told) -> bool:
        if self._is_all(told, known.sessions) or self._is_all(known, told.sessions):
            return True
        one, other = told.sessions, known.sessions
        every = one if other <= one else other if one <= other else one | other
        common = other if other <= one else one if one <= other else one & other
        return keeps_secret(
            mine,
            self._of_known(known),
            self._total(every),
            self._total(common),
            from_on=self._k,
        )

    def _is_all(self, told: Told, others: frozenset[str]) -> bool:
        """Whether all forms of its sessions, the others among them, are in the block: then it divides nothing."""
        return others <= told.sessions and told.block.valid == self._total(told.sessions).valid

    def _of_known(self, known: Told) -> Counts:
        if id(known) not in self._counted:
            self._counted[id(known)] = counts_of(known.block, self._multiple)
        return self._counted[id(known)]

    def _total(self, sessions: frozenset[str]) -> Counts:
        if sessions not in self._counted:
            blocks = together(self._totals[session] for session in sessions)
            self._counted[sessions] = counts_of(blocks, self._multiple)
        return self._counted[sessions]
