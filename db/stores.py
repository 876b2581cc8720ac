"""The ports of campaign and surveys over a TinyDB."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date

from pydantic import TypeAdapter
from tinydb import TinyDB
from tinydb.table import Document

from campaign.held import HeldSurvey
from campaign.plan import Plan
from db.boxes import BALLOTS, Boxes, ballot
from db.campaign_tables import SESSIONS, CampaignTables
from db.cases import Cases
from db.documents import Kept, Shelf
from db.follow_ups import FollowUps
from db.queue import Queue
from db.register import RegisterTables
from db.sheets import Sheets
from db.work import UnitOfWork
from surveys.follow_up import FollowUp
from surveys.held import held_surveys
from surveys.paper.forms import PaperForm, PaperStock
from surveys.paper.queue import QueuedForm, QueuedPage, ScanQueue
from surveys.pin_tries import PinTries
from surveys.questionnaire import Questionnaire
from surveys.response import Opinion, Response
from surveys.session import KioskAccount, SurveySession
from surveys.shown import NOTHING, Shown

QUESTIONNAIRES = "questionnaires"
PIN_TRIES = "pin tries"
SHOWN = "shown"
HALL = "hall"
"""The one document of its table."""
UNSWEPT = "unswept"
"""There is such a table for as long as the disk may hold what has been replaced in a ballot box."""

_QUESTIONNAIRE = TypeAdapter(Kept[Questionnaire])
_SESSION = TypeAdapter(Kept[SurveySession])
_PIN_TRIES = TypeAdapter(Kept[PinTries])
_SHOWN = TypeAdapter(Kept[Shown])


class TinyStore(CampaignTables, RegisterTables):
    """Implements :class:`surveys.ports.Store` with TinyDB's own interface alone."""

    def __init__(
        self,
        db: TinyDB,
        work: UnitOfWork,
        place: str,
        copier: Callable[[date], None] = lambda _: None,
        remover: Callable[[], None] = lambda: None,
    ) -> None:
        self._db, self._work, self._place, self._copier, self._remover = db, work, place, copier, remover
        self._boxes = Boxes(db)
        self._sheets = Sheets(db)
        self._follow_ups = FollowUps(db)
        self._queue = Queue(db)
        self._cases = Cases(db)
        self._planned: tuple[Mapping[str, int] | None, Plan | None] = None, None
        self._questionnaires = Shelf(db, QUESTIONNAIRES, _QUESTIONNAIRE)
        self._sessions = Shelf(db, SESSIONS, _SESSION)
        self._asked: dict[str, Questionnaire] = {}
        self._used: dict[str, Questionnaire | None] = {}
        self._pin_tries = Shelf(db, PIN_TRIES, _PIN_TRIES)
        self._shown = Shelf(db, SHOWN, _SHOWN)

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit; blocks nest."""
        return self._work.transaction()

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has changed anything."""
        return self._work.revision()

    def sweep(self) -> bool:
        """Leave nothing on the disk of what was deleted or replaced; False if readers were in the way.

        Ballot boxes are left alone: that of a session is written anew as a whole when it is closed or verified. Until
        all is done there is a table that says so: whoever opens the store next tries again.
        """
        done = self._work.sweep(sorted(name for name in self._db.tables() if not name.startswith(BALLOTS)))
        if done and self.is_unswept:
            self._remover()
            self._db.drop_table(UNSWEPT)
            done = self._work.sweep(())
        return done

    @property
    def is_unswept(self) -> bool:
        """Whether the disk may hold what has been replaced in a ballot box."""
        return UNSWEPT in self._db.tables()

    def keep_copy(self, on: date) -> None:
        """Keep a good copy of the store."""
        self._copier(on)

    def close(self) -> None:
        """Let go of the store."""
        self._db.close()

    def save_questionnaire(self, questionnaire: Questionnaire) -> None:
        """Keep a frozen questionnaire under its id."""
        with self.transaction():
            self._questionnaires.put(questionnaire.id, questionnaire)

    def questionnaires(self) -> Sequence[Questionnaire]:
        """All frozen questionnaires, oldest first."""
        return self._questionnaires.all()

    def questionnaire(self, questionnaire_id: str) -> Questionnaire | None:
        """The frozen questionnaire with this id."""
        return self._questionnaires.get(questionnaire_id)

    def asked(self, session_id: str) -> Questionnaire | None:
        """The questionnaire of a session, read once: that takes longer than to keep a response."""
        if session_id not in self._asked:
            session = self.session(session_id)
            asked = self.questionnaire(session.questionnaire) if session else None
            if asked is None:
                return None
            self._asked[session_id] = asked
        return self._asked[session_id]

    def sessions(self) -> Sequence[SurveySession]:
        """All sessions, oldest first."""
        return self._sessions.all()

    def held_surveys(self, branch: str | None = None) -> Sequence[HeldSurvey]:
        """The survey sessions that are not void, of all branches or of one, oldest first."""
        part = None if branch is None else self._work.part(SESSIONS, branch)
        sessions = self._sessions.all() if part is None else self._sessions.made(part)
        own = [each for each in sessions if branch in (None, each.branch)]
        return held_surveys(self.plan().campaign, [(each, self._questionnaire_of(each)) for each in own]) if own else ()

    def _questionnaire_of(self, session: SurveySession) -> Questionnaire | None:
        """Read once: what a session has used never changes."""
        if session.questionnaire not in self._used:
            self._used[session.questionnaire] = self.questionnaire(session.questionnaire)
        return self._used[session.questionnaire]

    def session(self, session_id: str) -> SurveySession | None:
        """The session with this id."""
        return self._sessions.get(session_id)

    def save_session(self, session: SurveySession) -> None:
        """Keep ``session`` under its id, in place of what was there."""
        with self.transaction():
            self._sessions.put(session.id, session)

    def response(self, session_id: str, doc_id: int) -> Response | None:
        """The response with this document id in the session's ballot box."""
        return self._boxes.response(session_id, doc_id)

    def add_response(self, session_id: str, doc_id: int, response: Response) -> bool:
        """Put a response into the ballot box; whether it is new. Refused M10 if another is there under this id."""
        document = ballot(doc_id, response)
        with self._work.exclusive():
            return self._boxes.add(session_id, document, response)

    def count_responses(self, session_id: str) -> int:
        """How many responses the ballot box holds."""
        return self._boxes.count(session_id)

    def responses(self, session_id: str) -> Iterable[Response]:
        """The responses in order of document id, which is random."""
        return self._boxes.responses(session_id)

    def replace_ballot_box(self, session_id: str, responses: Iterable[Response]) -> None:
        """Rewrite the ballot box with these responses under new random ids, in random order."""
        with self.transaction():
            self._boxes.replace(session_id, responses)
            self._db.table(UNSWEPT).upsert(Document({}, 1))

    def replace_response(self, session_id: str, doc_id: int, response: Response) -> None:
        """Keep ``response`` in place of the one with this document id."""
        with self.transaction():
            self._boxes.replace_response(session_id, doc_id, response)

    def remove_response(self, session_id: str, doc_id: int) -> None:
        """Take the response with this document id out of the ballot box."""
        with self.transaction():
            self._boxes.remove(session_id, doc_id)

    def add_opinions(self, opinions: Sequence[Opinion]) -> Sequence[int]:
        """Keep opinions under random ids; the ids."""
        with self.transaction():
            return self._boxes.add_opinions(opinions)

    def remove_opinions(self, session_id: str, doc_ids: Sequence[int]) -> None:
        """Remove opinions of a session."""
        with self.transaction():
            self._boxes.remove_opinions(session_id, doc_ids)

    def drop_opinions(self, session_id: str) -> None:
        """Leave no opinion with the session."""
        with self.transaction():
            self._boxes.drop_opinions(session_id)

    def opinions(self, session_id: str) -> Sequence[Opinion]:
        """Opinions of a session in order of document id, which is random."""
        return self._boxes.opinions(session_id)

    def paper_stock(self, session_id: str) -> PaperStock | None:
        """What was printed for the session; None if nothing was."""
        return self._sheets.stock(session_id)

    def paper_stocks(self) -> Mapping[str, PaperStock]:
        """What was printed, by session."""
        return self._sheets.stocks()

    def save_paper_stock(self, session_id: str, stock: PaperStock) -> None:
        """Keep ``stock`` in place of what was there."""
        with self.transaction():
            self._sheets.save_stock(session_id, stock)

    def form(self, session_id: str, serial: int) -> PaperForm | None:
        """The session's form with this serial."""
        return self._sheets.form(session_id, serial)

    def forms(self, session_id: str) -> Sequence[PaperForm]:
        """The session's forms, by serial."""
        return self._sheets.forms(session_id)

    def save_forms(self, session_id: str, forms: Sequence[PaperForm]) -> None:
        """Keep these forms, each in place of the one with its serial."""
        with self.transaction():
            self._sheets.save_forms(session_id, forms)

    def queue(self, session_id: str) -> ScanQueue:
        """What was read off the session's forms and waits for a person."""
        return self._queue.all(session_id)

    def queued(self, session_id: str, serial: int) -> QueuedForm | None:
        """What waits of one form."""
        return self._queue.form(session_id, serial)

    def save_queued(self, session_id: str, queued: QueuedForm | QueuedPage) -> None:
        """Keep what waits of a form or page."""
        with self.transaction():
            self._queue.save(session_id, queued)

    def remove_queued(self, session_id: str, number: int) -> None:
        """Nothing waits any more of this form or page."""
        with self.transaction():
            self._queue.remove(session_id, number)

    def drop_queue(self, session_id: str) -> None:
        """Leave nothing of the session's queue."""
        with self.transaction():
            self._queue.drop(session_id)

    def add_follow_ups(self, follow_ups: Sequence[FollowUp]) -> None:
        """Keep what an answer is wanted to."""
        with self.transaction():
            self._follow_ups.add(follow_ups)

    def follow_ups(self, number: str) -> Sequence[FollowUp]:
        """What an answer is wanted to under the number of this slip."""
        return self._follow_ups.of(number)

    def session_follow_ups(self, session_id: str) -> Sequence[FollowUp]:
        """What an answer is wanted to that was handed in at this session."""
        return self._follow_ups.of_session(session_id)

    def add_slips(self, numbers: Iterable[str]) -> None:
        """Keep the numbers of printed follow-up slips, which must be new."""
        with self.transaction():
            self._sheets.add_slips(numbers)

    def has_slip(self, number: str) -> bool:
        """Whether a slip with this number was printed."""
        return self._sheets.has_slip(number)

    def count_slips(self) -> int:
        """How many slips were printed."""
        return self._sheets.count_slips()

    def count_started(self, session_id: str) -> None:
        """One more person has begun at a kiosk of the session."""
        with self._work.exclusive():
            self._boxes.count_started(session_id)

    def started(self, session_id: str) -> int:
        """How many people have begun at a kiosk of the session."""
        return self._boxes.started(session_id)

    def kiosk_account(self, session_id: str) -> KioskAccount:
        """How many began and handed in."""
        return self._boxes.account(session_id)

    def pin_tries(self, session_id: str) -> PinTries:
        """How often the PIN of the session has been tried."""
        return self._pin_tries.get(session_id) or PinTries()

    def save_pin_tries(self, session_id: str, tries: PinTries) -> None:
        """Keep these numbers in place of those before."""
        with self.transaction():
            self._pin_tries.put(session_id, tries)

    def shown(self) -> Shown:
        """Which result the hall is to see."""
        return self._shown.get(HALL) or NOTHING

    def save_shown(self, shown: Shown) -> None:
        """Let the hall see this result from now on."""
        with self.transaction():
            self._shown.put(HALL, shown)
