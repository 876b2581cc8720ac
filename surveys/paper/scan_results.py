"""What became of the forms and pages of a run over scanned files."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from campaign.errors import Problem
from surveys.paper.forms import PaperForm
from surveys.paper.queue import OpenQuestion


class Fate(StrEnum):
    """What became of a form."""

    KEYED = "keyed"
    QUEUED = "to_settle"
    """It came back; what is in doubt waits for a person."""
    AGAIN = "again"
    """It was read or keyed before, with the same answers: the same sheet once more. Nothing was changed."""
    COPY = "copy"
    """Its number was read or keyed before, with other answers (M97). Nothing was changed."""
    REFUSED = "refused"
    """Nothing was changed, for the reason given."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a form."""

    fate: Fate
    session: str = ""
    """Empty if no session has such a form."""
    form: PaperForm | None = None
    waits: tuple[OpenQuestion, ...] = ()
    """What a person must settle, of what applies by now; a settled question may bring up more."""
    missing: tuple[int, ...] = ()
    """Pages that were not read, from 1."""
    problem: Problem | None = None


class PageFate(StrEnum):
    """What became of a page that is part of no form."""

    EMPTY = "empty"
    """The back of a sheet: nothing is printed on it."""
    NOT_OURS = "not_ours"
    OTHER_CODE = "other_code"
    """It has a QR code, but none of our forms'."""
    UNKNOWN = "unknown"
    """The code of a form that nobody has printed here (V71)."""
    QUEUED = "number_to_type"
    """One of the forms, but its code can't be made out: a person types the number under it."""
    WAITING = "waits_already"
    """The same, and the same picture of it waits already."""
    UNPLACED = "no_session"
    """One of the forms, but its code can't be made out, and it is not known to which session it belongs."""
    FILE = "unreadable"
    """Not even a picture could be got out of the file (M81)."""


@dataclass(frozen=True, slots=True)
class Where:
    """A page of a file."""

    path: Path
    page: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a form, or of a page that is part of none."""

    pages: tuple[Where, ...]
    taken: Taken | None = None
    fate: PageFate | None = None
    problem: Problem | None = None
