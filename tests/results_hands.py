"""What the tests of sessions and results on the screens do: press keys, wait for what comes of them."""

from textual import events
from textual.pilot import Pilot

from campaign.language import Lang
from surveys.desk import SurveyDesk
from tests.results_town import DEMO, ResultsTown
from tests.screen_text import colours_at, is_golden, screen_rows, screen_text
from tests.sittings import open_session
from tests.staff_fakes import at_rest, until
from tui.staff.account_page import AccountPage
from tui.staff.app import StaffApp
from tui.staff.results import ResultsScreen

ANSWERS = {f"Q{number}": "A" for number in range(1, 11)}
TOWN = ("B01-261008-1", "86.3%")
SIZES = [(80, 24), (120, 36)]


def opened(town: ResultsTown, forms: int = 12) -> str:
    """A session in which so many people have answered, two of them dissatisfied."""
    desk = SurveyDesk(town.store, town.store.plan(), DEMO)
    session = open_session(desk, "B06", "final", "2468").session.id
    for number in range(forms):
        desk.submit(session, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number < 2 else "A"})
    return session


async def settled(app: StaffApp, pilot: Pilot[None]) -> None:
    await at_rest(app)
    await pilot.pause()
    if isinstance(app.screen, ResultsScreen):
        screen = app.screen
        await until(pilot, lambda: screen.published is not None)
    elif isinstance(app.screen, AccountPage):
        page = app.screen
        await until(pilot, lambda: page.is_read)
    seen = ""
    while (now := screen_text(app)) != seen:
        seen = now
        await pilot.pause(0.05)


async def press(app: StaffApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


async def paste(app: StaffApp, pilot: Pilot[None], text: str) -> None:
    """All of it at once, as a terminal pastes and as input methods type."""
    assert app.focused is not None
    app.focused.post_message(events.Paste(text))
    await settled(app, pilot)


def said(app: StaffApp) -> str:
    """What is on the screen, with one blank between words."""
    return " ".join(screen_text(app).split())


def capped(app: StaffApp, label: str) -> bool:
    """Whether the key with this label stands on a cap, and is no plain text."""
    rows = screen_rows(app)
    y = next(at for at, row in enumerate(rows) if at > len(rows) - 5 and f" {label} " in f"{row} ")
    x = rows[y].index(f" {label}") - 2
    return colours_at(app, x, y)[1] != colours_at(app, x + 4, y)[1]


def looks_so(app: StaffApp, golden: str) -> bool:
    return is_golden(golden, screen_rows(app))
