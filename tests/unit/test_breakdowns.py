"""Which parts are shown: the rules at their edges, by numbers of forms alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.blocks import Block, together
from surveys.bounds import Counts, Spans, counts_of, keeps_secret
from surveys.breakdowns import break_down, hidden_parts, of_branches, told_by
from surveys.tallies import QuestionTally


def parts(*sizes: int) -> dict[str, Block]:
    return {chr(ord("a") + place): Block(size) for place, size in enumerate(sizes)}


def enough(block: Block) -> bool:
    return block.valid >= 5


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((12, 7, 4), "bc"),
        ((12, 4, 3), "bc"),
        ((12, 7, 5), ""),
        ((12, 7, 0), ""),
        ((12, 7, 4, 0), "bc"),
        ((12, 8, 1, 1), "bcd"),
        ((7, 7, 4), "ac"),
        ((12, 4), "ab"),
        ((4, 3), "ab"),
        ((9,), ""),
    ],
)
def test_a_small_part_takes_the_next_smallest_with_it(sizes: tuple[int, ...], hidden: str) -> None:
    """One hidden part could be found by subtraction, and so could two that are few together."""
    assert hidden_parts(parts(*sizes), enough) == frozenset(hidden)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_what_is_hidden_can_be_shown_as_one_block_or_all_is_hidden(sizes: list[int]) -> None:
    """Whatever is left when the shown parts are subtracted is two parts at least, and as large as a part must be."""
    made = parts(*sizes)
    hidden = hidden_parts(made, enough)
    filled = {code for code, block in made.items() if block.valid}
    assert all(code in hidden or enough(made[code]) for code in filled)
    if hidden and hidden != filled:
        assert len(hidden) > 1
        assert enough(together(made[code] for code in hidden))


def test_a_session_whose_parts_may_all_be_shown_is_open() -> None:
    """Its parts may be known, and those without forms stand as 0."""
    found = break_down({"S1": parts(9, 8, 0)}, enough)
    assert found.apart == {"S1": frozenset("abc")}
    assert (found.shown, found.counted) == (frozenset("abc"), frozenset({"S1"}))


def test_a_single_session_shows_what_the_totals_tell_anyway() -> None:
    """Of groups of 12, 7 and 4 the one of 12 is shown, for the session and for all together."""
    found = break_down({"S1": parts(12, 7, 4)}, enough)
    assert found.apart == {"S1": frozenset("a")}
    assert found.shown == frozenset("a")


def test_a_session_that_would_be_told_by_the_town_is_left_out_of_its_parts() -> None:
    """Town less the others would be its parts: 9 and 2. So the town's parts are those of the others."""
    found = break_down({"S1": parts(9, 8), "S2": parts(9, 2)}, enough)
    assert found.counted == frozenset({"S1"})
    assert found.left_out == frozenset({"S2"})
    assert found.shown == frozenset("ab")
    assert "S2" not in found.apart


def with_answers(yes: int, no: int) -> Block:
    return Block(yes + no, (QuestionTally(name="Q", counts={"A": yes, "C": no}, blank=0),))


def test_small_parts_of_several_sessions_are_shown_together() -> None:
    """No session may show its second part, all of them together may."""
    sessions = {code: {"a": with_answers(6, 6), "b": with_answers(2, 2)} for code in ("S1", "S2", "S3")}
    found = break_down(sessions, enough)
    assert found.shown == frozenset("ab")
    assert found.counted == frozenset(sessions)
    assert found.apart == {}
    assert [each.block.valid for each in told_by(found, sessions)] == [36, 12]


def test_a_part_that_tells_who_belongs_to_it_is_not_shown() -> None:
    """Only the second part ever answers C: who did so in a session is known to belong to it, so nothing is shown."""
    sessions = {code: {"a": with_answers(12, 0), "b": with_answers(0, 4)} for code in ("S1", "S2", "S3")}
    found = break_down(sessions, enough)
    assert found.shown == frozenset()
    assert found.left_out == frozenset(sessions)
    assert [*told_by(found, sessions)] == []


def test_what_may_not_be_known_beside_other_tables_counts_only_together() -> None:
    """A session is open only if each of its blocks may be known, and the closed ones count only if theirs may."""
    sessions = {code: {"a": with_answers(6, 6), "b": with_answers(6, 6)} for code in ("S1", "S2", "S3")}
    found = break_down(sessions, enough, lambda told: told.sessions not in ({"S1"}, {"S2"}))
    assert (found.counted, set(found.apart)) == (frozenset(sessions), {"S3"})
    assert {each.sessions for each in told_by(found, sessions)} == {frozenset({"S3"}), frozenset({"S1", "S2"})}
    alone = break_down(sessions, enough, lambda told: told.sessions == {"S3"})
    assert (alone.counted, alone.left_out) == (frozenset({"S3"}), frozenset({"S1", "S2"}))


