"""What staff do with the forms of one session: hand out, take back, key, key again, declare void."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from campaign.errors import BadInput, Problem, Refused
from campaign.log import AuditEntry
from campaign.plan import Plan
from surveys.opinions import opinions_in, without_texts
from surveys.paper.account import BallotAccount
from surveys.paper.accounting import account_of
from surveys.paper.codes import FormCode, serial_text
from surveys.paper.forms import CAME_BACK, FORM_TRANSITIONS, FormState, PaperForm, PaperStock, VoidReason
from surveys.paper.keying import Difference, answers_on_paper, differences
from surveys.paper.queue import QueuedForm
from surveys.paper.scanning import form_code, form_of
from surveys.ports import Store
from surveys.questionnaire import Questionnaire
from surveys.response import Response
from surveys.session import SessionState, SurveySession
from surveys.submission import questionnaire_of, session_in
from surveys.words import FORM_STATES, NO_STATE, STATES

RESPONSE_BITS = 63


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with a form last, for as long as it can be undone: until the next form is begun."""

    before: PaperForm
    after: PaperForm
    issued: int = 0
    """So many forms more are counted as handed out since."""
    response: int | None = None
    """Document id of the response that was kept, or replaced."""
    replaced: Response | None = None
    """The response as it was before; None if there was none."""
    opinions: tuple[int, ...] = ()
    queued: QueuedForm | None = None
    """What of the form had waited for a person."""


