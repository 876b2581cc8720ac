"""Somebody at a kiosk on a screen, for functional tests: presses keys, touches, reads rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.kiosk_fakes import Clock, FakeBooth
from tests.screen_text import screen_rows
from tui.kiosk.app import KioskApp
from tui.kiosk.ports import Booth
from tui.terminal_input import TerminalInput


class Hands:
    """Somebody at the kiosk's keyboard."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], booth: Booth, clock: Clock) -> None:
        self.app, self.clock, self._booth, self._pilot = app, clock, booth, pilot
        self._terminal = TerminalInput()

    @property
    def booth(self) -> FakeBooth:
        """The booth, to make it fail or close; TypeError if it is a real one."""
        if not isinstance(self._booth, FakeBooth):
            raise TypeError(self._booth)
        return self._booth

    async def press(self, *keys: str) -> None:
        """Press keys one by one, waiting for what each one does."""
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def press_last(self, key: str) -> None:
        """Press the key that ends the kiosk, which ends whatever threads are at work."""
        await self._pilot.press(key)
        with suppress(WorkerCancelled):
            await self.settle()

    async def type(self, text: str) -> None:
        """Type characters as a terminal sends them."""
        assert self.app._driver is not None
        for message in self._terminal.feed(text.encode()):
            self.app._driver.send_message(message)
        await self.settle()

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.now += seconds
        self.app.tick()
        await self.settle()

    async def resize(self, cols: int, rows: int) -> None:
        """Change the window's size."""
        await self._pilot.resize_terminal(cols, rows)
        await self.settle()

    async def click(self, x: int, y: int) -> None:
        """Touch a cell."""
        await self._pilot.click(offset=(x, y))
        await self.settle()

    async def settle(self) -> None:
        """Wait for threads, messages and painting."""
        await self.app.workers.wait_for_complete()
        await self._pilot.pause()

    @property
    def rows(self) -> list[str]:
        """The screen."""
        return screen_rows(self.app)


@asynccontextmanager
async def kiosk(
    size: tuple[int, int], *, theme: str = "paper", booth: Booth | None = None, clock: Clock | None = None
) -> AsyncIterator[Hands]:
    """A kiosk on a screen of this size."""
    booth, clock = booth or FakeBooth(), clock or Clock()
    app = KioskApp(booth, theme=theme, clock=clock)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, booth, clock)
        await hands.settle()
        yield hands
