"""Which of a branch's surveys may be looked at for signs that they are for show."""

import pytest

from campaign.language import Lang
from db import memory_store
from surveys.branch_hints import verified_hints
from surveys.response import Response, Validity
from surveys.session import SessionState
from surveys.tally import tally
from tests.db_builders import make_session
from tests.survey_forms import SMALL, compiled

FORM = compiled(SMALL)
ALIKE = [Response(lang=Lang.ZH, answers={"Q1": "A", "Q2": "A"}, validity=Validity.COMPLETE) for _ in range(30)]


@pytest.mark.parametrize(
    ("state", "branch", "found"),
    [
        (SessionState.VERIFIED, "B01", {"F5", "F6"}),
        (SessionState.VERIFIED, "B02", set()),
        (SessionState.COUNTING, "B01", set()),
        (SessionState.OPEN, "B01", set()),
    ],
)
def test_only_verified_surveys_of_the_branch_are_looked_at(state: SessionState, branch: str, found: set[str]) -> None:
    """Before the count is verified nothing of it is said, and never on another branch's page."""
    store = memory_store()
    store.save_questionnaire(FORM)
    counted = tally(FORM, ALIKE) if state is SessionState.VERIFIED else None
    changes = {"branch": "B01", "questionnaire": FORM.id, "state": state, "tally": counted}
    store.save_session(make_session().model_copy(update=changes))
    assert {hint.code for hint in verified_hints(store, branch, 5)} == found
