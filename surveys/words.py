"""Names of this package's things, as values in messages."""

from campaign.language import N_
from surveys.session import SessionState
from surveys.texts import Phrase

STATES = {
    SessionState.OPEN: Phrase(N_("open")),
    SessionState.COUNTING: Phrase(N_("counting")),
    SessionState.VERIFIED: Phrase(N_("verified")),
}
NO_STATE = Phrase(N_("none"))
KIND = Phrase(N_("kind of survey"))
QUESTIONNAIRE = Phrase(N_("questionnaire"))
RESPONSE_ID = Phrase(N_("A response id"))
