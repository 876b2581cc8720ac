"""What staff do with survey sessions: open, close, verify, see results."""

import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from campaign.calendar import add_workdays
from campaign.errors import BadInput, Problem, Refused, StoreError
from campaign.language import Lang, Place
from campaign.log import AuditEntry
from campaign.plan import Plan
from campaign.state_rules import Deed, check_allowed
from surveys.batches import keep_batches
from surveys.counted import counted_sessions
from surveys.figures import SessionResults, session_results
from surveys.hiding import hide
from surveys.moves import refusal
from surveys.opinions import opinions_in, without_texts
from surveys.paper.accounting import require_balance, unlink_forms
from surveys.pin import hash_pin, new_pin
from surveys.ports import Store
from surveys.promises import posting_of
from surveys.published import Published
from surveys.publishing import published
from surveys.questionnaire import Questionnaire
from surveys.register.desk import heard_at
from surveys.session import COUNTED, SessionState, SurveyKind, SurveySession
from surveys.session_doubts import as_counted, few_came_back, few_of_groups, publishing_question, wants_groups
from surveys.shipped import shipped_names, shipped_questionnaire
from surveys.sitting import CountSaid, Sitting, require_answers, require_confirmed, sitting_problems
from surveys.submission import questionnaire_of, session_in, submit
from surveys.tally import tally
from surveys.two_roles import STAFF, TwoRoles
from surveys.words import KIND, QUESTIONNAIRE, STATES, STILL_READ
from surveys.xlsform import compile_questionnaire

KEY_BYTES = 32
LEAST_REASON = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just been opened."""

    session: SurveySession
    pin: str
    """Shown once; only its hash is kept."""
    warnings: tuple[Problem, ...] = ()
    """M105 where more people are present than were invited."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that has just been closed, verified, published or declared void."""

    session: SurveySession
    warnings: tuple[Problem, ...] = ()
    """M75 where no good copy of the store could be kept, M77 where what was replaced could not be swept up yet."""


