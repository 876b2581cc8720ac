"""The one way by which a response reaches the ballot box."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Literal

from campaign.errors import BadInput, Problem, Refused
from campaign.language import Lang
from campaign.plan import Plan
from surveys.answers import checked_answers
from surveys.ports import SurveyStore
from surveys.questionnaire import Questionnaire
from surveys.response import Response
from surveys.session import SessionState, SurveySession
from surveys.words import QUESTIONNAIRE, RESPONSE_ID, STATES

MAX_ID = 64
"""Longest response id, in characters."""


def submit(
    store: SurveyStore,
    plan: Plan,
    session_id: str,
    response_id: str,
    lang: Lang,
    answers: Mapping[str, object],
    channel: Literal["kiosk", "paper"] = "kiosk",
    *,
    is_started: bool = False,
) -> str:
    """Keep a response; returns its id once it is on disk. The same id and content again is the same response.

    ``is_started``: it was counted as started when the person began. Otherwise a new response of the kiosk's channel is
    counted now, in the same transaction, so that started is always submitted and abandoned together.
    Whether the session is open is looked at in the transaction that stores: nothing enters a closed box. BadInput as
    :func:`surveys.answers.checked_answers`, M16 for the id; Refused M10 (the id is known with other answers), M11,
    M12; StoreError.
    """
    if not 1 <= len(response_id) <= MAX_ID:
        raise Refused(Problem("M16", {"what": RESPONSE_ID, "min": 1, "max": MAX_ID, "n": len(response_id)}))
    asked = store.asked(session_id) or questionnaire_of(store, session_in(store, session_id, SessionState.OPEN))
    try:
        checked = checked_answers(asked, answers, plan.campaign.valid_min_answered_pct)
    except BadInput:
        session_in(store, session_id, SessionState.OPEN)  # what comes too late is told that first
        raise
    response = Response(channel=channel, lang=lang, answers=checked.answers, validity=checked.validity)
    with store.transaction():
        session = session_in(store, session_id, SessionState.OPEN)
        doc_id = document_id(session.response_key, response_id)
        is_new = store.add_response(session_id, doc_id, response)
        if is_new and channel == "kiosk" and not is_started:
            store.count_started(session_id)
    return response_id


def document_id(response_key: str, response_id: str) -> int:
    """63 bits of keyed BLAKE2b: random to whoever has no key, and the same for a response that is sent again."""
    digest = blake2b(response_id.encode(errors="replace"), key=bytes.fromhex(response_key), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def session_in(store: SurveyStore, session_id: str, state: SessionState | None = None) -> SurveySession:
    """The session, in ``state`` if one is given; Refused M11 or M12."""
    session = store.session(session_id)
    if session is None:
        raise Refused(Problem("M11", {"id": session_id}))
    if state is not None and session.state is not state:
        raise Refused(Problem("M12", {"id": session_id, "state": STATES[session.state], "wanted": STATES[state]}))
    return session


def questionnaire_of(store: SurveyStore, session: SurveySession) -> Questionnaire:
    """The session's frozen questionnaire; Refused M08 if the store has lost it."""
    questionnaire = store.questionnaire(session.questionnaire)
    if questionnaire is None:
        known = ", ".join(each.id for each in store.questionnaires())
        raise Refused(Problem("M08", {"kind": QUESTIONNAIRE, "x": session.questionnaire, "known": known}))
    return questionnaire
