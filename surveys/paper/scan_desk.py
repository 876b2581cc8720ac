"""What becomes of a form that was read off a scan: keyed, queued for a person, or known already. Counted once."""

from collections.abc import Mapping
from datetime import date

from campaign.errors import BadInput, ManyiError, Problem, Refused, StoreError
from campaign.plan import Plan
from surveys.acceptance import settled
from surveys.opinions import told_by_texts
from surveys.paper.codes import SERIAL_DIGITS, FormCode
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import FormState, PaperForm
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm
from surveys.paper.reading.readings import FormReading, Layouts, Printed
from surveys.paper.scan_answers import decided_answers, open_questions
from surveys.paper.scan_results import Fate, Taken
from surveys.paper.scanning import form_of
from surveys.ports import Pictures, Store
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
            return Taken(Fate.REFUSED, session_id, problem=error.problems[0])

    def _taken(self, reading: FormReading, session_id: str) -> Taken:
        code = FormCode(reading.session, reading.layout, reading.branch, reading.serial)
        form = form_of(self._store, self.session_id or session_id, code)
        session_in(self._store, session_id, SessionState.COUNTING)
        desk = self._desk(session_id)
        queued = self._store.queued(session_id, form.serial)
        if form.state is FormState.KEYED:
            return self._known(reading, desk, form, self._keyed_answers(session_id, form))
        if queued is not None and not set(queued.missing) - set(reading.missing):
            return self._known(reading, desk, form, queued.answers)
        if form.state is not FormState.RETURNED:
            form = desk.receive(form.serial)
        return self._keyed_or_queued(self._read(reading, desk, queued), desk, form)

    def _desk(self, session_id: str) -> PaperDesk:
        if session_id not in self._desks:
            self._desks[session_id] = PaperDesk(self._store, self._plan, self._today, session_id, self._key)
        return self._desks[session_id]

    def _keyed_answers(self, session_id: str, form: PaperForm) -> Answers:
        response = None if form.response is None else self._store.response(session_id, form.response)
        return response.answers if response else {}

    def _known(self, reading: FormReading, desk: PaperDesk, form: PaperForm, before: Answers) -> Taken:
        """The same sheet once more, or another one with its number: by what is certain in both."""
        questionnaire = desk.questionnaire
        told = told_by_texts(questionnaire)
        found = decided_answers(reading, questionnaire)
        now, _ = settled(questionnaire, found, [question.name for question in questionnaire.questions])
        queued = self._store.queued(desk.session_id, form.serial)
        certain = set(now) - told if queued is None else set(now) & set(before)
        if all(before.get(name) == now[name] for name in certain):
            return Taken(Fate.AGAIN, desk.session_id, form)
        problem = Problem("M97", {"x": f"{form.serial:0{SERIAL_DIGITS}d}"})
        return Taken(Fate.COPY, desk.session_id, form, problem=problem)

    def _read(self, reading: FormReading, desk: PaperDesk, queued: QueuedForm | None) -> QueuedForm:
        """The form as it is read now, together with what was read of its other pages before."""
        stock = self._store.paper_stock(desk.session_id)
        layout = stock.layouts[reading.layout - 1] if stock else None
        answers = {**(queued.answers if queued else {}), **decided_answers(reading, desk.questionnaire)}
        waits = {each.question: each for each in queued.open} if queued else {}
        for each in open_questions(reading, layout, self._pictures.keep):
            if each.doubt is not Doubt.UNREAD or (each.question not in answers and each.question not in waits):
                waits[each.question] = each
        for name in answers:
            waits.pop(name, None)
        missing = [page for page in reading.missing if queued is None or page in queued.missing]
        names = [question.name for question in desk.questionnaire.asked]
        waiting = tuple(waits[name] for name in names if name in waits)
        if not missing:
            # Nothing is written in the fields of a page that came after all, unless it says so.
            waiting = tuple(each for each in waiting if each.doubt is not Doubt.UNREAD)
        return QueuedForm(serial=reading.serial, answers=answers, open=waiting, missing=tuple(missing))

    def _keyed_or_queued(self, read: QueuedForm, desk: PaperDesk, form: PaperForm) -> Taken:
        """Keyed if nothing that applies is in doubt and the answers are allowed, else queued."""
        waits = self._in_doubt(read, desk)
        if not read.missing and not waits:
            try:
                keyed = desk.key(form.serial, _plain(read.answers), SCANNER)
            except BadInput as error:
                read = _with_wrong(read, desk, error)
                waits = self._in_doubt(read, desk)
            else:
                self._pictures.remove(read.pictures)
                return Taken(Fate.KEYED, desk.session_id, keyed)
        self._store.save_queued(desk.session_id, read)
        return Taken(Fate.QUEUED, desk.session_id, form, waits, read.missing)

    def _in_doubt(self, read: QueuedForm, desk: PaperDesk) -> tuple[OpenQuestion, ...]:
        """What waits, of the questions that apply with the answers that are certain."""
        every = [question.name for question in desk.questionnaire.questions]
        _, relevant = settled(desk.questionnaire, read.answers, every)
        found = (read.open_question(question.name) for question in relevant)
        return tuple(each for each in found if each is not None)


def tidy_pictures(store: Store, pictures: Pictures) -> None:
    """Remove the pictures that nothing in any queue needs any more. StoreError M40."""
    if not pictures.names():
        return
    with store.transaction():  # whoever keeps a picture does so in the transaction that makes it needed
        needed = {name for session_id in store.paper_stocks() for name in store.queue(session_id).pictures}
        pictures.remove(pictures.names() - needed)


def _plain(answers: Answers) -> Mapping[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}


def _with_wrong(read: QueuedForm, desk: PaperDesk, error: BadInput) -> QueuedForm:
    """The answers that are not allowed wait too."""
    wrong = {problem.place for problem in error.problems if problem.place in read.answers}
    if not wrong:
        raise Refused(*error.problems)
    waits = {each.question: each for each in read.open}
    for name in wrong:
        value = read.answers[name]
        marked = value if isinstance(value, tuple) else (str(value),)
        waits[name] = OpenQuestion(question=name, doubt=Doubt.NOT_ALLOWED, marked=marked)
    names = [question.name for question in desk.questionnaire.asked]
    answers = {name: value for name, value in read.answers.items() if name not in wrong}
    waiting = tuple(waits[name] for name in names if name in waits)
    return read.model_copy(update={"answers": answers, "open": waiting})
