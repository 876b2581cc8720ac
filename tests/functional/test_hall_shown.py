"""Which result the hall sees is kept in the store, and only what may be seen is ever shown."""

from datetime import date

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.hall import hall_result, show_in_hall
from surveys.ports import Store
from surveys.shown import NOTHING, Shown
from surveys.two_roles import TwoRoles
from tests.sittings import open_session

DAY = date(2026, 11, 23)
BY = TwoRoles("计票组", "监督组")
ANSWERS = {f"Q{number}": "A" for number in range(1, 11)}


@pytest.fixture
def store() -> Store:
    store = memory_store()
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    return store


def answered(store: Store) -> str:
    desk = SurveyDesk(store, store.plan(), DAY)
    session = open_session(desk, "B01", "final", "2468").session.id
    for number in range(12):
        desk.submit(session, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number < 2 else "A"})
    return session


def test_the_hall_sees_nothing_at_first(store: Store) -> None:
    """A new store shows no result."""
    assert store.shown() == NOTHING


def test_a_result_is_shown_once_its_count_is_verified(store: Store) -> None:
    """V58 while it is open or being counted; then it is kept until it is taken off."""
    session, desk = answered(store), SurveyDesk(store, store.plan(), DAY)
    wholes = Shown(kind="final", questionnaire="final")
    for _ in range(2):
        for wanted in (Shown(session=session), wholes):
            with pytest.raises(Refused) as caught:
                show_in_hall(store, wanted)
            assert caught.value.code == "V58"
        if store.sessions()[0].closed_on is None:
            desk.close(session)
    desk.verify(session, BY)
    for wanted in (Shown(session=session), wholes):
        show_in_hall(store, wanted)
        assert store.shown() == wanted
        found = hall_result(desk.figures(), store.shown())
        assert found is not None
        assert found.figures.valid == 12
    show_in_hall(store, NOTHING)
    assert hall_result(desk.figures(), store.shown()) is None


def test_an_unknown_session_is_refused(store: Store) -> None:
    """M11."""
    with pytest.raises(Refused) as caught:
        show_in_hall(store, Shown(session="B99-261123-1"))
    assert caught.value.code == "M11"


def test_both_roles_stand_in_the_audit(store: Store) -> None:
    """With the day and the states, and nobody's name."""
    session, desk = answered(store), SurveyDesk(store, store.plan(), DAY)
    desk.close(session)
    desk.verify(session, BY)
    newest = store.audits()[-1]
    assert (newest.role, newest.old, newest.new) == ("计票组 + 监督组", "counting", "verified")
