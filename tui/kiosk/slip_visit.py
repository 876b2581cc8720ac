"""Somebody with a slip: the number is typed or scanned, the answer read, and rated. A plain state machine."""

from enum import StrEnum

from campaign.errors import Problem
from tui.kiosk.choosing import Choosing
from tui.kiosk.keys import Typed
from tui.kiosk.page import DIGITS, Action
from tui.kiosk.ports import Rating, SlipAnswer
from tui.kiosk.tasks import Effect, Found, NotFound, Rated, SlipOrder

MAX_DIGITS = 34
"""Digits of a scanned code; a typed number has fewer."""
SETTLING_SECONDS = 1.0
"""Before, Enter does nothing on a page that has just come up: scanners end a code with one, or with two."""
RATINGS = tuple(Rating)


class Step(StrEnum):
    """Which page the person is on."""

    CODE = "code"
    ANSWER = "answer"
    RATE = "rate"
    RATED = "rated"


class SlipVisit:
    """What one person with a slip has typed, sees and chooses; forgotten with the object."""

    def __init__(self, now: float, *, from_closed: bool) -> None:
        self.from_closed = from_closed
        """Whether the kiosk goes back to the page of a closed session."""
        self.step = Step.CODE
        self.digits = ""
        self.answer: SlipAnswer | None = None
        self.choosing = Choosing(len(RATINGS))
        self.rating: Rating | None = None
        self.problem: Problem | None = None
        """Why the number was not found, or the rating not kept."""
        self.text_page = 0
        self.text_pages = 1
        """On how many pages the answer fits; set by who draws it."""
        self.is_over = False
        self._blocked_until = 0.0
        self._since = now

    def wait(self, now: float) -> int:
        """Whole seconds until a number is looked at, 0 if there is nothing to wait for."""
        return max(0, int(-(-(self._blocked_until - now) // 1)))

    @property
    def takes_actions(self) -> bool:
        """Whether 7, 0, 8 and 9 are keys here, and no digits of a number."""
        return self.step is not Step.CODE

    def order(self) -> SlipOrder:
        """What was typed, seen and chosen."""
        return SlipOrder(self.digits, self.answer, self.rating)

    def press(self, typed: Typed, now: float) -> Effect:
        """Take a key; language keys are not taken here."""
        if self.step is Step.CODE:
            return self._type(typed, now)
        self.problem = None
        if typed.key == "escape":
            return self.act(Action.BACK, now)
        if typed.key == "enter":
            return self._enter(now)
        if typed.digit in DIGITS:
            return self.act(DIGITS[typed.digit], now)
        if typed.digit:
            self.choose(typed.digit)
        elif self.step is Step.RATE and typed.key in {"up", "down"}:
            self.choosing.move(1 if typed.key == "down" else -1)
        return Effect.NONE

    def act(self, action: Action, now: float) -> Effect:
        """Take a touch on a key cap, or the key that does the same."""
        if action is Action.MORE and self.step is Step.ANSWER:
            self.text_page = (self.text_page + 1) % self.text_pages
        elif action is Action.BACK and self.step is Step.RATE:
            self.step, self.rating, self.choosing = Step.ANSWER, None, Choosing(len(RATINGS))
        elif action is Action.BACK:
            self.is_over = True
        elif action is Action.ON:
            return self._on(now)
        return Effect.NONE

    def choose(self, digit: str) -> None:
        """Choose a rating."""
        index = self.choosing.at_key(digit) if self.step is Step.RATE else None
        if index is not None:
            self.choosing.point_at(index)
            self.rating = RATINGS[index]

    def take(self, outcome: Found | NotFound | Rated, now: float) -> None:
        """Take what came of an order."""
        self._since = now
        match outcome:
            case Found(answer, problem):
                self.answer, self.problem, self.step = answer, problem, Step.ANSWER
                self.rating, self.choosing, self.text_page = None, Choosing(len(RATINGS)), 0
            case NotFound(problem, wait):
                self.problem, self._blocked_until = problem, now + wait
            case Rated(answer):
                self.answer, self.step = answer, Step.RATED

    def _type(self, typed: Typed, now: float) -> Effect:
        if typed.key == "escape":
            self.is_over = True
        elif typed.key == "enter":
            return self._on(now)
        elif typed.key == "backspace":
            self.digits, self.problem = self.digits[:-1], None
        elif typed.digit and len(self.digits) < MAX_DIGITS:
            self.digits, self.problem = self.digits + typed.digit, None
        return Effect.NONE

    def _enter(self, now: float) -> Effect:
        """Choose what the arrows point at; on what is chosen already, go on."""
        if now - self._since < SETTLING_SECONDS:
            return Effect.NONE
        pointed = self.choosing.pointed
        if self.step is Step.RATE and pointed is not None and self.rating is not RATINGS[pointed]:
            self.rating = RATINGS[pointed]
            return Effect.NONE
        return self._on(now)

    def _on(self, now: float) -> Effect:
        if self.step is Step.CODE:
            return Effect.LOOK_UP if self.digits and not self.wait(now) else Effect.NONE
        if self.step is Step.ANSWER and self.answer and self.answer.can_rate:
            self.step = Step.RATE
        elif self.step is Step.RATE:
            return Effect.RATE if self.rating else Effect.NONE
        else:
            self.is_over = True
        return Effect.NONE
