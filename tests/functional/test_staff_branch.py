"""The screen of one branch, on the shipped town."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from campaign.language import Lang
from campaign.log import LogEntry
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, at_rest, sample_desk, shows, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.ports import Desk

SIZES = [(80, 24), (120, 36)]


@asynccontextmanager
async def opened(
    sample: str, code: str, size: tuple[int, int] = (120, 36), desk: Desk | None = None
) -> AsyncIterator[tuple[StaffApp, Pilot[None], BranchScreen]]:
    """The page of a branch with all that is known of it."""
    async with staff_app(desk or sample_desk(sample), size) as (app, pilot):
        app.open_branch(code)
        await until(pilot, lambda: isinstance(app.screen, BranchScreen) and len(app.screen.log_table.rows) > 0)
        assert isinstance(app.screen, BranchScreen)
        yield app, pilot, app.screen


HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


@pytest.mark.parametrize("size", SIZES)
async def test_a_late_branch_shows_what_is_late(size: tuple[int, int]) -> None:
    """Who it is, its members by group, its current phase in sight, and each open step with its days."""
    async with staff_app(sample_desk("town"), size) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "逐项整改" in screen_text(app))
        rows = screen_rows(app)
        assert "供销公司党支部   B06" in rows[0]
        assert "▲ 逾期 8 天" in rows[0]
        assert "党员：14  在岗 4 · 生产一线 8 · 离退休 2" in rows[1]
        assert "第一责任人：支部书记" in rows[1]
        assert any("整改提高" in row and "10-12–11-15" in row and "78%" in row for row in rows)
        assert any("逐项整改" in row and "11-15" in row and "▲ 逾期 8 天" in row for row in rows)
        assert any("规定环节完成 27/31" in row for row in rows)


async def test_the_log_stands_newest_first() -> None:
    """The number, the day, the kind and the counts of each entry."""
    async with opened("town", "B06") as (app, pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: "11-18  整改进展" in screen_text(app))
        days = [row.logged.entry.on for row in screen.log_table.rows]
        assert len(days) > 60
        assert days == sorted(days, reverse=True)
        await shows(pilot, "已整改项数 8")


async def test_tab_and_digits_go_through_the_sections() -> None:
    """Tab goes on, Shift+Tab back, a digit of any width straight there; each section takes the keys."""
    async with opened("town", "B06", (80, 24)) as (app, pilot, screen):
        assert screen.section == "steps"
        for key, section in (("tab", "log"), ("tab", "cases"), ("shift+tab", "log"), ("5", "people"), ("２", "log")):
            await pilot.press(key)
            await pilot.pause()
            assert screen.section == section
            assert app.focused is screen.query_one(f"#{section}")
        await pilot.press("end")
        assert screen.log_table.key == screen.log_table.rows[-1].key
        await pilot.press("6", "tab")
        assert screen.section == "steps"


async def test_the_log_is_narrowed_and_sorted_by_keys() -> None:
    """By phase, by kind, by typing; in other orders; what was chosen stays when the log grows."""
    desk = sample_desk("town")
    async with opened("town", "B06", (80, 24), desk) as (app, pilot, screen):
        everything = len(screen.log_table.rows)
        await pilot.press("2", "f")
        await until(pilot, lambda: "学习动员 · 各类" in screen_text(app))
        assert {row.logged.entry.phase for row in screen.log_table.rows} == {"study"}
        await pilot.press("f", "f", "f", "o")
        await until(pilot, lambda: "旧的在前" in screen_text(app))
        days = [row.logged.entry.on for row in screen.log_table.rows]
        assert days == sorted(days)
        assert len(days) == everything
        await pilot.press("slash", *"路灯", "enter")
        await until(pilot, lambda: len(screen.log_table.rows) == 1)
        note = "老街路灯又修一处"
        desk.add_entry(
            LogEntry(
                kind="directive",
                branch="B06",
                phase="improve",
                on=DAY,
                counts={"participants": 1},
                note=note,
                recorded_on=DAY,
            ),
            confirmed=True,
        )
        await until(pilot, lambda: len(screen.log_table.rows) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.log_table.rows) == everything + 1)


async def test_cases_stand_with_the_worst_first_and_open_on_enter() -> None:
    """Overdue ones before the others, closed ones apart; Enter asks for the page of the case."""
    async with opened("town", "B06") as (app, pilot, screen):
        asked: list[str] = []
        app.open_case = asked.append  # type: ignore[method-assign,assignment]
        await pilot.press("3")
        await until(pilot, lambda: "分红账目没有公布" in screen_text(app))
        assert [row.key for row in screen.case_table.rows] == ["R-B06-001", "7316052948", "R-B06-002"]
        await pilot.press("down", "enter")
        await until(pilot, lambda: asked == ["7316052948"])
        await pilot.press("f", "f")
        await pilot.pause()
        assert not any(row.standing.open for row in screen.case_table.rows)


@pytest.mark.parametrize(
    ("code", "size", "said"),
    [
        ("B06", (80, 24), ("接受评价  ✔ 做到 09-07", "· 待做", "✘ 终期测评结果尚未公示", "R-B06-001")),
        ("B10", (80, 24), ("告知      ✔ 做到", "已结束阶段：4 项做到 4 项", "✘ 分析评议尚未结束")),
        ("B04", (120, 36), ("✔ 11月", "未办结事项")),
    ],
)
async def test_what_is_owed_and_what_is_missing(code: str, size: tuple[int, int], said: Sequence[str]) -> None:
    """A sign and a word in every cell of the matrix; below it what is missing before the branch has completed."""
    async with opened("town", code, size) as (app, pilot, _screen):
        await pilot.press("4")
        await until(pilot, lambda: all(each in screen_text(app) for each in said))


async def test_an_obligation_that_was_missed_is_said_with_a_sign() -> None:
    """Not by colour alone."""
    async with opened("library", "L02", (80, 24)) as (app, pilot, _screen):
        await pilot.press("4")
        await until(pilot, lambda: "✘ 未做到" in screen_text(app))


async def test_people_are_shown_by_group() -> None:
    """Members, share that took part, hours against the target; who is hard to reach in three numbers."""
    async with opened("town", "B08", (80, 24)) as (app, pilot, _screen):
        await pilot.press("5")
        await until(pilot, lambda: any("在岗" in row and "47.7 / 40 ✔" in row for row in screen_rows(app)[5:]))
        assert any("流动" in row and "已联系 6 · 联系不上 3 · 尚未联系 0" in row for row in screen_rows(app))


async def test_hints_come_with_what_they_rest_on() -> None:
    """In words, with the rule's code and the entries or cases behind it; no score."""
    async with opened("town", "B06", (80, 24)) as (app, pilot, _screen):
        await pilot.press("6")
        await until(pilot, lambda: "(F3)" in screen_text(app))
        await shows(pilot, "不打分")


async def test_an_entry_of_another_process_appears_in_the_log() -> None:
    """Without a key."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await pilot.press("enter", "2")
        entry = LogEntry(kind="visit", branch="B06", phase="p3", on=DAY, note="新近一条", recorded_on=DAY)
        desk.add_entry(entry, confirmed=False)
        await until(pilot, lambda: "新近一条" in screen_text(app))


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language."""
    async with staff_app(sample_desk("library"), size, lang) as (app, pilot):
        await pilot.press("enter")
        await at_rest(app)
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
        await at_rest(app)
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
