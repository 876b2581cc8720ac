"""The dashboard, as a person sees it and as keys move it."""

import threading
from dataclasses import replace

import pytest
from rich.cells import cell_len

from campaign.language import Lang
from campaign.standing import Standing, Status
from surveys.session import SessionState
from tests.screen_text import colours_at, screen_rows, screen_text
from tests.staff_fakes import (
    DAY,
    NAMES,
    FakeDesk,
    a_plan,
    an_overview,
    at_rest,
    clock_of,
    shows,
    staff_app,
    until,
)
from tui.staff.branch import BranchScreen
from tui.staff.dashboard import Dashboard
from tui.staff.ports import SessionLine

SIZES = [(80, 24), (120, 36)]
HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m\x1b]0;x\x07红", "[b]{x}%s")


def row_of(rows: list[str], label: str) -> str:
    return next(row for row in rows if label in row and ("▆" in row or "▁" in row))


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_all_ten_branches_are_in_sight(size: tuple[int, int], lang: Lang) -> None:
    """Without scrolling, each with its figures and its standing in words."""
    async with staff_app(FakeDesk(), size, lang) as (app, _):
        rows = screen_rows(app)
        for zh, en in NAMES:
            label = zh.removesuffix("党支部") if lang is Lang.ZH else en[:12]
            assert row_of(rows, label)
        assert "▲ 逾期 8 天" in row_of(rows, "供销") if lang is Lang.ZH else "▲ 8 d overdue" in row_of(rows, "Supply")


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_the_late_branches_are_named_first(size: tuple[int, int], lang: Lang) -> None:
    """In the headline, and on top of the table: a newcomer names both at a glance."""
    async with staff_app(FakeDesk(), size, lang) as (app, _):
        rows = screen_rows(app)
        first, second = ("供销", "离退休") if lang is Lang.ZH else ("Supply", "Retired")
        assert first in rows[1]
        assert second in rows[1]
        table = [row for row in rows[11:] if "▆" in row] if size[1] > 24 else [row for row in rows[6:] if "▆" in row]
        assert first in table[0]
        assert second in table[1]


@pytest.mark.parametrize("size", [(60, 18), (79, 25), (80, 24), (99, 33), (100, 31), (120, 36), (200, 60)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int]) -> None:
    """At any size no wide character is cut and nothing runs over the edge."""
    async with staff_app(FakeDesk(), size) as (app, _):
        strips = app.screen._compositor.render_strips()
        widths = {cell_len("".join(segment.text for segment in strip if not segment.control)) for strip in strips}
        assert widths == {size[0]}
        assert len(strips) == size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_twelve_branches_of_four_phases_fit(size: tuple[int, int]) -> None:
    """The number of phases and branches is the plan's."""
    plan = a_plan([(f"第{at}图书馆", f"Library {at}") for at in range(1, 13)], phases=4)
    async with staff_app(FakeDesk(plan), size) as (app, pilot):
        rows = screen_rows(app)
        for at in range(1, 13):
            assert row_of(rows, f"第{at}图书馆")
        await shows(pilot, "总结")


async def test_the_last_row_does_not_touch_the_foot() -> None:
    """At 80 by 24 and 120 by 36 there is an empty line below the table."""
    for size in SIZES:
        async with staff_app(FakeDesk(), size) as (app, _):
            rows = screen_rows(app)
            last = max(at for at, row in enumerate(rows) if "中心学校" in row)
            assert not rows[last + 1][: 80 if size[0] > 80 else None].strip()


async def test_overdue_cells_alone_have_the_alarm_colour() -> None:
    """The alarm is reserved for what is late."""
    async with staff_app(FakeDesk(), (80, 24)) as (app, _):
        rows = screen_rows(app)
        alarm = app.theme_variables["alarm"].lower()
        late, calm = rows.index(row_of(rows, "供销")), rows.index(row_of(rows, "卫生院"))
        backs = [colours_at(app, 66, y)[1] for y in (late, calm)]
        assert [back is not None and back.name == alarm for back in backs] == [True, False]


@pytest.mark.parametrize("size", SIZES)
async def test_another_process_changes_a_standing_and_the_screen_follows(size: tuple[int, int]) -> None:
    """Without a key: the newest figures appear by themselves, and the order follows."""
    desk = FakeDesk()
    async with staff_app(desk, size) as (app, pilot):
        other = threading.Thread(target=desk.change, args=("B04", Standing(Status.OVERDUE, 30)))
        other.start()
        other.join()
        await until(pilot, lambda: "▲ 逾期 30 天" in screen_text(app))
        table = [row for row in screen_rows(app) if "▆" in row and "逾期" in row]
        assert "中心学校" in table[0]


async def test_a_change_without_effect_paints_nothing() -> None:
    """A new revision with an equal picture is read once and leaves the screen alone."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        shown, readings = app.snapshot, desk.readings
        desk.version += 1
        await until(pilot, lambda: desk.readings > readings)
        await at_rest(app)
        await pilot.pause()
        assert app.snapshot is shown


async def test_a_store_that_fails_leaves_the_last_picture_and_says_so() -> None:
    """In words at once, as out of date after a minute, and it recovers by itself."""
    desk = FakeDesk()
    async with staff_app(desk, (80, 24)) as (app, pilot):
        desk.broken = True
        await until(pilot, lambda: "断线" in screen_text(app))
        await shows(pilot, "逾期 8 天")
        clock_of(app).now += 61
        await until(pilot, lambda: "数据停更 1 分钟" in screen_text(app))
        desk.broken = False
        await until(pilot, lambda: "连接正常" in screen_text(app))
        assert "断线" not in screen_text(app)


async def test_at_midnight_the_figures_are_of_the_new_day() -> None:
    """The day changes without any change in the store."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        desk.day = DAY.replace(day=24)
        await until(pilot, lambda: "11月24日 周二" in screen_text(app))


