"""Which parts of a survey, by group or by channel, are shown: complementary suppression within and across tables.

Results of whole branches are published, and those of the town, which are their sums. A table by part therefore tells
more than it shows: what it does not show can be found by subtraction, from its own totals and from those of the other
tables. So this decides not cell by cell but block by block, and asks of every block *that can be worked out* what
:mod:`surveys.suppression` asks of a session: k valid forms at least, and below ten forms no question in which all are
alike. Forms are divided three times:

1. A branch is *open* if each of its parts may be shown, parts without forms left aside. Its parts are shown.
2. All other branches are *closed*: nothing is shown of their parts. In the parts of the town they count only together,
   and only if that is safe by rule 3; otherwise they are left out of the town's parts, and this is said.
3. What can be worked out of the closed branches together is: the town's part less the open branches'. Parts of them
   that may not be shown are hidden for the town, and, so that they can't be found by subtracting the rest from the
   totals, also the next smallest part, until at least two are hidden and may be shown as one block. Then it is checked
   how near the two totals of each hidden cell, that of its branch and that of its part, come to telling it (Fréchet's
   bounds): at least three values must remain possible, or as many as the smaller total allows. While they don't, the
   smallest part is hidden as well.

What can be worked out is then a division of all forms into blocks each of which may be shown, and so each of them is
shown: hidden parts stand as one, "others together", and so do closed branches. Everything published is a sum of such
blocks. A single closed branch whose parts are told by the town's is shown as far as they tell it. All
sessions of a survey are decided on together, so that no choice of sessions or tables shows what another one hides.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.blocks import Block, together

LEAST_POSSIBLE = 3
"""So many values of a hidden cell must remain possible."""

MayShow = Callable[[Block], bool]
Parts = Mapping[str, Block]
"""Blocks by the code of the part."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What of a survey is shown by part."""

    branches: frozenset[str] = frozenset()
    """Those that count in the town's parts."""
    left_out: frozenset[str] = frozenset()
    """Those that could have, and do not."""
    shown: frozenset[str] = frozenset()
    """The town's parts that are shown."""
    of_branch: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The parts that are shown, by branch; none for those that are not here."""
    sessions: frozenset[str] = frozenset()
    """Sessions that count in all of this: those of a branch may be in it in part."""


def break_down(branches: Mapping[str, Parts], may_show: MayShow, *, sizes_known: bool = False) -> Breakdown:
    """Decide on a survey's parts, given by branch, all with the same codes in the same order.

    ``sizes_known``: whether everybody knows how many forms each part of each branch has, as the account tells it of
    channels.
    """
    is_open = {
        code: all(not block.valid or may_show(block) for block in parts.values()) for code, parts in branches.items()
    }
    closed = {code: parts for code, parts in branches.items() if not is_open[code]}
    opened = {code: parts for code, parts in branches.items() if is_open[code]}
    every = frozenset(code for parts in branches.values() for code in parts)
    of_branch = dict.fromkeys(opened, every)
    if not closed:
        return Breakdown(frozenset(opened), frozenset(), every if opened else frozenset(), of_branch)
    hidden = _hidden_together(closed, may_show, sizes_known=sizes_known)
    if hidden is None:
        return Breakdown(frozenset(opened), frozenset(closed), every if opened else frozenset(), of_branch)
    if len(closed) == 1:
        of_branch[next(iter(closed))] = every - hidden
    return Breakdown(frozenset(branches), frozenset(), every - hidden, of_branch)


def hidden_parts(parts: Parts, may_show: MayShow, also: Collection[str] = ()) -> frozenset[str]:
    """The parts to hide where the total is known, so that no part can be found that may not be shown.

    Those that may not, and ``also`` these; then the next smallest (of equals, the first), until there are at least two
    and they may be shown as one block; all if there is no such choice. Nobody is in parts without forms: they stay.
    """
    filled = [code for code, block in parts.items() if block.valid]
    hidden = [code for code in filled if code in also or not may_show(parts[code])]
    others = sorted((code for code in filled if code not in hidden), key=lambda code: parts[code].valid)
    while hidden and others and (len(hidden) == 1 or not may_show(together(parts[code] for code in hidden))):
        hidden.append(others.pop(0))
    return frozenset(hidden)


def _hidden_together(closed: Mapping[str, Parts], may_show: MayShow, *, sizes_known: bool) -> frozenset[str] | None:
    """The parts to hide of the closed branches as a whole; None if they can't be shown by part at all."""
    codes = next(iter(closed.values()))
    pool = {code: together(parts[code] for parts in closed.values()) for code in codes}
    filled = sorted((code for code in pool if pool[code].valid), key=lambda code: pool[code].valid)
    hidden = hidden_parts(pool, may_show)
    while len(closed) > 1 and (shown := [code for code in filled if code not in hidden]):
        if all(_keeps_secret(parts, pool, shown, sizes_known=sizes_known) for parts in closed.values()):
            break
        hidden = hidden_parts(pool, may_show, {*hidden, shown[0]})
    return hidden if set(filled) - hidden else None


