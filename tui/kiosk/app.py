"""The kiosk's app: events to the flow, the flow's state to the screen, orders to a thread."""

import time
from collections.abc import Callable

from textual import events, on, work
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message

from campaign.language import Lang
from tui.errors import GONE
from tui.kiosk.flow import Flow
from tui.kiosk.keys import COMMANDS, typed
from tui.kiosk.lockdown import LockedApp
from tui.kiosk.page import Action
from tui.kiosk.pages import scene
from tui.kiosk.ports import Booth
from tui.kiosk.scene import Size
from tui.kiosk.screen import Lines, Stage
from tui.kiosk.tasks import Effect, Order, Outcome, carry_out
from tui.themes import register
from tui.widgets.band import Band
from tui.widgets.touch_keys import TouchKeys

TICK = 0.5
"""Seconds between looks at the clock."""


class KioskApp(LockedApp):
    """One survey session at one screen, until staff leave it with the PIN.

    ``is_abandoned`` is asked twice a second: whether the process that watches over the kiosk has ended.

    The return code is 0 after the PIN; see :mod:`tui.kiosk.lockdown` for the others.
    """

    CSS_PATH = "kiosk.tcss"

    class Done(Message):
        """An order has been carried out."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome
            """What came of it."""

    def __init__(
        self,
        booth: Booth,
        *,
        theme: str = "paper",
        lang: Lang = Lang.ZH,
        clock: Callable[[], float] = time.monotonic,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self._booth = booth
        self._theme_name = theme
        self._is_abandoned = is_abandoned
        self._area = Size(0, 0)
        self.flow = Flow(lang, clock, has_slips=booth.slips is not None)

    def compose(self) -> ComposeResult:
        """One stage for all pages: changing screens would take longer."""
        yield Stage()

    def on_mount(self) -> None:
        """Choose the colours and begin to look at the clock."""
        register(self, self._theme_name)
        self._area = Size(*self.size)
        self.set_interval(TICK, self.tick)
        self.paint()

    @property
    def is_typing(self) -> bool:
        """Whether characters are wanted; the driver drops them otherwise."""
        return self.flow.is_typing

    def tick(self) -> None:
        """Let time pass; leave where nobody is there any more to start the kiosk anew."""
        if self._is_abandoned():
            self.exit(return_code=GONE)
            return
        self._do(self.flow.tick())

    def paint(self) -> None:
        """Show where the flow is now; nothing while the kiosk closes, when a thread may still bring its outcome."""
        if not self.screen_stack:
            return
        stage = self.screen.query_one(Stage)
        stage.show(scene(self.flow, self._booth, self._area), self._area.side)
        self.call_after_refresh(self._place_caret)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the page out anew."""
        self._area = Size(*event.size)
        self.paint()

    def on_key(self, event: events.Key) -> None:
        """Hand the key to the flow."""
        event.stop()
        event.prevent_default()
        if self._area.is_enough:
            self._do(self.flow.press(typed(event.key, event.character)))

    @on(Band.Pressed)
    def press_band(self, message: Band.Pressed) -> None:
        """Hand the touch to the flow."""
        self._do(self.flow.touch(message.key))

    @on(TouchKeys.Pressed)
    def press_cap(self, message: TouchKeys.Pressed) -> None:
        """Hand the touch to the flow: on a key that does something, or on one that is typed."""
        if message.name in COMMANDS:
            self._do(self.flow.press(typed(message.name, None)))
        else:
            self._do(self.flow.act(Action(message.name)))

    @on(Lines.Touched)
    def touch_row(self, message: Lines.Touched) -> None:
        """Hand the touch to the flow."""
        row = self.screen.query_one(Stage).row_at(message.row)
        if row is not None:
            self._do(self.flow.touch_row(row))

    def on_click(self, _event: events.Click) -> None:
        """A touch beside everything."""
        if self._area.is_enough:
            self._do(self.flow.touch_anywhere())

    @on(Done)
    def take(self, message: Done) -> None:
        """Hand the outcome to the flow."""
        self._do(self.flow.take(message.outcome))

    def _do(self, effect: Effect) -> None:
        if effect is Effect.LEAVE:
            self.exit(return_code=0)
            return
        if effect is not Effect.NONE:
            self._carry_out(self.flow.order(effect))
        self.paint()

    @work(thread=True, group="booth", description="the booth's work")
    def _carry_out(self, order: Order) -> None:
        self.post_message(self.Done(carry_out(order, self._booth)))

    def _place_caret(self) -> None:
        self.cursor_position = self.screen.query_one(Stage).caret() or Offset(0, 0)