class SurveyDesk:
    """Survey sessions of a campaign, on one day."""

    def __init__(self, store: Store, plan: Plan, today: date) -> None:
        self._store = store
        self._plan = plan
        self._today = today

    def open(
        self,
        branch: str,
        kind: SurveyKind = "final",
        pin: str | None = None,
        *,
        sitting: Sitting,
        confirmed: bool = False,
    ) -> Opened:
        """Open a session for a branch; without ``pin`` one is made.

        BadInput M08 for an unknown branch or a kind of survey that the plan has not, M14 for the PIN; what
        :func:`surveys.sitting.sitting_problems` finds: BadInput or Refused, V52 unless ``confirmed``; StoreError.
        Refused M116 for a campaign that is not running.
        """
        if branch not in {each.code for each in self._plan.active_branches}:
            known = ", ".join(each.code for each in self._plan.active_branches)
            raise BadInput(Problem("M08", {"kind": self._plan.campaign.words.branch, "x": branch, "known": known}))
        check_allowed(self._plan, Deed.SESSION)
        questionnaire = self._questionnaire_id(kind)
        warnings = require_answers(sitting_problems(self._plan, branch, sitting, self._today), confirmed=confirmed)
        pin = new_pin() if pin is None else pin
        pin_hash = hash_pin(pin)
        with self._store.transaction():
            session = SurveySession(
                id=self._new_id(branch),
                branch=branch,
                kind=kind,
                questionnaire=questionnaire,
                on=self._today,
                pin_hash=pin_hash,
                response_key=secrets.token_hex(KEY_BYTES),
                operator=sitting.operator.strip(),
                briefing_on=sitting.briefing_on,
                invited=sitting.invited,
                present=sitting.present,
                integrity=sitting.integrity,
            )
            self._save(session, old="", role=session.operator)
        return Opened(session, pin, warnings)

    def sessions(self) -> Sequence[SurveySession]:
        """All sessions, oldest first."""
        return self._store.sessions()

    def close(self, session_id: str) -> Moved:
        """End the answering: the texts leave the responses and become opinions without any link, in random order.

        The ballot box is rewritten under new random ids, in the same commit, and the old one swept from the disk.
        A good copy of the store is kept. Refused M11, V79; StoreError.
        """
        with self._store.transaction():
            session = self._moved(session_id, SessionState.COUNTING)
            questionnaire = questionnaire_of(self._store, session)
            responses = list(self._store.responses(session_id))
            opinions = [each for response in responses for each in opinions_in(response, questionnaire, session)]
            shuffle = random.SystemRandom().shuffle
            shuffle(responses)
            shuffle(opinions)
            self._store.replace_ballot_box(session_id, [without_texts(each, questionnaire) for each in responses])
            self._store.add_opinions(opinions)
            session = session.model_copy(update={"closed_on": self._today})
            self._save(session, old=SessionState.OPEN)
        return self._sealed(session)

    def verify(self, session_id: str, by: TwoRoles, said: CountSaid | None = None, *, confirmed: bool = False) -> Moved:
        """Confirm the count: the tally is kept with the session, the key of the response ids erased.

        ``by``: the two roles that confirm it, which stand in the audit. ``said``: what they say beside it; without it
        that the forms were counted openly, and that the numbers of people are as they were.

        What has been keyed from paper since the closing is mixed with the rest: the ballot box is rewritten once more.
        Which form a response came from is erased. What was written comes into the register of opinions. A good copy of
        the store is kept. BadInput M06, M155, V64 for the roles, V06, M85 for the numbers; Refused M11, V79; V53, V55,
        V56, V57 or M84 if the ballot account does not balance; V54, M105, M106, M117, M163 unless ``confirmed``;
        StoreError.
        """
        by.require()
        said = said or CountSaid()
        with self._store.transaction():
            session = self._moved(session_id, SessionState.VERIFIED)
            account = require_balance(self._store, session_id)
            responses = list(self._store.responses(session_id))
            counted = tally(questionnaire_of(self._store, session), responses)
            session = as_counted(session, account, counted.valid, said, confirmed=confirmed)
            unlink_forms(self._store, session_id)
            self._store.replace_ballot_box(session_id, responses)
            comments = self._into_register(session, counted.valid)
            session = session.model_copy(
                update={
                    "verified_on": self._today,
                    "tally": counted,
                    "account": account,
                    "comments": comments,
                    "response_key": "",
                },
            )
            self._save(session, old=SessionState.COUNTING, role=by.text)
        return self._sealed(session)

    def results(self, session_id: str) -> SessionResults:
        """The session's figures, suppressed. Refused M11; V58 before the count is verified."""
        session = session_in(self._store, session_id)
        if session.state not in COUNTED or session.tally is None:
            raise Refused(Problem("V58"))
        return self.all_results()[session_id]

    def all_results(self) -> Mapping[str, SessionResults]:
        """The figures of every session whose count is verified, suppressed, by id; StoreError."""
        campaign, counted = self._plan.campaign, counted_sessions(self._store)
        hidden = hide(counted, campaign).questions
        return {
            each.session.id: session_results(
                each.session, each.questionnaire, each.tally, campaign, hidden[each.session.id]
            )
            for each in counted
        }

    def require_counted(self) -> None:
        """Refused V58 while no count is verified."""
        if not any(each.state in COUNTED for each in self._store.sessions()):
            raise Refused(Problem("V58"))

    def figures(self) -> Published:
        """All figures that may be seen, of all sessions; StoreError."""
        return published(self._plan, counted_sessions(self._store))

    def publish(self, session_id: str, until: date | None = None, *, confirmed: bool = False) -> Moved:
        """Post the result: from today ``until`` that day, without one for as many working days as the campaign asks.

        Refused M11, V58, V59, V79, V82, V83; V60 if few forms came back and M109 for each group from which more were
        wanted, unless ``confirmed``; StoreError.
        """
        with self._store.transaction():
            session, last = self._publishable(session_id, until)
            require_confirmed(() if confirmed else self._odd_about(session), confirmed=confirmed)
            posting = posting_of(
                self._plan, self._store.cases(session.branch), (session.branch,), session.kind, self._today
            )
            posted = {"posted_on": self._today, "posted_until": last, "posting": posting}
            session = session.model_copy(update=posted)
            self._save(session, old=SessionState.VERIFIED)
            keep_batches(self._store, self._plan)
        return Moved(session)

    def before_publishing(self, session_id: str, until: date | None = None) -> Sequence[Problem]:
        """What a person is asked before a result is posted: M162 with the result itself, then V60 and M109.

        Refused as by :meth:`publish`; nothing is changed.
        """
        session, _ = self._publishable(session_id, until)
        return [publishing_question(self._plan, session, self.figures()), *self._odd_about(session)]

    def _odd_about(self, session: SurveySession) -> Sequence[Problem]:
        """V60 if few forms came back, M109 for each group from which more were wanted."""
        few = few_came_back(session, self._plan.campaign.publish_min_forms)
        if not wants_groups(questionnaire_of(self._store, session)):
            return few  # all figures of the campaign are worked out only where they are looked at
        return [*few, *few_of_groups(session, self.figures())]

    def _publishable(self, session_id: str, until: date | None) -> tuple[SurveySession, date]:
        """The session as posted, and the last day of its notice; Refused as by :meth:`publish`."""
        plan = self._plan
        days = plan.campaign.notice_min_workdays
        earliest = add_workdays(self._today, days, plan.calendar)
        session = self._moved(session_id, SessionState.PUBLISHED)
        if session.tally is None or session.tally.valid == 0:
            raise Refused(Problem("V59"))
        if until is not None and until < earliest:
            raise Refused(Problem("V82", {"d": earliest, "n": days}))
        return session, until or earliest

    def declare_void(self, session_id: str, reason: str) -> Moved:
        """Declare a closed session void: it is in no result. It may be repeated as another session.

        BadInput M150 for a reason of fewer than five characters; Refused M11, V79, V83; StoreError.
        """
        reason = reason.strip()
        if len(reason) < LEAST_REASON:
            raise BadInput(Problem("M150", {"id": session_id, "n": LEAST_REASON}))
        with self._store.transaction():
            old = session_in(self._store, session_id).state
            session = self._moved(session_id, SessionState.VOID)
            unlink_forms(self._store, session_id)
            self._store.replace_ballot_box(session_id, list(self._store.responses(session_id)))
            session = session.model_copy(update={"void_reason": reason, "response_key": ""})
            self._save(session, old=old, reason=reason)
        return self._sealed(session)

    def submit(
        self,
        session_id: str,
        response_id: str,
        lang: Lang,
        answers: Mapping[str, object],
        channel: Literal["kiosk", "paper"] = "kiosk",
    ) -> str:
        """Keep a response of another client (:func:`surveys.submission.submit`); its id, once it is on disk."""
        return submit(self._store, self._plan, session_id, response_id, lang, answers, channel)

    def _questionnaire_id(self, kind: str) -> str:
        planned = {survey.kind: survey.questionnaire for survey in self._plan.surveys}
        if kind not in planned:
            raise BadInput(Problem("M08", {"kind": KIND, "x": kind, "known": ", ".join(planned)}))
        if self._store.questionnaire(planned[kind]) is None:
            known = ", ".join(each.id for each in self._store.questionnaires())
            raise BadInput(Problem("M08", {"kind": QUESTIONNAIRE, "x": planned[kind], "known": known}))
        return planned[kind]

    def _new_id(self, branch: str) -> str:
        """``B01-261123-1``: branch, day, number on that day."""
        prefix = f"{branch}-{self._today:%y%m%d}-"
        return f"{prefix}{sum(session.id.startswith(prefix) for session in self._store.sessions()) + 1}"

    def _moved(self, session_id: str, state: SessionState) -> SurveySession:
        """The session in its new state; V58, V79 or V83 where it can't get there from the one it is in."""
        session = session_in(self._store, session_id)
        if problem := refusal(session.state, state):
            raise Refused(problem)
        return session.model_copy(update={"state": state})

    def _into_register(self, session: SurveySession, valid: int) -> int:
        """How many opinions came into it."""
        opinions = self._store.opinions(session.id)
        heard = heard_at(session, opinions, valid, self._store.register())
        self._store.save_register(heard, (), (), ())
        self._store.drop_opinions(session.id)
        return len(opinions)

    def _sealed(self, session: SurveySession) -> Moved:
        """Sweep up after the commit and keep a good copy. The session stands as it stands, whatever comes of that."""
        done = {"id": session.id, "state": STATES[session.state]}
        warnings = []
        try:
            if not self._store.sweep():
                warnings.append(Problem("M77", {**done, "why": STILL_READ}))
        except StoreError as error:
            warnings.append(Problem("M77", {**done, "why": _why(error)}))
        try:
            self._store.keep_copy(self._today)
        except StoreError as error:
            warnings.append(Problem("M75", {**done, "why": _why(error)}))
        return Moved(session, tuple(warnings))

    def _save(self, session: SurveySession, old: str, reason: str = "", role: str = STAFF) -> None:
        """Keep the session with its audit entry."""
        self._store.save_session(session)
        entry = AuditEntry(
            on=self._today,
            role=role,
            entity=f"session {session.id}",
            field="state",
            old=old,
            new=session.state,
            reason=reason,
        )
        self._store.add_audit(entry)


