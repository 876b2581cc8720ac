"""What takes time, done in a thread; the outcome comes back as a value."""

from dataclasses import dataclass
from enum import StrEnum

from campaign.errors import ManyiError, Problem, Refused, StoreError
from campaign.language import Lang
from tui.kiosk.ports import Attempt, Booth, Rating, SlipAnswer, Slips, SlipShown


class Effect(StrEnum):
    """What the app has to do after a key."""

    NONE = "none"
    BEGIN = "begin"
    SUBMIT = "submit"
    LOOK_AT_WAIT = "look_at_wait"
    """See whether a PIN is looked at now."""
    CHECK_PIN = "check_pin"
    LOOK = "look"
    """See whether the session is still open."""
    LOOK_UP = "look_up"
    """See what became of a slip."""
    RATE = "rate"
    """Keep the rating of an answer."""
    LEAVE = "leave"
    """The PIN was right."""


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """What somebody with a slip has typed, seen and chosen."""

    digits: str
    seen: SlipAnswer | None
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, with all that it needs."""

    effect: Effect
    lang: Lang
    attempt: Attempt | None
    pin: str
    slip: SlipOrder | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody may answer now."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Stored:
    """The response is on disk."""

    slip: SlipShown | None = None
    """What the person is shown, to find the answer by; None if there is none."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was stored."""

    problem: Problem
    closed: bool
    """Because the session does not take responses any more."""


@dataclass(frozen=True, slots=True)
class PinChecked:
    """Whether the PIN was right."""

    right: bool
    wait: float = 0.0
    """Seconds until another one is looked at."""
    problem: Problem | None = None
    """Why it was not looked at."""


@dataclass(frozen=True, slots=True)
class PinWait:
    """How long no PIN is looked at."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Looked:
    """Whether the session is still open."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a slip."""

    answer: SlipAnswer
    problem: Problem | None = None
    """Why a rating was not kept."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing is shown of a slip."""

    problem: Problem
    wait: float
    """Seconds until another number is looked at."""


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating is on disk."""

    answer: SlipAnswer


Outcome = Begun | Stored | Failed | PinChecked | PinWait | Looked | Found | NotFound | Rated


def carry_out(order: Order, booth: Booth) -> Outcome:
    """Do it, in whatever thread this is."""
    if order.slip and booth.slips:
        return _with_slip(order.slip, booth.slips)
    try:
        return _done(order, booth)
    except Refused as refused:
        return Failed(refused.problems[0], closed=not _open_still(booth))
    except ManyiError as error:
        return Failed(error.problems[0], closed=False)


def _done(order: Order, booth: Booth) -> Outcome:
    if order.effect is Effect.BEGIN:
        return Begun(booth.begin(order.lang))
    if order.effect is Effect.CHECK_PIN:
        return _pin_checked(order.pin, booth)
    if order.effect is Effect.LOOK_AT_WAIT:
        return PinWait(booth.pin_wait())
    if order.effect is Effect.SUBMIT and order.attempt:
        booth.submit(order.attempt)
        return Stored(_slip(order.attempt, booth))
    return Looked(_open_still(booth))


def _with_slip(order: SlipOrder, slips: Slips) -> Outcome:
    """Look, or keep a rating; who could not rate sees how the matter stands now."""
    problem = None
    try:
        if order.seen and order.rating:
            return Rated(slips.rate(order.digits, order.seen, order.rating))
    except ManyiError as error:
        problem = error.problems[0]
    try:
        return Found(slips.look(order.digits), problem)
    except ManyiError as error:
        return NotFound(error.problems[0], slips.wait())


def _slip(attempt: Attempt, booth: Booth) -> SlipShown | None:
    """A response that is stored stays so, whatever becomes of its slip: the person is then sent to the desk."""
    try:
        return booth.slip(attempt)
    except ManyiError:
        return None


def _pin_checked(pin: str, booth: Booth) -> PinChecked:
    problem = None
    try:
        if booth.check_pin(pin):
            return PinChecked(right=True)
    except StoreError as error:
        problem = error.problems[0]
    return PinChecked(right=False, wait=booth.pin_wait(), problem=problem)


def _open_still(booth: Booth) -> bool:
    """A store that can't be read just now says nothing about the session."""
    try:
        return booth.is_open()
    except ManyiError:
        return True
