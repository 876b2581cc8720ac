"""What becomes of a form that was read off a scan: keyed, queued for a person, or known already. Counted once."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date

from campaign.errors import BadInput, ManyiError, Problem, Refused, StoreError
from campaign.plan import Plan
from surveys.acceptance import settled
from surveys.opinions import told_by_texts
from surveys.paper.codes import FormCode, serial_text
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import FormState, PaperForm
from surveys.paper.geometry import FormLayout
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm, QueuedPage
from surveys.paper.reading.readings import FormReading, Layouts, Printed
from surveys.paper.scan_answers import crops, decided_answers, in_doubt, merged, spots_of
from surveys.paper.scan_results import Fate, PageFate, Taken
from surveys.paper.scanning import form_of
from surveys.ports import Pictures, Store
from surveys.questionnaire import Questionnaire
from surveys.response import Answers
from surveys.session import SessionState
from surveys.submission import questionnaire_of, session_in

SCANNER = "scanner"
"""The role under which a form is keyed that was read without any doubt: a person may key it a second time."""


def printed_layouts(store: Store) -> Layouts:
    """What is printed on the forms of all sessions: a sheet of any of them can be told. StoreError."""
    known: dict[tuple[int, int], Printed] = {}
    for session_id, stock in store.paper_stocks().items():
        questionnaire = questionnaire_of(store, session_in(store, session_id))
        for number, layout in enumerate(stock.layouts, 1):
            known[stock.number, number] = Printed.of(layout, questionnaire)
    return known


class ScanDesk:
    """Takes forms that were read, into their own sessions or into one alone. StoreError."""

    def __init__(
        self, store: Store, plan: Plan, today: date, key: bytes, pictures: Pictures, session_id: str | None = None
    ) -> None:
        """Refused M11 if there is no such session, M12 if it is not being counted."""
        self._store, self._plan, self._today, self._key = store, plan, today, key
        self._pictures = pictures
        self.session_id = session_id
        if session_id is not None:
            session_in(store, session_id, SessionState.COUNTING)
        self.layouts = printed_layouts(store)
        """What is printed on the forms that this desk can tell."""
        self._numbers = {stock.number: name for name, stock in store.paper_stocks().items()}
        self._desks: dict[str, PaperDesk] = {}

    def take(self, reading: FormReading) -> Taken:
        """Key, queue or recognise a form; on disk when it returns. StoreError."""
        session_id = self._numbers.get(reading.session, "")
        try:
            with self._store.transaction():
                return self._taken(reading, session_id)
        except StoreError:
            raise
        except ManyiError as error:
            form = self._store.form(session_id, reading.serial) if session_id else None
            return Taken(Fate.REFUSED, session_id, form, problem=error.problems[0])

    def take_page(self, session_id: str, picture: bytes) -> PageFate:
        """Let a page wait for its number, with the picture of its code; on disk then. Refused M12; StoreError."""
        number = _number(picture)
        with self._store.transaction():
            session_in(self._store, session_id, SessionState.COUNTING)
            if any(page.number == number for page in self._store.queue(session_id).pages):
                return PageFate.WAITING
            self._store.save_queued(session_id, QueuedPage(number=number, picture=self._pictures.keep(picture)))
        return PageFate.QUEUED

    def _taken(self, reading: FormReading, session_id: str) -> Taken:
        code = FormCode(reading.session, reading.layout, reading.branch, reading.serial)
        form = form_of(self._store, self.session_id or session_id, code)
        session_in(self._store, session_id, SessionState.COUNTING)
        desk = self._desk(session_id)
        known = self._known(reading, desk, form)
        if known is not None:
            return Taken(Fate.AGAIN if known else Fate.COPY, session_id, form, problem=None if known else _copy(form))
        if form.state is not FormState.RETURNED:
            form = desk.receive(form.serial)
        before = self._store.queued(session_id, form.serial)
        read = merged(reading, self._layout(reading), desk.questionnaire, before)
        return self._keyed_or_queued(read, reading, desk, form)

    def _desk(self, session_id: str) -> PaperDesk:
        if session_id not in self._desks:
            self._desks[session_id] = PaperDesk(self._store, self._plan, self._today, session_id, self._key)
        return self._desks[session_id]

    def _layout(self, reading: FormReading) -> FormLayout:
        return self.layouts[reading.session, reading.layout].layout

    def _known(self, reading: FormReading, desk: PaperDesk, form: PaperForm) -> bool | None:
        """Whether the sheet is the one that was read or keyed before; None if there is something to be read off it."""
        queued = self._store.queued(desk.session_id, form.serial)
        if form.state is FormState.KEYED:
            return self._is_the_same(reading, desk, self._keyed_answers(desk.session_id, form))
        if queued is None:
            return None
        blank = {each.question for each in queued.open if each.doubt is Doubt.BLANK}
        is_same = self._is_the_same(reading, desk, queued.answers, {*queued.answers, *blank})
        return None if is_same and set(queued.missing) - set(reading.missing) else is_same

    def _is_the_same(
        self, reading: FormReading, desk: PaperDesk, before: Answers, looked_at: Collection[str] | None = None
    ) -> bool:
        """Whether what is certain now was certain before; of a form that waits, where it was not in doubt."""
        questionnaire = desk.questionnaire
        found = decided_answers(reading, self._layout(reading), questionnaire)
        names = [question.name for question in questionnaire.questions]
        now, _ = settled(questionnaire, {**before, **found}, names)
        certain = found.keys() & now.keys()
        certain = certain - told_by_texts(questionnaire) if looked_at is None else certain & {*looked_at}
        return all(before.get(name) == now[name] for name in certain)

    def _keyed_answers(self, session_id: str, form: PaperForm) -> Answers:
        response = None if form.response is None else self._store.response(session_id, form.response)
        return response.answers if response else {}

    def _keyed_or_queued(self, read: QueuedForm, reading: FormReading, desk: PaperDesk, form: PaperForm) -> Taken:
        """Keyed if nothing that applies is in doubt and the answers are allowed, else queued."""
        if not read.missing and not in_doubt(read, desk.questionnaire):
            try:
                return Taken(Fate.KEYED, desk.session_id, desk.key(form.serial, _plain(read.answers), SCANNER))
            except BadInput as error:
                read = _with_wrong(read, reading, desk.questionnaire, error)
        read = self._with_pictures(read, reading)
        self._store.save_queued(desk.session_id, read)
        return Taken(Fate.QUEUED, desk.session_id, form, in_doubt(read, desk.questionnaire), read.missing)

    def _with_pictures(self, read: QueuedForm, reading: FormReading) -> QueuedForm:
        """With the pictures, on disk, of what is in doubt since now."""
        seen = crops(reading)
        waiting = tuple(
            each.model_copy(update={"picture": self._pictures.keep(seen[each.question])})
            if each.question in seen and not each.picture
            else each
            for each in read.open
        )
        return read.model_copy(update={"open": waiting})


def tidy_pictures(store: Store, pictures: Pictures) -> None:
    """Remove the pictures that nothing in any queue needs any more. StoreError M40."""
    if pictures.is_empty:
        return
    with store.transaction():  # whoever keeps a picture does so in the transaction that makes it needed
        pictures.keep_only({name for session_id in store.paper_stocks() for name in store.queue(session_id).pictures})


def _plain(answers: Answers) -> Mapping[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}


def _number(picture: bytes) -> int:
    """The same page, read again, waits once: 62 bits of a digest of its picture, above every serial."""
    return 1 << 62 | int.from_bytes(hashlib.blake2b(picture, digest_size=8).digest()) >> 2


def _copy(form: PaperForm) -> Problem:
    return Problem("M97", {"x": serial_text(form.serial)})


def _with_wrong(read: QueuedForm, reading: FormReading, questionnaire: Questionnaire, error: BadInput) -> QueuedForm:
    """The answers that are not allowed wait too."""
    wrong = {problem.place for problem in error.problems if problem.place in read.answers}
    if not wrong:
        raise Refused(*error.problems)
    waits = {each.question: each for each in read.open}
    for name in wrong:
        value = read.answers[name]
        marked = value if isinstance(value, tuple) else (str(value),)
        spots = spots_of(reading, name)
        waits[name] = OpenQuestion(question=name, doubt=Doubt.NOT_ALLOWED, marked=marked, spots=spots)
    names = [question.name for question in questionnaire.asked]
    answers = {name: value for name, value in read.answers.items() if name not in wrong}
    waiting = tuple(waits[name] for name in names if name in waits)
    return read.model_copy(update={"answers": answers, "open": waiting})
