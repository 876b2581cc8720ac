"""From closing to the hall: sessions and results on the screens, on real stores that several programs have open."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.pilot import Pilot

from campaign.language import Lang
from exports.cells import Table
from exports.folder import Written
from exports.showing import shown
from manyi.results_desk import LockedResults
from manyi.wiring import House
from surveys.desk import SurveyDesk
from surveys.paper.desk import PaperDesk
from surveys.session import SessionState
from surveys.shown import NOTHING, Shown
from surveys.sitting import Check
from tests.intake_bureau import print_forms
from tests.paper_town import KEY
from tests.results_town import DEMO, ResultsTown, results_town, start_town
from tests.screen_text import assert_golden, colours_at, is_golden, screen_rows, screen_text
from tests.sittings import open_session, verify_count
from tests.staff_fakes import FakeDesk, shows, staff_app, until
from tui.staff.account_page import AccountPage
from tui.staff.app import StaffApp
from tui.staff.choose_one import ChooseOne
from tui.staff.confirm import Confirm
from tui.staff.dashboard import Dashboard
from tui.staff.export_form import ExportForm
from tui.staff.hall import HallScreen
from tui.staff.results import ResultsScreen
from tui.staff.results_ports import Far, Wanted
from tui.staff.session_forms import VerifySession
from tui.staff.sessions import SessionsScreen

ANSWERS = {f"Q{number}": "A" for number in range(1, 11)}
TOWN = ("B01-261008-1", "86.3%")
SIZES = [(80, 24), (120, 36)]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start_town(tmp_path_factory.mktemp("started"))


@pytest.fixture
def town(started: Path, tmp_path: Path) -> Iterator[ResultsTown]:
    with results_town(started, tmp_path) as made:
        yield made


def opened(town: ResultsTown, forms: int = 12) -> str:
    """A session in which so many people have answered, two of them dissatisfied."""
    desk = SurveyDesk(town.store, town.store.plan(), DEMO)
    session = open_session(desk, "B06", "final", "2468").session.id
    for number in range(forms):
        desk.submit(session, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number < 2 else "A"})
    return session


async def settled(app: StaffApp, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
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


async def test_a_session_goes_from_open_to_the_hall(town: ResultsTown) -> None:
    """Close, look at the account, confirm by two roles, see the result, show it: the hall follows."""
    session = opened(town)
    async with (
        staff_app(town.desk(), (120, 36), Lang.EN) as (staff, pilot),
        staff_app(town.desk(), (120, 36), Lang.EN, read_only=True) as (hall, hall_pilot),
    ):
        await press(staff, pilot, "r")
        assert isinstance(staff.screen, SessionsScreen)
        await shows(pilot, session)
        await press(staff, pilot, "c")
        await shows(pilot, f"Close Supply Co. · final survey · {session}, 12 forms so far?")
        await press(staff, pilot, "enter")
        await until(pilot, lambda: "counting" in screen_text(staff))
        await press(staff, pilot, "enter")
        assert isinstance(staff.screen, AccountPage)
        await until(pilot, lambda: "The account balances" in screen_text(staff))
        await press(staff, pilot, "escape", "y", *"counters", "tab", *"witnesses", "ctrl+s")
        await until(pilot, lambda: isinstance(staff.screen, SessionsScreen))
        await until(pilot, lambda: "Enter result, b publishes" in screen_text(staff))
        await press(staff, pilot, "enter")
        assert isinstance(staff.screen, ResultsScreen)
        await shows(pilot, "83.3%")
        assert isinstance(hall.screen, Dashboard)
        await press(staff, pilot, "h")
        await until(hall_pilot, lambda: isinstance(hall.screen, HallScreen), seconds=5)
        await until(hall_pilot, lambda: "83.3%" in screen_text(hall))
        await until(pilot, lambda: "now in the hall" in screen_text(staff))
        await press(staff, pilot, "h")
        await until(hall_pilot, lambda: isinstance(hall.screen, Dashboard), seconds=5)
    assert town.store.audits()[-1].role == "counters + witnesses"


async def test_nothing_is_seen_of_a_result_before_the_count_is_confirmed(town: ResultsTown) -> None:
    """Enter opens the account, h is refused with V58, and no rate of the session is on any page (V58)."""
    session = opened(town)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "enter")
        assert isinstance(app.screen, AccountPage)
        assert "%" not in screen_text(app)
        await press(app, pilot, "escape", "h")
        await until(pilot, lambda: "Results are shown after the count is verified" in screen_text(app))
        await press(app, pilot, "g", "3")
        assert isinstance(app.screen, ResultsScreen)
        assert "Supply" not in screen_text(app)
        assert session not in screen_text(app)
    assert town.store.shown() == NOTHING


def said(app: StaffApp) -> str:
    """What is on the screen, with one blank between words."""
    return " ".join(screen_text(app).split())


def capped(app: StaffApp, label: str) -> bool:
    """Whether the key with this label stands on a cap, and is no plain text."""
    rows = screen_rows(app)
    y = next(at for at, row in enumerate(rows) if at > len(rows) - 5 and f" {label} " in f"{row} ")
    x = rows[y].index(f" {label}") - 2
    return colours_at(app, x, y)[1] != colours_at(app, x + 4, y)[1]


async def test_two_different_roles_confirm_a_count(town: ResultsTown) -> None:
    """The same role twice, in any width and case, is refused beside its box (M155); nothing was stored or lost."""
    session = opened(town)
    SurveyDesk(town.store, town.store.plan(), DEMO).close(session)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"Clerk", "tab", *"ｃｌｅｒｋ", "ctrl+s")
        assert isinstance(app.screen, VerifySession)
        await shows(pilot, "stands twice")
        await shows(pilot, "Clerk")
        held = town.store.session(session)
        assert held is not None
        assert held.state is SessionState.COUNTING


async def test_an_account_that_does_not_balance_is_said_plainly(town: ResultsTown) -> None:
    """More forms than people who began (M84): confirming is refused on the form, the roles stay."""
    desk = SurveyDesk(town.store, town.store.plan(), DEMO)
    session = opened(town)
    desk.close(session)
    responses = [*town.store.responses(session)]
    town.store.replace_ballot_box(session, [*responses, *responses])
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"a", "tab", *"b", "ctrl+s")
        await until(pilot, lambda: "handed in at kiosks" in screen_text(app))
        assert isinstance(app.screen, VerifySession)


async def test_a_result_is_posted_and_then_never_changed(town: ResultsTown) -> None:
    """A day that is too early is refused (V82); posted, it can be declared void no more (V83)."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "b", "home", *["delete"] * 10, *"2026-11-24", "ctrl+s")
        await until(pilot, lambda: "must stay until 2026-11-30" in screen_text(app))
        await press(app, pilot, "home", *["delete"] * 10, *"11-30", "ctrl+s")
        await until(pilot, lambda: "B10-261118-1: valid forms 8, satisfied not shown?" in said(app))
        held = town.store.session("B10-261118-1")
        assert held is not None
        assert held.state is SessionState.VERIFIED
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        held = town.store.session("B10-261118-1")
        assert held is not None
        assert (held.state, str(held.posted_until)) == (SessionState.PUBLISHED, "2026-11-30")
        await press(app, pilot, "d")
        await shows(pilot, "✘ Posted results cannot be changed")
        assert isinstance(app.screen, SessionsScreen)


