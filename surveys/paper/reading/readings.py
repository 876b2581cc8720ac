"""What reading a page gives: values without pictures, which need none of the packages that read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from surveys.paper.codes import FormCode
from surveys.paper.geometry import FormLayout
from surveys.questionnaire import Questionnaire, QuestionType

PixelArea = tuple[int, int, int, int]
"""Left, top, right, bottom in the picture; the first two inside, the last two just outside."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed on the forms of one layout."""

    layout: FormLayout
    several: frozenset[str] = frozenset()
    """Questions that take several choices."""

    @classmethod
    def of(cls, layout: FormLayout, questionnaire: Questionnaire) -> "Printed":
        """The layout of a questionnaire's forms."""
        kind = QuestionType.SELECT_MULTIPLE
        return cls(layout, frozenset(each.name for each in questionnaire.questions if each.type is kind))


Layouts = Mapping[tuple[int, int], Printed]
"""By numbers of session and layout."""


class Mark(Enum):
    """What is in a box."""

    EMPTY = "empty"
    MARKED = "marked"
    FAINT = "faint"
    """Between empty and marked: a person must look."""
    TAKEN_BACK = "taken back"
    """Blackened and circled, as the rule for corrections on the form says: not chosen."""
    PERHAPS_TAKEN_BACK = "perhaps taken back"
    """Black, with something around it that may be a circle, or black where all else was marked with lines."""
    HIDDEN = "hidden"
    """Its frame is not to be seen: torn off, folded over or covered."""


@dataclass(frozen=True, slots=True)
class BoxInk:
    """What was measured in one box; shares are 0 to 1."""

    dark: float
    """Share of the inside that is ink."""
    light: float
    """Share that is at least as dark as a light pencil."""
    stroke: float
    """Share that is darker than what is around it there: a line that was drawn, no shadow."""
    length: float
    """Of such lines, across or down, whichever is more, millimetres."""
    breadth: float
    """The other of the two, millimetres."""
    frame: float
    """How dark the box's frame is."""
    circle: float = 0.0
    """Share of the way around the box on which there is ink; looked at if the box is black."""


@dataclass(frozen=True, slots=True)
class BoxReading:
    """What is in one box, and on what evidence."""

    question: str
    choice: str
    mark: Mark
    ink: BoxInk


class Outcome(Enum):
    """What came of a question."""

    DECIDED = "decided"
    BLANK = "blank"
    """No box is marked: a person looks, for a faint pencil may have been lost on the way."""
    SEVERAL = "several"
    """More than one box is marked where one may be."""
    FAINT = "faint"
    """There is something in a box that may be a mark, or a box can't be seen."""
    TAKEN_BACK = "taken back"
    """A box was blackened, perhaps to take a mark back, and what is meant instead is not certain."""


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """One question on one page."""

    question: str
    outcome: Outcome
    marked: tuple[str, ...]
    """Choices that are marked for certain: the answer if it is decided, else a hint."""
    boxes: tuple[BoxReading, ...]
    area: PixelArea
    crop: bytes = b""
    """A grey PNG of the question, upright; empty if one choice is decided: of several, too many may be marked."""
    spots: tuple[tuple[str, int, int], ...] = ()
    """The boxes in ``crop``: choice, and the pixels of its top left corner."""

    @property
    def is_decided(self) -> bool:
        """Whether nobody needs to look."""
        return self.outcome is Outcome.DECIDED


@dataclass(frozen=True, slots=True)
class FieldReading:
    """A frame with writing in it, for somebody to key."""

    question: str
    holds: Literal["text", "number"]
    area: PixelArea
    crop: bytes


class Fault(Enum):
    """Why nothing was read off a page."""

    EMPTY = "empty"
    """Nothing is printed on it: the back of a sheet."""
    NOT_OURS = "not ours"
    """Neither a code of ours nor a page that looks like one of these forms."""
    OTHER_CODE = "other code"
    """There is a QR code, but it is not one of our forms' or not signed by us."""
    DAMAGED_CODE = "damaged code"
    """One of these forms by its marks and boxes, but its code can't be made out: type the number under it."""
    UNKNOWN_LAYOUT = "unknown layout"
    """A code of ours, but of a session or layout that is not among these."""
    UNKNOWN_PAGE = "unknown page"
    """A code of ours, but the layout has no such page."""
    NOT_PLACED = "not placed"
    """A code of ours, but the printed boxes are not where they should be: crumpled, cut off, or another page."""


class CodeRead(Enum):
    """How a code was read."""

    AS_IT_IS = "as it is"
    REBUILT = "rebuilt"
    """From the page's geometry."""
    FILTERED = "filtered"
    """After smoothing and closing gaps."""
    TYPED = "typed"
    """By a person."""


class Way(Enum):
    """How a page was placed."""

    MARKS = "marks"
    """By its code and corner marks."""
    FRAMES = "frames"
    """The same, then moved to the printed boxes."""
    SEARCH = "search"
    """Marks looked for all over the picture: a photograph taken at an angle."""
    BLIND = "blind"
    """By the marks alone, without the code."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read off one page."""

    code: FormCode | None = None
    fault: Fault | None = None
    questions: tuple[QuestionReading, ...] = ()
    """Those with boxes on this page, in the order in which they stand."""
    fields: tuple[FieldReading, ...] = ()
    """The frames in which somebody has written."""
    code_read: CodeRead | None = None
    way: Way | None = None
    marks: int = 0
    """How many corner marks were found, 0 to 4."""
    score: float = 0.0
    """Share of the printed frames that are where they should be, 0 to 1."""
    specks: float = 0.0
    """Share of the blank paper that is dark, 0 to 1: nothing on an original, specks on a copy."""
    code_crop: bytes = b""
    """A grey PNG of the code and the number under it, for a damaged code."""

    @property
    def doubtful(self) -> tuple[QuestionReading, ...]:
        """The questions that a person must look at."""
        return tuple(question for question in self.questions if not question.is_decided)


@dataclass(frozen=True, slots=True)
class FormReading:
    """The pages of one form, joined."""

    session: int
    layout: int
    branch: int
    serial: int
    pages: tuple[PageReading, ...]
    """The first reading of each page, in the order of the pages."""
    repeated: tuple[PageReading, ...]
    """Further readings of a page that was there already: the same sheet again, or a copy of it."""
    missing: tuple[int, ...]
    """Pages that were not among those read, counted from 1."""
    questions: tuple[QuestionReading, ...]
    """Each question once, also where its boxes go over two pages."""
    fields: tuple[FieldReading, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every page is there."""
        return not self.missing
