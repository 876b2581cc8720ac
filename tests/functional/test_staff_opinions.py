"""The screen of opinions, on the shipped town over a real desk, with keys as a person presses them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot

from campaign.language import Lang
from db import memory_store
from surveys.ports import Store
from surveys.register.model import Heard, Item, OpinionState
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, at_rest, sample_desk, shows, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.cases import CasesScreen
from tui.staff.dashboard import Dashboard
from tui.staff.due import DueScreen
from tui.staff.opinion import OpinionScreen
from tui.staff.opinion_forms import MergeOpinions, TurnItem, WriteDown
from tui.staff.opinions import OpinionsScreen

HOSTILE = "[red]\x1b[31m红\u202e[@click=app.quit]点我[/] 电话13800138000 " + "长" * 470
LAMP = ("130844", "786270")
"""Two opinions of B08 about lamps, sorted and not merged yet."""


@asynccontextmanager
async def opinions(
    size: tuple[int, int] = (120, 36), lang: Lang = Lang.EN, more: Sequence[Heard] = ()
) -> AsyncIterator[tuple[StaffApp, Pilot[None], Store]]:
    """The list of the whole town."""
    store = memory_store()
    desk = sample_desk("town", store)
    store.save_register(more, (), (), ())
    async with staff_app(desk, size, lang) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: "27 " in screen_rows(app)[0] or "28 " in screen_rows(app)[0])
        yield app, pilot, store


async def go_to(app: StaffApp, pilot: Pilot[None], number: str) -> None:
    """Put the cursor on a row."""
    assert isinstance(app.screen, OpinionsScreen)
    app.screen.table.go_to(number)
    await pilot.pause()


async def settle(app: StaffApp, pilot: Pilot[None]) -> None:
    """Wait for what is done in threads."""
    await at_rest(app)
    await pilot.pause()


async def test_opinions_and_items_are_counted_apart() -> None:
    """The head says both; the list has the items first, with the number of their opinions."""
    async with opinions() as (app, _, _store):
        rows = screen_rows(app)
        assert "27 opinions · 4 items  6 new" in rows[0]
        first = next(row for row in rows if "#1" in row)
        assert "(3) 意见箱位置偏" in first
        assert "verified" in first


async def test_a_branchs_page_shows_its_own() -> None:
    """From the branch under the cursor one comes to its opinions alone, and back."""
    async with staff_app(sample_desk("town"), (120, 36), Lang.EN) as (app, pilot):
        app.open_branch("B08")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        await pilot.press("v")
        await until(pilot, lambda: "8 opinions · 1 item" in screen_text(app))
        await pilot.press("escape")
        assert isinstance(app.screen, BranchScreen)


async def test_marked_opinions_are_sorted_with_two_keys() -> None:
    """Space marks, g asks for the category, its digit sorts; the marks are gone then."""
    async with opinions() as (app, pilot, store):
        await pilot.press("f")
        await pilot.press("space", "space")
        await shows(pilot, "2 marked")
        await pilot.press("g", "1")
        await settle(app, pilot)
        await until(pilot, lambda: "4 new" in screen_rows(app)[0])
        assert "marked" not in screen_text(app)
        register = store.register()
        assert [register.state(each) for each in register.heard.values()].count(OpinionState.NEW) == 4
        assert {audit.role for audit in store.audits() if audit.entity.startswith("opinion")} == {
            "Sample Town campaign office"
        }


async def test_marked_opinions_are_merged_into_an_item_and_that_into_a_case() -> None:
    """The key m asks for the public's text, i for what is owed; the case's state stands beside the item."""
    async with opinions() as (app, pilot, store):
        for number in LAMP:
            await go_to(app, pilot, number)
            await pilot.press("space")
        await pilot.press("m")
        assert isinstance(app.screen, MergeOpinions)
        await shows(pilot, "院里路灯晚上不亮")
        await pilot.press(*"Lamps", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, OpinionsScreen))
        await until(pilot, lambda: "5 items" in screen_rows(app)[0])
        assert [each.number for each in store.register().members(5)] == [int(number) for number in LAMP]
        await go_to(app, pilot, "5")
        await pilot.press("i")
        assert isinstance(app.screen, TurnItem)
        await pilot.press("enter", "enter", *"repair", "enter", *"head", "enter", *"12-10", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, OpinionsScreen))
        await until(pilot, lambda: "(2) Lamps" in screen_text(app) and store.register().items[5].case != "")
        case = store.case(store.register().items[5].case)
        assert case
        assert (case.branch, case.opinions, case.owner, case.suggestion, case.public_matter) == (
            "B08",
            2,
            "head",
            "repair",
            "Lamps",
        )
        await pilot.press("i")
        await pilot.pause()
        await shows(pilot, "has case R-B08-002 already")


async def test_a_merge_can_be_undone() -> None:
    """The key b on an item brings all of its opinions back; b on a discarded one too."""
    async with opinions() as (app, pilot, store):
        await go_to(app, pilot, "4")
        await pilot.press("b")
        await until(pilot, lambda: "3 items" in screen_rows(app)[0])
        await go_to(app, pilot, LAMP[0])
        await pilot.press("delete", "1")
        await until(pilot, lambda: bool(store.register().heard[int(LAMP[0])].discarded))
        await settle(app, pilot)
        await pilot.press("b")
        await until(pilot, lambda: not store.register().heard[int(LAMP[0])].discarded)


async def test_keys_of_the_dashboard_do_the_same_among_opinions() -> None:
    """Whoever presses c or d comes to the cases and to what is owed, and with Esc back; nothing is put aside by it."""
    async with opinions() as (app, pilot, store):
        before = store.register()
        for key, page in (("c", CasesScreen), ("d", DueScreen)):
            await pilot.press(key)
            await until(pilot, lambda page=page: isinstance(app.screen, page))  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, OpinionsScreen))
        assert store.register() == before


async def test_what_a_rule_forbids_is_said_and_nothing_is_forgotten() -> None:
    """Opinions of an item with a case stay in it; the status line says why, the mark stays."""
    async with opinions() as (app, pilot, store):
        before = store.register()
        await go_to(app, pilot, "1")
        await pilot.press("space", "b")
        await until(pilot, lambda: "turned into case R-B03-001" in screen_text(app))
        assert store.register() == before
        await pilot.press("escape")
        assert isinstance(app.screen, OpinionsScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, Dashboard)


async def test_typing_narrows_and_keys_filter() -> None:
    """/ finds by any word of the text, #3 what is in item 3; f shows parts, k categories, o another order."""
    async with opinions() as (app, pilot, _store):
        await pilot.press("slash", *"#3", "enter")
        await pilot.pause()
        assert isinstance(app.screen, OpinionsScreen)
        assert len(app.screen.table.rows) == 4
        await pilot.press("escape", "f", "f", "f")
        await pilot.pause()
        assert [row.key for row in app.screen.table.rows] == ["1", "2", "3", "4"]
        await pilot.press("k")
        await pilot.pause()
        assert [row.key for row in app.screen.table.rows] == ["3"]
        await pilot.press("o", "l")
        await pilot.pause()
        await shows(pilot, "按文字")
        assert "办事速度和态度" in screen_rows(app)[1]


