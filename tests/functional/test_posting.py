"""Posting a result, and declaring a session void."""

from datetime import date

import pytest

from campaign.errors import BadInput, Refused, asks_only
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.session import SessionState
from tests.sittings import open_session, verify_count, want_of_groups

DAY = date(2026, 11, 23)
ANSWERS = {f"Q{number}": "A" for number in range(1, 11)}


@pytest.fixture
def store() -> Store:
    store = memory_store()
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    return store


@pytest.fixture
def desk(store: Store) -> SurveyDesk:
    return SurveyDesk(store, store.plan(), DAY)


def verified(desk: SurveyDesk, forms: int) -> str:
    session = open_session(desk, "B01", "final", "2468").session.id
    for number in range(forms):
        desk.submit(session, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number % 2 else "A"})
    desk.close(session)
    verify_count(desk, session)
    return session


def code_of(caught: pytest.ExceptionInfo[Refused] | pytest.ExceptionInfo[BadInput]) -> str:
    return caught.value.problems[0].code


def test_a_result_is_posted_for_five_working_days(desk: SurveyDesk, store: Store) -> None:
    """From Monday to the Monday after; the change is in the audit; the figures stay as they are."""
    session = verified(desk, 8)
    before = desk.results(session).questions
    posted = desk.publish(session).session
    assert (posted.state, posted.posted_on, posted.posted_until) == (SessionState.PUBLISHED, DAY, date(2026, 11, 30))
    assert desk.results(session).questions == before
    assert store.audits()[-1].new == "published"


def test_a_notice_that_ends_too_early_is_refused(desk: SurveyDesk) -> None:
    """V82 names the earliest day; that day itself is late enough."""
    session = verified(desk, 8)
    with pytest.raises(Refused) as caught:
        desk.publish(session, date(2026, 11, 29))
    assert code_of(caught) == "V82"
    assert "2026-11-30" in caught.value.problems[0].text(Lang.EN)
    assert desk.publish(session, date(2026, 11, 30)).session.posted_until == date(2026, 11, 30)


def test_a_posted_result_is_never_changed(desk: SurveyDesk) -> None:
    """It can't be posted again, nor declared void: V83."""
    session = verified(desk, 8)
    desk.publish(session)
    with pytest.raises(Refused) as caught:
        desk.publish(session)
    assert code_of(caught) == "V83"
    with pytest.raises(Refused) as caught:
        desk.declare_void(session, "the box was open")
    assert code_of(caught) == "V83"


def test_nothing_is_posted_without_valid_forms(desk: SurveyDesk) -> None:
    """V59 for a session in which nobody answered; V58 before the count is verified."""
    with pytest.raises(Refused) as caught:
        desk.publish(verified(desk, 0))
    assert code_of(caught) == "V59"
    session = open_session(desk, "B02", "final", "2468").session.id
    with pytest.raises(Refused) as caught:
        desk.publish(session)
    assert code_of(caught) == "V58"


def test_few_forms_that_came_back_are_asked_about_before_posting(desk: SurveyDesk, store: Store) -> None:
    """V60 below 60 % and not at 60 %; nothing is posted until it is confirmed. Of few forms no rate is told."""
    for returned, valid, codes in ((59, 8, ["V60"]), (60, 8, []), (59, 4, [])):
        session_id = verified(desk, valid)
        session = store.session(session_id)
        assert session
        assert session.account
        account = session.account.model_copy(update={"issued": 100, "returned": returned})
        store.save_session(session.model_copy(update={"account": account}))
        if codes:
            with pytest.raises(Refused) as caught:
                desk.publish(session_id)
            assert [problem.code for problem in caught.value.problems] == codes
            assert asks_only(caught.value.problems)
            assert store.session(session_id) == session.model_copy(update={"account": account})
        assert desk.publish(session_id, confirmed=bool(codes)).session.state is SessionState.PUBLISHED


def answered(desk: SurveyDesk, groups: str) -> str:
    """A verified session of people of these groups; each second one of each is dissatisfied."""
    session = open_session(desk, "B01", "final", "2468").session.id
    for number, group in enumerate(groups):
        wrong = groups[:number].count(group) % 2
        desk.submit(session, f"{session}-{number}", Lang.ZH, {**ANSWERS, "A0": group, "Q10": "C" if wrong else "A"})
    desk.close(session)
    verify_count(desk, session)
    return session


def test_few_forms_of_a_group_outside_are_asked_about_before_posting(desk: SurveyDesk, store: Store) -> None:
    """M109 names each group with what it has and what is wanted; whoever confirms may post (R35)."""
    want_of_groups(store, 12)
    session = answered(desk, "1" * 20 + "2" * 11)
    with pytest.raises(Refused) as caught:
        desk.publish(session)
    said = [problem.message(Lang.EN) for problem in caught.value.problems if problem.code == "M109"]
    assert [each.split(" are wanted")[0] for each in said] == [
        "I came for a service: 11 forms, at least 12",
        "I live nearby: 0 forms, at least 12",
    ]
    assert asks_only(caught.value.problems)
    assert [each.code for each in desk.before_publishing(session)] == ["M162", "M109", "M109"]
    assert desk.publish(session, confirmed=True).session.state is SessionState.PUBLISHED


def test_enough_forms_of_every_group_are_not_asked_about(desk: SurveyDesk, store: Store) -> None:
    """Exactly as many as are wanted are enough, and a form that wants none of a group is never asked about."""
    assert desk.publish(answered(desk, "1" * 10)).session.state is SessionState.PUBLISHED
    want_of_groups(store, 10)
    assert desk.publish(answered(desk, "1" * 10 + "2" * 10 + "3" * 10)).session.state is SessionState.PUBLISHED


@pytest.mark.parametrize("groups", ["1" * 10 + "2" * 4, "1" * 10 + "2" * 10 + "3", "2" * 4])
def test_of_groups_that_are_hidden_nothing_is_said(desk: SurveyDesk, store: Store, groups: str) -> None:
    """A small group hides who answered: then no group is said to have few forms, not even an empty one."""
    want_of_groups(store, 12)
    session = answered(desk, groups)
    assert "M109" not in [each.code for each in desk.before_publishing(session)]


def test_a_void_session_is_in_no_result(desk: SurveyDesk, store: Store) -> None:
    """It has no figures any more, its reason is in the audit, and another session may follow."""
    session = verified(desk, 8)
    voided = desk.declare_void(session, "票箱未封好").session
    assert (voided.state, voided.void_reason, voided.response_key) == (SessionState.VOID, "票箱未封好", "")
    assert store.audits()[-1].reason == "票箱未封好"
    assert desk.figures().surveys == ()
    with pytest.raises(Refused) as caught:
        desk.results(session)
    assert code_of(caught) == "V58"
    assert open_session(desk, "B01", "final", "2468").session.id == "B01-261123-2"


def test_a_session_is_void_only_with_a_reason_and_after_it_was_closed(desk: SurveyDesk) -> None:
    """M150 for fewer than five characters; V79 while it is open."""
    session = open_session(desk, "B01", "final", "2468").session.id
    with pytest.raises(BadInput) as short:
        desk.declare_void(session, " 坏了 ")
    assert code_of(short) == "M150"
    with pytest.raises(Refused) as caught:
        desk.declare_void(session, "the box was open")
    assert code_of(caught) == "V79"
