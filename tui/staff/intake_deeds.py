"""What the intake desk does with a form, and what it says of it: where something is wrong, nothing has changed."""

from collections.abc import Callable, Sequence
from enum import Enum

from campaign.errors import BadInput, ManyiError, Problem, Refused
from campaign.language import N_, NP_, Phrase
from surveys.paper.account import BallotAccount
from surveys.paper.codes import serial_text
from surveys.paper.forms import CAME_BACK, FormState, PaperForm, VoidReason
from surveys.paper.keying import answers_on_paper
from surveys.paper.queue import ScanQueue
from surveys.response import Validity
from surveys.session import SessionState
from surveys.words import STATES
from tui.staff.intake_draft import Draft
from tui.staff.intake_keys import Mode
from tui.staff.intake_moves import begun, settling, to_doubt
from tui.staff.intake_notice import ALREADY, DONE, KEYER_NAMES, KEYERS, Done, Notice, Tone
from tui.staff.ports import IntakeDesk
from tui.staff.texts import tr

FOREIGN = frozenset({"V71", "V73"})
"""Problems of sheets that are none of this session's."""
KEYED = frozenset({FormState.KEYED, FormState.VERIFIED})
STATE_AFTER = {
    Mode.ISSUE: FormState.ISSUED,
    Mode.RECEIVE: FormState.RETURNED,
    Mode.VOID: FormState.VOID,
    Mode.SPOIL: FormState.SPOILED,
}


class Page(Enum):
    """What is on the screen."""

    START = "start"
    """Waiting for a scan; the last one is shown."""
    OFFER = "offer"
    """Whether to count a sheet as put aside."""
    REASON = "reason"
    """Why a form is void."""
    KEYING = "keying"
    STOPPED = "stopped"
    """What becomes of the form that is being keyed."""
    OUT = "out"
    ACCOUNT = "account"
    CODE = "code"
    """The form's code."""
    CODELESS = "codeless"
    """A scanned page whose number is to be typed."""
    LEAVING = "leaving"
    """Whether to leave although answers are not kept."""


