"""What is asked before a session is opened, before its count is confirmed, and before its result is posted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import BadInput, Problem, Refused, asks_only
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.paper.account import BallotAccount
from surveys.ports import Store
from surveys.session import SessionState, SurveySession
from surveys.session_doubts import as_counted, more_than_present
from surveys.sitting import BEFORE, Check, CountSaid, Sitting, is_of_branch, sitting_problems, usual_operator
from tests.sittings import BY, sitting

PLAN = sample_plan("town").plan
DAY = date(2026, 11, 23)
USUAL = sitting(DAY)
BRANCH = "B01"
SESSION = SurveySession(
    id="B01-261123-1", branch="B01", kind="final", questionnaire="final", on=DAY, pin_hash="", response_key=""
)


@pytest.fixture
def store() -> Iterator[Store]:
    store = memory_store()
    store.save_plan(PLAN, AuditEntry(on=DAY, role="test", entity="campaign", field="plan"))
    freeze_questionnaires(store, PLAN, None)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store) -> SurveyDesk:
    return SurveyDesk(store, PLAN, DAY)


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in problems]


def found(said: Sitting) -> list[tuple[str, str]]:
    return codes(sitting_problems(PLAN, BRANCH, said, DAY))


def test_nothing_is_asked_where_all_is_as_it_should_be() -> None:
    """Somebody from outside, a briefing, everything looked after, as many people as were invited."""
    assert found(replace(USUAL, invited=40, present=40)) == []
    assert found(replace(USUAL, operator=usual_operator(PLAN, Lang.ZH))) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (replace(USUAL, operator="  "), ("M06", "operator")),
        (replace(USUAL, operator="督" * 41), ("V64", "operator")),
        (replace(USUAL, operator="支部书记"), ("V50", "operator")),
        (replace(USUAL, briefing_on=None), ("V51", "briefing_on")),
        (replace(USUAL, briefing_on=DAY + timedelta(1)), ("V30", "briefing_on")),
        (replace(USUAL, briefing_on=PLAN.campaign.start_date - timedelta(1)), ("V30", "briefing_on")),
        (replace(USUAL, checked=frozenset(BEFORE) - {Check.PRIVATE_AREA}), ("V52", "checked")),
        (replace(USUAL, present=-1), ("V06", "present")),
        (replace(USUAL, invited=1_000_001), ("M85", "invited")),
        (replace(USUAL, invited=30, present=31), ("M105", "present")),
    ],
)
def test_what_must_not_be_or_is_odd_is_named_at_its_field(said: Sitting, problem: tuple[str, str]) -> None:
    """One problem, where it is."""
    assert found(said) == [problem]


@pytest.mark.parametrize(
    ("role", "is_of_it"),
    [
        ("B01", True),
        ("ｂ０１记录员", True),
        ("B01 recorder", True),
        ("B012", False),
        ("支 部 书 记", True),
        ("镇机关党支部记录员", True),
        ("镇机关 干事", True),
        ("TOWN  OFFICE recorder", True),
        ("Town Officers of another town", False),
        ("B02记录员", False),
        ("督查组", False),
        ("L1", False),
        ("样例镇活动办公室", False),
    ],
)
def test_a_role_is_of_the_branch_by_its_name_its_code_or_its_responsibility(role: str, is_of_it: bool) -> None:
    """However wide and however spaced its letters are; a contact official and the organiser are from outside."""
    branch = PLAN.branch(BRANCH)
    assert branch
    assert is_of_branch(role, branch) is is_of_it


def test_a_session_is_not_opened_by_its_own_branch_nor_before_the_briefing(store: Store, desk: SurveyDesk) -> None:
    """V50 and V51 are rules and say so; a missing role is bad input; confirming helps none of them."""
    for said, kind, named in (
        (replace(USUAL, operator="B01 recorder", briefing_on=None), Refused, ["V50", "V51"]),
        (replace(USUAL, operator=""), BadInput, ["M06"]),
    ):
        with pytest.raises(kind) as caught:
            desk.open(BRANCH, sitting=said, confirmed=True)
        assert [each.code for each in caught.value.problems] == named
    assert store.sessions() == []


def test_what_is_not_confirmed_is_asked_about_once_and_kept(store: Store, desk: SurveyDesk) -> None:
    """V52 for each; confirmed, the session is opened and keeps which it was. The audit names who runs it."""
    said = replace(USUAL, checked=frozenset({Check.BOX_EMPTY}), invited=30, present=31)
    with pytest.raises(Refused) as caught:
        desk.open(BRANCH, sitting=said)
    assert [each.code for each in caught.value.problems] == ["V52"] * 3
    assert asks_only(caught.value.problems)
    assert store.sessions() == []
    opened = desk.open(BRANCH, sitting=said, confirmed=True)
    assert [each.code for each in opened.warnings] == ["M105"]
    (kept,) = store.sessions()
    assert [check for check, so in kept.integrity.items() if so] == [Check.BOX_EMPTY]
    assert (kept.operator, kept.briefing_on, kept.invited, kept.present) == ("督查组", DAY, 30, 31)
    assert store.audits()[-1].role == "督查组"


def counting(desk: SurveyDesk, present: int | None = None, forms: int = 6) -> str:
    """A session with so many forms from a kiosk, closed."""
    session = desk.open(BRANCH, sitting=replace(USUAL, present=present)).session.id
    for number in range(forms):
        answers = {f"Q{at}": "A" for at in range(1, 11)} | {"Q10": "AC"[number % 2]}
        desk.submit(session, f"id-{number}", Lang.ZH, answers)
    desk.close(session)
    return session


def test_more_forms_than_people_are_asked_about_before_the_count_is_confirmed(desk: SurveyDesk) -> None:
    """V54; the number can be corrected then, or the count confirmed with what is odd about it."""
    session = counting(desk, present=5)
    with pytest.raises(Refused) as caught:
        desk.verify(session, BY)
    assert [each.code for each in caught.value.problems] == ["V54"]
    assert asks_only(caught.value.problems)
    assert desk.sessions()[0].state is SessionState.COUNTING
    assert desk.verify(session, BY, CountSaid(present=6)).session.present == 6


def test_a_count_that_nobody_saw_is_asked_about(desk: SurveyDesk) -> None:
    """M106; confirmed, it is kept beside what was looked after before."""
    session = counting(desk)
    with pytest.raises(Refused) as caught:
        desk.verify(session, BY, CountSaid(openly=False))
    assert [each.code for each in caught.value.problems] == ["M106"]
    moved = desk.verify(session, BY, CountSaid(openly=False), confirmed=True)
    assert moved.session.integrity == dict.fromkeys(BEFORE, True) | {Check.COUNTED_OPENLY: False}


def test_forms_that_are_out_are_asked_about_before_the_count_is_confirmed() -> None:
    """M163: whoever has one can hand it in only until then; confirmed, they stay out."""
    account = BallotAccount(printed=9, issued=5, returned=3, void=3)
    with pytest.raises(Refused) as caught:
        as_counted(SESSION, account, 3, CountSaid(), confirmed=False)
    assert [(each.code, each.values) for each in caught.value.problems] == [("M163", {"n": 2})]
    assert asks_only(caught.value.problems)
    assert as_counted(SESSION, account, 3, CountSaid(), confirmed=True).id == SESSION.id
    all_back = account.model_copy(update={"issued": 3})
    assert as_counted(SESSION, all_back, 3, CountSaid(), confirmed=False).id == SESSION.id


def test_a_count_without_a_valid_form_is_asked_about(desk: SurveyDesk) -> None:
    """M117: its result can never be published (V59); confirmed, it is verified, and can still be declared void."""
    session = counting(desk, forms=0)
    with pytest.raises(Refused) as caught:
        desk.verify(session, BY)
    assert [each.code for each in caught.value.problems] == ["M117"]
    assert asks_only(caught.value.problems)
    assert desk.verify(session, BY, confirmed=True).session.state is SessionState.VERIFIED
    with pytest.raises(Refused) as refused:
        desk.publish(session)
    assert refused.value.code == "V59"
    assert desk.declare_void(session, "nobody came").session.state is SessionState.VOID


def test_numbers_that_cannot_be_are_bad_input_however_confirmed(desk: SurveyDesk) -> None:
    """V06; the session is still being counted."""
    session = counting(desk)
    with pytest.raises(BadInput) as caught:
        desk.verify(session, BY, CountSaid(present=-3), confirmed=True)
    assert caught.value.code == "V06"
    assert desk.sessions()[0].state is SessionState.COUNTING


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_v54_is_said_exactly_where_more_was_given_than_people_came(
    issued: int, begun: int, submitted: int, present: int
) -> None:
    """Who broke off at a kiosk and began again is one person."""
    account = BallotAccount(printed=issued, issued=issued, started=begun + submitted, submitted=submitted)
    assert more_than_present(SESSION, account) == ()
    known = as_counted(SESSION, account, 3, CountSaid(present=present), confirmed=True)
    assert bool(more_than_present(known, account)) is (issued + submitted > present)
