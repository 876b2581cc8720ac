"""A clerk at the intake screen, for functional tests: scans, presses keys, reads rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from campaign.language import Lang
from tests.intake_bureau import NAMED, Bureau
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import staff_app, until
from tui.staff.app import StaffApp
from tui.staff.intake import IntakeScreen
from tui.staff.intake_run import IntakeRun


@dataclass
class Clerk:
    """Somebody before the screen."""

    app: StaffApp
    pilot: Pilot[None]

    @property
    def screen(self) -> IntakeScreen:
        """The intake screen; TypeError if another one is on top."""
        if not isinstance(self.app.screen, IntakeScreen):
            raise TypeError(self.app.screen)
        return self.app.screen

    @property
    def run(self) -> IntakeRun:
        """What the screen draws."""
        return self.screen.run

    async def hit(self, text: str) -> None:
        """Press keys one by one, a carriage return for Enter."""
        await self.pilot.press(*(NAMED.get(char, char) for char in text))
        await self.settle()

    async def scan(self, *codes: str) -> None:
        """Let the scanner type codes without any pause, each with an Enter."""
        await self.type("".join(f"{code}\r" for code in codes))

    async def type(self, text: str) -> None:
        """Send all keys at once, as a scanner does; nothing waits for what they do."""
        for char in text:
            self.app.post_message(events.Key(NAMED.get(char, char), char))
        await self.pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Wait until the counts have been read and everything is painted."""
        if isinstance(self.app.screen, IntakeScreen):
            await until(self.pilot, lambda: self.run.account is not None and not self.screen.is_reading)
        await self.pilot.pause()
        await self.pilot.pause()

    def rows(self) -> list[str]:
        """The rows of the screen on top."""
        return screen_rows(self.app)

    def sees(self, *texts: str) -> bool:
        """Whether all of these stand on the screen."""
        shown = screen_text(self.app)
        return all(text in shown for text in texts)


@asynccontextmanager
async def clerk(
    at: Bureau, folder: Path, size: tuple[int, int] = (80, 24), lang: Lang = Lang.ZH, *, theme: str = "ink"
) -> AsyncIterator[Clerk]:
    """The intake screen of the first branch's session, opened from its page."""
    async with staff_app(at.staff(folder), size, lang, theme=theme) as (app, pilot):
        app.open_branch(at.session.partition("-")[0])
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        made = Clerk(app, pilot)
        await made.settle()
        yield made
