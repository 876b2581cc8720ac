"""Whether the tables of cases are whole, and whether the engine allows what they say and nothing else."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.case_moves import check_move, due_of, extend, move
from campaign.case_standing import case_standing
from campaign.case_states import case_on, possible_moves
from campaign.case_tables import CASE_KINDS, CaseKind, When
from campaign.cases import Case
from campaign.errors import ManyiError, Problem
from campaign.language import Lang
from campaign.standing import Status
from tests.case_builders import PLAN, action, opened

START = date(2026, 11, 2)
FOLLOWS = {
    "correction": {
        "open": {"in_progress", "explained", "withdrawn"},
        "in_progress": {"submitted", "explained"},
        "submitted": {"verified", "in_progress", "explained"},
        "verified": {"open"},
        "explained": set(),
        "withdrawn": set(),
    },
    "support": {
        "open": {"in_progress", "explained", "withdrawn"},
        "in_progress": {"submitted", "explained", "withdrawn"},
        "submitted": {"verified", "in_progress", "explained"},
        "verified": set(),
        "explained": set(),
        "withdrawn": set(),
    },
    "answer": {
        "received": {"acknowledged", "merged", "withdrawn"},
        "acknowledged": {"in_progress", "not_accepted", "merged", "withdrawn"},
        "in_progress": {"answered", "merged", "withdrawn"},
        "answered": {"closed", "reopened", "escalated", "closed_unrated", "withdrawn"},
        "reopened": {"answered", "withdrawn"},
        "escalated": {"closed_unsatisfied", "withdrawn"},
        "closed_unrated": {"closed", "reopened", "escalated"},
        "closed": set(),
        "closed_unsatisfied": set(),
        "not_accepted": set(),
        "merged": set(),
        "withdrawn": set(),
    },
}
"""Written by hand from the field's rules: what may follow what."""
KINDS = sorted(CASE_KINDS)
NAMES = sorted({row.id for kind in CASE_KINDS.values() for row in kind.moves} | {"nonsense"})


@pytest.mark.parametrize("name", KINDS)
def test_a_table_says_what_may_follow_what(name: str) -> None:
    """Every state of the field and every step between two of them stands in the table, and no other."""
    kind = CASE_KINDS[name]
    follows = {state.id: {row.target for row in kind.moves if state.id in row.sources} for state in kind.states}
    assert follows == FOLLOWS[name]


def reachable(kind: CaseKind) -> set[str]:
    found, more = set(), {kind.states[0].id}
    while more:
        found |= more
        more = {row.target for row in kind.moves if found & set(row.sources)} - found
    return found


@pytest.mark.parametrize("name", KINDS)
def test_no_state_of_a_table_is_out_of_reach_or_a_trap(name: str) -> None:
    """Every state can be come to, and from every one that is not closed there is a way on."""
    kind = CASE_KINDS[name]
    assert reachable(kind) == {state.id for state in kind.states}
    for state in kind.states:
        assert state.closed or any(state.id in row.sources for row in kind.moves)
        assert not (state.closed and state.owed)
        assert state.closed or not state.apart


@pytest.mark.parametrize("name", KINDS)
def test_a_name_and_a_state_lead_to_one_state_at_a_time(name: str) -> None:
    """Two rows of one name from one state exclude each other."""
    kind = CASE_KINDS[name]
    for state in kind.states:
        for move_id in {row.id for row in kind.moves}:
            rows = [row for row in kind.moves_called(move_id) if state.id in row.sources]
            whens = [row.when & {When.REOPENS_LEFT, When.NO_REOPENS_LEFT} for row in rows]
            assert len(rows) <= 1 or sorted(map(len, whens)) == [1, 1], (state.id, move_id)
            assert len(set(whens)) == len(whens)


Tried = tuple[str, int]


@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 12)), max_size=25),
)
@settings(max_examples=300, deadline=None)
def test_a_walk_through_a_table_never_leaves_it_and_loses_nothing(name: str, tried: list[tuple[int, int]]) -> None:
    """Whatever is tried on whatever day: a case only ever goes where its table leads, and keeps all it went through.

    A refused move changes nothing, says which rule it broke, and in V79 what is possible; that is then possible indeed.
    """
    case, day = opened(name, START), START
    for pick, days in tried:
        day += timedelta(days=days)
        before = case_on(case, day)
        assert before is not None
        allowed = {row.id for row in possible_moves(PLAN, case, day)}
        names = [*sorted(allowed), *sorted(allowed), "extend", *NAMES]
        wanted = names[pick % len(names)]
        after, refusals = tried_on(case, wanted, day)
        if refusals:
            assert after is case
            assert wanted not in allowed or "V79" not in {problem.code for problem in refusals}
            assert all(problem.text(lang) for problem in refusals for lang in Lang)
            continue
        case = after
        assert wanted == "extend" or wanted in allowed
        assert case.events[: len(before.events)] == before.events
        assert len(case.events) == len(before.events) + 1
        assert wanted == "extend" or case.state in FOLLOWS[name][before.state]
        assert [event.on for event in case.events] == sorted(event.on for event in case.events)
        standing = case_standing(PLAN, case, day)
        assert standing is not None
        assert (due_of(case) is not None) == CASE_KINDS[name].state(case.state).owed
        finished = {Status.DONE, Status.DONE_LATE, Status.WAIVED}
        assert (standing.standing.status not in finished) == CASE_KINDS[name].state(case.state).owed
    assert case.times("extend") <= 1
    assert sum(event.state == "reopened" for event in case.events) <= PLAN.campaign.max_reopens + case.times("extend")


def tried_on(case: Case, wanted: str, day: date) -> tuple[Case, Sequence[Problem]]:
    """The case afterwards, and why it is the same."""
    try:
        if wanted == "extend":
            due = (case.due or day) + timedelta(days=1)
            return extend(PLAN, case, due, action("extend"), day), ()
        return move(PLAN, case, action(wanted), day), ()
    except ManyiError as error:
        return case, error.problems


@given(st.sampled_from(KINDS), st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 12)), max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_past_day_shows_the_case_as_it_was(name: str, tried: list[Tried]) -> None:
    """Looking back at the day before every change gives the case of then."""
    case, day = opened(name, START), START
    seen = {START: case}
    for wanted, days in tried:
        day += timedelta(days=days + 1)
        before = seen[max(seen)]
        assert case_on(case, day - timedelta(days=1)) == case_on(before, day - timedelta(days=1))
        if not [problem for problem in check_move(PLAN, case, action(wanted), day) if problem.refuses]:
            case = move(PLAN, case, action(wanted), day)
            seen[day] = case
    for known, then in seen.items():
        assert case_on(case, known) == then
    assert case_on(case, START - timedelta(days=1)) is None