def _why(error: StoreError) -> object:
    problem = error.problems[0]
    return problem.values.get("why", problem.phrase)


def freeze_questionnaires(store: Store, plan: Plan, base: Path | None) -> None:
    """Compile the questionnaires that the plan names, shipped ones or forms beside the campaign file, and keep them.

    A questionnaire that a session has used never changes. BadInput as
    :func:`surveys.xlsform.compile_questionnaire`, each place with the questionnaire's name before it; M08 for a name
    that is neither shipped nor a file in ``base``; Refused V46 where it was used and differs now. StoreError.
    """
    with store.transaction():
        for name, questionnaire in check_questionnaires(plan, base).items():
            known = store.questionnaire(name)
            if known == questionnaire:
                continue
            used = [session.on for session in store.sessions() if session.questionnaire == name]
            if known is not None and used:
                raise Refused(Problem("V46", {"d": min(used)}, name))
            store.save_questionnaire(questionnaire)


def check_questionnaires(plan: Plan, base: Path | None) -> Mapping[str, Questionnaire]:
    """The questionnaires that the plan names, compiled, by name; BadInput as :func:`freeze_questionnaires`."""
    compiled = {}
    for name in dict.fromkeys(survey.questionnaire for survey in plan.surveys):
        try:
            compiled[name] = compile_questionnaire(_source(name, base), name).questionnaire
        except BadInput as error:
            raise BadInput(*(_in_form(name, problem) for problem in error.problems)) from None
    return compiled


def _in_form(name: str, problem: Problem) -> Problem:
    """The problem with the form's name before its place."""
    place = problem.place
    return replace(problem, place=place.within(name) if isinstance(place, Place) else f"{name} {place}".strip())


def _source(name: str, base: Path | None) -> Path:
    if name in shipped_names() or base is None:
        return shipped_questionnaire(name)
    return base / name