class Intake:
    """The forms of one session at one desk: which is at hand, what is being keyed, what was done last."""

    def __init__(self, desk: IntakeDesk) -> None:
        self.desk = desk
        self.page = Page.START
        self.mode = Mode.LOOK
        self.role = KEYERS[0]
        self.notice: Notice | None = None
        self.form: PaperForm | None = None
        """The form that was scanned last, if it is ours."""
        self.draft: Draft | None = None
        """What is being keyed."""
        self.aside: dict[tuple[int, bool], Draft] = {}
        """Forms that were begun and put aside, by serial and whether it is the second keying; kept nowhere else."""
        self.pending: PaperForm | None = None
        """A form that was scanned while another is being keyed; nothing has been done with it."""
        self.is_copy = False
        """Whether the sheet on offer is a copy, or else a foreign one."""
        self.last: Done | None = None
        """What can be taken back."""
        self.account: BallotAccount | None = None
        self.out: Sequence[PaperForm] = ()
        """What is still out or waits to be keyed."""
        self.queue = ScanQueue()
        """What was read off scanned forms and waits for a person."""
        self._shown: tuple[str, bytes] = "", b""
        self.alarms = 0
        """How often something was wrong: whoever looks at the paper should hear it."""

    def refresh(self) -> None:
        """Read the account and the list again."""
        try:
            self.account = self.desk.account()
            self.out = self.desk.outstanding()
            self.queue = self.desk.queue()
        except ManyiError as error:
            self.wrong(error)

    def picture(self, name: str) -> bytes:
        """A picture of what waits, as PNG; read once for as long as it is on screen."""
        if self._shown[0] != name:
            self._shown = name, self.desk.picture(name)
        return self._shown[1]

    def judged(self) -> Validity | Problem | None:
        """What the form being keyed would count as, or why it can't be kept so."""
        if self.draft is None:
            return None
        try:
            return answers_on_paper(self.draft.questionnaire, self.draft.decided, self.desk.least_answered).validity
        except BadInput as error:
            return error.problems[0]

    def wrong(self, error: ManyiError) -> None:
        """Say why nothing was done."""
        problem = error.problems[0]
        if problem.code == "M83":
            role = KEYER_NAMES.get(str(problem.values["role"]), problem.values["role"])
            problem = Problem("M83", {**problem.values, "role": role})
        self.say(Tone.WRONG, problem=problem)

    def say(
        self, tone: Tone, said: Phrase | None = None, *, problem: Problem | None = None, form: PaperForm | None = None
    ) -> None:
        """Show this until something else is to be said."""
        self.notice = Notice(tone, said, problem, form)
        self.alarms += tone in {Tone.ASK, Tone.WRONG}

    # A form that was found

    def take(self, form: PaperForm) -> None:
        """Do with a form what the mode says."""
        self.form, self.page, self.notice = form, Page.START, None
        match self.mode:
            case Mode.LOOK:
                self.say(Tone.TOLD, form=form)
            case Mode.RECEIVE if form.state in CAME_BACK:
                self._offer(form, ALREADY[Mode.RECEIVE])
            case Mode.KEY if form.state in KEYED:
                self._offer(form, None, Problem("V74", {"x": serial_text(form.serial)}))
            case Mode.KEY | Mode.AGAIN:
                self._guarded(lambda: self._begin(form, again=self.mode is Mode.AGAIN))
            case Mode.VOID if form.state is not FormState.VOID:
                self._guarded(lambda: self._ask_reason(form))
            case _ if form.state is STATE_AFTER[self.mode]:
                self.say(Tone.TOLD, ALREADY[self.mode], form=form)
            case Mode.ISSUE:
                self._do(lambda: self.desk.issue(form.serial))
            case Mode.RECEIVE:
                self._do(lambda: self.desk.receive(form.serial))
            case Mode.SPOIL:
                self._do(lambda: self.desk.spoil(form.serial))

    def not_found(self, error: ManyiError) -> None:
        """Say why a scan is no form of ours; a foreign sheet can be counted as put aside."""
        self.form, self.page = None, Page.START
        self.wrong(error)
        if error.code in FOREIGN:
            self.page, self.is_copy = Page.OFFER, False

    def count_aside(self) -> None:
        """Count the sheet on offer as put aside."""
        self.page = Page.START

        def count() -> None:
            self.desk.put_aside(copy=self.is_copy)
            said = N_("Counted as a copy. Put the sheet aside.")
            other = N_("Counted as a foreign sheet. Put it aside.")
            self.say(Tone.DONE, tr.phrase(said if self.is_copy else other), form=self.form)

        self._guarded(count)

    def issue_some(self, count: int) -> None:
        """Hand out so many forms without scanning them; fewer than 0 come back unused."""

        def issue() -> None:
            self.desk.issue_some(count)
            self.form, self.last = None, Done(Mode.ISSUE, count=count)
            out = NP_("{n} form was handed out by the number.", "{n} forms were handed out by the number.")
            back = NP_("{n} form was taken back unused.", "{n} forms were taken back unused.")
            self.say(Tone.DONE, tr.phrase(out if count > 0 else back, n=abs(count)))

        self._guarded(issue)

    def void(self, reason: VoidReason) -> None:
        """Declare the form at hand void."""
        form, self.page = self.form, Page.START
        if form is not None:
            self._do(lambda: self.desk.void(form.serial, reason))

    def undo(self) -> None:
        """Take back what was done last; what was keyed is on the screen again, to be mended."""
        last = self.last
        if last is None:
            self.say(Tone.TOLD, tr.phrase(N_("There is nothing to take back.")))
        else:
            self._guarded(lambda: self._undo(last))

    # Keying

    def keep(self) -> None:
        """Keep what is keyed, or show where a second keying differs."""
        if self.draft is not None:
            draft = self.draft
            self._guarded(lambda: self._keep(draft))

    def put_off(self) -> None:
        """Put the form being keyed aside with its answers, and take the one that waits."""
        if self.draft is not None:
            self.aside[self.draft.form.serial, self.draft.again] = self.draft
        self._next(tr.phrase(N_("The form is put aside with its answers. Scan it again to go on with it.")))

    def drop(self) -> None:
        """Forget the answers of the form being keyed, and take the one that waits."""
        self._next(tr.phrase(N_("Nothing of this form is kept. It is as it was before.")))

    def _next(self, said: Phrase) -> None:
        draft, pending = self.draft, self.pending
        self.draft, self.pending, self.page = None, None, Page.START
        self.say(Tone.TOLD, said, form=draft.form if draft else None)
        if pending is not None:
            self.take(pending)

    def _begin(self, form: PaperForm, *, again: bool) -> None:
        draft = self.aside.get((form.serial, again))
        if draft is None:
            if again:
                self._require_counting()
                self.desk.compare(form.serial, {}, self.role)
            else:
                self.desk.check(form.serial, FormState.KEYED)
            read = None if again else self.desk.queued(form.serial)
            draft = begun(form, self.desk.questionnaire, self.role, again=again, read=read)
        self.aside.pop((form.serial, again), None)
        self.desk.begin()
        self.last, self.draft, self.page = None, draft, Page.KEYING

    def _keep(self, draft: Draft) -> None:
        serial, role = draft.form.serial, draft.role
        if draft.to_settle:
            self.draft = to_doubt(draft)
            return
        if not draft.again:
            form = self.desk.key(serial, draft.answers, role)
        elif not draft.differences and (found := self.desk.compare(serial, draft.answers, role)):
            self.draft = settling(draft, found)
            return
        else:
            form = self.desk.settle(serial, draft.decided, role)
        self.draft, self.page, self.form = None, Page.START, form
        self._done(Mode.AGAIN if draft.again else Mode.KEY, form, draft)

    def _require_counting(self) -> None:
        session = self.desk.session()
        if session.state is not SessionState.COUNTING:
            state, wanted = STATES[session.state], STATES[SessionState.COUNTING]
            raise Refused(Problem("M12", {"id": session.id, "state": state, "wanted": wanted}))

    # Parts

    def _ask_reason(self, form: PaperForm) -> None:
        self.desk.check(form.serial, FormState.VOID)
        self.page = Page.REASON

    def _offer(self, form: PaperForm, said: Phrase | None, problem: Problem | None = None) -> None:
        self.say(Tone.ASK, said, problem=problem, form=form)
        self.page, self.is_copy = Page.OFFER, True

    def _do(self, deed: Callable[[], PaperForm]) -> None:
        """Change a form as the mode says."""

        def done() -> None:
            self.form = deed()
            self._done(self.mode, self.form)

        self._guarded(done)

    def _done(self, mode: Mode, form: PaperForm, draft: Draft | None = None) -> None:
        self.last = Done(mode, form, draft)
        self.say(Tone.DONE, DONE[mode], form=form)

    def _undo(self, last: Done) -> None:
        if last.count:
            self.desk.issue_some(-last.count)
            self.form = None
        elif (form := self.desk.undo()) is None:
            self.last = None
            self.say(Tone.WRONG, tr.phrase(N_("Somebody else has gone on with the form; nothing was taken back.")))
            return
        else:
            self.form = form
        self.last = None
        self.say(Tone.DONE, tr.phrase(N_("What was done last is taken back.")), form=self.form)
        if last.draft is not None:
            self.draft, self.page = last.draft, Page.KEYING

    def _guarded(self, deed: Callable[[], None]) -> None:
        """Do it, or say why it can't be done."""
        try:
            deed()
        except ManyiError as error:
            self.wrong(error)
