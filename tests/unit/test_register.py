"""The register of opinions: whatever is done with them, none is ever lost, and opinions and items are counted apart."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import BadInput, ManyiError, Refused
from campaign.plan import Plan
from surveys.register.figures import merged_table, register_counts
from surveys.register.model import DISCARD_REASONS, Heard, Item, OpinionState, Register, register_of
from surveys.register.moves import (
    Rules,
    bring_back,
    discard,
    merge,
    restore,
    reword,
    rules_of,
    sort,
    split,
    turn,
)
from surveys.register.report import register_report
from tests.builders import make_branch, make_plan
from tests.case_builders import opened

PLAN: Plan = make_plan(branches=(make_branch("B01"), make_branch("B02")))
RULES = rules_of(PLAN)
DAY = date(2026, 11, 23)
CATEGORIES = RULES.categories


def opinion(number: int, **fields: object) -> Heard:
    """An opinion of B01 out of the box."""
    return Heard.model_validate(
        {"number": number, "branch": "B01", "channel": "box", "received_on": DAY, "text": f"意见{number}", **fields}
    )


def town(*more: Heard) -> Register:
    """Six opinions of B01, two of B02."""
    own = [opinion(100_000 + at) for at in range(6)]
    return register_of([*own, opinion(200_000, branch="B02"), opinion(200_001, branch="B02"), *more], ())


def states(register: Register) -> list[OpinionState]:
    """How far each opinion has come, by number."""
    return [register.state(register.heard[number]) for number in sorted(register.heard)]


def test_an_opinion_is_sorted_merged_and_turned() -> None:
    """Each step has a state of its own; an item takes the category along and keeps a text of its own."""
    register = sort(town(), RULES, [100_000, 100_001], "service")
    assert states(register)[:3] == [OpinionState.SORTED, OpinionState.SORTED, OpinionState.NEW]
    register, number = merge(register, RULES, [100_000, 100_001, 100_002], text=" 窗口中午没人 ")
    assert (number, register.items[1]) == (1, Item(number=1, branch="B01", category="service", text="窗口中午没人"))
    assert states(register)[:3] == [OpinionState.MERGED] * 3
    register = turn(register, 1, "R-B01-001")
    assert states(register)[:3] == [OpinionState.TURNED] * 3
    assert [each.number for each in register.members(1)] == [100_000, 100_001, 100_002]


def test_forty_three_opinions_are_seven_items() -> None:
    """Opinions and items are two counts, and both are right."""
    register = register_of([opinion(100_000 + at) for at in range(43)], ())
    for at in range(7):
        numbers = [number for number in register.heard if number % 7 == at]
        register, _ = merge(register, RULES, numbers, text=f"第{at}项", category="service")
    counts = register_counts(PLAN, register)
    assert (counts.opinions, counts.merged, counts.items) == (43, 43, 7)


def test_merging_items_makes_one_of_them() -> None:
    """An item stands for all of its opinions; the one that is taken in is no more."""
    register, first = merge(town(), RULES, [100_000, 100_001], text="甲", category="service")
    register, second = merge(register, RULES, [100_002, 100_003], text="乙", category="openness")
    register, kept = merge(register, RULES, [first, second, 100_004])
    assert (kept, [*register.items], len(register.members(first))) == (first, [first], 5)
    assert register.items[first].text == "甲"
    register, other = merge(register, RULES, [first], into=first, text="丙")
    assert (other, register.items[first].text) == (first, "丙")


def test_splitting_brings_every_opinion_back() -> None:
    """One opinion leaves its item, which stays; with the last one the item goes, and all are sorted as before."""
    register, item = merge(sort(town(), RULES, [100_000], "service"), RULES, [100_000, 100_001], text="甲")
    register = split(register, RULES, [100_001])
    assert [each.number for each in register.members(item)] == [100_000]
    register = split(register, RULES, [item])
    assert not register.items
    assert states(register)[0] is OpinionState.SORTED


def test_a_turned_item_takes_more_opinions_and_gives_none_back() -> None:
    """Its case says how many opinions it stands for; it is the one that stays when items are merged."""
    register, first = merge(town(), RULES, [100_000], text="甲", category="service")
    register, second = merge(register, RULES, [100_001], text="乙", category="service")
    register = turn(register, second, "R-B01-001")
    register, kept = merge(register, RULES, [first, second])
    assert (kept, len(register.members(second)), register.items[second].case) == (second, 2, "R-B01-001")
    assert refused(lambda: split(register, RULES, [100_000])) == "M139"


def test_a_discarded_opinion_comes_back() -> None:
    """It stays in the register with its reason until then, and is counted neither as new nor as sorted."""
    register = discard(town(), RULES, [100_000], "spam")
    assert register_counts(PLAN, register).discarded == 1
    assert [row.opinions for row in merged_table(PLAN, register, (), DAY)] == [7]
    assert refused(lambda: sort(register, RULES, [100_000], "service")) == "M135"
    assert refused(lambda: merge(register, RULES, [100_000], text="甲", category="service")[0]) == "M135"
    assert states(restore(register, RULES, [100_000]))[0] is OpinionState.NEW


def refused(move: Callable[[], Register]) -> str:
    """The code with which a move is refused."""
    with pytest.raises(ManyiError) as error:
        move()
    return error.value.code


MERGED, ITEM = merge(town(), RULES, [100_000], text="甲", category="service")
TURNED = turn(MERGED, ITEM, "R-B01-001")
REFUSED: dict[str, tuple[str, Callable[[], Register]]] = {
    "an unknown category": ("M08", lambda: sort(town(), RULES, [100_000], "nonsense")),
    "no category": ("M06", lambda: merge(town(), RULES, [100_000], text="甲")[0]),
    "an unknown opinion": ("M99", lambda: sort(town(), RULES, [999_999], "service")),
    "an unknown item": ("M99", lambda: sort(town(), RULES, [7], "service")),
    "nothing": ("M06", lambda: sort(town(), RULES, [], "service")),
    "no text": ("M06", lambda: merge(town(), RULES, [100_000], category="service")[0]),
    "too long a text": ("V64", lambda: merge(town(), RULES, [100_000], category="service", text="长" * 501)[0]),
    "two branches": ("M136", lambda: merge(town(), RULES, [100_000, 200_000], text="甲", category="service")[0]),
    "what is in no item": ("M138", lambda: split(town(), RULES, [100_000])),
    "a merged one to be discarded": ("M140", lambda: discard(MERGED, RULES, [100_000], "spam")),
    "an unknown reason": ("M08", lambda: discard(town(), RULES, [100_000], "because")),
    "one that was not discarded": ("M141", lambda: restore(town(), RULES, [100_000])),
    "an item that was turned": ("M142", lambda: turn(TURNED, ITEM, "R-B01-002")),
    "an empty text": ("M06", lambda: reword(MERGED, ITEM, "  ")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_move_that_makes_no_sense_is_refused(what: str) -> None:
    """It says why by its code."""
    code, move = REFUSED[what]
    assert refused(move) == code


def test_two_items_with_cases_stay_two() -> None:
    """A case stands for one item: two of them are never merged, and neither goes into an item without a case."""
    register, second = merge(TURNED, RULES, [100_001], text="乙", category="service")
    assert refused(lambda: merge(register, RULES, [ITEM], into=second)[0]) == "M137"
    register = turn(register, second, "R-B01-002")
    assert refused(lambda: merge(register, RULES, [ITEM, second])[0]) == "M137"


def test_what_was_written_among_few_is_shown_to_nobody() -> None:
    """At a session of nine valid forms it could be guessed who wrote: that there is more is said, and nothing else."""
    few, enough = opinion(300_000, forms=9, text="秘密"), opinion(300_001, forms=10)
    register = town(few, enough)
    counts = register_counts(PLAN, register)
    assert (counts.closed, counts.new, counts.opinions) == (True, 9, 9)
    report = register_report(PLAN, register, (), DAY)
    assert 300_000 not in [each.number for each in report.opinions]
    assert "秘密" not in repr(report)
    assert refused(lambda: sort(register, RULES, [300_000], "service")) == "M99"


def test_nothing_personal_is_in_the_report() -> None:
    """Texts of opinions and of items are blacked out in whatever leaves the organiser's screen."""
    register = town(opinion(300_000, text="找我13800138000"))
    register, _ = merge(register, RULES, [300_000], text="请打13800138000", category="service")
    report = register_report(PLAN, register, (), DAY)
    assert "13800138000" not in repr(report)
    assert "■■■" in repr(report)


