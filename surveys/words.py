"""Names of this package's things, as values in messages."""

from campaign.language import N_
from surveys.session import SessionState
from surveys.texts import tr

STATES = {
    SessionState.OPEN: tr.phrase(N_("open")),
    SessionState.COUNTING: tr.phrase(N_("counting")),
    SessionState.VERIFIED: tr.phrase(N_("verified")),
}
NO_STATE = tr.phrase(N_("none"))
STILL_READ = tr.phrase(N_("another program went on reading it"))
KIND = tr.phrase(N_("kind of survey"))
QUESTIONNAIRE = tr.phrase(N_("questionnaire"))
RESPONSE_ID = tr.phrase(N_("A response id"))
