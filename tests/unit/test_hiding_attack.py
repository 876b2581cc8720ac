"""An attacker with all published tables and an integer program learns no more than they are meant to tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.overview import overview
from campaign.plan import Campaign, CampaignState
from exports.cells import Count
from exports.report import Records, build_report, sessions_report
from surveys.batches import batched
from surveys.blocks import Block, only
from surveys.blocks import part as part_of
from surveys.breakdowns import Breakdown
from surveys.counted import Counted
from surveys.figures import session_results
from surveys.hiding import broken_down, hide
from surveys.published import Published
from surveys.publishing import published
from surveys.session import SessionState
from surveys.suppression import hidden_questions
from surveys.tallies import By
from tests.attacker import FORMS, Attacker, Sum, answers
from tests.small_surveys import DAY, FORM, Form, counted, plan_of

LEAST = 3
CELLS = 10
"""So many cells of each campaign are attacked: each takes two integer programs."""


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


def attackers(sessions: Sequence[Counted]) -> tuple[Attacker, Attacker, Published]:
    """An attacker who has read everything, and one who has read nothing of parts."""
    plan = plan_of(sessions)
    figures, hidden = published(plan, sessions), hide(sessions, plan.campaign)
    results = [
        session_results(each.session, FORM, each.tally, plan.campaign, hidden.questions[each.session.id])
        for each in sessions
    ]
    report = build_report(plan, figures, Records(overview(plan, [], DAY)), DAY)
    attacker, totals = Attacker(sessions), Attacker(sessions)
    each_one = sessions_report(plan, figures, [each.session.id for each in sessions], DAY)
    for exported in (report, each_one):
        attacker.learn(exported, results, figures.surveys[0])
        totals.learn(exported, results, figures.surveys[0], parts=False)
    return attacker, totals, figures


def hidden_cells(attacker: Attacker, sessions: Sequence[Counted]) -> Iterator[Sum]:
    """Every cell of every part of every branch, and of every session, that no table shows."""
    branches = {each.session.branch for each in sessions}
    for branch in sorted(branches):
        held = [each.session.id for each in sessions if each.session.branch == branch]
        for part in sessions[0].tally.parts:
            for name, answer in _asked(sessions[0]):
                cell = frozenset((session, part.by, part.code, name, answer) for session in held)
                if cell not in attacker.known and attacker.of_some(cell) not in attacker.known:
                    yield cell
    for each in sessions:
        for name, answer in _asked(each):
            cell = attacker.whole([each.session.id], name, answer, By.CHANNEL)
            if cell not in attacker.known:
                yield cell


def _asked(each: Counted) -> list[tuple[str, str]]:
    names = broken_down(FORM)
    questions = [question for question in each.tally.questions if question.name in names]
    return [("", FORMS), *((question.name, answer) for question in questions for answer in answers(question))]


def told(sessions: Sequence[Counted], picked: Random | None = None) -> list[tuple[Sum, int, int]]:
    """Hidden cells below the threshold that are told more exactly than they may be: what is possible, what should."""
    attacker, totals, _ = attackers(sessions)
    found = []
    cells = [cell for cell in hidden_cells(attacker, sessions) if attacker.truth(cell) < 5]
    for cell in picked.sample(cells, min(CELLS, len(cells))) if picked else cells:
        rest = frozenset(each for each in cell if frozenset({each}) not in attacker.known)
        # what else is in the cell is published as it is; and a part of one form allows no more than two values
        least = min(LEAST, 1 + attacker.smallest_total(rest), 1 + attacker.forms_known(rest))
        possible = attacker.possible(cell)
        if possible < least and possible < min(least, totals.possible(cell)):
            found.append((cell, possible, least))
    return found


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_cell_below_the_threshold_is_known_to_fewer_than_three_values(
    sessions: list[Counted], picked: Random
) -> None:
    """Whatever was answered: the tables by part never narrow a hidden number below five to fewer than three values.

    Unless a single published number that it is a part of allows no more (of 1 there are 0 and 1), or the totals of
    sessions and the ballot account, which are always published, tell it without any table by part.
    """
    assert told(sessions, picked) == []


def careless(branches: Mapping[str, Mapping[str, Block]], *_: object, **__: object) -> Breakdown:
    """Show the parts of all branches together without a look at what the totals of the branches add to that."""
    return Breakdown(frozenset(branches), frozenset(), frozenset(code for parts in branches.values() for code in parts))


MIXED: list[tuple[str, str]] = [("A", "C"), ("C", "A"), ("D", "A"), ("A", "A")]
TWELVE_SEVEN_FOUR: list[Form] = [
    ("paper", group, *MIXED[n % 4]) for group, size in zip("123", (12, 7, 4), strict=True) for n in range(size)
]
CONTENT_AND_NOT: list[Form] = [("paper", "1", "A", "A")] * 12 + [("paper", "2", "C", "C")] * 4


def test_the_attacker_finds_what_is_hidden_without_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """If one group alone is dissatisfied, its table tells how many of it each branch has: such an attack succeeds."""
    town = [counted(branch, 1, CONTENT_AND_NOT) for branch in ("B0", "B1", "B2")]
    assert told(town) == []
    monkeypatch.setattr("surveys.hiding.break_down", careless)
    assert told(town) != []


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
            if asked.valid and asked.valid < 10:
                assert asked.valid >= 5
                if asked.positive is not None:
                    assert 0 < asked.positive < asked.valid
                if asked.counts is not None:
                    assert {0, asked.valid}.isdisjoint({*asked.counts.values(), asked.blank})


@given(campaigns())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_answer_that_nobody_of_few_gave_is_not_told(sessions: list[Counted]) -> None:
    """Nor whether anybody gave it: with fewer than ten forms, all tables together leave it open.

    Unless all but one are known to be satisfied: who is not satisfied then is known to be the only one.
    """
    attacker, _, _ = attackers(sessions)
    for each in sessions:
        if not 5 <= each.tally.valid < 10:
            continue
        for name, answer in _asked(each):
            cell = attacker.whole([each.session.id], name, answer, By.CHANNEL) if name else None
            if cell is None or answer == "A" or attacker.truth(cell) > 0:
                continue
            others = each.tally.valid - attacker.truth(attacker.whole([each.session.id], name, "A", By.CHANNEL))
            assert cell not in attacker.known
            assert attacker.possible(cell) > 1 or others == 0, (cell, others)


def over_time(states: Sequence[Sequence[Counted]], picked: Random | None = None) -> list[tuple[Sum, int]]:
    """Answers of groups that fewer than five gave, told exactly by the tables kept from all these states."""
    last = states[-1]
    plan, attacker, totals = plan_of(last), Attacker(last), Attacker(last)
    for sessions in states:
        figures, hidden = published(plan, sessions), hide(sessions, plan.campaign)
        results = [
            session_results(each.session, FORM, each.tally, plan.campaign, hidden.questions[each.session.id])
            for each in sessions
        ]
        report = build_report(plan, figures, Records(overview(plan, [], DAY)), DAY)
        attacker.learn(report, results, figures.surveys[0])
        totals.learn(report, results, figures.surveys[0], parts=False)
    every = [
        frozenset({(each.session.id, By.GROUP, part.code, name, answer)})
        for each in last
        for part in each.tally.parts
        if part.by is By.GROUP
        for name, answer in _asked(each)
    ]
    cells = [cell for cell in every if 0 < attacker.truth(cell) < 5 and cell not in attacker.known]
    looked_at = picked.sample(cells, min(CELLS, len(cells))) if picked else cells
    found = [cell for cell in looked_at if attacker.possible(cell) == 1 and totals.possible(cell) > 1]
    found = [cell for cell in found if not came_in_by_itself(attacker, last, cell)]
    return [(cell, attacker.truth(cell)) for cell in found]


def came_in_by_itself(attacker: Attacker, sessions: Sequence[Counted], cell: Sum) -> bool:
    """Whether a table less an earlier one is this cell, of a part that may be shown by itself: then it is no secret."""
    ((session, by, code, _, _),) = cell
    (tally_of,) = [each.tally for each in sessions if each.session.id == session]
    if hidden_questions(FORM, only(part_of(tally_of, by, code), broken_down(FORM)), 5):
        return False
    return any(cell.isdisjoint(known) and cell | known in attacker.known for known in attacker.known)


def posted(sessions: Sequence[Counted], campaign: Campaign) -> list[list[Counted]]:
    """The campaign after each of the sessions has been posted, one after the other, and those who count by part."""
    states: list[list[Counted]] = []
    for new in sessions:
        public = new.session.model_copy(update={"state": SessionState.PUBLISHED})
        held = [*(states[-1] if states else ()), replace(new, session=public, batches={})]
        came = {each.session.id: each for each in batched(held, campaign, [each.session for each in held])}
        states.append([came.get(each.session.id, each) for each in held])
    return states


LARGE: list[Form] = [("paper", "123"[n % 3], *MIXED[n % 4]) for n in range(36)]
SMALL_LAST: list[Form] = [("paper", "1", *MIXED[n % 4]) for n in range(8)] + [
    ("paper", "2", "C", "C"),
    ("paper", "3", "A", "C"),
]


def test_tables_of_last_week_tell_nothing_of_the_session_that_came_since() -> None:
    """Subtracting them tells the groups of a small session, unless sessions come into the tables in batches."""
    town = [counted("B0", 1, LARGE), counted("B1", 1, TWELVE_SEVEN_FOUR), counted("B2", 1, SMALL_LAST)]
    town += [counted("B3", 1, SMALL_LAST)]
    without_batches = [town[:count] for count in range(1, len(town) + 1)]
    assert over_time(without_batches) != []
    states = posted(town, plan_of(town).campaign)
    assert over_time(states) == []
    (survey,) = published(plan_of(town), states[-1]).surveys
    assert survey.by(By.GROUP).town


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_states_of_the_tables_put_together_tell_a_hidden_answer(sessions: list[Counted], picked: Random) -> None:
    """Whatever is posted, one session after the other: the tables of all those days tell no small answer of a group."""
    assert over_time(posted(sessions, plan_of(sessions).campaign), picked) == []


def test_what_waits_comes_in_when_no_session_can_come_any_more() -> None:
    """While the campaign runs small groups wait for others; once it closes and all is posted they count together."""
    town = [counted("B0", 1, LARGE), counted("B1", 1, TWELVE_SEVEN_FOUR)]
    plan = plan_of(town)
    last = posted(town, plan.campaign)[-1]
    assert [set(each.batches) for each in last] == [set(By), {By.CHANNEL}]
    closing = plan.campaign.model_copy(update={"state": CampaignState.CLOSING})
    sessions = [each.session for each in last]
    (late,) = batched(last, closing, sessions)
    assert (late.session.branch, late.batches) == ("B1", {By.GROUP: 2, By.CHANNEL: 2})
    open_one = sessions[0].model_copy(update={"id": "B2-261123-1", "state": SessionState.OPEN})
    assert batched(last, closing, [*sessions, open_one]) == []
