"""Draws the pictures of the README from the real program on the sample town. Run with ``make pictures``.

Needs the fonts fonts-noto-cjk, fonts-jetbrains-mono and fonts-dejavu-core of Debian.
"""

import asyncio
import tempfile
from datetime import date
from pathlib import Path

from campaign.language import Lang
from db import open_store
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from manyi.starting import start_from_sample
from surveys.booth import Booth
from surveys.desk import SurveyDesk
from tests.picture import save_picture
from tui.kiosk.app import KioskApp
from tui.staff.app import StaffApp

DAY = date(2026, 11, 23)
SIZE = (120, 36)


async def draw(data: Path, docs: Path) -> None:
    """The dashboard and a question of the kiosk."""
    settings = Settings(data=data, lang=Lang.ZH, today=DAY)
    start_from_sample(settings, "town")
    store, poll = open_store(data), open_store(data)
    session = SurveyDesk(store, store.plan(), DAY).open("B08", "final", "2468").session.id
    staff = StaffApp(StaffDesk(settings, store, poll), lang=Lang.ZH, theme="ink")
    async with staff.run_test(size=SIZE) as pilot:
        await staff.workers.wait_for_complete()
        await pilot.pause()
        save_picture(staff, docs / "dashboard.png")
    kiosk = KioskApp(Booth(store, store.plan(), session), theme="paper", lang=Lang.ZH)
    async with kiosk.run_test(size=SIZE) as pilot:
        await pilot.press("1", "9", "9", "2")
        await pilot.pause()
        save_picture(kiosk, docs / "kiosk.png")
    poll.close()
    store.close()


def main() -> None:
    """Draw both into ``docs/``."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder) / "data", Path(__file__).parent.parent / "docs"))


if __name__ == "__main__":
    main()
