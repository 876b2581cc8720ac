"""A result in the hall: what staff let it see, and how it looks."""

import re

import pytest

from campaign.language import Lang
from surveys.desk import SurveyDesk
from surveys.shown import NOTHING, Shown
from tests.results_hands import ANSWERS, SIZES, TOWN, press, said
from tests.results_town import DEMO, ResultsTown
from tests.screen_text import assert_golden, screen_rows, screen_text
from tests.sittings import open_session, verify_count
from tests.staff_fakes import shows, staff_app, until
from tui.staff.choose_one import ChooseOne
from tui.staff.dashboard import Dashboard
from tui.staff.hall import HallScreen


async def test_of_several_sessions_of_a_unit_staff_choose_the_one_for_the_hall(counted: ResultsTown) -> None:
    """The newest first, each with its day; what is on the wall says which it is, and so does the result."""
    desk = SurveyDesk(counted.store, counted.store.plan(), DEMO)
    again = open_session(desk, "B01", "final", "2468").session.id
    for number in range(12):
        desk.submit(again, f"id-{number}", Lang.ZH, {**ANSWERS, "Q10": "C" if number < 2 else "A"})
    desk.close(again)
    verify_count(desk, again)
    async with (
        staff_app(counted.desk(), (80, 24), Lang.EN) as (app, pilot),
        staff_app(counted.desk(), (80, 24), Lang.EN, read_only=True) as (hall, hall_pilot),
    ):
        await press(app, pilot, "r", "g", "3", "enter", "h")
        await until(pilot, lambda: isinstance(app.screen, ChooseOne) and "1 2026-11-23 · " in screen_text(app))
        assert "2 2026-10-08 · B01-261008-1 · 51 valid forms" in screen_text(app)
        assert counted.store.shown() == NOTHING
        await press(app, pilot, "2")
        await until(pilot, lambda: "● in the hall: B01-261008-1" in screen_text(app))
        await until(hall_pilot, lambda: "Town Office · 2026-10-08" in screen_text(hall), seconds=5)
        await press(app, pilot, "h")
        await until(pilot, lambda: "51 valid forms · ● now in the hall" in screen_text(app))
        await press(app, pilot, "1")
        await until(hall_pilot, lambda: "Town Office · 2026-11-23" in screen_text(hall), seconds=5)
    assert counted.store.shown() == Shown(session=again)


async def test_a_void_session_leaves_the_hall(counted: ResultsTown) -> None:
    """Declared void with a reason, its result goes from the wall at once."""
    counted.store.save_shown(Shown(session="B10-261118-1"))
    async with (
        staff_app(counted.desk(), (120, 36), Lang.EN) as (staff, pilot),
        staff_app(counted.desk(), (120, 36), Lang.EN, read_only=True) as (hall, hall_pilot),
    ):
        await until(hall_pilot, lambda: isinstance(hall.screen, HallScreen))
        await press(staff, pilot, "r", "d", *"no", "ctrl+s")
        await until(pilot, lambda: "Say in 5 characters or more" in screen_text(staff))
        await press(staff, pilot, *" briefing", "ctrl+s")
        await until(hall_pilot, lambda: isinstance(hall.screen, Dashboard), seconds=5)


async def test_the_hall_can_do_nothing(counted: ResultsTown) -> None:
    """No key opens sessions, results or an export, or takes the result off."""
    counted.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(counted.desk(), (120, 36), Lang.EN, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await press(app, pilot, "r", "x", "h", "escape", "enter", "c")
        assert isinstance(app.screen, HallScreen)
        assert counted.store.shown().session == TOWN[0]


@pytest.mark.parametrize("lang", list(Lang))
async def test_the_hall_is_read_in_ten_seconds(counted: ResultsTown, lang: Lang) -> None:
    """At 120x36: the rate six rows high, who and how many beside it, ten bars with their rates, none crowded."""
    counted.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(counted.desk(), (120, 36), lang, read_only=True) as (app, pilot):
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


@pytest.mark.parametrize(
    ("lang", "short", "whole"),
    [
        (Lang.EN, ["all in all", "being informed", "substance, not show"], "How do you find the manner of the"),
        (Lang.ZH, ["组织作用"], "活动做什么、做到哪一步，公开得怎么"),
    ],
)
async def test_what_was_asked_is_never_cut_on_a_small_wall(
    counted: ResultsTown, lang: Lang, short: list[str], whole: str
) -> None:
    """At 80x24: whole where rows are free, else in the short form that no other question shares."""
    counted.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(counted.desk(), (80, 24), lang, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        region = app.screen.query_one("#hall-questions").region
        rows = screen_rows(app)[region.y : region.bottom]
        assert not any("…" in row for row in rows)
        assert sum("%" in row for row in rows) == 10
        for text in [*short, whole]:
            assert any(row.strip().startswith(text) for row in rows)


async def test_a_hidden_result_shows_no_figure_in_the_hall(counted: ResultsTown) -> None:
    """Four forms: the wall says that there are too few, and no number of answers."""
    counted.store.save_shown(Shown(session="B07-261112-1"))
    async with staff_app(counted.desk(), (120, 36), Lang.EN, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        text = screen_text(app)
        assert "fewer than 5 valid forms" in text
        assert "%" not in text


async def test_another_result_in_the_hall_is_asked_about(counted: ResultsTown) -> None:
    """Esc leaves the one that is there; Enter shows the new one; one with too few forms is refused."""
    counted.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "down", "h")
        await shows(pilot, "fewer than 5 valid forms")
        await press(app, pilot, "down", "h")
        await until(pilot, lambda: "hall is shown Town Office · final survey · B01-261008-1 now" in said(app))
        await press(app, pilot, "escape")
        assert counted.store.shown().session == TOWN[0]
        await press(app, pilot, "h", "enter")
        await until(pilot, lambda: counted.store.shown().session == "B03-261105-1")


@pytest.mark.parametrize("lang", list(Lang))
async def test_a_high_wall_is_used(counted: ResultsTown, lang: Lang) -> None:
    """At 200x50 every question has the numbers behind its bar below it, and nothing is cut."""
    counted.store.save_shown(Shown(session=TOWN[0]))
    async with staff_app(counted.desk(), (200, 50), lang, read_only=True) as (app, pilot):
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
async def test_hall(counted: ResultsTown, size: tuple[int, int], lang: Lang, name: str, shown_result: Shown) -> None:
    """The wall with a result is what was looked at and found good."""
    counted.store.save_shown(shown_result)
    async with staff_app(counted.desk(), size, lang, read_only=True) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await pilot.pause()
        assert_golden(f"staff_hall_{name}-{size[0]}x{size[1]}-{lang}", screen_rows(app))


async def test_the_status_line_never_stays_in_the_language_that_was_left(counted: ResultsTown) -> None:
    """What was said goes with its language: below stands only what is said in the new one."""
    async with staff_app(counted.desk(), (120, 36), Lang.ZH) as (app, pilot):
        await press(app, pilot, "r", "h")
        assert "✔ 已在大厅屏幕显示" in screen_text(app)
        await press(app, pilot, "l")
        await shows(pilot, "Sessions and results")
        assert "大厅" not in screen_text(app)
        assert "connected" in screen_rows(app)[app.screen.query_one("#status").region.y]