def test_a_branch_has_parts_of_its_own_if_all_its_sessions_may() -> None:
    """Of two sessions one of which is closed, its parts less the open one's would be the other's."""
    mixed, few = {"a": with_answers(6, 6), "b": with_answers(6, 6)}, {"a": with_answers(6, 6), "b": with_answers(2, 2)}
    sessions = {"S1": mixed, "S2": few, "S3": mixed, "S4": few, "S5": few}
    found = break_down(sessions, enough)
    assert (found.counted, set(found.apart)) == (frozenset(sessions), {"S1", "S3"})
    branches = of_branches(found, {"S1": "B01", "S2": "B01", "S3": "B02", "S4": "B03", "S5": "B03"})
    assert branches.branches == frozenset({"B01", "B02", "B03"})
    assert branches.of_branch == {"B02": frozenset("ab")}


def test_all_sessions_of_a_branch_together_are_kept_secret_too() -> None:
    """Five say C, and only one of the other branch: so of those in a part all are of this one, or all but one."""
    two, other = {"a": with_answers(8, 2), "b": with_answers(4, 4)}, {"a": with_answers(4, 0), "b": with_answers(4, 1)}
    sessions = {"S1": two, "S2": two, "S3": other}
    assert break_down(sessions, large, branch_of={"S1": "B01", "S2": "B02", "S3": "B03"}).counted == frozenset(sessions)
    found = break_down(sessions, large, branch_of={"S1": "B01", "S2": "B01", "S3": "B02"})
    assert found.left_out == frozenset(sessions)


def large(block: Block) -> bool:
    return block.valid >= 12


def counts(*given: tuple[int, ...]) -> Counts:
    """Of one question of a single choice, blank last."""
    (row,) = given
    return Counts(sum(row), (row,), 1)


@pytest.mark.parametrize(
    ("row", "column", "every", "kept"),
    [
        ((4, 8, 0), (6, 6, 0), (12, 24, 0), True),  # 0 to 4, 0 to 6
        ((4, 8, 0), (6, 6, 0), (6, 30, 0), False),  # all 6 of the first answer are in the column: exactly 4
        ((4, 8, 0), (6, 6, 0), (7, 29, 0), False),  # all but one: 3 or 4
        ((4, 8, 0), (6, 6, 0), (8, 28, 0), True),  # all but two: 2, 3 or 4
        ((1, 11, 0), (2, 10, 0), (3, 33, 0), True),  # of 1 there are 0 and 1
    ],
)
def test_three_values_must_remain_possible_or_as_many_as_the_smaller_total_allows(
    row: tuple[int, ...], column: tuple[int, ...], every: tuple[int, ...], *, kept: bool
) -> None:
    """Where nearly all who gave an answer are in the one part, the row's are known to be."""
    assert keeps_secret(counts(row), counts(column), counts(every), counts(row)) is kept


def test_cells_of_k_forms_may_be_told() -> None:
    """Five of six are dissatisfied, and all of those are in the column: a number that is no secret."""
    blocks = counts((20, 7, 0)), counts((20, 12, 0)), counts((60, 12, 0)), counts((20, 7, 0))
    assert not keeps_secret(*blocks)
    assert keeps_secret(*blocks, from_on=5)


@pytest.mark.parametrize(("chosen", "kept"), [(12, False), (20, True)])
def test_each_choice_of_a_multiple_choice_is_a_question_of_its_own(chosen: int, *, kept: bool) -> None:
    """Choices do not add up to the forms; each is made, or not. Blank means that none was."""

    def block(valid: int, first: int, second: int) -> Counts:
        asked = QuestionTally(name="Q11", counts={"1": first, "2": second}, blank=0)
        return counts_of(Block(valid, (asked,)), {"Q11"})

    row, column, every = block(12, 4, 10), block(24, 12, 20), block(60, chosen, 50)
    assert row.rows == ((4, 8), (10, 2), (0, 12))
    assert keeps_secret(row, column, every, row) is kept


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 4), min_size=2, max_size=4))
def test_what_is_so_is_always_possible(cells: list[tuple[int, int, int, int]]) -> None:
    """The true number lies within the bounds: where it is known exactly, they leave no more than they must."""
    row = tuple(a + b for a, b, _, _ in cells)
    column = tuple(a + c for a, _, c, _ in cells)
    every = tuple(map(sum, cells))
    spans = Spans((row, column, every, row), len(cells))
    assert all(low <= a <= high for (low, high), (a, *_) in zip(spans.found, cells, strict=True))
    assert spans.low <= sum(a for a, *_ in cells) <= spans.high