async def test_hostile_text_is_plain_text_and_shows_what_is_blacked_out() -> None:
    """Escape sequences, markup and turned writing are only shown; the number is named, and what would go out."""
    hostile = Heard(number=100_001, branch="B01", channel="box", received_on=DAY, text=HOSTILE)
    async with opinions((80, 24), more=[hostile]) as (app, pilot, _store):
        await go_to(app, pilot, "100001")
        assert all(len(row) <= 80 for row in screen_rows(app))
        assert "\x1b" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "[red][31m红[@click=app.quit]点我[/]" in screen_text(app))
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: "Would go out" in screen_text(app))
        await shows(pilot, "13800138000 · phone number: is blacked out")
        await shows(pilot, "点我[/] 电话■■■")


@pytest.mark.parametrize("opened", ["list", "page"])
async def test_a_change_by_somebody_else_comes_in_by_itself(opened: str) -> None:
    """What another window has done is shown without a key."""
    async with opinions() as (app, pilot, store):
        if opened == "page":
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, OpinionScreen))
        item = store.register().items[1]
        store.save_register((), [Item(**{**item.model_dump(), "text": "又改了"})], (), ())
        await until(pilot, lambda: "又改了" in screen_text(app))


async def test_opinions_of_a_box_are_written_down() -> None:
    """The key a opens a form; too long a text is said beside it and kept, an empty box counts for nothing."""
    async with opinions() as (app, pilot, store):
        await pilot.press("a", "1", "2", "1", "enter")
        assert isinstance(app.screen, WriteDown)
        await pilot.press(*"quiet", "enter")
        app.screen.focused._forward_event(events.Paste("长" * 10_000))  # type: ignore[union-attr]  # the second box
        await until(pilot, lambda: "10000 characters; at most 500" in screen_text(app))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, WriteDown)
        assert len(store.register().heard) == 27
        await pilot.press("ctrl+u", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, OpinionsScreen))
        await until(pilot, lambda: "28 opinions" in screen_rows(app)[0])
        (heard,) = [each for each in store.register().heard.values() if each.text == "quiet"]
        assert (heard.branch, heard.channel, heard.source) == ("B01", "meeting", "public")
        assert [entry.counts for entry in store.entries("B01") if entry.on == DAY] == [{"opinions": 1}]
