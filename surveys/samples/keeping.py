"""Keeping the counted surveys of a sample in a store, as if they had been held."""

import random
import secrets
from collections.abc import Sequence
from datetime import date

from campaign.calendar import add_workdays
from campaign.plan import Plan
from surveys.paper.account import ballot_account
from surveys.paper.forms import FormState, PaperForm, PaperStock
from surveys.ports import Store
from surveys.promises import posting_of
from surveys.questionnaire import Questionnaire
from surveys.response import Response
from surveys.samples import SampleSession, responses_of
from surveys.session import SessionState, SurveySession
from surveys.tallies import By
from surveys.tally import tally

_ID_BITS, _SERIALS = 63, 999_999


def keep_sample_sessions(store: Store, plan: Plan, samples: Sequence[SampleSession], today: date) -> None:
    """Keep those that had been held by ``today``; to be called inside a transaction. StoreError."""
    asked = {survey.kind: store.questionnaire(survey.questionnaire) for survey in plan.surveys}
    for number, sample in enumerate((each for each in samples if each.on <= today), 1):
        if questionnaire := asked.get(sample.kind):
            _keep(store, plan, sample, questionnaire, number, today)


def _keep(
    store: Store, plan: Plan, sample: SampleSession, questionnaire: Questionnaire, number: int, today: date
) -> None:
    responses = responses_of(sample, questionnaire)
    random.SystemRandom().shuffle(responses)
    for response in responses:
        store.add_response(sample.id, secrets.randbits(_ID_BITS), response)
    for _ in range(sample.kiosk.started):
        store.count_started(sample.id)
    place = 1 + [branch.code for branch in plan.branches].index(sample.branch)
    stock = PaperStock(number=number, branch=place, layouts=(), issued=sample.paper.issued)
    forms = _forms(sample)
    store.save_paper_stock(sample.id, stock)
    store.save_forms(sample.id, forms)
    session = _session(plan, sample, questionnaire, responses, forms, stock, today)
    if session.posted_on is not None:
        posting = posting_of(plan, store.cases(sample.branch), (sample.branch,), sample.kind, session.posted_on)
        session = session.model_copy(update={"posting": posting})
    store.save_session(session)


def _session(  # a session is made of all of them
    plan: Plan,
    sample: SampleSession,
    questionnaire: Questionnaire,
    responses: Sequence[Response],
    forms: Sequence[PaperForm],
    stock: PaperStock,
    today: date,
) -> SurveySession:
    keyed = [response.validity for response in responses if response.channel == "paper"]
    posted = sample.posted_on if sample.posted_on and sample.posted_on <= today else None
    until = add_workdays(posted, plan.campaign.notice_min_workdays, plan.calendar) if posted else None
    return SurveySession(
        id=sample.id,
        branch=sample.branch,
        kind=sample.kind,
        questionnaire=questionnaire.id,
        on=sample.on,
        state=SessionState.PUBLISHED if posted else SessionState.VERIFIED,
        pin_hash="",
        response_key="",
        closed_on=sample.on,
        verified_on=sample.on,
        posted_on=posted,
        posted_until=until,
        tally=tally(questionnaire, responses),
        comments=len(sample.comments),
        batches=dict.fromkeys(By, 1) if posted else {},
        account=ballot_account(forms, stock, keyed, started=sample.kiosk.started, submitted=sample.kiosk.submitted),
    )


def _forms(sample: SampleSession) -> list[PaperForm]:
    """The forms as verification leaves them, under random numbers."""
    paper = sample.paper
    states = [
        *[FormState.VERIFIED] * paper.valid,
        *[FormState.VOID] * len(paper.void),
        *[FormState.SPOILED] * paper.spoiled,
        *[FormState.UNUSED] * (paper.printed - paper.spoiled - paper.returned),
    ]
    serials = random.SystemRandom().sample(range(1, _SERIALS + 1), len(states))
    reasons = [None] * paper.valid + [*paper.void] + [None] * (len(states) - paper.returned)
    return sorted(
        (
            PaperForm(serial=serial, layout=0, state=state, void_reason=reason)
            for serial, state, reason in zip(serials, states, reasons, strict=True)
        ),
        key=lambda form: form.serial,
    )
