"""Sessions on the screens: from closing to posting, on real stores that several programs have open."""

import pytest

from campaign.language import Lang
from surveys.desk import SurveyDesk
from surveys.paper.desk import PaperDesk
from surveys.session import SessionState
from surveys.shown import NOTHING
from surveys.sitting import Check
from tests.intake_bureau import print_forms
from tests.paper_town import KEY
from tests.results_hands import ANSWERS, capped, opened, press, said, settled
from tests.results_town import DEMO, ResultsTown
from tests.screen_text import screen_text
from tests.sittings import open_session, verify_count, want_of_groups
from tests.staff_fakes import FakeDesk, at_rest, shows, staff_app, until
from tui.staff.account_page import AccountPage
from tui.staff.confirm import Confirm
from tui.staff.dashboard import Dashboard
from tui.staff.hall import HallScreen
from tui.staff.results import ResultsScreen
from tui.staff.session_forms import VerifySession
from tui.staff.sessions import SessionsScreen


async def test_a_session_goes_from_open_to_the_hall(counted: ResultsTown) -> None:
    """Close, look at the account, confirm by two roles, see the result, show it: the hall follows."""
    session = opened(counted)
    async with (
        staff_app(counted.desk(), (120, 36), Lang.EN) as (staff, pilot),
        staff_app(counted.desk(), (120, 36), Lang.EN, read_only=True) as (hall, hall_pilot),
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
    assert counted.store.audits()[-1].role == "counters + witnesses"


async def test_nothing_is_seen_of_a_result_before_the_count_is_confirmed(counted: ResultsTown) -> None:
    """Enter opens the account, h is refused with V58, and no rate of the session is on any page (V58)."""
    session = opened(counted)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "enter")
        assert isinstance(app.screen, AccountPage)
        assert "%" not in screen_text(app)
        await press(app, pilot, "escape", "h")
        await until(pilot, lambda: "Results are shown after the count is verified" in screen_text(app))
        await press(app, pilot, "g", "3")
        assert isinstance(app.screen, ResultsScreen)
        assert "Supply" not in screen_text(app)
        assert session not in screen_text(app)
    assert counted.store.shown() == NOTHING


async def test_two_different_roles_confirm_a_count(counted: ResultsTown) -> None:
    """The same role twice, in any width and case, is refused beside its box (M155); nothing was stored or lost."""
    session = opened(counted)
    SurveyDesk(counted.store, counted.store.plan(), DEMO).close(session)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"Clerk", "tab", *"ｃｌｅｒｋ", "ctrl+s")
        assert isinstance(app.screen, VerifySession)
        await shows(pilot, "stands twice")
        await shows(pilot, "Clerk")
        held = counted.store.session(session)
        assert held is not None
        assert held.state is SessionState.COUNTING


async def test_an_account_that_does_not_balance_is_said_plainly(counted: ResultsTown) -> None:
    """More forms than people who began (M84): confirming is refused on the form, the roles stay."""
    desk = SurveyDesk(counted.store, counted.store.plan(), DEMO)
    session = opened(counted)
    desk.close(session)
    responses = [*counted.store.responses(session)]
    counted.store.replace_ballot_box(session, [*responses, *responses])
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"a", "tab", *"b", "ctrl+s")
        await until(pilot, lambda: "handed in at kiosks" in screen_text(app))
        assert isinstance(app.screen, VerifySession)


