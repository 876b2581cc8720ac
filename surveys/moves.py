"""Whether a session may come from one state into another: asked by the desk that does it and by what offers it."""

from campaign.errors import Problem
from campaign.language import Listed
from surveys.session import TRANSITIONS, UNDER_WAY, SessionState
from surveys.words import NO_STATE, STATES


def refusal(held: SessionState, wanted: SessionState) -> Problem | None:
    """Why a session in state ``held`` cannot become ``wanted``; None where it can.

    V83 of a posted one, V58 for posting what is not verified, V79 otherwise.
    """
    if held is SessionState.PUBLISHED:
        return Problem("V83")
    if wanted in TRANSITIONS[held]:
        return None
    if wanted is SessionState.PUBLISHED and held in UNDER_WAY:
        return Problem("V58")
    possible = TRANSITIONS[held]
    known = Listed(tuple(STATES[each] for each in possible)) if possible else NO_STATE
    return Problem("V79", {"a": STATES[held], "b": STATES[wanted], "list": known})
