"""The kiosk's pages: those of the survey, and those for somebody who has a slip."""

from collections.abc import Callable
from dataclasses import replace

from campaign.language import Lang
from tui.kiosk.keys import Typed
from tui.kiosk.page import DIGITS, SLIP_DIGIT, Action, Page
from tui.kiosk.slip_visit import SlipVisit
from tui.kiosk.survey_flow import SurveyFlow
from tui.kiosk.tasks import Effect, Found, NotFound, Order, Outcome, Rated

START = frozenset({Page.WELCOME, Page.CLOSED})
"""Pages from which a slip can be looked up."""


class Flow(SurveyFlow):
    """Where the one person at the kiosk is, in the survey or with a slip."""

    def __init__(self, lang: Lang, clock: Callable[[], float], *, has_slips: bool = True) -> None:
        self.has_slips = has_slips
        """Whether this kiosk shows what became of slips."""
        self.visit: SlipVisit | None = None
        """What somebody with a slip does; None on all other pages."""
        super().__init__(lang, clock)

    @property
    def _is_attended(self) -> bool:
        return self.page is Page.CASE or super()._is_attended

    def _to_welcome(self) -> None:
        """Wipe everything of the person before; where the session is closed, that is said again."""
        closed = self.visit is not None and self.visit.from_closed
        self.visit = None
        super()._to_welcome()
        self.page = Page.CLOSED if closed else self.page

    def order(self, effect: Effect) -> Order:
        """``effect`` with what it needs."""
        order = super().order(effect)
        with_slip = self.visit is not None and effect in {Effect.LOOK_UP, Effect.RATE}
        return replace(order, slip=self.visit.order()) if self.visit and with_slip else order

    def take(self, outcome: Outcome) -> Effect:
        """Take what came of an order."""
        effect = super().take(outcome)
        if self.visit and isinstance(outcome, Found | NotFound | Rated):
            self.visit.take(outcome, self.now)
        return effect

    def _on_page(self, typed: Typed) -> Effect:
        if self.visit is None:
            opens = typed.digit == SLIP_DIGIT and self.page in START
            return self._act(Action.SLIP) if opens else super()._on_page(typed)
        digit = typed.digit if self.visit.takes_actions else ""
        if typed.key == "space" or DIGITS.get(digit) is Action.LANGUAGE:
            return self._act(Action.LANGUAGE)
        return self._after(self.visit, self.visit.press(typed, self.now))

    def _choose(self, digit: str) -> Effect:
        if self.visit is None:
            return super()._choose(digit)
        self.visit.choose(digit)
        return Effect.NONE

    def _act(self, action: Action) -> Effect:
        if self.visit is not None and action is not Action.LANGUAGE:
            return self._after(self.visit, self.visit.act(action, self.now))
        if action is Action.SLIP and self.has_slips and self.page in START:
            self.visit = SlipVisit(self.now, from_closed=self.page is Page.CLOSED)
            self.page = Page.CASE
            return Effect.NONE
        return super()._act(action)

    def _after(self, visit: SlipVisit, effect: Effect) -> Effect:
        """Do what was asked for; who has finished leaves nothing behind."""
        if visit.is_over:
            self._to_welcome()
        return self._order(effect) if effect is not Effect.NONE else effect
