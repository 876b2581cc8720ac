"""Names of this package's things, as values in messages."""

from campaign.language import N_
from surveys.paper.forms import FormState, VoidReason
from surveys.session import SessionState
from surveys.texts import tr

STATES = {
    SessionState.OPEN: tr.phrase(N_("open")),
    SessionState.COUNTING: tr.phrase(N_("counting")),
    SessionState.VERIFIED: tr.phrase(N_("verified")),
    SessionState.PUBLISHED: tr.phrase(N_("published")),
    SessionState.VOID: tr.phrase(N_("declared void")),
}
FORM_STATES = {
    FormState.PRINTED: tr.phrase(N_("printed")),
    FormState.ISSUED: tr.phrase(N_("handed out")),
    FormState.RETURNED: tr.phrase(N_("returned")),
    FormState.KEYED: tr.phrase(N_("keyed")),
    FormState.VERIFIED: tr.phrase(N_("verified")),
    FormState.SPOILED: tr.phrase(N_("spoiled")),
    FormState.UNUSED: tr.phrase(N_("unused")),
    FormState.NOT_RETURNED: tr.phrase(N_("not returned")),
    FormState.VOID: tr.phrase(N_("void")),
}
VOID_REASONS = {
    VoidReason.WRONG_SURVEY: tr.phrase(N_("another survey")),
    VoidReason.DUPLICATE: tr.phrase(N_("a second form of one person")),
    VoidReason.TOO_FEW: tr.phrase(N_("too few answers")),
    VoidReason.UNREADABLE: tr.phrase(N_("unreadable")),
    VoidReason.BLANK: tr.phrase(N_("blank")),
    VoidReason.LATE: tr.phrase(N_("came back too late")),
}
FORM = tr.phrase(N_("survey form"))
SLIP = tr.phrase(N_("follow-up slip"))
TOKEN = tr.phrase(N_("kiosk token"))
OTHER_CODE = tr.phrase(N_("other"))
NO_STATE = tr.phrase(N_("none"))
SECOND_ROLE = tr.phrase(N_("second role"))
NOT_SHOWN = tr.phrase(N_("not shown"))
STILL_READ = tr.phrase(N_("another program went on reading it"))
KIND = tr.phrase(N_("kind of survey"))
QUESTIONNAIRE = tr.phrase(N_("questionnaire"))
RESPONSE_ID = tr.phrase(N_("A response id"))
