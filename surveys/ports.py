"""What surveys need from a store. Implemented in :mod:`db`; no port assumes a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Protocol

from campaign.log import AuditEntry
from campaign.ports import CampaignStore, CaseStore, Marked
from surveys.follow_up import FollowUp
from surveys.paper.forms import PaperForm, PaperStock
from surveys.paper.queue import QueuedForm, QueuedPage, ScanQueue
from surveys.pin_tries import PinTries
from surveys.questionnaire import Questionnaire
from surveys.register.model import Heard, Item, Register
from surveys.response import Opinion, Response
from surveys.session import KioskAccount, SurveySession
from surveys.shown import Shown


class SurveyStore(Protocol):
    """Keeps questionnaires, sessions, ballot boxes (responses of one session) and opinions."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is one commit: all or nothing, no other writer in between.

        On disk when the block has ended; StoreError M40 or M41 if that fails. Blocks nest.
        """

    def save_questionnaire(self, questionnaire: Questionnaire) -> None:
        """Keep a frozen questionnaire under its id."""

    def questionnaires(self) -> Sequence[Questionnaire]:
        """All frozen questionnaires."""

    def questionnaire(self, questionnaire_id: str) -> Questionnaire | None:
        """The frozen questionnaire with this id."""

    def asked(self, session_id: str) -> Questionnaire | None:
        """The questionnaire of a session; None if there is no such session, or the store has lost it.

        It never changes: it may be one that was read before, so this tells nothing of the session's state.
        """

    def sessions(self) -> Sequence[SurveySession]:
        """All sessions, oldest first."""

    def session(self, session_id: str) -> SurveySession | None:
        """The session with this id."""

    def save_session(self, session: SurveySession) -> None:
        """Keep ``session`` under its id, in place of what was there."""

    def response(self, session_id: str, doc_id: int) -> Response | None:
        """The response with this document id in the session's ballot box."""

    def add_response(self, session_id: str, doc_id: int, response: Response) -> bool:
        """Put a response into the ballot box; on disk when it returns (or when the transaction ends).

        A document id that is there already: nothing is done and False returned if the response is the same, so that
        a retry is safe; Refused M10 if it differs, and nothing is changed.
        """

    def count_responses(self, session_id: str) -> int:
        """How many responses the ballot box holds."""

    def responses(self, session_id: str) -> Iterable[Response]:
        """The responses in order of document id, which is random."""

    def replace_ballot_box(self, session_id: str, responses: Iterable[Response]) -> None:
        """Rewrite the ballot box with these responses under new random ids."""

    def replace_response(self, session_id: str, doc_id: int, response: Response) -> None:
        """Keep ``response`` in place of the one with this document id."""

    def remove_response(self, session_id: str, doc_id: int) -> None:
        """Take the response with this document id out of the ballot box."""

    def add_opinions(self, opinions: Sequence[Opinion]) -> Sequence[int]:
        """Keep opinions under random ids; the ids, in the opinions' order."""

    def remove_opinions(self, session_id: str, doc_ids: Sequence[int]) -> None:
        """Remove opinions of a session by their document ids."""

    def drop_opinions(self, session_id: str) -> None:
        """Remove all opinions of a session: they have come into the register."""

    def opinions(self, session_id: str) -> Sequence[Opinion]:
        """Opinions of a session that is being counted, in random order."""

    def count_started(self, session_id: str) -> None:
        """One more person has begun at a kiosk of the session, or another client has sent a response."""

    def started(self, session_id: str) -> int:
        """How many people have begun at a kiosk of the session."""

    def kiosk_account(self, session_id: str) -> KioskAccount:
        """How many began and handed in; reads the whole ballot box."""

    def pin_tries(self, session_id: str) -> PinTries:
        """How often the PIN of the session has been tried."""

    def save_pin_tries(self, session_id: str, tries: PinTries) -> None:
        """Keep these numbers in place of those before; on disk when it returns (or when the transaction ends)."""

    def shown(self) -> Shown:
        """Which result the hall is to see."""

    def save_shown(self, shown: Shown) -> None:
        """Let the hall see this result from now on."""

    def paper_stock(self, session_id: str) -> PaperStock | None:
        """What was printed for the session; None if nothing was."""

    def paper_stocks(self) -> Mapping[str, PaperStock]:
        """What was printed, by session."""

    def save_paper_stock(self, session_id: str, stock: PaperStock) -> None:
        """Keep ``stock`` in place of what was there."""

    def form(self, session_id: str, serial: int) -> PaperForm | None:
        """The session's form with this serial."""

    def forms(self, session_id: str) -> Sequence[PaperForm]:
        """The session's forms, by serial."""

    def save_forms(self, session_id: str, forms: Sequence[PaperForm]) -> None:
        """Keep these forms, each in place of the one with its serial, all or nothing. Their serials differ."""

    def queue(self, session_id: str) -> ScanQueue:
        """What was read off the session's forms and waits for a person."""

    def queued(self, session_id: str, serial: int) -> QueuedForm | None:
        """What waits of the form with this serial."""

    def save_queued(self, session_id: str, queued: QueuedForm | QueuedPage) -> None:
        """Keep what waits of a form or page, in place of what was there of it."""

    def remove_queued(self, session_id: str, number: int) -> None:
        """Nothing waits any more of the form with this serial, or of the page with this number."""

    def drop_queue(self, session_id: str) -> None:
        """Leave nothing of the session's queue."""

    def add_follow_ups(self, follow_ups: Sequence[FollowUp]) -> None:
        """Keep what an answer is wanted to; the same ones again are the same."""

    def follow_ups(self, number: str) -> Sequence[FollowUp]:
        """What an answer is wanted to under the number of this slip, ten digits."""

    def session_follow_ups(self, session_id: str) -> Sequence[FollowUp]:
        """What an answer is wanted to that was handed in at this session, in no order that tells anything."""

    def add_slips(self, numbers: Iterable[str]) -> None:
        """Keep the numbers of printed follow-up slips, ten digits each, all or nothing; ValueError if one is known."""

    def has_slip(self, number: str) -> bool:
        """Whether a follow-up slip with this number, ten digits, was printed."""

    def count_slips(self) -> int:
        """How many follow-up slips were printed."""

    def sweep(self) -> bool:
        """Leave nothing on the disk of what was deleted or replaced; call it outside a transaction.

        False if other processes went on reading the old for ten seconds; the next sweep then does it.
        """

    def keep_copy(self, on: date) -> None:
        """Keep a good copy, under the day, of what :mod:`surveys.copies` allows; call it outside a transaction.

        Nothing where there is no disk. StoreError where it can't be kept; everything else stands all the same.
        """

    def revision(self) -> tuple[int, ...]:
        """Changes whenever this or another process has changed anything. Cheap: meant to be polled."""


class Pictures(Protocol):
    """Pieces of scanned pages, for people to look at until what is on them is settled."""

    def keep(self, png: bytes) -> str:
        """Keep a picture under a random name, which is returned; on disk then. StoreError M40."""

    def read(self, name: str) -> bytes:
        """The picture; empty if it is gone."""

    def path(self, name: str) -> Path:
        """Where it lies, for another program to show it."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be removed."""

    def keep_only(self, needed: Collection[str]) -> None:
        """Overwrite and remove all other pictures, also unfinished ones; nobody may be keeping any now.

        StoreError M40 where it can't be done.
        """


class RegisterStore(Protocol):
    """Keeps the register of opinions. No opinion is ever deleted."""

    def register(self) -> Register:
        """All opinions and items."""

    def save_register(
        self, heard: Sequence[Heard], items: Sequence[Item], gone: Sequence[int], audits: Sequence[AuditEntry]
    ) -> None:
        """Keep opinions and items in place of those with their numbers, without the items ``gone``; all or nothing."""


class Store(CampaignStore, CaseStore, SurveyStore, RegisterStore, Marked, Protocol):
    """One store for everything."""

    def close(self) -> None:
        """Let go of the store."""
