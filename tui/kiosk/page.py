"""Names of the kiosk's pages, and of what key caps do."""

from collections.abc import Mapping
from enum import StrEnum

from campaign.language import Lang

LANGUAGES = (Lang.ZH, Lang.EN)
SLIP_DIGIT = "3"
"""What leads from the welcome to the slips, after the languages."""


class Page(StrEnum):
    """What is on the screen; the PIN page lies over any of them."""

    WELCOME = "welcome"
    QUESTION = "question"
    REVIEW = "review"
    SLIP = "slip"
    THANKS = "thanks"
    NOT_STORED = "not_stored"
    CLOSED = "closed"
    CASE = "case"
    """Somebody looks what became of a slip; its steps are those of :class:`~tui.kiosk.slip_visit.SlipVisit`."""


class Action(StrEnum):
    """What a key cap does; each has a digit or a key that does the same."""

    BACK = "back"
    LANGUAGE = "language"
    MORE = "more"
    ON = "on"
    SLIP = "slip"
    """Look what became of a slip."""


DIGITS: Mapping[str, Action] = {"7": Action.BACK, "0": Action.LANGUAGE, "8": Action.MORE, "9": Action.ON}
