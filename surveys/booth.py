"""What a kiosk may do: begin, submit, check the PIN. Nothing here shows an answer or a figure."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Plan
from surveys.follow_up import follow_ups_in
from surveys.paper.codes import SlipCode, new_slip
from surveys.paper.slip_shown import SlipShown, slip_shown
from surveys.pin_lock import PinLock
from surveys.ports import SurveyStore
from surveys.questionnaire import Questionnaire
from surveys.response import Answers, Response, Validity
from surveys.run import SurveyRun
from surveys.session import SessionState, SurveySession
from surveys.slip_desk import SlipDesk
from surveys.submission import questionnaire_of, session_in, submit


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's go. Its id is made when the person begins, so that sending it again is the same response."""

    run: SurveyRun
    response_id: str
    slip: SlipCode = field(default_factory=new_slip)
    """Shown at the end if an answer is wanted; otherwise nobody ever sees it, and it is not kept."""


class Booth:
    """A kiosk's view of one open session. Refused M11 if there is none, M12 if it is not open; StoreError.

    ``clock`` is in seconds and never goes back; it measures the wait after wrong PINs. ``key`` gives the key that signs
    follow-up slips; without it no slips are given. ``slips`` shows what became of those that were given.
    """

    session: SurveySession
    """As it was when the kiosk started; :meth:`is_open` looks anew."""
    questionnaire: Questionnaire
    campaign_title: I18n
    branch_name: I18n
    slips: SlipDesk | None

    def __init__(
        self,
        store: SurveyStore,
        plan: Plan,
        session_id: str,
        clock: Callable[[], float] = time.monotonic,
        key: Callable[[], bytes] | None = None,
        slips: SlipDesk | None = None,
    ) -> None:
        self.slips = slips
        self._signs = key is not None
        self._key = key or bytes
        self._store = store
        self._plan = plan
        self.session = session_in(store, session_id, SessionState.OPEN)
        self.questionnaire = questionnaire_of(store, self.session)
        self.campaign_title = plan.campaign.title
        branch = plan.branch(self.session.branch)
        self.branch_name = branch.name if branch else I18n(zh=self.session.branch, en=self.session.branch)
        self._lock = PinLock(store, self.session, clock)

    def begin(self, lang: Lang) -> Attempt:
        """A new attempt, counted as started. Refused M12 once the session is closed; StoreError."""
        with self._store.transaction():
            session_in(self._store, self.session.id, SessionState.OPEN)
            self._store.count_started(self.session.id)
        return Attempt(SurveyRun(self.questionnaire, lang), secrets.token_urlsafe(9))

    def submit(self, attempt: Attempt) -> None:
        """Keep the attempt's answers; returns only when they are on disk. Once more for the same attempt is harmless.

        Refused with the run's problems if something is missing, M12 if the session was closed meanwhile; StoreError.
        """
        run = attempt.run
        store, plan = self._store, self._plan
        answers = run.finish()
        with store.transaction():
            submit(store, plan, self.session.id, attempt.response_id, run.lang, answers, is_started=True)
            if self._gives_slip(answers):
                response = Response(lang=run.lang, answers=answers, validity=Validity.COMPLETE)
                found = follow_ups_in(response, self.questionnaire, self.session, attempt.slip.number)
                store.add_follow_ups(found)

    def slip(self, attempt: Attempt) -> SlipShown | None:
        """The slip of an attempt that has been handed in; None if no answer was asked for, or slips can't be signed."""
        if not self._gives_slip(attempt.run.finish()):
            return None
        return slip_shown(attempt.slip, self._key())

    def _gives_slip(self, answers: Answers) -> bool:
        return self._signs and self.questionnaire.requests_answer(answers)

    def check_pin(self, typed: str) -> bool:
        """Whether the PIN is right; not looked at as long as there is a wait. StoreError if it could not be counted."""
        return self._lock.opens(typed)

    def pin_wait(self) -> float:
        """Seconds until a PIN is looked at again; 0 if there is nothing to wait for."""
        return self._lock.wait()

    def is_open(self) -> bool:
        """Whether the session still takes answers."""
        session = self._store.session(self.session.id)
        return session is not None and session.state is SessionState.OPEN
