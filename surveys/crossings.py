"""What two tables by part tell together: of the forms of a group, what those at a kiosk answered, and those on paper.

No table shows that; but where nearly all answers of a kind are in one part of the one table, they are that many fewer
to be divided by the other. Who gave no answer is not looked at: that says nothing of what was said.
Nor are multiple choices: no table has them by part.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from surveys.blocks import Block, only, together
from surveys.bounds import Counts, counts_of, keeps_secret
from surveys.breakdowns import Told


class Crossings:
    """The blocks that the tables by one kind of part tell, to be put together with those of another kind."""

    def __init__(self, known: Iterable[Told], totals: Mapping[str, Block], names: Collection[str], k: int) -> None:
        """``totals``: all forms of each session; ``names``: what is looked at; ``k``: fewer forms stay hidden."""
        self._totals, self._names, self._k = totals, names, k
        self._counted: dict[frozenset[str], Counts] = {}
        self._known: dict[str, list[Told]] = {}
        for told in known:
            for session in told.sessions:
                self._known.setdefault(session, []).append(told)

    def may_know(self, told: Told) -> bool:
        """Whether enough values remain possible for each answer in what this block has in common with any of those."""
        found = {id(known): known for session in told.sessions for known in self._known.get(session, ())}
        mine = self._counts_of(told.block) if found else None
        return mine is None or all(self._keeps_secret(told, mine, known) for known in found.values())

    def unsafe_together(self, told: Sequence[Told]) -> frozenset[str]:
        """Sessions that should be left out of what is told, for it and what is known tell too much when added up.

        Of sessions that are shown only together by the one kind of parts, those parts have a common part with the sum
        of all that is told of the same sessions by the other kind.
        """
        known = [
            *{id(each): each for one in told for code in one.sessions for each in self._known.get(code, ())}.values()
        ]
        pools = {each.sessions for each in (*known, *told) if len(each.sessions) > 1}
        pools |= {one | other for one in pools for other in pools if one & other}
        return frozenset(code for pool in pools if not self._keep_secret_of(pool, known, told) for code in pool)

    def _keep_secret_of(self, pool: frozenset[str], known: Sequence[Told], told: Sequence[Told]) -> bool:
        others = [*_summed([each for each in known if each.sessions <= pool])]
        return all(
            self._keeps_secret(mine, self._counts_of(mine.block), theirs)
            for mine in _summed([each for each in told if each.sessions <= pool])
            for theirs in others
        )

    def _keeps_secret(self, told: Told, mine: Counts, known: Told) -> bool:
        if self._is_all(told, known.sessions) or self._is_all(known, told.sessions):
            return True
        one, other = told.sessions, known.sessions
        every = one if other <= one else other if one <= other else one | other
        common = other if other <= one else one if one <= other else one & other
        return keeps_secret(
            mine,
            self._counts_of(known.block),
            self._total(every),
            self._total(common),
            from_on=self._k,
            blanks=False,
        )

    def _is_all(self, told: Told, others: frozenset[str]) -> bool:
        """Whether all forms of its sessions, the others among them, are in the block: then it divides nothing."""
        return others <= told.sessions and told.block.valid == self._total(told.sessions).valid

    def _counts_of(self, block: Block) -> Counts:
        return counts_of(only(block, self._names), ())

    def _total(self, sessions: frozenset[str]) -> Counts:
        if sessions not in self._counted:
            blocks = together(self._totals[session] for session in sessions)
            self._counted[sessions] = self._counts_of(blocks)
        return self._counted[sessions]


def _summed(told: Sequence[Told]) -> Iterator[Told]:
    """By part, all that is told of it; parts that are told only together by one of these, together by all."""
    merged = frozenset(code for each in told if len(each.codes) > 1 for code in each.codes)
    codes = {code for each in told for code in each.codes} - merged
    for part in [*(frozenset({code}) for code in sorted(codes)), *([merged] if merged else [])]:
        of_it = [each for each in told if each.codes <= part]
        sessions = frozenset(session for each in told for session in each.sessions)
        yield Told(sessions, part, together(each.block for each in of_it))
