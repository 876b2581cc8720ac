"""Opening a session by keys, on the shipped town kept in memory."""

import pytest

from campaign.language import Lang
from db import memory_store
from surveys.session import SessionState
from surveys.sitting import Check
from tests.case_hands import box, on_top, type_text
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import sample_desk, staff_app, until
from tui.staff.confirm import Confirm
from tui.staff.dashboard import Dashboard
from tui.staff.open_session import OpenSession, SessionOpened


async def test_a_session_is_opened_and_its_pin_shown_once() -> None:
    """Id, PIN, and the command for the other terminal; the dashboard counts the session."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("s", "1", *["enter"] * 6, "enter")  # all is so; Enter on the last line opens it
        await until(pilot, on_top(app, SessionOpened))
        (session,) = desk.reading().sessions
        assert session.branch == "B06"
        assert session.state is SessionState.OPEN
        await until(pilot, lambda: session.id in screen_text(app))
        text = screen_text(app)
        assert session.id in text
        assert f"manyi --data unused --today 2026-11-23 kiosk --session {session.id}" in text
        pin = next(row.split()[-1] for row in screen_rows(app) if row.strip().startswith("密码 "))
        assert pin.isdecimal()
        await pilot.press("enter")
        await until(pilot, on_top(app, Dashboard))
        assert pin not in screen_text(app)
        await until(pilot, lambda: "· 1 场" in screen_text(app))


@pytest.mark.parametrize(("lang", "said"), [(Lang.ZH, "现为11个字符"), (Lang.EN, "got 11 characters")])
async def test_the_whole_form_is_seen_where_there_are_rows_for_it(lang: Lang, said: str) -> None:
    """At 80x24 down to its last line, without a bar to scroll by; what is wrong is told below it all the same."""
    async with staff_app(sample_desk("town"), (80, 24), lang) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: "2026-11-23" in screen_text(app))
        form, save = app.screen.query_one("#form"), app.screen.query_one("#save")
        assert (form.max_scroll_y, form.show_vertical_scrollbar) == (0, False)
        assert save.region.bottom < form.region.bottom
        await pilot.press("1", *"12345678901", "ctrl+s")
        await until(pilot, lambda: app.screen.query_one("#problems").region.height > 0)
        region = app.screen.query_one("#problems").region
        assert any(said in row for row in screen_rows(app)[region.y : region.bottom])


@pytest.mark.parametrize("pin", ["12", "abcd", "123456789"])
async def test_a_pin_that_cannot_be_is_refused_in_words(pin: str) -> None:
    """M14, beside the box or below the form; no session is opened."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await pilot.press("s", "1")
        await type_text(pilot, pin)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "密码须为4至8位数字" in screen_text(app))
        await until(pilot, lambda: not getattr(app.screen, "saving", False))
        assert isinstance(app.screen, OpenSession)
        assert desk.reading().sessions == ()


async def test_a_chosen_pin_is_the_one_shown() -> None:
    """Full-width digits are digits."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await pilot.press("s", "1")
        await type_text(pilot, "１３57")
        await pilot.press(*["enter"] * 6, "ctrl+s")
        await until(pilot, on_top(app, SessionOpened))
        await until(pilot, lambda: "密码 1357" in screen_text(app))


async def test_what_is_not_ticked_is_asked_about() -> None:
    """V52 for each; Esc leads back to the form, Enter opens the session, and it is kept what was not so."""
    store = memory_store()
    desk = sample_desk("town", store)
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("s", "1", *["enter"] * 6, "up", "space", "ctrl+s")
        await until(pilot, on_top(app, Confirm))
        await until(pilot, lambda: "“填写说明已宣读”未确认" in screen_text(app))
        assert screen_text(app).count("未确认") == 1
        await pilot.press("escape")
        await until(pilot, on_top(app, OpenSession))
        assert store.sessions() == []
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Confirm))
        await pilot.press("enter")
        await until(pilot, on_top(app, SessionOpened))
        (session,) = store.sessions()
        assert [check for check, so in session.integrity.items() if not so] == [Check.INSTRUCTIONS_READ]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("operator", "供销公司党支部书记", "须由本单位以外人员组织"),
        ("briefing_on", "", "测评前须先通报"),
        ("briefing_on", "2026-11-24", "2026-11-24"),
        ("present", "3O", "请填写0或正整数"),
    ],
)
async def test_a_session_that_must_not_be_held_so_is_not_opened(field: str, typed: str, said: str) -> None:
    """V50, V51, V30, V06: said below the form, and everything typed is still there."""
    store = memory_store()
    desk = sample_desk("town", store)
    async with staff_app(desk, (120, 36)) as (app, pilot):
        await pilot.press("s", "1", *["enter"] * 6)
        await until(pilot, on_top(app, OpenSession))
        box(app, field).value = typed
        await pilot.press("ctrl+s")
        await until(pilot, lambda: said in screen_text(app))
        assert isinstance(app.screen, OpenSession)
        assert store.sessions() == []
