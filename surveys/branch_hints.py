"""Signs in a branch's verified surveys that they may be for show."""

from collections.abc import Sequence

from campaign.substance import Hint
from surveys.ports import SurveyStore
from surveys.session import COUNTED
from surveys.submission import questionnaire_of
from surveys.substance import survey_hints


def verified_hints(store: SurveyStore, branch: str, min_forms: int) -> Sequence[Hint]:
    """F5 and F6 over the branch's sessions whose count is verified, oldest first; nothing of any other. StoreError.

    Of a session of fewer valid forms than ``min_forms``, none of whose results is shown, nothing is said.
    """
    found: list[Hint] = []
    for session in store.sessions():
        if (
            session.branch != branch
            or session.state not in COUNTED
            or session.tally is None
            or session.tally.valid < min_forms
        ):
            continue
        found += survey_hints(
            session, questionnaire_of(store, session), session.tally, session.account, session.comments
        )
    return found
