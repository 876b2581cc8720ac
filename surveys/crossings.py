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
        self._summed: dict[frozenset[str], Counts] = {}
        self._known: dict[str, list[tuple[frozenset[str], Counts]]] = {}
        for told in known:
            entry = told.sessions, counts_of(told.block, multiple)
            for session in told.sessions:
                self._known.setdefault(session, []).append(entry)

    def may_know(self, told: Told) -> bool:
        """Whether enough values remain possible for each answer in what this block has in common with any of those."""
        mine = counts_of(told.block, self._multiple)
        found = {id(entry): entry for session in told.sessions for entry in self._known.get(session, ())}
        return all(self._keeps_secret(told.sessions, mine, *entry) for entry in found.values())

    def _keeps_secret(self, sessions: frozenset[str], mine: Counts, others: frozenset[str], theirs: Counts) -> bool:
        if self._is_all(mine, sessions, others) or self._is_all(theirs, others, sessions):
            return True
        every = sessions if others <= sessions else others if sessions <= others else sessions | others
        common = others if others <= sessions else sessions if sessions <= others else sessions & others
        return keeps_secret(mine, theirs, self._total(every), self._total(common), from_on=self._k)

    def _is_all(self, block: Counts, sessions: frozenset[str], others: frozenset[str]) -> bool:
        """Whether all forms of these sessions, the others among them, are in the block: then it divides nothing."""
        return others <= sessions and block.valid == self._total(sessions).valid

    def _total(self, sessions: frozenset[str]) -> Counts:
        if sessions not in self._summed:
            blocks = together(self._totals[session] for session in sessions)
            self._summed[sessions] = counts_of(blocks, self._multiple)
        return self._summed[sessions]
