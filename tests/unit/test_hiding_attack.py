"""An attacker with all published tables and an integer program learns no more than they are meant to tell."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.overview import overview
from campaign.plan import CampaignState
from exports.cells import Count
from exports.report import Records, build_report, sessions_report
from surveys.batches import batched
from surveys.blocks import Block
from surveys.breakdowns import Decision
from surveys.counted import Counted
from surveys.publishing import published
from surveys.session import SessionState
from surveys.tallies import By
from tests.attacked import posted, told
from tests.small_surveys import DAY, Form, counted, plan_of


def weighted(*codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from(codes)


FORMS_OF = st.tuples(
    weighted("paper", "paper", "kiosk"), weighted("1", "1", "1", "2", "2", "3", ""), weighted("A", "A", "C", "D", ""),
    weighted("A", "A", "C", "D"),
)  # fmt: skip


@st.composite
def campaigns(draw: st.DrawFn) -> list[Counted]:
    """Two or three branches with one or two sessions of three to forty forms."""
    sessions = []
    for place in range(draw(st.integers(2, 3))):
        for number in range(1, draw(st.sampled_from([1, 1, 2])) + 1):
            sizes = draw(st.sampled_from([3, 7, 12, 20, 40]))
            sessions.append(counted(f"B{place}", number, draw(st.lists(FORMS_OF, min_size=3, max_size=sizes))))
    return sessions


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_cell_below_the_threshold_is_known_to_fewer_than_three_values(
    sessions: list[Counted], picked: Random
) -> None:
    """Whatever was answered: the tables by part never narrow a hidden number below five to fewer than three values.

    Unless a single published number that it is a part of allows no more (of 1 there are 0 and 1), or the totals of
    sessions and the ballot account, which are always published, tell it without any table by part.
    """
    assert told([sessions], picked) is None


def careless(sessions: Mapping[str, Mapping[str, Block]], *_: object, **__: object) -> Decision:
    """Show the parts of all sessions together without a look at what the totals of the sessions add to that."""
    return Decision(frozenset(sessions), frozenset(), frozenset(code for parts in sessions.values() for code in parts))


MIXED: list[tuple[str, str]] = [("A", "C"), ("C", "A"), ("D", "A"), ("A", "A")]
TWELVE_SEVEN_FOUR: list[Form] = [
    ("paper", group, *MIXED[n % 4]) for group, size in zip("123", (12, 7, 4), strict=True) for n in range(size)
]
CONTENT_AND_NOT: list[Form] = [("paper", "1", "A", "A")] * 12 + [("paper", "2", "C", "C")] * 4


def test_the_attacker_finds_what_is_hidden_without_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """If one group alone is dissatisfied, its table tells how many of it each branch has: such an attack succeeds."""
    town = [counted(branch, 1, CONTENT_AND_NOT) for branch in ("B0", "B1", "B2")]
    assert told([town]) is None
    monkeypatch.setattr("surveys.hiding.break_down", careless)
    assert told([town]) is not None


def test_a_report_of_one_session_shows_its_own_figures_and_hides_what_the_whole_report_hides() -> None:
    """A branch with two sessions has a table of each in the whole report: an export of one is that table, no other."""
    town = [
        counted("B0", 1, TWELVE_SEVEN_FOUR),
        counted("B0", 2, TWELVE_SEVEN_FOUR[:8]),
        counted("B0", 3, MIXED_FEW),
        counted("B1", 1, TWELVE_SEVEN_FOUR[:8]),
        counted("B1", 2, TWELVE_SEVEN_FOUR),
    ]
    plan = plan_of(town)
    figures = published(plan, town)
    whole = build_report(plan, figures, Records(overview(plan, [], DAY)), DAY)
    for each in town:
        own = sessions_report(plan, figures, [each.session.id, each.session.id], DAY)
        (asked,) = own.numbered("T2")
        assert all(table in whole.tables for table in own.tables)
        shown = {cell.value for row in asked.rows for cell in (row[asked.place("valid")],) if isinstance(cell, Count)}
        assert shown == ({each.tally.valid} if each.tally.valid >= plan.campaign.publish_min_forms else set())


MIXED_FEW: list[Form] = [("kiosk", "1", "A", "C"), ("kiosk", "2", "C", "A"), ("paper", "3", "A", "A")]


@given(campaigns())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_small_block_that_is_shown_is_alike(sessions: list[Counted]) -> None:
    """What is shown of fewer than ten forms has a satisfied and a dissatisfied answer, and is of five or more."""
    (survey,) = published(plan_of(sessions), sessions).surveys
    scopes = [each.figures for each in survey.sessions] + [*survey.branches, survey.town]
    scopes += [figures for parts in survey.parts for scope in (parts.town, *parts.branches) for figures in scope]
    for scope in scopes:
        for asked in scope.questions:
            if asked.valid and asked.scale and asked.valid < 10:
                assert asked.valid >= 5
                assert asked.scale.positive > 0
                assert asked.scale.negative > 0


LARGE: list[Form] = [("paper", "123"[n % 3], *MIXED[n % 4]) for n in range(24)]
SMALL_LAST: list[Form] = [("paper", "1", *MIXED[n % 4]) for n in range(8)] + [
    ("paper", "2", "C", "C"),
    ("paper", "3", "A", "C"),
]


def test_tables_of_last_week_tell_nothing_of_the_session_that_came_since() -> None:
    """Subtracting them tells the groups of a small session, unless sessions come into the tables in batches."""
    town = [counted("B0", 1, LARGE), counted("B1", 1, TWELVE_SEVEN_FOUR), counted("B2", 1, SMALL_LAST)]
    town += [counted("B3", 1, SMALL_LAST)]
    without_batches = [town[:count] for count in range(1, len(town) + 1)]
    assert told(without_batches) is not None
    states = posted(town, plan_of(town).campaign)
    assert told(states) is None
    (survey,) = published(plan_of(town), states[-1]).surveys
    assert survey.by(By.GROUP).town


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_no_states_of_the_tables_put_together_tell_a_hidden_answer(sessions: list[Counted], picked: Random) -> None:
    """Whatever is posted, one session after the other: the tables of all those days tell no small answer of a group."""
    assert told(posted(sessions, plan_of(sessions).campaign), picked) is None


def test_what_waits_comes_in_when_no_session_can_come_any_more() -> None:
    """While the campaign runs small groups wait for others; once it closes and all is posted they count together."""
    town = [counted("B0", 1, LARGE), counted("B1", 1, TWELVE_SEVEN_FOUR)]
    plan = plan_of(town)
    last = posted(town, plan.campaign)[-1]
    assert [each.batches for each in last] == [dict.fromkeys(By, 1), {}]
    closing = plan.campaign.model_copy(update={"state": CampaignState.CLOSING})
    sessions = [each.session for each in last]
    (late,) = batched(last, closing, sessions)
    assert (late.session.branch, late.batches) == ("B1", dict.fromkeys(By, 2))
    open_one = sessions[0].model_copy(update={"id": "B2-261123-1", "state": SessionState.OPEN})
    assert batched(last, closing, [*sessions, open_one]) == []
