"""The page of what is owed, on the shipped town and on hand-made ones, with keys as a person presses them."""

from datetime import date, timedelta

import pytest
from rich.cells import cell_len
from textual import events

from campaign.language import Lang
from tests.case_builders import opened
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, sample_desk, shows, staff_app, until
from tui.staff.branch import BranchScreen
from tui.staff.case import CaseScreen
from tui.staff.dashboard import Dashboard
from tui.staff.due import DueScreen

HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


def shown(rows: list[str]) -> list[str]:
    """The rows of the list, without the cursor's mark."""
    return [row.lstrip(" ▌").rstrip() for row in rows[3:] if any(sign in row for sign in "▲◆·") and "-" in row]


async def test_the_worst_comes_first_with_its_days_in_words() -> None:
    """Twenty days late before eight, what is due today before tomorrow; a sign with every one."""
    async with staff_app(sample_desk("town"), (80, 24)) as (app, pilot):
        await pilot.press("d")
        await pilot.pause()
        rows = shown(screen_rows(app))
        assert rows[0].startswith("▲ 逾期 20 天   11-03  供销公司")
        assert rows[1].startswith("▲ 逾期 8 天    11-15  供销公司")
        assert rows[5].startswith("◆ 今天到期     11-23  卫生院")
        assert rows[6].startswith("◆ 1 天后到期   11-24")
        assert "▲ 逾期 5 项" in screen_rows(app)[0]


async def test_typing_narrows_by_every_word_whatever_its_width() -> None:
    """Full-width letters from an input method find the code; Esc brings everything back, once more goes back."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("d", "slash")
        for char in "Ｂ０６ 学习":
            app.screen.focused._forward_event(events.Key(char, char))  # type: ignore[union-attr]  # the list
        await until(pilot, lambda: len(shown(screen_rows(app))) == 1)
        await shows(pilot, "R-B06-001")
        await pilot.press("escape")
        await pilot.pause()
        assert len(shown(screen_rows(app))) > 10
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


async def test_letters_that_are_keys_elsewhere_are_only_typed() -> None:
    """While one types, q does not close the program nor a open a form."""
    async with staff_app(sample_desk("town"), lang=Lang.EN) as (app, pilot):
        await pilot.press("d", "slash", *"qad", "backspace", "backspace", "backspace", *"town")
        await pilot.pause()
        assert isinstance(app.screen, DueScreen)
        assert len(shown(screen_rows(app))) == 1
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.branch == "B01"


async def test_keys_choose_a_part_a_kind_and_an_order() -> None:
    """Overdue alone, cases alone, and by day instead of the worst first."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("d", "f", "k", "k")
        await pilot.pause()
        rows = shown(screen_rows(app))
        assert len(rows) == 3
        assert all(row.startswith("▲") for row in rows)
        await pilot.press("f", "f", "f", "k", "k", "o", "o")
        await pilot.pause()
        assert "镇机关" in shown(screen_rows(app))[0]


async def test_enter_opens_the_branch_and_escape_leads_back_to_the_row() -> None:
    """The cursor stays where it was."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("d", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.branch == "B06"
        await pilot.press("escape")
        await pilot.pause()
        assert any(row.startswith(" ▌") and "逾期 8 天" in row for row in screen_rows(app))


async def test_what_another_process_opens_appears() -> None:
    """Without a key."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await pilot.press("d")
        desk.cases.append(opened("correction", DAY, desk.shown, due=DAY + timedelta(days=1), matter="新的问题"))
        desk.version += 1
        await until(pilot, lambda: "新的问题" in screen_text(app))


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_data_is_shown_as_it_is(name: str) -> None:
    """Names and matters are text."""
    plan = a_plan([(name, name)])
    desk = FakeDesk(plan, cases=[opened("correction", DAY, plan, due=date(2026, 11, 24), matter=name)])
    async with staff_app(desk) as (app, pilot):
        await pilot.press("d", "slash")
        await pilot.press(*"x/[")
        await pilot.press("escape")
        await pilot.pause()
        text = "".join(char for char in name if char.isprintable())
        await shows(pilot, f"· {text}")
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        await pilot.press("d")
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


async def test_the_hall_has_no_due_page() -> None:
    """It is read-only and has no keyboard."""
    async with staff_app(sample_desk("town"), read_only=True) as (app, pilot):
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


@pytest.mark.parametrize("lang", list(Lang))
async def test_what_the_dashboard_calls_late_by_plan_is_named_among_what_is_overdue(lang: Lang) -> None:
    """The tile counts phases and steps, the page everything: it says how many of its own are those of the tile."""
    tile, title = {
        Lang.ZH: ("进度逾期", "▲ 逾期 5 项，其中进度 2 项"),
        Lang.EN: ("Late by plan", "▲ 5 overdue, 2 by plan"),
    }[lang]
    async with staff_app(sample_desk("town"), (80, 24), lang) as (app, pilot):
        rows = screen_rows(app)
        at = next(y for y, row in enumerate(rows) if tile in row)
        assert rows[at + 1].rpartition("▌")[2].split()[0] == "2"
        await pilot.press("d")
        await until(pilot, lambda: title in screen_text(app))
        await pilot.press("f", "k")
        await until(pilot, lambda: len(shown(screen_rows(app))) == 2)


async def test_the_matter_of_a_case_is_seen_where_there_is_little_room() -> None:
    """At 80 columns it stands before the number and the state; the widest terminals show all three."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("d")
        await shows(pilot, "分红账目没有公布")
    async with staff_app(sample_desk("town"), (160, 36), Lang.EN) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: any("R-B06-001" in row and "学习记录缺9月" in row for row in screen_rows(app)))
