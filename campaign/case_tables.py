"""The kinds of case: their states, and what may follow what. A new kind is a new table.

Corrections and answers follow the practice of correction registers (整改台账) and of limited-time answers; requests
for support are corrections that somebody above the branch owes to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from campaign.cases import MOST_FINDING, MOST_MATTER
from campaign.language import N_


class When(Enum):
    """What must hold, beside the state, for a move to be possible."""

    SAME_DAY = auto()
    """It is the day on which the matter was found."""
    REOPENS_LEFT = auto()
    """It has been answered anew less often than the campaign allows."""
    NO_REOPENS_LEFT = auto()
    """It has been answered anew as often as the campaign allows."""
    LATE = auto()
    """It was not rated late before, and the campaign has not ended."""
    RATING_OVER = auto()
    """The time for rating has passed. Time alone makes such a move."""


class Wants(Enum):
    """What the move must be told."""

    TEXT = auto()
    OUTCOME = auto()
    DUE = auto()
    """A new due day."""
    INTO = auto()
    """Another case of the same kind."""
    OWNER = auto()
    """A role that must see to it, unless there is one."""
    ANOTHER_ROLE = auto()
    """Made by a role that is not the owner's."""
    CANNOT_NOW = auto()
    """That it cannot be put right now."""


class Starts(Enum):
    """Which time limit begins with a move."""

    NONE = auto()
    AGAIN = auto()
    """That for another answer."""
    RATING = auto()
    """That for rating the answer."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of a kind of case."""

    id: str
    name: str
    """Marked for translation."""
    owed: bool = False
    """Something is still to be done by the due day."""
    acknowledged: bool = True
    """False: the person has not been told that it has arrived."""
    closed: bool = False
    """Nobody waits for anything any more."""
    apart: bool = False
    """Closed without having been settled: counted neither as in time nor as late."""
    short: str = ""
    """Marked for translation; for columns, where the name is longer than 12 cells."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row of a table: from any of these states to one other."""

    id: str
    name: str
    """Marked for translation; what was done, for lists and buttons."""
    sources: tuple[str, ...]
    target: str
    wants: frozenset[Wants] = frozenset()
    text: str = ""
    """What its text is called, marked for translation; empty if it takes none."""
    when: frozenset[When] = frozenset()
    starts: Starts = Starts.NONE
    to_lead: bool = False
    """Whether the branch's lead contact official must see to it from here on."""

    @property
    def automatic(self) -> bool:
        """Whether time alone makes it."""
        return When.RATING_OVER in self.when


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case."""

    id: str
    name: str
    prefix: str
    """Begins its numbers; empty: its number is that of a slip."""
    working_days: bool
    """Whether it is due soon by working days, and its days are those of :class:`~campaign.settings.AnswerDays`."""
    required: tuple[str, ...]
    """Fields without which it is not opened."""
    states: tuple[State, ...]
    """The first one is where it begins."""
    moves: tuple[Move, ...]
    short: str = ""
    """Marked for translation; for columns, where the name is longer than 12 cells."""
    most_matter: int = MOST_MATTER
    """Characters of what it is about, for the organiser and for the public."""

    def state(self, state_id: str) -> State:
        """The state with this id; KeyError."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise KeyError(state_id)

    def moves_called(self, move_id: str) -> tuple[Move, ...]:
        """The rows of this name."""
        return tuple(move for move in self.moves if move.id == move_id)


RELAPSE = "relapse"
"""The move by which a look-back opens again what was verified."""
REASON, MEASURE = N_("reason"), N_("what was done")
ANSWER, EXPLANATION = N_("answer"), N_("explanation for the public")

_TEXT, _EXPLAINED = frozenset({Wants.TEXT}), frozenset({Wants.TEXT, Wants.CANNOT_NOW})
_VERIFIED = frozenset({Wants.ANOTHER_ROLE})
_ANSWERED = frozenset({Wants.TEXT, Wants.OUTCOME})

CORRECTION = CaseKind(
    id="correction",
    name=N_("correction"),
    prefix="R",
    working_days=False,
    required=("suggestion", "owner", "due"),
    states=(
        State("open", N_("to be corrected"), owed=True, short=N_("to correct")),
        State("in_progress", N_("being corrected"), owed=True, short=N_("correcting")),
        State("submitted", N_("reported as done"), owed=True, short=N_("to verify")),
        State("verified", N_("verified"), closed=True),
        State("explained", N_("explained"), closed=True),
        State("withdrawn", N_("withdrawn"), closed=True, apart=True),
    ),
    moves=(
        Move("start", N_("begin"), ("open",), "in_progress"),
        Move("submit", N_("report as done"), ("in_progress",), "submitted", _TEXT, MEASURE),
        Move("verify", N_("verify"), ("submitted",), "verified", _VERIFIED),
        Move("return", N_("send back"), ("submitted",), "in_progress", _TEXT, REASON),
        Move("explain", N_("explain"), ("open", "in_progress", "submitted"), "explained", _EXPLAINED, EXPLANATION),
        Move(RELAPSE, N_("reopen after a look-back"), ("verified",), "open", _TEXT | {Wants.DUE}, REASON),
        Move("withdraw", N_("withdraw"), ("open",), "withdrawn", _TEXT, REASON, frozenset({When.SAME_DAY})),
    ),
    most_matter=MOST_FINDING,
)

