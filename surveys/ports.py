"""What surveys need from a store. Implemented in :mod:`db`; no port assumes a file."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from campaign.ports import CampaignStore
from surveys.pin_tries import PinTries
from surveys.questionnaire import Questionnaire
from surveys.response import Opinion, Response
from surveys.session import KioskAccount, SurveySession


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

    def add_opinions(self, opinions: Sequence[Opinion]) -> None:
        """Keep opinions under random ids."""

    def opinions(self, session_id: str) -> Sequence[Opinion]:
        """Opinions of a session in random order."""

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


class Store(CampaignStore, SurveyStore, Protocol):
    """One store for everything."""

    def close(self) -> None:
        """Let go of the store."""