def _keeps_secret(branch: Parts, pool: Parts, shown: Sequence[str], *, sizes_known: bool) -> bool:
    """Whether the totals leave enough possible for each cell of this branch in the parts that the pool shows."""
    row, whole = together(branch.values()), together(pool.values())
    for code in shown:
        spans = [[*_spans(row, pool[code], whole, name)] for name in (each.name for each in row.questions)]
        least = max((sum(low for low, _, _ in each) for each in spans), default=0)
        most = min((sum(high for _, high, _ in each) for each in spans), default=row.valid)
        if sizes_known:
            least = most = branch[code].valid
        elif most - least + 1 < LEAST_POSSIBLE:
            return False
        if not all(_are_wide(each, least, most) for each in spans):
            return False
    return True


def _are_wide(spans: Sequence[tuple[int, int, int]], least: int, most: int) -> bool:
    """Whether each cell of a question keeps enough values, as many forms as ``least`` to ``most`` being in them all."""
    low, high = sum(each[0] for each in spans), sum(each[1] for each in spans)
    for lowest, highest, top in spans:
        bottom, ceiling = max(lowest, least - (high - highest)), min(highest, most - (low - lowest))
        if ceiling - bottom + 1 < min(LEAST_POSSIBLE, top + 1):
            return False
    return True


def _spans(row: Block, column: Block, whole: Block, name: str) -> Iterator[tuple[int, int, int]]:
    """Of each answer to a question, blank at the end: the least and the most possible, and the smaller total."""
    of_row, of_column, of_whole = row.question(name), column.question(name), whole.question(name)
    if of_row is None or of_column is None or of_whole is None:
        return
    codes = [*of_row.counts]
    rows = [*of_row.counts.values(), of_row.blank]
    columns = [*(of_column.counts.get(code, 0) for code in codes), of_column.blank]
    wholes = [*(of_whole.counts.get(code, 0) for code in codes), of_whole.blank]
    for r, c, n in zip(rows, columns, wholes, strict=True):
        yield max(0, r + c - n), min(r, c), min(r, c)


def all_batches(found: Sequence[Breakdown]) -> Breakdown:
    """What several batches show together: of the town the parts that each of them shows, of a branch likewise.

    All of it is a sum of blocks that each batch may show by itself.
    """
    told = [each for each in found if each.branches]
    branches = frozenset(code for each in told for code in each.branches)
    apart = [code for code in sorted(branches) if all(code in each.of_branch for each in told if code in each.branches)]
    return Breakdown(
        branches,
        frozenset(code for each in found for code in each.left_out) - branches,
        _common([each.shown for each in told]),
        {code: _common([each.of_branch[code] for each in told if code in each.branches]) for code in apart},
        frozenset(session for each in told for session in each.sessions),
    )


def _common(found: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset.intersection(*found) if found else frozenset()
