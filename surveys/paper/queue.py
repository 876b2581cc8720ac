"""What was read off scanned forms and a person must settle; kept until that is done and no longer."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from surveys.response import Answer


class Doubt(StrEnum):
    """Why a question waits for a person."""

    BLANK = "blank"
    """No box is marked; a faint pencil may have been lost on the way."""
    SEVERAL = "several"
    """More boxes are marked than may be."""
    FAINT = "faint"
    """There is something in a box that may be a mark, or a box can't be seen."""
    TAKEN_BACK = "taken_back"
    """A mark was perhaps taken back."""
    WRITTEN = "written"
    """Somebody has written something that must be keyed."""
    UNREAD = "unread"
    """Its page was not among those that were scanned, or nothing could be read off it."""
    APART = "apart"
    """Its boxes go over pages that were not read together."""
    NOT_ALLOWED = "not_allowed"
    """What is marked for certain is no answer that the questionnaire allows."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spot(_Frozen):
    """A box in a picture."""

    choice: str
    x: int
    y: int
    """Its top left corner, in pixels of the picture."""
    look: Literal["empty", "marked", "unclear"]
    """What the reader takes it for."""


class OpenQuestion(_Frozen):
    """A question that waits."""

    question: str
    doubt: Doubt
    marked: tuple[str, ...] = ()
    """Choices that are marked for certain."""
    picture: str = ""
    """Name of the picture of it, as :class:`surveys.ports.Pictures` gives it; empty if there is none."""
    spots: tuple[Spot, ...] = ()
    """The boxes in the picture."""


class QueuedForm(_Frozen):
    """A form that came back and was read in part."""

    serial: int
    answers: dict[str, Answer]
    """What was read for certain."""
    open: tuple[OpenQuestion, ...]
    """The rest, in the order of the questions; of those that do not apply in the end nobody is asked."""
    missing: tuple[int, ...] = ()
    """Pages that were not read, from 1."""

    def open_question(self, name: str) -> OpenQuestion | None:
        """What waits of the question with this name."""
        return next((each for each in self.open if each.question == name), None)

    @property
    def pictures(self) -> tuple[str, ...]:
        """Names of all its pictures."""
        return tuple(each.picture for each in self.open if each.picture)


class QueuedPage(_Frozen):
    """A page of one of the forms whose code could not be read: a person types the number under it."""

    number: int
    """Above every serial; the same for the same picture."""
    picture: str
    """Name of the picture of the code and the number."""


class ScanQueue(_Frozen):
    """Everything of a session that waits."""

    forms: tuple[QueuedForm, ...] = ()
    """By serial, which is random."""
    pages: tuple[QueuedPage, ...] = ()

    def __len__(self) -> int:
        return len(self.forms) + len(self.pages)

    @property
    def pictures(self) -> frozenset[str]:
        """Names of all pictures that are still needed."""
        return frozenset(
            name for names in (*(form.pictures for form in self.forms), [page.picture for page in self.pages])
            for name in names
        )  # fmt: skip