def test_the_table_says_who_sees_to_an_item_and_by_when() -> None:
    """Category, opinions, items, owner, due day and progress, as the case stands on the day."""
    case = opened("correction", DAY)
    register, number = merge(town(), RULES, [100_000, 100_001], text="甲", category="service")
    (row, rest) = merged_table(PLAN, turn(register, number, case.no), [case], DAY)
    (item,) = row.items
    assert (row.category, row.opinions, item.text, item.opinions) == ("service", 2, "甲", 2)
    assert (item.owner, item.due, item.case) == (case.owner, case.due, case)
    assert (rest.category, rest.opinions, rest.items) == ("", 6, ())


def test_an_opinion_whose_item_is_lost_is_in_none() -> None:
    """After damage the register can be read, and the opinion can be merged again."""
    register = register_of([opinion(100_000, item=5, category="service")], [])
    assert states(register) == [OpinionState.SORTED]


NUMBERS = st.lists(st.sampled_from([*range(1, 5), *range(100_000, 100_006), 200_000, 200_001]), max_size=4)
MOVES = st.one_of(
    st.tuples(st.just("sort"), NUMBERS, st.sampled_from(CATEGORIES)),
    st.tuples(st.just("merge"), NUMBERS, st.sampled_from([*CATEGORIES, ""])),
    st.tuples(st.just("split"), NUMBERS, st.just("")),
    st.tuples(st.just("discard"), NUMBERS, st.sampled_from([*DISCARD_REASONS])),
    st.tuples(st.just("back"), NUMBERS, st.just("")),
    st.tuples(st.just("turn"), NUMBERS, st.just("")),
)


