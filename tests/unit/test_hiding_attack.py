"""An attacker with all published tables and an integer program learns no more than they are meant to tell."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.overview import overview
from campaign.plan import Campaign, CampaignState, Plan
from exports.report import Records, build_report, session_report
from surveys.batches import batched
from surveys.blocks import Block
from surveys.breakdowns import Decision
from surveys.counted import Counted
from surveys.figures import session_results
from surveys.hiding import hide
from surveys.paper.account import BallotAccount
from surveys.publishing import published
from surveys.questionnaire import Choice, CountsAs, Question, Questionnaire, QuestionType
from surveys.response import Response, Validity
from surveys.session import SessionState, SurveySession
from surveys.tallies import By
from surveys.tally import tally
from tests.attacker import FORMS, Attacker, Sum, Unknown
from tests.builders import make_branch, make_plan

DAY = date(2026, 11, 23)
LEAST = 3
CELLS = 10
"""So many cells of each campaign are attacked: each takes two integer programs."""
GROUPS, ANSWERS = ("1", "2", "3"), ("A", "C", "D")
COUNTS_AS = {"A": CountsAs.POSITIVE, "C": CountsAs.NEGATIVE, "D": CountsAs.NO_OPINION}
SCALE = tuple(Choice(code=code, label=I18n(en=code), counts_as=COUNTS_AS[code]) for code in ANSWERS)


def question(name: str, dimension: str, choices: tuple[Choice, ...]) -> Question:
    return Question(name=name, type=QuestionType.SELECT_ONE, label=I18n(en=name), choices=choices, dimension=dimension)


FORM = Questionnaire(
    id="final",
    title=I18n(en="Form"),
    languages=(Lang.EN,),
    default_language=Lang.EN,
    questions=(
        question("A0", "group", tuple(Choice(code=code, label=I18n(en=f"group {code}")) for code in GROUPS)),
        question("Q1", "people", SCALE),
        question("Q2", "overall", SCALE),
    ),
)
Form = tuple[str, str, str, str]
"""Channel, group, answers to Q1 and Q2; empty for none."""


def counted(branch: str, number: int, forms: Sequence[Form]) -> Counted:
    """A verified session with these valid forms."""
    responses = [
        Response(
            channel="kiosk" if channel == "kiosk" else "paper",
            lang=Lang.EN,
            answers={name: code for name, code in zip(("A0", "Q1", "Q2"), given_answers, strict=True) if code},
            validity=Validity.COMPLETE,
        )
        for channel, *given_answers in forms
    ]
    kiosk = sum(response.channel == "kiosk" for response in responses)
    paper = len(responses) - kiosk
    session = SurveySession(
        id=f"{branch}-261123-{number}",
        branch=branch,
        kind="final",
        questionnaire="final",
        on=DAY,
        state=SessionState.VERIFIED,
        pin_hash="",
        response_key="",
        account=BallotAccount(
            printed=paper, issued=paper, returned=paper, keyed=paper, valid=paper, started=kiosk, submitted=kiosk
        ),
    )
    return Counted(session, FORM, tally(FORM, responses))


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


def plan_of(sessions: Sequence[Counted]) -> Plan:
    codes = sorted({each.session.branch for each in sessions})
    return make_plan(branches=[make_branch(code) for code in codes])


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
        attacker.learn(report, results, figures.surveys[0], parts)
    return attacker


def small(each: Counted, by: By) -> bool:
    """Whether a part of the session is too small, or too much alike, to be shown by itself."""
    for part in each.tally.parts:
        asked = (question for question in part.questions if question.name in ("Q1", "Q2"))
        alike = any(not question.counts["A"] or not question.counts["C"] for question in asked)
        if part.by is by and part.valid and (part.valid < 5 or (part.valid < 10 and alike)):
            return True
    return False


def hidden_cells(attacker: Attacker, sessions: Sequence[Counted]) -> Iterator[Sum]:
    """What no table may tell: every cell of every part of every session with a small part, and of all such of a branch.

    And cells of sessions that are hidden as a whole.
    """
    asked = [("", FORMS), *((name, answer) for name, given in attacker.asked.items() for answer in given)]
    branches = {each.session.branch for each in sessions}
    for by in By:
        closed = {each.session.id: each.session.branch for each in sessions if small(each, by)}
        of_branches = [[each for each in closed if closed[each] == branch] for branch in sorted(branches)]
        for held in [*([each] for each in closed), *(each for each in of_branches if len(each) > 1)]:
            for code in attacker.codes[by]:
                yield from (attacker.cell(held, name, answer, {by: [code]}) for name, answer in asked)
    for each in sessions:
        yield from (attacker.cell([each.session.id], name, answer, {}) for name, answer in asked)


def crossed_cells(attacker: Attacker, sessions: Sequence[Counted]) -> Iterator[Sum]:
    """What those of a group answered on one channel: no table shows it, of any session or of all together."""
    asked = [(name, answer) for name, given in attacker.asked.items() for answer in given]
    every = [each.session.id for each in sessions]
    for held in [*([each] for each in every), every]:
        for group in attacker.codes[By.GROUP]:
            for channel in attacker.codes[By.CHANNEL]:
                parts = {By.GROUP: [group], By.CHANNEL: [channel]}
                yield from (attacker.cell(held, name, answer, parts) for name, answer in asked)


def told(states: Sequence[Sequence[Counted]], picked: Random | None = None) -> list[tuple[list[Unknown], range]]:
    """Hidden cells below the threshold that these states tell more exactly than they may, and what remains possible.

    A cell may be told by a single published number that it is a part of (of 1 there are 0 and 1), and by what is always
    published: the totals of sessions and the form account. Of what two divisions tell together, by one of them.
    """
    attacker, last = read(states), states[-1]
    found = []
    for cells, others in ((hidden_cells(attacker, last), ()), (crossed_cells(attacker, last), (By.GROUP,))):
        less = read(states, others)
        held = [(each, cell) for each in dict.fromkeys(cells) if (cell := attacker.unpublished(each))]
        for each, cell in picked.sample(held, min(CELLS, len(held))) if picked else held:
            least = min(LEAST, 1 + attacker.smallest_total(cell))
            if attacker.has_seen(cell) >= least or len(possible := attacker.possible(cell)) >= least:
                continue
            allowed = min(least, len(less.possible(cell)), len(less.possible(each)))
            if len(possible) < allowed and possible.start < 5:
                found.append((sorted(cell), possible))
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
    assert told([sessions], picked) == []


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
    assert told([town]) == []
    monkeypatch.setattr("surveys.hiding.break_down", careless)
    assert told([town]) != []


def test_a_report_of_one_session_hides_what_the_whole_report_hides() -> None:
    """Its tables are tables of the whole report: two exports put together tell no more than one."""
    town = [counted("B0", 1, TWELVE_SEVEN_FOUR), counted("B1", 1, TWELVE_SEVEN_FOUR[:8]), counted("B2", 1, MIXED_FEW)]
    plan = plan_of(town)
    figures = published(plan, town)
    whole = build_report(plan, figures, Records(overview(plan, [], DAY)), DAY)
    for each in town:
        own = session_report(plan, figures, each.session.id, DAY)
        assert own.tables
        assert all(table in whole.tables for table in own.tables)


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


def posted(sessions: Sequence[Counted], campaign: Campaign) -> list[list[Counted]]:
    """The campaign after each of the sessions has been posted, one after the other, and those who count by part."""
    states: list[list[Counted]] = []
    for new in sessions:
        public = new.session.model_copy(update={"state": SessionState.PUBLISHED})
        held = [*(states[-1] if states else ()), replace(new, session=public, batches={})]
        came = {each.session.id: each for each in batched(held, campaign, [each.session for each in held])}
        states.append([came.get(each.session.id, each) for each in held])
    return states


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
    assert told(without_batches) != []
    states = posted(town, plan_of(town).campaign)
    assert told(states) == []
    (survey,) = published(plan_of(town), states[-1]).surveys
    assert survey.by(By.GROUP).town


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_states_of_the_tables_put_together_tell_a_hidden_answer(sessions: list[Counted], picked: Random) -> None:
    """Whatever is posted, one session after the other: the tables of all those days tell no small answer of a group."""
    assert told(posted(sessions, plan_of(sessions).campaign), picked) == []


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