async def test_what_is_odd_is_asked_about_before_the_count_is_confirmed(town: ResultsTown) -> None:
    """V54 and M106 on a page of their own: Esc leads back to the form with all that was typed, Enter confirms."""
    session = opened(town)
    SurveyDesk(town.store, town.store.plan(), DEMO).close(session)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"counters", "tab", *"witnesses", "tab", "tab", *"11", "enter", "space")
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: "12 forms were given out" in screen_text(app))
        await until(pilot, lambda: "the forms were counted openly" in screen_text(app))
        await press(app, pilot, "escape")
        assert isinstance(app.screen, VerifySession)
        await until(pilot, lambda: "[ ] the forms were counted openly" in screen_text(app))
        assert SurveyDesk(town.store, town.store.plan(), DEMO).sessions()[-1].state is SessionState.COUNTING
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    held = town.store.session(session)
    assert held
    assert (held.state, held.present, held.integrity[Check.COUNTED_OPENLY]) == (SessionState.VERIFIED, 11, False)


async def test_few_forms_that_came_back_are_asked_about_before_posting(town: ResultsTown) -> None:
    """V60: Esc posts nothing, Enter posts."""
    session = opened(town)
    desk = SurveyDesk(town.store, town.store.plan(), DEMO)
    desk.close(session)
    verify_count(desk, session)
    held = town.store.session(session)
    assert held
    assert held.account
    account = held.account.model_copy(update={"issued": 100, "returned": 59})
    town.store.save_session(held.model_copy(update={"account": account}))
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "b", "ctrl+s")
        await until(pilot, lambda: "Only 59.0 per cent" in screen_text(app))
        await press(app, pilot, "escape", "escape")
        assert town.store.session(session) == held.model_copy(update={"account": account})
        await press(app, pilot, "b", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    posted = town.store.session(session)
    assert posted
    assert posted.state is SessionState.PUBLISHED


async def test_of_several_sessions_of_a_unit_staff_choose_the_one_for_the_hall(town: ResultsTown) -> None:
    """The newest first, each with its day; what is on the wall says which it is, and so does the result."""
    desk = SurveyDesk(town.store, town.store.plan(), DEMO)
    again = open_session(desk, "B01", "final", "2468").session.id
    for number in range(12):
        desk.submit(again, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number < 2 else "A"})
    desk.close(again)
    verify_count(desk, again)
    async with (
        staff_app(town.desk(), (80, 24), Lang.EN) as (app, pilot),
        staff_app(town.desk(), (80, 24), Lang.EN, read_only=True) as (hall, hall_pilot),
    ):
        await press(app, pilot, "r", "g", "3", "enter", "h")
        await until(pilot, lambda: isinstance(app.screen, ChooseOne) and "1 2026-11-23 · " in screen_text(app))
        assert "2 2026-10-08 · B01-261008-1 · 51 valid forms" in screen_text(app)
        assert town.store.shown() == NOTHING
        await press(app, pilot, "2")
        await until(pilot, lambda: "● in the hall: B01-261008-1" in screen_text(app))
        await until(hall_pilot, lambda: "Town Office · 2026-10-08" in screen_text(hall), seconds=5)
        await press(app, pilot, "h")
        await until(pilot, lambda: "51 valid forms · ● now in the hall" in screen_text(app))
        await press(app, pilot, "1")
        await until(hall_pilot, lambda: "Town Office · 2026-11-23" in screen_text(hall), seconds=5)
    assert town.store.shown() == Shown(session=again)


