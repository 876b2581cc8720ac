"""How many comments were written at a session is known after its texts have left it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import SurveyPlan
from db import memory_store
from surveys.branch_hints import verified_hints
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.tallies import By
from tests.builders import make_branch, make_plan
from tests.db_builders import DAY
from tests.sittings import open_session, verify_count
from tests.survey_forms import SMALL

CONTENT = {"Q1": "A", "Q2": "A"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A campaign with one survey of two scales and a text."""
    (tmp_path / "small.md").write_text(SMALL, encoding="utf-8")
    plan = make_plan(branches=[make_branch("B01")])
    plan = plan.model_copy(update={"surveys": (SurveyPlan(kind="final", questionnaire="small.md"),)})
    store = memory_store()
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan"))
    freeze_questionnaires(store, plan, tmp_path)
    yield store
    store.close()


def counted(store: Store, forms: int, texts: int) -> SurveyDesk:
    """The desk after a session with so many forms, all content, some of them with a text."""
    desk = SurveyDesk(store, store.plan(), DAY)
    session_id = open_session(desk, "B01").session.id
    for number in range(forms):
        answers = CONTENT | ({"Q5": f"意见{number}"} if number < texts else {})
        desk.submit(session_id, f"r{number}", Lang.ZH, answers)
    desk.close(session_id)
    verify_count(desk, session_id)
    return desk


def test_comments_stay_counted_after_they_came_into_the_register(store: Store) -> None:
    """Verifying takes the texts away from the session; the report still says that twelve people wrote."""
    (survey,) = counted(store, 30, 12).figures().surveys
    (session,) = survey.sessions
    assert session.comments == 12


def test_a_session_at_which_opinions_were_written_is_not_said_to_have_none(store: Store) -> None:
    """F5 looks for any opinion in thirty content forms: here there is one."""
    counted(store, 30, 1)
    assert "F5" not in {hint.code for hint in verified_hints(store, "B01", 5)}


def test_a_hint_says_nothing_of_a_session_that_shows_no_result(store: Store) -> None:
    """Where a campaign shows results from forty forms on, thirty forms are told by no hint either."""
    counted(store, 30, 0)
    assert {hint.code for hint in verified_hints(store, "B01", 5)} == {"F5", "F6"}
    assert verified_hints(store, "B01", 40) == []


def test_a_posted_session_is_looked_at_too(store: Store) -> None:
    """Posting a result takes no hint away."""
    desk = counted(store, 30, 0)
    desk.publish(desk.sessions()[0].id)
    assert {hint.code for hint in verified_hints(store, "B01", 5)} == {"F5", "F6"}


def test_a_posted_session_comes_into_the_tables_by_channel_for_good(store: Store) -> None:
    """Verified alone it is in none; posting keeps the batch with the session."""
    desk = counted(store, 30, 0)
    (survey,) = desk.figures().surveys
    assert survey.by(By.CHANNEL).town == ()
    desk.publish(desk.sessions()[0].id)
    assert desk.sessions()[0].batches == {By.GROUP: 1, By.CHANNEL: 1}
    (survey,) = desk.figures().surveys
    assert [each.valid for each in survey.by(By.CHANNEL).town] == [30]
