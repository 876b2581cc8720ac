"""The intake desk of a session, used by the screen's thread while workers use the same store."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import RLock

from surveys.paper.account import BallotAccount
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import FormState, PaperForm, PaperStock, VoidReason
from surveys.paper.keying import Difference
from surveys.paper.queue import QueuedForm, ScanQueue
from surveys.paper.scan_desk import tidy_pictures
from surveys.ports import Pictures, Store
from surveys.questionnaire import Questionnaire
from surveys.session import SurveySession
from surveys.submission import session_in


class LockedIntake:
    """Implements :class:`tui.staff.ports.IntakeDesk`: a :class:`PaperDesk`, one thread at a time."""

    def __init__(self, desk: PaperDesk, store: Store, pictures: Pictures, least_answered: int, lock: RLock) -> None:
        self._desk, self._store, self._pictures = desk, store, pictures
        self._least_answered, self._lock = least_answered, lock

    @property
    def questionnaire(self) -> Questionnaire:
        """What the forms ask."""
        return self._desk.questionnaire

    @property
    def least_answered(self) -> int:
        """Per cent of the scale questions that must be answered for a form to count."""
        return self._least_answered

    def session(self) -> SurveySession:
        """The session as it is now."""
        with self._lock:
            return session_in(self._store, self._desk.session_id)

    def find(self, text: str) -> PaperForm:
        """The form whose code was scanned or typed."""
        with self._lock:
            return self._desk.find(text)

    def check(self, serial: int, state: FormState) -> PaperForm:
        """The form, if it may get into ``state`` now."""
        with self._lock:
            return self._desk.check(serial, state)

    def issue(self, serial: int) -> PaperForm:
        """Hand out one form."""
        with self._lock:
            return self._desk.issue(serial)

    def issue_some(self, count: int) -> BallotAccount:
        """Hand out so many forms, or take them back unused."""
        with self._lock:
            return self._desk.issue_some(count)

    def receive(self, serial: int) -> PaperForm:
        """Take a form back."""
        with self._lock:
            return self._desk.receive(serial)

    def spoil(self, serial: int) -> PaperForm:
        """Put a form aside that was damaged before it was handed out."""
        with self._lock:
            return self._desk.spoil(serial)

    def void(self, serial: int, reason: VoidReason) -> PaperForm:
        """Declare a returned form void."""
        with self._lock:
            return self._desk.void(serial, reason)

    def put_aside(self, *, copy: bool = False) -> PaperStock:
        """Count a sheet that belongs to no account."""
        with self._lock:
            return self._desk.put_aside(copy=copy)

    def key(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of a returned form."""
        with self._lock:
            return self._desk.key(serial, answers, role)

    def compare(self, serial: int, answers: Mapping[str, object], role: str) -> Sequence[Difference]:
        """Where a second keying differs from the first."""
        with self._lock:
            return self._desk.compare(serial, answers, role)

    def settle(self, serial: int, answers: Mapping[str, object], role: str) -> PaperForm:
        """Keep the answers of the second keying."""
        with self._lock:
            return self._desk.settle(serial, answers, role)

    def queue(self) -> ScanQueue:
        """What was read off scanned forms and waits for a person."""
        with self._lock:
            return self._store.queue(self._desk.session_id)

    def queued(self, serial: int) -> QueuedForm | None:
        """What waits of one form."""
        with self._lock:
            return self._store.queued(self._desk.session_id, serial)

    def drop_page(self, number: int) -> None:
        """A scanned page without a code waits no more; its picture goes."""
        with self._lock:
            self._store.remove_queued(self._desk.session_id, number)
            tidy_pictures(self._store, self._pictures)

    def picture(self, name: str) -> bytes:
        """A picture of what waits."""
        return self._pictures.read(name)

    def picture_path(self, name: str) -> Path:
        """Where the picture lies."""
        return self._pictures.path(name)

    def undo(self) -> PaperForm | None:
        """Take back what was done with the last form."""
        with self._lock:
            return self._desk.undo()

    def begin(self) -> None:
        """The next form is begun: the pictures of the last one go."""
        with self._lock:
            self._desk.begin()
            tidy_pictures(self._store, self._pictures)

    def outstanding(self) -> Sequence[PaperForm]:
        """What is still out or waits to be keyed."""
        with self._lock:
            return self._desk.outstanding()

    def account(self) -> BallotAccount:
        """The ballot account as it stands."""
        with self._lock:
            return self._desk.account()

    def code(self, form: PaperForm, page: int = 1) -> str:
        """The 34 digits of a form's QR code."""
        with self._lock:
            return self._desk.code(form, page)
