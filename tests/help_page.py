"""Reading a help page that may be longer than the screen."""

from textual.pilot import Pilot

from tests.screen_text import screen_rows, screen_text
from tui.staff.help import HelpScreen
from tui.staff.texts import tr


async def read_through(screen: HelpScreen, pilot: Pilot[None]) -> list[str]:
    """The rows of the help as somebody reads them who goes down line by line until nothing more comes."""
    top, height = screen.page.region.y, screen.page.region.height
    rows = screen_rows(screen.app)[top : top + height]
    more = tr(screen.live.lang, "▼ more below")
    while more in screen_text(screen.app):
        await pilot.press("down")
        await pilot.pause()
        rows.append(screen_rows(screen.app)[top + height - 1])
    return [row.rstrip("▁▂▃▄▅▆▇█▕ ") for row in rows]  # without the scroll bar