class PaperDesk:
    """The forms of one session. Once that is verified, whatever changes them is refused (M12). StoreError."""

    def __init__(self, store: Store, plan: Plan, today: date, session_id: str, key: bytes) -> None:
        """Refused M11 if there is no such session."""
        self._store, self._plan, self._today, self._key = store, plan, today, key
        self.session_id = session_id
        self.questionnaire: Questionnaire = questionnaire_of(store, session_in(store, session_id))
        self._last: Step | None = None

    def find(self, text: str) -> PaperForm:
        """The form whose code was scanned or typed. BadInput V70; Refused V71, V72, V73."""
        return form_of(self._store, self.session_id, form_code(text, self._key))

    def code(self, form: PaperForm, page: int = 1) -> str:
        """The 34 digits of a form's QR code."""
        stock = self._stock()
        return FormCode(stock.number, form.layout, stock.branch, form.serial, page).digits(self._key)

    def check(self, serial: int, state: FormState) -> PaperForm:
        """The form, if it may get into ``state`` now; Refused as by what brings it there. Nothing is changed."""
        session_in(self._store, self.session_id, SessionState.COUNTING if state is FormState.KEYED else None)
        form = self._form(serial)
        self._require(form, state)
        return form

    def issue(self, serial: int) -> PaperForm:
        """Hand out one form. Refused V53, V79."""
        with self._changing():
            form = self._form(serial)
            moved = self._moved(form, FormState.ISSUED)
            self._issued(1)
        return self._done(Step(form, moved, issued=1))

    def issue_some(self, count: int) -> BallotAccount:
        """Hand out so many forms without saying which; fewer than 0 come back unused. Refused V53.

        BadInput M85 if more would be unused than are out: filled in or scanned when they were handed out, they are not.
        """
        with self._changing():
            self._issued(count)
        self._last = None
        return self.account()

    def receive(self, serial: int) -> PaperForm:
        """Take a form back. Refused V74 (keyed already), V79."""
        return self._simply(serial, FormState.RETURNED)

    def spoil(self, serial: int) -> PaperForm:
        """Put a form aside that was damaged before it was handed out. Refused V79."""
        return self._simply(serial, FormState.SPOILED)

    def void(self, serial: int, reason: VoidReason) -> PaperForm:
        """Declare a returned form void; its response, if it was keyed, leaves the ballot box. Refused V75."""
        with self._changing():
            form = self._form(serial)
            moved = self._moved(form, FormState.VOID, void_reason=reason, response=None, keyed_by="", keyed_twice=False)
            queued = self._unqueued(serial)
            response = None if form.response is None else self._store.response(self.session_id, form.response)
            if form.response is None or response is None:
                return self._done(Step(form, moved, queued=queued))
            self._store.remove_response(self.session_id, form.response)
        return self._done(Step(form, moved, response=form.response, replaced=response))

    def put_aside(self, *, copy: bool = False) -> PaperStock:
        """Count a sheet that belongs to no account: a foreign one, or a copy of a form that was keyed."""
        with self._changing():
            stock = self._stock()
            field = "copies" if copy else "foreign"
            changed = stock.model_copy(update={field: getattr(stock, field) + 1})
            self._store.save_paper_stock(self.session_id, changed)
        return changed

    def key(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of a returned form as a response of the closed session; texts become opinions at once.

        BadInput as :func:`surveys.paper.keying.answers_on_paper`; Refused M12 (the session is not being counted),
        V74 (keyed already), V75 (not returned).
        """
        with self._store.transaction():
            session = session_in(self._store, self.session_id, SessionState.COUNTING)
            form = self._form(serial)
            doc_id = random.SystemRandom().getrandbits(RESPONSE_BITS) or 1
            moved = self._moved(form, FormState.KEYED, response=doc_id, keyed_by=role)
            response, opinions = self._response(session, form, answers)
            self._store.add_response(self.session_id, doc_id, response)
            queued = self._unqueued(serial)
        return self._done(Step(form, moved, response=doc_id, opinions=opinions, queued=queued))

    def compare(self, serial: int, answers: Mapping[str, object], role: str) -> Sequence[Difference]:
        """Where a second keying differs from the first; nothing is kept.

        BadInput as :meth:`key`; Refused M82 (not keyed yet), V75 (not returned), M83 (first keyed by the same role).
        """
        form, first = self._keyed(serial, role)
        second = without_texts(self._checked(form, answers), self.questionnaire)
        return differences(self.questionnaire, first.answers, second.answers)

    def settle(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of the second keying, as they were settled, in place of the first. As :meth:`compare`."""
        with self._store.transaction():
            session_in(self._store, self.session_id, SessionState.COUNTING)
            form, first = self._keyed(serial, role)
            second = without_texts(self._checked(form, answers), self.questionnaire)
            doc_id = form.response or 0
            self._store.replace_response(self.session_id, doc_id, second)
            changed = form.model_copy(update={"keyed_twice": True})
            self._store.save_forms(self.session_id, [changed])
        return self._done(Step(form, changed, response=doc_id, replaced=first))

    def undo(self) -> PaperForm | None:
        """Take back what was done with the last form; None if there is nothing to take back.

        Nor is there if somebody else has gone on with the form since, or a scan of it was read.
        """
        step, self._last = self._last, None
        if step is None:
            return None
        with self._changing():
            serial = step.after.serial
            if self._form(serial) != step.after or self._store.queued(self.session_id, serial) is not None:
                return None
            if step.response is not None:
                self._restore(step.response, step.replaced)
            self._store.remove_opinions(self.session_id, step.opinions)
            if step.queued is not None:
                self._store.save_queued(self.session_id, step.queued)
            self._store.save_forms(self.session_id, [step.before])
            if step.issued:
                self._issued(-step.issued, is_undo=True)
        return step.before

    def begin(self) -> None:
        """The next form is begun: what was done with the last one stands."""
        self._last = None

    def forms(self) -> Sequence[PaperForm]:
        """All forms of the session, by serial."""
        return self._store.forms(self.session_id)

    def outstanding(self) -> Sequence[PaperForm]:
        """Forms that were handed out one by one and have not come back, and those that wait to be keyed."""
        waiting = (FormState.ISSUED, FormState.RETURNED)
        return sorted((form for form in self.forms() if form.state in waiting), key=lambda form: form.state)

    def account(self) -> BallotAccount:
        """The ballot account as it stands."""
        return account_of(self._store, self.session_id)

    def _unqueued(self, serial: int) -> QueuedForm | None:
        """What of the form waits for a person: nothing from now on."""
        queued = self._store.queued(self.session_id, serial)
        if queued is not None:
            self._store.remove_queued(self.session_id, serial)
        return queued

    def _form(self, serial: int) -> PaperForm:
        form = self._store.form(self.session_id, serial)
        if form is None:
            raise Refused(Problem("V71", {"x": serial_text(serial)}))
        return form

    def _stock(self) -> PaperStock:
        stock = self._store.paper_stock(self.session_id)
        if stock is None:
            raise Refused(Problem("M87", {"id": self.session_id}))
        return stock

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """A commit of changes to a session that is not verified."""
        with self._store.transaction():
            session = session_in(self._store, self.session_id)
            if session.state is SessionState.VERIFIED:
                state, wanted = STATES[session.state], STATES[SessionState.COUNTING]
                raise Refused(Problem("M12", {"id": self.session_id, "state": state, "wanted": wanted}))
            yield

    def _done(self, step: Step) -> PaperForm:
        """The form as it is after a step that has been committed and can be undone."""
        self._last = step
        return step.after

    def _simply(self, serial: int, state: FormState) -> PaperForm:
        with self._changing():
            form = self._form(serial)
            moved = self._moved(form, state)
        return self._done(Step(form, moved))

    def _issued(self, more: int, *, is_undo: bool = False) -> None:
        """Count forms as handed out."""
        stock = self._stock()
        issued = stock.issued + more
        states = Counter(form.state for form in self.forms())
        available = states.total() - states[FormState.SPOILED]
        out = stock.issued - states[FormState.ISSUED] - sum(states[state] for state in CAME_BACK)
        if more < 0 and -more > out and not is_undo:  # what was counted is taken back, whatever was counted besides
            raise BadInput(Problem("M85", {"n": -more, "max": max(0, out)}))
        if issued > available:
            raise Refused(Problem("V53", {"i": issued, "p": available}))
        self._store.save_paper_stock(self.session_id, stock.model_copy(update={"issued": issued}))
        what = f"forms of session {self.session_id}"
        entry = AuditEntry(
            on=self._today, role="staff", entity=what, field="issued", old=str(stock.issued), new=str(issued)
        )
        self._store.add_audit(entry)

    def _require(self, form: PaperForm, state: FormState) -> None:
        if state in FORM_TRANSITIONS[form.state]:
            return
        if form.state in (FormState.KEYED, FormState.VERIFIED):
            raise Refused(Problem("V74", {"x": serial_text(form.serial)}))
        if state in (FormState.KEYED, FormState.VOID):
            raise Refused(Problem("V75", {"x": serial_text(form.serial), "state": FORM_STATES[form.state]}))
        possible = FORM_TRANSITIONS[form.state]
        known = FORM_STATES[possible[0]] if possible else NO_STATE
        raise Refused(Problem("V79", {"a": FORM_STATES[form.state], "b": FORM_STATES[state], "list": known}))

    def _moved(self, form: PaperForm, state: FormState, **changes: object) -> PaperForm:
        self._require(form, state)
        moved = form.model_copy(update={"state": state, **changes})
        self._store.save_forms(self.session_id, [moved])
        return moved

    def _checked(self, form: PaperForm, answers: Mapping[str, object]) -> Response:
        checked = answers_on_paper(self.questionnaire, answers, self._plan.campaign.valid_min_answered_pct)
        lang = self._stock().layouts[form.layout - 1].lang
        return Response(channel="paper", lang=lang, answers=checked.answers, validity=checked.validity)

    def _response(
        self, session: SurveySession, form: PaperForm, answers: Mapping[str, object]
    ) -> tuple[Response, tuple[int, ...]]:
        """The response without its texts, and the ids of the opinions that they have become."""
        response = self._checked(form, answers)
        opinions = opinions_in(response, self.questionnaire, session)
        return without_texts(response, self.questionnaire), tuple(self._store.add_opinions(opinions))

    def _keyed(self, serial: int, role: str) -> tuple[PaperForm, Response]:
        form = self._form(serial)
        response = None if form.response is None else self._store.response(self.session_id, form.response)
        if form.state is FormState.RETURNED:
            raise Refused(Problem("M82", {"x": serial_text(serial)}))
        if form.state is not FormState.KEYED or response is None:
            raise Refused(Problem("V75", {"x": serial_text(serial), "state": FORM_STATES[form.state]}))
        if form.keyed_by == role:
            raise Refused(Problem("M83", {"x": serial_text(serial), "role": role}))
        return form, response

    def _restore(self, doc_id: int, before: Response | None) -> None:
        if before is None:
            self._store.remove_response(self.session_id, doc_id)
        elif self._store.response(self.session_id, doc_id) is None:
            self._store.add_response(self.session_id, doc_id, before)
        else:
            self._store.replace_response(self.session_id, doc_id, before)