def moved(register: Register, rules: Rules, name: str, numbers: list[int], value: str) -> Register:
    """The register after one move, or as it was if that is refused."""
    moves: dict[str, Callable[[], Register]] = {
        "sort": lambda: sort(register, rules, numbers, value),
        "merge": lambda: merge(register, rules, numbers, text="项", category=value)[0],
        "split": lambda: split(register, rules, numbers),
        "discard": lambda: discard(register, rules, numbers, value),
        "back": lambda: bring_back(register, rules, numbers),
        "turn": lambda: turn(register, next(iter(numbers), 0), f"R-{numbers}"),
    }
    try:
        return moves[name]()
    except (BadInput, Refused):
        return register


@given(st.lists(MOVES, max_size=25))
def test_no_opinion_is_ever_lost(moves: list[tuple[str, list[int], str]]) -> None:
    """After any moves every opinion is there with its text, in exactly one state; items have opinions of their branch.

    An item that was turned into a case stays for good, with all opinions that it had; the figures add up.
    """
    start = town()
    register = start
    for name, numbers, value in moves:
        before, register = register, moved(register, RULES, name, numbers, value)
        for number, item in before.items.items():
            if item.case:
                assert register.items[number].case == item.case
                assert {*before.members(number)} <= {*register.members(number)} or name in {"sort", "merge"}
                assert len(register.members(number)) >= len(before.members(number))
    assert register.heard.keys() == start.heard.keys()
    assert all(register.heard[number].text == start.heard[number].text for number in start.heard)
    assert all(register.members(number) for number in register.items)
    assert all(each.branch == register.items[number].branch for number in register.items
               for each in register.members(number))  # fmt: skip
    assert all(each.item in {None, *register.items} for each in register.heard.values())
    assert not any(each.discarded and each.item for each in register.heard.values())
    counts = register_counts(PLAN, register)
    table = merged_table(PLAN, register, (), DAY)
    assert counts.opinions == len(start.heard)
    assert sum(row.opinions for row in table) + counts.discarded == counts.opinions
    assert sum(len(row.items) for row in table) == counts.items
    assert sum(item.opinions for row in table for item in row.items) == counts.merged + counts.turned
    branches = [register_counts(PLAN, register, code) for code in ("B01", "B02")]
    assert [sum(each.opinions for each in branches), sum(each.items for each in branches)] == [
        counts.opinions,
        counts.items,
    ]