async def test_a_void_session_leaves_the_hall(town: ResultsTown) -> None:
    """Declared void with a reason, its result goes from the wall at once."""
    town.store.save_shown(Shown(session="B10-261118-1"))
    async with (
        staff_app(town.desk(), (120, 36), Lang.EN) as (staff, pilot),
        staff_app(town.desk(), (120, 36), Lang.EN, read_only=True) as (hall, hall_pilot),
    ):
        await until(hall_pilot, lambda: isinstance(hall.screen, HallScreen))
        await press(staff, pilot, "r", "d", *"no", "ctrl+s")
        await until(pilot, lambda: "Say in 5 characters or more" in screen_text(staff))
        await press(staff, pilot, *" briefing", "ctrl+s")
        await until(hall_pilot, lambda: isinstance(hall.screen, Dashboard), seconds=5)


async def test_what_cannot_be_done_with_a_session_is_said_at_once(town: ResultsTown) -> None:
    """Closing what is verified, verifying what is open, showing what is not counted: why not, and which key helps."""
    session = opened(town)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y")
        await shows(pilot, '✘ "open" cannot become "verified". Possible: counting. · c closes it')
        await press(app, pilot, "h")
        await shows(pilot, "Close the session first, then verify its count. · c closes it")
        await press(app, pilot, "down", "c")
        await shows(pilot, '✘ "verified" cannot become "counting"')
        assert isinstance(app.screen, SessionsScreen)
    held = town.store.session(session)
    assert held is not None
    assert held.state is SessionState.OPEN


async def test_keys_that_do_nothing_for_a_session_have_no_cap(town: ResultsTown) -> None:
    """The foot greys what would be refused, and follows the cursor; the help lists every key all the same."""
    opened(town)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r")
        await shows(pilot, "Supply")
        assert isinstance(app.screen, SessionsScreen)
        assert app.screen.off == {"verify", "publish", "void", "hall"}
        assert capped(app, "Close")
        assert not capped(app, "Verify")
        await press(app, pilot, "down")
        await until(pilot, lambda: not capped(app, "Close"))
        assert capped(app, "Publish")
        await press(app, pilot, "question_mark")
        await shows(pilot, "Verify the count by two roles")