SUPPORT = CaseKind(
    id="support",
    name=N_("request for support"),
    prefix="R",
    working_days=False,
    required=("owner", "due"),
    states=(
        State("open", N_("asked for"), owed=True),
        State("in_progress", N_("being arranged"), owed=True, short=N_("arranging")),
        State("submitted", N_("reported as provided"), owed=True, short=N_("to confirm")),
        State("verified", N_("confirmed"), closed=True),
        State("explained", N_("explained"), closed=True),
        State("withdrawn", N_("withdrawn"), closed=True, apart=True),
    ),
    moves=(
        Move("start", N_("begin"), ("open",), "in_progress"),
        Move("submit", N_("report as provided"), ("in_progress",), "submitted", _TEXT, MEASURE),
        Move("verify", N_("confirm"), ("submitted",), "verified", _VERIFIED),
        Move("return", N_("send back"), ("submitted",), "in_progress", _TEXT, REASON),
        Move("explain", N_("explain"), ("open", "in_progress", "submitted"), "explained", _EXPLAINED, EXPLANATION),
        Move("withdraw", N_("withdraw"), ("open", "in_progress"), "withdrawn", _TEXT, REASON),
    ),
    short=N_("request"),
)

_OPEN_ANSWERS = ("received", "acknowledged", "in_progress")
_SATISFIED, _BASICALLY = N_("rate: satisfied"), N_("rate: mostly satisfied")
_LEFT, _USED_UP = frozenset({When.REOPENS_LEFT}), frozenset({When.NO_REOPENS_LEFT})
_LATE = frozenset({When.LATE})
_RATING_OVER = frozenset({When.RATING_OVER})


def _again(sources: tuple[str, ...], target: str, when: frozenset[When], *, to_lead: bool = False) -> Move:
    """A dissatisfied rating, which wants another answer."""
    name = N_("rate: dissatisfied")
    return Move("rate_dissatisfied", name, sources, target, when=when, starts=Starts.AGAIN, to_lead=to_lead)


ANSWER_CASE = CaseKind(
    id="answer",
    name=N_("answer to a person"),
    prefix="",
    working_days=True,
    required=(),
    states=(
        State("received", N_("received"), owed=True, acknowledged=False),
        State("acknowledged", N_("acknowledged"), owed=True),
        State("in_progress", N_("being dealt with"), owed=True, short=N_("in progress")),
        State("answered", N_("answered")),
        State("reopened", N_("reopened"), owed=True),
        State("escalated", N_("escalated"), owed=True),
        State("closed", N_("closed"), closed=True),
        State("closed_unrated", N_("closed, not rated"), closed=True, short=N_("not rated")),
        State("closed_unsatisfied", N_("closed, dissatisfied"), closed=True, short=N_("dissatisfied")),
        State("not_accepted", N_("not accepted"), closed=True, apart=True),
        State("merged", N_("merged"), closed=True, apart=True),
        State("withdrawn", N_("withdrawn by the person"), closed=True, apart=True, short=N_("withdrawn")),
    ),
    moves=(
        Move("acknowledge", N_("acknowledge"), ("received",), "acknowledged"),
        Move("accept", N_("accept"), ("acknowledged",), "in_progress", frozenset({Wants.OWNER})),
        Move("decline", N_("not accept"), ("acknowledged",), "not_accepted", _TEXT, REASON),
        Move("answer", N_("answer"), ("in_progress", "reopened"), "answered", _ANSWERED, ANSWER, starts=Starts.RATING),
        Move("answer", N_("answer"), ("escalated",), "closed_unsatisfied", _ANSWERED, ANSWER),
        Move("rate_satisfied", _SATISFIED, ("answered",), "closed"),
        Move("rate_basically", _BASICALLY, ("answered",), "closed"),
        _again(("answered",), "reopened", _LEFT),
        _again(("answered",), "escalated", _USED_UP, to_lead=True),
        Move("rate_satisfied", _SATISFIED, ("closed_unrated",), "closed", when=_LATE),
        Move("rate_basically", _BASICALLY, ("closed_unrated",), "closed", when=_LATE),
        _again(("closed_unrated",), "reopened", _LATE | _LEFT),
        _again(("closed_unrated",), "escalated", _LATE | _USED_UP, to_lead=True),
        Move("lapse", N_("not rated in time"), ("answered",), "closed_unrated", when=_RATING_OVER),
        Move("merge", N_("merge"), _OPEN_ANSWERS, "merged", frozenset({Wants.INTO})),
        Move("withdraw", N_("withdraw"), (*_OPEN_ANSWERS, "answered", "reopened", "escalated"), "withdrawn"),
    ),
    short=N_("answer"),
)

CASE_KINDS: Mapping[str, CaseKind] = {kind.id: kind for kind in (CORRECTION, ANSWER_CASE, SUPPORT)}
"""Every kind of case, by id."""
