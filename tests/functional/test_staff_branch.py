"""The screen of one branch, on the shipped town."""

import pytest
from rich.cells import cell_len

from campaign.language import Lang
from campaign.log import LogEntry
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, sample_desk, staff_app, until
from tui.staff.branch import BranchScreen

SIZES = [(80, 24), (120, 36)]
HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


@pytest.mark.parametrize("size", SIZES)
async def test_a_late_branch_shows_what_is_late(size: tuple[int, int]) -> None:
    """Who it is, its members by group, its current phase in sight, and each open step with its days."""
    async with staff_app(sample_desk("town"), size) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "整改进展" in screen_text(app))
        rows = screen_rows(app)
        assert "供销公司党支部   B06" in rows[0]
        assert "▲ 逾期 8 天" in rows[0]
        assert "党员：14  在岗 4 · 生产一线 8 · 离退休 2" in rows[1]
        assert "第一责任人：支部书记" in rows[1]
        assert any("整改提高" in row and "10-12–11-15" in row and "78%" in row for row in rows)
        assert any("逐项整改" in row and "11-15" in row and "▲ 逾期 8 天" in row for row in rows)


async def test_the_log_stands_newest_first() -> None:
    """The day, the kind and the counts of each entry."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "11-18  整改进展" in screen_text(app))
        days = [row.rsplit("  ", 3)[0][-5:] for row in screen_rows(app) if "整改进展" in row]
        assert days == sorted(days, reverse=True)
        assert "已整改项数 8" in screen_text(app)


async def test_tab_goes_to_the_log_and_the_cursor_scrolls_it() -> None:
    """Both lists are reached by keys."""
    async with staff_app(sample_desk("town"), (80, 24)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "整改进展" in screen_text(app))
        before = screen_text(app)
        await pilot.press("tab", "end")
        await pilot.pause()
        assert screen_text(app) != before
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.log_table.has_focus


async def test_an_entry_of_another_process_appears_in_the_log() -> None:
    """Without a key."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await pilot.press("enter")
        entry = LogEntry(kind="visit", branch="B06", phase="p3", on=DAY, note="新近一条", recorded_on=DAY)
        desk.add_entry(entry, confirmed=False)
        await until(pilot, lambda: "新近一条" in screen_text(app))


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language."""
    async with staff_app(sample_desk("library"), size, lang) as (app, pilot):
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_data_is_shown_as_it_is(name: str) -> None:
    """Names of branches, groups and steps, notes and references are text."""
    plan = a_plan([(name, name)])
    groups = tuple(group.model_copy(update={"name": plan.branches[0].name}) for group in plan.member_groups)
    steps = tuple(step.model_copy(update={"name": plan.branches[0].name}) for step in plan.steps)
    entry = LogEntry(kind="visit", branch="B01", phase="p1", on=DAY, note=name, reference=name, recorded_on=DAY)
    desk = FakeDesk(plan.model_copy(update={"member_groups": groups, "steps": steps}), log=[entry])
    async with staff_app(desk) as (app, pilot):
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = "".join(char for char in name if char.isprintable())
        rows = screen_rows(app)
        assert shown in rows[0]
        assert f"{shown} 20" in rows[1]
        assert "\x1b" not in screen_text(app)
        for y, row in enumerate(rows):
            if shown[:4] in row:
                await pilot.click(offset=(row.index(shown[:4]) + 2, y))
        assert app.is_running
        assert isinstance(app.screen, BranchScreen)


async def test_escape_goes_back_and_q_leaves() -> None:
    """Staff may leave at any time; nothing is asked."""
    async with staff_app(FakeDesk()) as (app, pilot):
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, BranchScreen)
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0
