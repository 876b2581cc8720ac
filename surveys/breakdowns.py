"""Which parts of a survey, by group or by channel, are shown: complementary suppression within and across tables.

Results of every session are published, and those of branches and of the town, which are their sums. A table by part
therefore tells more than it shows: what it does not show can be found by subtraction, from its own totals and from
those of the other tables. So this decides not cell by cell but block by block, and asks of every block *that can be
worked out* what :mod:`surveys.suppression` asks of a session: k valid forms at least, and below ten forms no question
in which all are alike. Forms are divided three times:

1. A session is *open* if each of its parts may be shown, parts without forms left aside. Its parts may be known.
2. All other sessions are *closed*: nothing is shown of their parts. In the parts of the town they count only together,
   and only if that is safe by rule 3; otherwise they are left out of the town's parts, and this is said.
3. What can be worked out of the closed sessions together is: the town's part less the open sessions'. Parts of them
   that may not be shown are hidden for the town, and, so that they can't be found by subtracting the rest from the
   totals, also the next smallest part, until at least two are hidden and may be shown as one block. Then it is checked
   how near the two totals of each hidden cell, that of its session and that of its part, come to telling it
   (:mod:`surveys.bounds`): at least three values must remain possible, or as many as the smaller total allows. While
   they don't, the smallest part is hidden as well.

What can be worked out is then a division of all forms into blocks each of which may be shown, and so each of them is
shown: hidden parts stand as one, "others together", and so do closed sessions. Everything published is a sum of such
blocks. A single closed session whose parts are told by the town's is shown as far as they tell it. Parts of a branch
are shown if all its sessions' may be, for its sessions' totals are published: of two sessions of which one is closed
the branch's parts less the other's would tell that one's. All sessions of a survey are decided on together, so that no
choice of sessions or tables shows what another one hides.

A survey that is divided twice, by group and by channel, is divided by group first. A session is open by channel, and
the closed ones count by channel together, only if both tables put together keep secret what those of a group answered
on paper or at a kiosk, and so do the sums of what is told by channel of all sessions whose groups are told only
together (:mod:`surveys.crossings`); those sessions are left out otherwise.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.blocks import Block, together
from surveys.bounds import counts_of, keeps_secret

MayShow = Callable[[Block], bool]
Parts = Mapping[str, Block]
"""Blocks by the code of the part."""


@dataclass(frozen=True, slots=True)
class Told:
    """A block of forms that can be worked out from what is shown."""

    sessions: frozenset[str]
    """All of its forms are of these."""
    codes: frozenset[str]
    """And of these parts."""
    block: Block


MayKnow = Callable[[Told], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown of one batch by part."""

    counted: frozenset[str] = frozenset()
    """Sessions that count in the town's parts."""
    left_out: frozenset[str] = frozenset()
    """Those that could have, and do not."""
    shown: frozenset[str] = frozenset()
    """The town's parts that are shown."""
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The parts that may be shown of a session by itself."""


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


def break_down(
    sessions: Mapping[str, Parts],
    may_show: MayShow,
    may_know: MayKnow = lambda _: True,
    *,
    branch_of: Mapping[str, str] | None = None,
    multiple: Collection[str] = (),
    sizes_known: bool = False,
) -> Decision:
    """Decide on the parts of a batch, given by session, all with the same codes in the same order.

    ``may_know``: whether a block may be told beside what other tables tell. ``branch_of``: which sessions are of one
    branch, by session. ``multiple``: questions with several choices. ``sizes_known``: whether everybody knows how many
    forms each part of each session has, as the account tells it of channels.
    """

    def is_open(code: str, parts: Parts) -> bool:
        filled = [block for block in parts.values() if block.valid]
        return all(map(may_show, filled)) and all(map(may_know, _pooled([code], parts, ())))

    opened = frozenset(code for code, parts in sessions.items() if is_open(code, parts))
    closed = {code: parts for code, parts in sessions.items() if code not in opened}
    every = frozenset(code for parts in sessions.values() for code in parts)
    apart = dict.fromkeys(opened, every)
    if not closed:
        return Decision(opened, frozenset(), every if opened else frozenset(), apart)
    pool = {code: together(parts[code] for parts in closed.values()) for code in next(iter(closed.values()))}
    rows = _rows(closed, branch_of or {})
    hidden = hidden_parts(pool, may_show)
    while len(hidden) < (filled := sum(1 for block in pool.values() if block.valid)):
        shown = {code: block for code, block in pool.items() if block.valid and code not in hidden}
        told = _pooled(closed, pool, hidden)
        if all(map(may_know, told)) and _keep_secret(rows, pool, shown, multiple, sizes_known=sizes_known):
            break
        hidden = hidden_parts(pool, may_show, {*hidden, min(shown, key=lambda code: shown[code].valid)})
    if len(hidden) == filled:
        return Decision(opened, frozenset(closed), every if opened else frozenset(), apart)
    if len(closed) == 1:
        apart |= dict.fromkeys(closed, every - hidden)
    return Decision(frozenset(sessions), frozenset(), every - hidden, apart)


def without(decision: Decision, unsafe: Collection[str]) -> Decision:
    """The decision with these sessions left out, and with them all that are shown only together with any of them."""
    pooled = decision.counted - decision.apart.keys()
    out = {*unsafe, *(pooled if pooled & set(unsafe) else ())} & decision.counted
    apart = {code: parts for code, parts in decision.apart.items() if code not in out}
    shown = [*apart.values(), *([decision.shown] if pooled - out else [])]
    return Decision(decision.counted - out, decision.left_out | out, _common(shown), apart)


def told_by(decision: Decision, sessions: Mapping[str, Parts]) -> Iterator[Told]:
    """The blocks that can be worked out from what is shown of a batch, none of them a sum of others."""
    for code, shown in decision.apart.items():
        yield from _pooled([code], sessions[code], sessions[code].keys() - shown)
    if pooled := [code for code in sessions if code in decision.counted and code not in decision.apart]:
        codes = next(iter(sessions.values()))
        pool = {part: together(sessions[code][part] for code in pooled) for part in codes}
        yield from _pooled(pooled, pool, codes.keys() - decision.shown)


def _pooled(sessions: Collection[str], parts: Parts, hidden: Collection[str]) -> Iterator[Told]:
    of = frozenset(sessions)
    rest = together(block for code, block in parts.items() if code in hidden)
    yield from (
        Told(of, frozenset({code}), block) for code, block in parts.items() if code not in hidden and block.valid
    )
    if rest.valid:
        yield Told(of, frozenset(hidden), rest)


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


def _rows(closed: Mapping[str, Parts], branch_of: Mapping[str, str]) -> Sequence[Parts]:
    """The parts of each session, and of the sessions of a branch together: of both the totals are known."""
    branches: dict[str, list[Parts]] = {}
    for code, parts in closed.items():
        branches.setdefault(branch_of.get(code, code), []).append(parts)
    several = [held for held in branches.values() if len(held) > 1]
    return [*closed.values(), *({code: together(each[code] for each in held) for code in held[0]} for held in several)]


def _keep_secret(
    rows: Sequence[Parts], pool: Parts, shown: Collection[str], multiple: Collection[str], *, sizes_known: bool
) -> bool:
    """Whether the totals leave enough possible for each cell of these rows in the parts that the town shows.

    A row that is all there is has nothing to hide: what is shown of it may be.
    """
    totals = [counts_of(together(parts.values()), multiple) for parts in rows]
    every = counts_of(together(pool.values()), multiple)
    columns = {part: counts_of(pool[part], multiple) for part in shown}
    return all(
        keeps_secret(total, column, every, total, size=parts[part].valid if sizes_known else None)
        for parts, total in zip(rows, totals, strict=True)
        if total.valid < every.valid
        for part, column in columns.items()
    )


def of_branches(decision: Decision, branch_of: Mapping[str, str]) -> Breakdown:
    """What a decision shows of branches: parts of those all of whose sessions may be shown apart, as far as all may."""
    sessions: dict[str, list[str]] = {}
    for session in branch_of:
        if session in decision.counted:
            sessions.setdefault(branch_of[session], []).append(session)
    return Breakdown(
        frozenset(sessions),
        frozenset(branch_of[session] for session in decision.left_out) - sessions.keys(),
        decision.shown,
        {
            branch: _common([decision.apart[session] for session in held])
            for branch, held in sessions.items()
            if decision.apart.keys() >= set(held)
        },
        decision.counted,
    )


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