async def test_the_hall_can_do_nothing(town: ResultsTown) -> None:
    """No key opens sessions, results or an export, or takes the result off."""
    town.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(town.desk(), (120, 36), Lang.EN, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await press(app, pilot, "r", "x", "h", "escape", "enter", "c")
        assert isinstance(app.screen, HallScreen)
        assert town.store.shown().session == TOWN[0]


@pytest.mark.parametrize("lang", list(Lang))
async def test_the_hall_is_read_in_ten_seconds(town: ResultsTown, lang: Lang) -> None:
    """At 120x36: the rate six rows high, who and how many beside it, ten bars with their rates, none crowded."""
    town.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(town.desk(), (120, 36), lang, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        rows = screen_rows(app)
        assert sum("██████" in row for row in rows) >= 3
        bars = [at for at, row in enumerate(rows) if re.search(r"▆▆▆.* \d\d\.\d% +51 +\d$", row)]
        assert len(bars) == 10
        assert bars == list(range(bars[0], bars[0] + 20, 2))
        assert not any("…" in row for row in rows[: bars[0]])
        text = "\n".join(rows)
        assert all(number in text for number in ("51", "95.0%", "86.3%", "2.0%"))


async def test_a_hidden_result_shows_no_figure_in_the_hall(town: ResultsTown) -> None:
    """Four forms: the wall says that there are too few, and no number of answers."""
    town.store.save_shown(Shown(session="B07-261112-1"))
    async with staff_app(town.desk(), (120, 36), Lang.EN, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        text = screen_text(app)
        assert "fewer than 5 valid forms" in text
        assert "%" not in text


def table_cells(table: Table, key: str) -> dict[str, str]:
    """A column of the report by branch code."""
    at, code = table.place(key), table.place("branch")
    return {shown(row[code], Lang.EN): shown(row[at], Lang.EN) for row in table.rows}


async def test_the_screen_and_the_report_show_the_same_figures(town: ResultsTown) -> None:
    """Rate, valid forms and return rate of every unit, as T3 of the report has them."""
    report = House(town.settings, town.store).report()
    table = report.table("T3-final")
    assert table is not None
    plan = town.store.plan()
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g", "3")
        rows = screen_rows(app)
        rates = table_cells(table, "satisfaction")
        for code in ("B01", "B02", "B03", "B04", "B05"):
            name = plan.branch(code)
            assert name is not None
            row = next(row for row in rows if name.short_name.en in row)
            assert f"{rates[code]}%" in row
            assert f" {table_cells(table, 'valid')[code]} " in row
            assert f"{table_cells(table, 'return_rate')[code]}%" in row


async def test_units_are_never_in_order_of_their_rates(town: ResultsTown) -> None:
    """Whatever o chooses, the best is not simply above the worst."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g", "3")
        for _ in range(3):
            await press(app, pilot, "o")
            found = [float(rate) for rate in re.findall(r"(?m)(\d\d\.\d)%  +\d+\.\d% +\d+\.\d%  +\d", screen_text(app))]
            assert found not in (sorted(found), sorted(found, reverse=True)) or not found


async def test_colour_is_never_the_only_sign(town: ResultsTown) -> None:
    """Each part of a bar has a glyph of its own, named in the legend with its number; catch-up is said in words."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g")
        text = screen_text(app)
        legend = dict(re.findall(r"(?:^|\s)(\S)\1 (Satisfied|Mostly satisfied|Dissatisfied|Don't know|blank) \d", text))
        assert len(legend) == 5
        await press(app, pilot, "3")
        await shows(pilot, "▲ catch-up required")


async def test_an_export_asks_before_it_writes_over(town: ResultsTown, tmp_path: Path) -> None:
    """The folder is made; a second time it is asked how many files may go, and Esc leaves them as they are."""
    folder = tmp_path / "out"
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert "files written into" in app.notice
        written = sorted(folder.rglob("*.csv"))
        written[0].write_text("mine", encoding="utf-8")
        await press(app, pilot, "x", "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        files = sum(each.is_file() for each in folder.rglob("*"))
        await until(pilot, lambda: f"({files - 1} of the files). Write over it?" in said(app))
        await press(app, pilot, "escape")
        assert isinstance(app.screen, ExportForm)
        assert written[0].read_text(encoding="utf-8") == "mine"
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert written[0].read_text(encoding="utf-8") != "mine"


async def test_one_session_in_one_format_can_be_written(town: ResultsTown, tmp_path: Path) -> None:
    """From the list: the session under the cursor instead of all, one format instead of all; the whole path is said."""
    folder = tmp_path / "one"
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "end", "x", "shift+tab", "shift+tab", "2", *"json", "enter")
        await press(app, pilot, "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await shows(pilot, f"→ {tmp_path}"[:40])
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert str(folder) in app.notice
    assert {each.suffix for each in folder.iterdir()} == {".json", ""}
    text = "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.json"))
    assert "B01-261008-1" in text
    assert "B03-261105-1" not in text


async def test_a_folder_that_cannot_be_made_is_said_and_the_bar_goes(town: ResultsTown) -> None:
    """M164 with where; no "writing" stays behind."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k", *"/proc/none", "ctrl+s")
        await shows(pilot, "No folder can be made in /proc")
        assert "writing" not in screen_text(app)


async def test_another_result_in_the_hall_is_asked_about(town: ResultsTown) -> None:
    """Esc leaves the one that is there; Enter shows the new one; one with too few forms is refused."""
    town.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "down", "h")
        await shows(pilot, "fewer than 5 valid forms")
        await press(app, pilot, "down", "h")
        await until(pilot, lambda: "hall is shown Town Office · final survey · B01-261008-1 now" in said(app))
        await press(app, pilot, "escape")
        assert town.store.shown().session == TOWN[0]
        await press(app, pilot, "h", "enter")
        await until(pilot, lambda: town.store.shown().session == "B03-261105-1")


async def test_a_branch_stays_when_the_next_survey_is_asked_for(town: ResultsTown) -> None:
    """Where the branch has none it is said, and when all are shown whose result was left."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "end", "enter", "k")
        await shows(pilot, "Town Office: there is no result of another survey")
        await press(app, pilot, "g")
        await shows(pilot, "all together, no longer Town Office alone")


async def test_sections_and_keys_can_be_clicked(town: ResultsTown) -> None:
    """The name of a section shows it; a key of the foot does what the key does."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g")
        await shows(pilot, "81.0%")
        rows = screen_rows(app)
        tabs = next(at for at, row in enumerate(rows) if "Questions" in row)
        await pilot.click(offset=(rows[tabs].index("Questions") + 2, tabs))
        await shows(pilot, "Q1  ")
        rows = screen_rows(app)
        foot = next(at for at, row in enumerate(rows) if "Back" in row)
        await pilot.click(offset=(rows[foot].index("Back") + 1, foot))
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))


async def test_while_a_list_is_narrowed_the_foot_says_how_that_ends(town: ResultsTown) -> None:
    """Enter keeps it, Esc shows all again; then the keys come back."""
    async with staff_app(town.desk(), (80, 24), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "slash", *"B0")
        assert "Keep it" in screen_rows(app)[-1]
        assert "Export" not in screen_text(app)
        await press(app, pilot, "escape")
        await shows(pilot, "Export")


async def test_what_was_said_goes_with_the_next_page(town: ResultsTown) -> None:
    """The message of one thing done does not stand on the page that is opened after it."""
    opened(town)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "c", "enter")
        await shows(pilot, "is closed, the counting begins")
        await press(app, pilot, "i")
        await shows(pilot, "The account balances")
        assert "is closed" not in screen_text(app)


async def test_ctrl_c_in_a_form_says_how_to_leave_it(town: ResultsTown) -> None:
    """The letter q would be typed there."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "ctrl+c")
        await shows(pilot, "Esc goes back from here; Ctrl+Q closes the program")


async def test_forms_that_are_out_are_asked_about_before_a_count_is_verified(town: ResultsTown) -> None:
    """The account stands above the roles, which can be chosen or typed."""
    session = opened(town)
    print_forms(town.store, session, (100001, 100002, 100003))
    PaperDesk(town.store, town.store.plan(), DEMO, session, KEY).issue_some(3)
    SurveyDesk(town.store, town.store.plan(), DEMO).close(session)
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y")
        await shows(pilot, "not returned 3")
        await press(app, pilot, "1", *"witnesses", "enter", "ctrl+s")
        await until(pilot, lambda: "3 forms that were handed out have not come back" in said(app))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    assert town.store.audits()[-1].role == "Sample Town campaign office + witnesses"


async def test_the_page_of_a_branch_shows_its_public_result(town: ResultsTown) -> None:
    """The rate and the day of the newest published session; nothing of one that is only verified."""
    async with staff_app(town.desk(), (80, 24), Lang.EN) as (app, pilot):
        app.open_branch("B01")
        await shows(pilot, "satisfied 86.3% 10-08")
        await press(app, pilot, "escape")
        app.open_branch("B10")
        await settled(app, pilot)
        await shows(pilot, "B10")
        assert "satisfied" not in screen_text(app)


async def test_a_branch_without_a_session_is_told(town: ResultsTown) -> None:
    """Its page opens the list of all, and says so."""
    async with staff_app(town.desk(), (120, 36), Lang.EN) as (app, pilot):
        app.open_branch("B06")
        await settled(app, pilot)
        await press(app, pilot, "r")
        await shows(pilot, "Supply Co. has had no session yet; s opens one")
        await press(app, pilot, "s")
        await shows(pilot, "Open a survey session")


@pytest.mark.parametrize(
    ("lang", "said"), [(Lang.EN, "writing pdf … 45% · about 3 seconds left"), (Lang.ZH, "正在写入pdf…… 45% · 约剩3秒")]
)
async def test_an_export_says_how_far_it_is_and_how_long_it_takes(
    town: ResultsTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, said: str
) -> None:
    """While it is under way."""
    over = Event()

    def export(_: object, __: Lang, wanted: Wanted, told: Callable[[Far], None], *, force: bool) -> Written:
        told(Far("pdf", 45, 3))
        over.wait()
        return Written(wanted.folder, (), ("x",) if force else ())

    monkeypatch.setattr(LockedResults, "export", export)
    async with staff_app(town.desk(), (80, 24), lang) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k")
        await paste(app, pilot, str(tmp_path / "out"))
        await pilot.press("ctrl+s")
        try:
            await until(pilot, lambda: said in screen_text(app))
        finally:
            over.set()
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))


