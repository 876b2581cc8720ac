"""Small campaigns, and what an attacker finds in all that is published of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import combinations
from random import Random

from campaign.overview import overview
from campaign.plan import Campaign
from exports.report import Records, build_report, sessions_report
from surveys.batches import batched
from surveys.counted import Counted
from surveys.figures import session_results
from surveys.hiding import hide
from surveys.publishing import published
from surveys.session import SessionState
from surveys.tallies import By, PartTally, SessionTally
from tests.attacker import BLANK, FORMS, MOST, Attacker, Sum, Unknown
from tests.small_surveys import DAY, FORM, plan_of

LEAST = 3
CELLS = 40
"""So many cells of each campaign are attacked: most are seen at once to be wide."""


def read(states: Sequence[Sequence[Counted]], parts: Collection[By] = tuple(By)) -> Attacker:
    """An attacker who has read all that was published in each of these states of a campaign; of parts only these."""
    attacker, plan = Attacker(states[-1]), plan_of(states[-1])
    for sessions in states:
        figures, hidden = published(plan, sessions), hide(sessions, plan.campaign)
        results = [
            session_results(each.session, FORM, each.tally, plan.campaign, hidden.questions[each.session.id])
            for each in sessions
        ]
        report = build_report(plan, figures, Records(overview(plan, [], DAY)), DAY)
        each_one = sessions_report(plan, figures, [each.session.id for each in sessions], DAY)
        for exported in (report, each_one):
            attacker.learn(exported, results, figures.surveys[0], parts)
    return attacker


def small(block: PartTally | SessionTally) -> bool:
    """Whether this is too small, or too much alike, to be shown by itself."""
    asked = (question for question in block.questions if question.name in ("Q1", "Q2"))
    alike = any(not question.counts["A"] or not question.counts["C"] for question in asked)
    return 0 < block.valid < 5 or (0 < block.valid < 10 and alike)


def may_be_told(each: Counted, by: By, sessions: Sequence[Counted]) -> Collection[str]:
    """The parts of a session that may be told though no table shows them: their blocks are large enough.

    All of them, if that is so of all; and if no other session of its batch has small ones, those that have not: where
    the session is the only one of its branch, they are shown.
    """

    def parts(one: Counted, *, too_small: bool) -> Collection[str]:
        return {part.code for part in one.tally.parts if part.by is by and small(part) is too_small}

    if not parts(each, too_small=True):
        return parts(each, too_small=False)
    batch = (one for one in sessions if by in each.batches and one.batches.get(by) == each.batches[by])
    others = [one for one in batch if one is not each and not small(one.tally) and parts(one, too_small=True)]
    return parts(each, too_small=False) if by in each.batches and not others else ()


def hidden_cells(attacker: Attacker, sessions: Sequence[Counted]) -> Iterator[Sum]:
    """What no table may tell: every cell of every part of every session that may not be told, and those of a branch.

    And cells of sessions that are hidden as a whole.
    """
    asked = [("", FORMS), *((name, answer) for name, given in attacker.asked.items() for answer in given)]
    branches = {each.session.branch for each in sessions}
    for by in By:
        told = {each.session.id: may_be_told(each, by, sessions) for each in sessions}
        for code in attacker.codes[by]:
            closed = [each.session for each in sessions if code not in told[each.session.id]]
            of_branches = [[each.id for each in closed if each.branch == branch] for branch in sorted(branches)]
            for held in [*([each.id] for each in closed), *(each for each in of_branches if len(each) > 1)]:
                yield from (attacker.cell(held, name, answer, {by: [code]}) for name, answer in asked)
    for each in sessions:
        yield from (attacker.cell([each.session.id], name, answer, {}) for name, answer in asked)


def crossed_cells(attacker: Attacker, sessions: Sequence[Counted]) -> Iterator[Sum]:
    """What those of a group answered on one channel: no table shows it, of any session or of all together."""
    asked = [(name, answer) for name, given in attacker.asked.items() for answer in given if answer != BLANK]
    every = [each.session.id for each in sessions]
    for held in [*([each] for each in every), every]:
        for group in attacker.codes[By.GROUP]:
            for channel in attacker.codes[By.CHANNEL]:
                parts = {By.GROUP: [group], By.CHANNEL: [channel]}
                yield from (attacker.cell(held, name, answer, parts) for name, answer in asked)


def _may_be_shown(attacker: Attacker, held: Collection[str], groups: Collection[str]) -> bool:
    forms = attacker.truth(held, "", FORMS, By.GROUP, groups)
    both = all(attacker.truth(held, name, code, By.GROUP, groups) for name in attacker.asked for code in "AC")
    return forms >= (5 if both else 10)


def told_block(attacker: Attacker, cell: Sum) -> int:
    """The smallest number that is no table's but told by some, of a block that may be shown, the cell being in it.

    As the forms of a session less those of a group that is shown.
    """
    ids, channels, (_, _, _, name, answer) = {each[0] for each in cell}, {each[2] for each in cell}, min(cell)
    batch = {each.batches.get(By.GROUP) for each in map(attacker.counted.__getitem__, ids)}
    mates = {one for one, each in attacker.counted.items() if each.batches.get(By.GROUP) in batch}
    found = [MOST]
    for held in (ids, ids | {one for one in mates if any(map(small, attacker.counted[one].tally.parts))}):
        for count in range(len(attacker.codes[By.GROUP])):
            for without in combinations(attacker.codes[By.GROUP], count):
                groups = [code for code in attacker.codes[By.GROUP] if code not in without]
                whole = attacker.cell(held, name, answer, {By.GROUP: groups, By.CHANNEL: channels})
                if not cell <= whole or attacker.has_seen(whole) > 1 or not _may_be_shown(attacker, held, groups):
                    continue
                if len(possible := attacker.possible(whole)) == 1:
                    found.append(possible.start)
    return min(found)


def told(states: Sequence[Sequence[Counted]], picked: Random | None = None) -> tuple[list[Unknown], range] | None:
    """A hidden cell below the threshold that these states tell more exactly than they may, and what remains possible.

    A cell may be told by a single published number that it is a part of (of 1 there are 0 and 1), and by what is always
    published: the totals of sessions and the form account. Of what two divisions tell together, by one of them.
    """
    attacker, last = read(states), states[-1]
    for cells, others in ((hidden_cells(attacker, last), ()), (crossed_cells(attacker, last), (By.GROUP,))):
        less = cache(partial(read, states, others))  # seldom needed
        held = [(each, cell) for each in dict.fromkeys(cells) if (cell := attacker.unpublished(each))]
        for each, cell in picked.sample(held, min(CELLS, len(held))) if picked else held:
            least = min(LEAST, 1 + attacker.smallest_total(cell))
            if attacker.has_seen(cell) >= least or len(possible := attacker.possible(cell)) >= least:
                continue
            allowed = min(least, len(less().possible(cell)), len(less().possible(each)))
            if possible.start < 5 and len(possible) < min(allowed, 1 + told_block(attacker, cell)):
                return sorted(cell), possible
    return None


def posted(sessions: Sequence[Counted], campaign: Campaign) -> list[list[Counted]]:
    """The campaign after each of the sessions has been posted, one after the other, and those who count by part."""
    states: list[list[Counted]] = []
    for new in sessions:
        public = new.session.model_copy(update={"state": SessionState.PUBLISHED})
        held = [*(states[-1] if states else ()), replace(new, session=public, batches={})]
        came = {each.session.id: each for each in batched(held, campaign, [each.session for each in held])}
        states.append([came.get(each.session.id, each) for each in held])
    return states
