"""What the kiosk needs from the booth that it stands in. Implemented in :mod:`surveys`."""

from typing import Protocol

from campaign.i18n import I18n
from campaign.language import Lang
from surveys.booth import Attempt
from surveys.paper.slip_shown import SlipShown
from surveys.questionnaire import Questionnaire
from surveys.slip_answer import Rating, SlipAnswer, SlipStage

__all__ = ["Attempt", "Booth", "Rating", "SlipAnswer", "SlipShown", "SlipStage", "Slips"]


class Slips(Protocol):
    """What became of slips of the whole campaign. Methods may take time and are called in a thread."""

    def look(self, typed: str) -> SlipAnswer:
        """What stands under a number that was typed or scanned.

        BadInput V70, M145, Refused V72, M146, StoreError, as in :meth:`surveys.slip_desk.SlipDesk.look`.
        """

    def wait(self) -> float:
        """Seconds until a number is looked at, because of numbers that led to nothing; 0 for none."""

    def rate(self, typed: str, seen: SlipAnswer, rating: Rating) -> SlipAnswer:
        """Keep the rating; stored when it returns. Refused M53, V79, StoreError."""


class Booth(Protocol):
    """One open session at one kiosk. Methods may take time and are called in a thread."""

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""

    @property
    def campaign_title(self) -> I18n:
        """The campaign's title."""

    @property
    def branch_name(self) -> I18n:
        """Whom the survey is about."""

    @property
    def slips(self) -> Slips | None:
        """What became of slips; None where this kiosk does not show it."""

    def begin(self, lang: Lang) -> Attempt:
        """One more person begins. Raises StoreError, and Refused once the session is closed."""

    def submit(self, attempt: Attempt) -> None:
        """Hand in; stored when it returns. Raises StoreError, and Refused once the session is closed.

        Handing in the same attempt again stores it once.
        """

    def slip(self, attempt: Attempt) -> SlipShown | None:
        """The slip of an attempt that has been handed in; None if no answer was asked for or no slips are given.

        It was kept together with the response, so that handing in again makes no second one. Raises StoreError.
        """

    def check_pin(self, typed: str) -> bool:
        """Whether this is the PIN that leaves the kiosk; not looked at as long as there is a wait.

        StoreError if the try could not be counted; then it was not looked at.
        """

    def pin_wait(self) -> float:
        """Seconds until a PIN is looked at again, because of wrong tries or of a store that fails; 0 for none."""

    def is_open(self) -> bool:
        """Whether the session still takes responses. Raises StoreError."""