async def test_a_store_that_fails_is_said_and_nothing_breaks() -> None:
    """The result page stays open and says that it has nothing yet."""
    desk = FakeDesk()
    async with staff_app(desk, (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("r", "g")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, ResultsScreen)
        await shows(pilot, "reading")


def looks_so(app: StaffApp, golden: str) -> bool:
    return is_golden(golden, screen_rows(app))


SCREENS: dict[str, tuple[str, ...]] = {
    "sessions": ("r",),
    "sessions_help": ("r", "question_mark"),
    "close_session": ("r", "c"),
    "account": ("r", "down", "down", "i"),
    "account_few": ("r", "down", "i"),
    "verify": ("r", "y"),
    "publish": ("r", "b"),
    "void": ("r", "d", *"no", "ctrl+s"),
    "results": ("r", "g"),
    "results_session": ("r", "down", "down", "enter"),
    "results_alike": ("r", "enter"),
    "results_few": ("r", "down", "enter"),
    "results_questions": ("r", "g", "2"),
    "results_units": ("r", "g", "3"),
    "results_aspects": ("r", "g", "4"),
    "results_groups": ("r", "g", "5"),
    "results_changes": ("r", "g", "6"),
    "results_pulse": ("r", "g", "k", "3"),
    "results_help": ("r", "g", "question_mark"),
    "export": ("r", "x"),
}


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_screens(
    started: Path, tmp_path: Path, size: tuple[int, int], lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page is what was looked at and found good."""
    monkeypatch.chdir("/")  # an export says the whole path that it goes to
    with results_town(started, tmp_path, lang) as town:
        async with staff_app(town.desk(), size, lang) as (app, pilot):
            for name, keys in SCREENS.items():
                await press(app, pilot, *keys)
                golden = f"staff_{name}-{size[0]}x{size[1]}-{lang}"
                with suppress(AssertionError):  # under load the last painting comes later
                    await until(pilot, partial(looks_so, app, golden), seconds=3)
                assert_golden(golden, screen_rows(app))
                while not isinstance(app.screen, Dashboard):
                    await press(app, pilot, "escape")


@pytest.mark.parametrize("lang", list(Lang))
async def test_a_high_wall_is_used(town: ResultsTown, lang: Lang) -> None:
    """At 200x50 every question has the numbers behind its bar below it, and nothing is cut."""
    town.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(town.desk(), (200, 50), lang, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await shows(pilot, "86.3%")
        assert_golden(f"staff_hall_session-200x50-{lang}", screen_rows(app))
        assert "…" not in screen_text(app)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "shown_result"),
    [("session", Shown(session=TOWN[0])), ("all", Shown(kind="final", questionnaire="final"))],
)
async def test_hall(town: ResultsTown, size: tuple[int, int], lang: Lang, name: str, shown_result: Shown) -> None:
    """The wall with a result is what was looked at and found good."""
    town.store.save_shown(shown_result)
    async with staff_app(town.desk(), size, lang, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        assert_golden(f"staff_hall_{name}-{size[0]}x{size[1]}-{lang}", screen_rows(app))
