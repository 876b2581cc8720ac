"""Which parts are shown: the rules at their edges, by numbers of forms alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.blocks import Block, together
from surveys.breakdowns import break_down, hidden_parts
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


def test_a_branch_whose_parts_may_all_be_shown_is_open() -> None:
    """Its parts are shown, and those without forms stand as 0."""
    found = break_down({"B01": parts(9, 8, 0)}, enough)
    assert found.of_branch == {"B01": frozenset("abc")}
    assert (found.shown, found.branches) == (frozenset("abc"), frozenset({"B01"}))


def test_a_single_branch_shows_what_the_totals_tell_anyway() -> None:
    """Of groups of 12, 7 and 4 the one of 12 is shown, for the branch and for all together."""
    found = break_down({"B01": parts(12, 7, 4)}, enough)
    assert found.of_branch == {"B01": frozenset("a")}
    assert found.shown == frozenset("a")


def test_a_branch_that_would_be_told_by_the_town_is_left_out_of_its_parts() -> None:
    """Town less the others would be its parts: 9 and 2. So the town's parts are those of the others."""
    found = break_down({"B01": parts(9, 8), "B02": parts(9, 2)}, enough)
    assert found.branches == frozenset({"B01"})
    assert found.left_out == frozenset({"B02"})
    assert found.shown == frozenset("ab")
    assert "B02" not in found.of_branch


def with_answers(yes: int, no: int) -> Block:
    return Block(yes + no, (QuestionTally(name="Q", counts={"A": yes, "C": no}, blank=0),))


def test_small_parts_of_several_branches_are_shown_together() -> None:
    """No branch may show its second part, all of them together may."""
    branches = {code: {"a": with_answers(6, 6), "b": with_answers(2, 2)} for code in ("B01", "B02", "B03")}
    found = break_down(branches, enough)
    assert found.shown == frozenset("ab")
    assert found.branches == frozenset(branches)
    assert found.of_branch == {}


def test_a_part_that_tells_who_belongs_to_it_is_not_shown() -> None:
    """Only the second part ever answers C: who did so in a branch is known to belong to it, so nothing is shown."""
    branches = {code: {"a": with_answers(12, 0), "b": with_answers(0, 4)} for code in ("B01", "B02", "B03")}
    found = break_down(branches, enough)
    assert found.shown == frozenset()
    assert found.left_out == frozenset(branches)
