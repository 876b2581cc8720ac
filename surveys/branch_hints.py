"""Signs in a branch's verified surveys that they may be for show."""

from collections.abc import Sequence

from campaign.substance import Hint
from surveys.ports import SurveyStore
from surveys.session import SessionState
from surveys.submission import questionnaire_of
from surveys.substance import survey_hints


def verified_hints(store: SurveyStore, branch: str) -> Sequence[Hint]:
    """F5 and F6 over the branch's sessions whose count is verified, oldest first; nothing of any other. StoreError."""
    found: list[Hint] = []
    for session in store.sessions():
        if session.branch != branch or session.state is not SessionState.VERIFIED or session.tally is None:
            continue
        texts = len(store.opinions(session.id))
        found += survey_hints(session, questionnaire_of(store, session), session.tally, session.account, texts)
    return found