async def test_the_age_of_the_data_is_on_screen() -> None:
    """Whoever looks knows how old the picture is."""
    async with staff_app(FakeDesk()) as (app, pilot):
        await shows(pilot, "数据刚刚更新 · 连接正常")
        clock_of(app).now += 125
        await until(pilot, lambda: "数据更新于 2 分钟前 · 连接正常" in screen_text(app))


async def test_language_and_theme_change_at_once() -> None:
    """Keys at the foot, headings and names follow the language; the picture stays."""
    async with staff_app(FakeDesk(), (80, 24)) as (app, pilot):
        assert "查看" in "".join(screen_rows(app)[-3:])
        await pilot.press("l")
        await pilot.pause()
        assert "Open" in "".join(screen_rows(app)[-3:])
        await shows(pilot, "Standing")
        before = colours_at(app, 40, 10)
        await pilot.press("t")
        await pilot.pause()
        assert app.theme == "paper"
        assert colours_at(app, 40, 10) != before


async def test_enter_opens_the_branch_under_the_cursor_and_escape_returns() -> None:
    """The cursor stands where it was."""
    async with staff_app(FakeDesk()) as (app, pilot):
        await pilot.press("down", "enter")
        assert isinstance(app.screen, BranchScreen)
        assert "离退休干部党支部" in screen_rows(app)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)
        assert app.screen.branch == "B10"


async def test_a_click_opens_the_branch() -> None:
    """The mouse does what Enter does."""
    async with staff_app(FakeDesk(), (80, 24)) as (app, pilot):
        y = next(at for at, row in enumerate(screen_rows(app)) if "卫生院" in row and "▆" in row)
        await pilot.click(offset=(10, y))
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.branch == "B05"


async def test_open_sessions_show_counts_of_forms() -> None:
    """Who is asked at which branch, how many forms are in, and nothing of what they say."""
    desk = FakeDesk(lines=[SessionLine("B07-261123-1", "B07", "pulse", SessionState.OPEN, 6, 5)])
    async with staff_app(desk) as (app, pilot):
        await shows(pilot, "1 场进行中")
        assert any("原砖瓦厂" in row and "简短测评" in row and "5 份" in row for row in screen_rows(app))


async def test_the_hall_only_reads() -> None:
    """On the wall there is no cursor, and no key opens or records anything."""
    async with staff_app(FakeDesk(), read_only=True) as (app, pilot):
        table = [row for row in screen_rows(app) if "供销公司" in row and "▆" in row]
        assert table[0].startswith("   供销公司")
        assert "记录" not in screen_rows(app)[-1]
        await pilot.press("a", "s", "enter", "down", "enter")
        assert isinstance(app.screen, Dashboard)


async def test_the_hall_turns_pages_where_not_all_rows_fit() -> None:
    """Every 20 seconds the next page, and the page's number."""
    plan = a_plan([(f"第{at}村", f"Village {at}") for at in range(1, 61)])
    async with staff_app(FakeDesk(plan), (80, 24), read_only=True) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        pages = app.screen.table.pages
        assert pages > 1
        clock_of(app).now = 20.0 * pages
        await until(pilot, lambda: f"第 1/{pages} 页" in screen_text(app))
        first = screen_text(app)
        clock_of(app).now += 20
        await until(pilot, lambda: f"第 2/{pages} 页" in screen_text(app))
        assert first != screen_text(app)


@pytest.mark.parametrize("size", [(59, 24), (80, 17), (20, 5)])
async def test_a_terminal_that_is_too_small_says_so(size: tuple[int, int]) -> None:
    """Instead of half a table."""
    async with staff_app(FakeDesk(), size) as (app, pilot):
        assert "终端太小" in screen_text(app) or size[0] < 24
        assert "供销" not in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "供销公司" in screen_text(app))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("lang", list(Lang))
async def test_hostile_names_are_shown_as_they_are(name: str, lang: Lang) -> None:
    """A branch's name is text: no markup, no link, no escape sequence, no placeholder."""
    plan = a_plan([(name, name), *NAMES[1:]], phases=3)
    campaign = plan.campaign.model_copy(update={"title": plan.branches[0].name})
    hostile = plan.model_copy(update={"campaign": campaign})
    figures = an_overview(hostile)
    figures = replace(figures, headline=replace(figures.headline, late=("B01",), on_schedule=9))
    async with staff_app(FakeDesk(hostile, figures=figures), (120, 36), lang) as (app, pilot):
        shown = "".join(char for char in name if char.isprintable())
        text = screen_text(app)
        assert shown.split("]")[0] in text
        assert "\x1b" not in text
        y = next(at for at, row in enumerate(screen_rows(app)) if shown[:6] in row)
        await pilot.click(offset=(6, y))
        await pilot.pause()
        assert app.is_running


async def test_ten_thousand_branches_show_the_late_ones_first() -> None:
    """A county fits, too: the table scrolls, the tiles and the headline stay."""
    plan = a_plan([(f"第{at}村", f"Village {at}") for at in range(2000)])
    async with staff_app(FakeDesk(plan), (120, 36)) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        rows = screen_rows(app)
        assert any("✔ 已完成" in row and row.lstrip().startswith("▌") for row in rows)