async def test_a_result_is_posted_and_then_never_changed(counted: ResultsTown) -> None:
    """A day that is too early is refused (V82); posted, it can be declared void no more (V83)."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "b", "home", *["delete"] * 10, *"2026-11-24", "ctrl+s")
        await until(pilot, lambda: "must stay until 2026-11-30" in screen_text(app))
        await press(app, pilot, "home", *["delete"] * 10, *"11-30", "ctrl+s")
        await until(pilot, lambda: "B10-261118-1: valid forms 8, satisfied not shown?" in said(app))
        held = counted.store.session("B10-261118-1")
        assert held is not None
        assert held.state is SessionState.VERIFIED
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        held = counted.store.session("B10-261118-1")
        assert held is not None
        assert (held.state, str(held.posted_until)) == (SessionState.PUBLISHED, "2026-11-30")
        await press(app, pilot, "d")
        await shows(pilot, "✘ Posted results cannot be changed")
        assert isinstance(app.screen, SessionsScreen)


async def test_what_is_odd_is_asked_about_before_the_count_is_confirmed(counted: ResultsTown) -> None:
    """V54 and M106 on a page of their own: Esc leads back to the form with all that was typed, Enter confirms."""
    session = opened(counted)
    SurveyDesk(counted.store, counted.store.plan(), DEMO).close(session)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y", *"counters", "tab", *"witnesses", "tab", "tab", *"11", "enter", "space")
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: "handed in at kiosks (12)" in said(app))
        await until(pilot, lambda: "the forms were counted openly" in screen_text(app))
        await press(app, pilot, "escape")
        assert isinstance(app.screen, VerifySession)
        await until(pilot, lambda: "[ ] the forms were counted openly" in screen_text(app))
        assert SurveyDesk(counted.store, counted.store.plan(), DEMO).sessions()[-1].state is SessionState.COUNTING
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    held = counted.store.session(session)
    assert held
    assert (held.state, held.present, held.integrity[Check.COUNTED_OPENLY]) == (SessionState.VERIFIED, 11, False)


async def test_few_forms_that_came_back_are_asked_about_before_posting(counted: ResultsTown) -> None:
    """V60: Esc posts nothing, Enter posts."""
    session = opened(counted)
    desk = SurveyDesk(counted.store, counted.store.plan(), DEMO)
    desk.close(session)
    verify_count(desk, session)
    held = counted.store.session(session)
    assert held
    assert held.account
    account = held.account.model_copy(update={"issued": 100, "returned": 59})
    counted.store.save_session(held.model_copy(update={"account": account}))
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "b", "ctrl+s")
        await until(pilot, lambda: "Only 59.0 per cent" in screen_text(app))
        await press(app, pilot, "escape", "escape")
        assert counted.store.session(session) == held.model_copy(update={"account": account})
        await press(app, pilot, "b", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    posted = counted.store.session(session)
    assert posted
    assert posted.state is SessionState.PUBLISHED


@pytest.mark.parametrize(
    ("lang", "size", "told"),
    [
        (Lang.EN, (80, 24), "I live nearby: 0 forms, at least 5 are wanted"),
        (Lang.ZH, (120, 36), "“附近居民”只有0份，要求至少5份"),
    ],
    ids=["en", "zh"],
)
async def test_few_forms_of_a_group_are_asked_about_before_posting(
    counted: ResultsTown, lang: Lang, size: tuple[int, int], told: str
) -> None:
    """M109: enough visitors came, no neighbour; Esc posts nothing, Enter posts (R35)."""
    want_of_groups(counted.store, 5)
    desk = SurveyDesk(counted.store, counted.store.plan(), DEMO)
    session = open_session(desk, "B06", "final", "2468").session.id
    for number in range(12):
        desk.submit(session, f"id-{number}", lang, {**ANSWERS, "A0": "2", "Q10": "C" if number < 2 else "A"})
    desk.close(session)
    verify_count(desk, session)
    async with staff_app(counted.desk(), size, lang) as (app, pilot):
        await press(app, pilot, "r", "b", "ctrl+s")
        await until(pilot, lambda: told in said(app))
        await press(app, pilot, "escape", "escape")
        kept = counted.store.session(session)
        assert kept
        assert kept.state is SessionState.VERIFIED
        await press(app, pilot, "b", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    posted = counted.store.session(session)
    assert posted
    assert posted.state is SessionState.PUBLISHED


async def test_what_cannot_be_done_with_a_session_is_said_at_once(counted: ResultsTown) -> None:
    """Closing what is verified, verifying what is open, showing what is not counted: why not, and which key helps."""
    session = opened(counted)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y")
        await shows(pilot, '✘ "open" cannot become "verified". Possible: counting. · c closes it')
        await press(app, pilot, "h")
        await shows(pilot, "Close the session first, then verify its count. · c closes it")
        await press(app, pilot, "down", "c")
        await shows(pilot, '✘ "verified" cannot become "counting"')
        assert isinstance(app.screen, SessionsScreen)
    held = counted.store.session(session)
    assert held is not None
    assert held.state is SessionState.OPEN


async def test_keys_that_do_nothing_for_a_session_have_no_cap(counted: ResultsTown) -> None:
    """The foot greys what would be refused, and follows the cursor; the help lists every key all the same."""
    opened(counted)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
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


async def test_what_was_said_goes_with_the_next_page(counted: ResultsTown) -> None:
    """The message of one thing done does not stand on the page that is opened after it."""
    opened(counted)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "c", "enter")
        await shows(pilot, "is closed, the counting begins")
        await press(app, pilot, "i")
        await shows(pilot, "The account balances")
        assert "is closed" not in screen_text(app)


async def test_ctrl_c_in_a_form_says_how_to_leave_it(counted: ResultsTown) -> None:
    """The letter q would be typed there."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "ctrl+c")
        await shows(pilot, "Esc goes back from here; Ctrl+Q closes the program")


async def test_forms_that_are_out_are_asked_about_before_a_count_is_verified(counted: ResultsTown) -> None:
    """The account stands above the roles, which can be chosen or typed."""
    session = opened(counted)
    print_forms(counted.store, session, (100001, 100002, 100003))
    PaperDesk(counted.store, counted.store.plan(), DEMO, session, KEY).issue_some(3)
    SurveyDesk(counted.store, counted.store.plan(), DEMO).close(session)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "y")
        await shows(pilot, "not returned 3")
        await press(app, pilot, "1", *"witnesses", "enter", "ctrl+s")
        await until(pilot, lambda: "3 forms that were handed out have not come back" in said(app))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    assert counted.store.audits()[-1].role == "Sample Town campaign office + witnesses"


async def test_a_branch_without_a_session_is_told(counted: ResultsTown) -> None:
    """Its page opens the list of all, and says so."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        app.open_branch("B06")
        await settled(app, pilot)
        await press(app, pilot, "r")
        await shows(pilot, "Supply Co. has had no session yet; s opens one")
        await press(app, pilot, "s")
        await shows(pilot, "Open a survey session")


async def test_a_store_that_fails_is_said_and_nothing_breaks() -> None:
    """The result page stays open and says that it has nothing yet."""
    desk = FakeDesk()
    async with staff_app(desk, (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("r", "g")
        await pilot.pause()
        await at_rest(app)
        assert isinstance(app.screen, ResultsScreen)
        await shows(pilot, "reading")
