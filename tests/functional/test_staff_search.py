"""Searching everything on the staff screens, by keys as a person presses them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from campaign.language import Lang
from campaign.log import LogEntry
from campaign.searching import Shelf
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, at_rest, sample_desk, shows, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.case import CaseScreen
from tui.staff.dashboard import Dashboard
from tui.staff.due import DueScreen
from tui.staff.officials import OfficialsScreen
from tui.staff.search import SearchScreen

HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


async def settled(app: StaffApp, pilot: Pilot[None]) -> None:
    """Wait for threads and painting."""
    await at_rest(app)
    await pilot.pause()


async def search(app: StaffApp, pilot: Pilot[None], text: str) -> None:
    """Open the page and type."""
    await pilot.press("slash")
    await settled(app, pilot)
    for char in text:
        app.screen.focused._forward_event(events.Key(char, char))  # type: ignore[union-attr]  # the list
    await settled(app, pilot)


def entry(note: str) -> LogEntry:
    """An entry of the hand-made town."""
    return LogEntry(kind="notice", branch="B06", phase="study", on=DAY, note=note, recorded_on=DAY)


async def test_typing_finds_at_once() -> None:
    """Groups with what matched; full-width letters from an input method too."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "Ｂ０６")
        text = screen_text(app)
        assert "供销公司党支部" in text
        assert "R-B06-001" in text
        assert "档号: B06-结01" in text
        assert "找到 32 条" in text


@pytest.mark.parametrize(
    ("text", "downs", "page"), [("供销", 0, BranchScreen), ("R-B06", 1, CaseScreen), ("老街路灯", 0, BranchScreen)]
)
async def test_enter_opens_what_was_found_and_escape_leads_back(
    text: str, downs: int, page: type[Screen[None]]
) -> None:
    """What was typed and found is still there."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, text)
        await pilot.press(*["down"] * downs, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, page)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, SearchScreen)
        await shows(pilot, f"/ {text}")


async def test_an_entry_is_opened_in_the_log_of_its_branch() -> None:
    """With the cursor on it, so that e corrects it."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "B06-结01")
        await pilot.press("enter")
        await settled(app, pilot)
        screen = app.screen
        assert isinstance(screen, BranchScreen)
        await until(pilot, lambda: bool(screen.log_table.rows))
        row = next(row for row in screen.log_table.rows if row.key == screen.log_table.key)
        assert screen.section == "log"
        assert row.logged.entry.reference == "B06-结01"


async def test_an_official_is_opened_among_the_officials() -> None:
    """With the cursor on the first branch of theirs; Esc leads back to what was found."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "L4")
        await pilot.press("enter")
        await settled(app, pilot)
        screen = app.screen
        assert isinstance(screen, OfficialsScreen)
        await until(pilot, lambda: (screen.table.key or "").startswith("L4/"))
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, SearchScreen)


async def test_a_step_opens_what_is_owed_of_it() -> None:
    """In all branches, narrowed to its name."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "测评结果公示")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, DueScreen)
        await shows(pilot, "/ 测评结果公示")
        assert {row.what for row in app.screen.table.rows} == {"测评结果公示"}


async def test_more_of_a_group_is_shown_on_enter() -> None:
    """The row that says how many more there are brings them."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "B06")
        await shows(pilot, "还有 24 条")
        await pilot.press("end", "enter")
        await settled(app, pilot)
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        assert len(screen.table.rows) == 32
        assert "还有" not in screen_text(app)


async def test_letters_that_are_keys_elsewhere_are_only_typed() -> None:
    """Q does not close the program, l not change the language, a slash and a blank are typed too."""
    async with staff_app(sample_desk("town"), lang=Lang.EN) as (app, pilot):
        await search(app, pilot, "")
        await pilot.press(*"qlat?d", "slash", "space", "q")
        await settled(app, pilot)
        assert isinstance(app.screen, SearchScreen)
        await shows(pilot, "/ qlat?d/ q")
        await shows(pilot, "nothing was found")


async def test_escape_clears_first_and_goes_back_then() -> None:
    """Nothing is lost by one key too many."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await search(app, pilot, "B06")
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.table.text == ""
        assert list(app.screen.table.rows) == []
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


@dataclass
class SlowDesk(FakeDesk):
    """A desk whose log takes as long as the test wants."""

    may_read: threading.Event = field(default_factory=threading.Event)

    def search_log(self) -> Shelf:
        assert self.may_read.wait(20)
        return super().search_log()


async def test_names_are_found_while_the_log_is_still_being_read() -> None:
    """It says so, and what the log has comes by itself."""
    desk = SlowDesk(log=[entry("供销社门前的路灯")])
    async with staff_app(desk) as (app, pilot):
        await pilot.press("slash", *"供销")
        await until(pilot, lambda: "供销公司党支部" in screen_text(app))
        await shows(pilot, "记录还在读取")
        desk.may_read.set()
        await until(pilot, lambda: "路灯" in screen_text(app))
        await shows(pilot, "找到 2 条")


async def test_what_another_process_records_is_found() -> None:
    """Without leaving the page."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await search(app, pilot, "路灯")
        await shows(pilot, "没有找到")
        desk.log.append(entry("修好路灯"))
        desk.change("B06", desk.reading().overview.branches[0].standing)
        await until(pilot, lambda: "修好路灯" in screen_text(app))


async def test_a_store_that_fails_leaves_the_page_standing() -> None:
    """The status line says so, and what was typed stays."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        desk.broken = True
        await pilot.press("slash", *"B06")
        await until(
            pilot, lambda: "读不到" in screen_text(app) or "无法" in screen_text(app) or "▲" in screen_text(app)
        )
        await shows(pilot, "/ B06")


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_data_is_shown_as_it_is(name: str) -> None:
    """Names and notes are text, and so is what is typed."""
    desk = FakeDesk(a_plan([(name, name)]), log=[entry(name)])
    async with staff_app(desk) as (app, pilot):
        await search(app, pilot, "B01")
        await pilot.press("backspace", "backspace", "backspace", "left_square_bracket", "slash")
        await settled(app, pilot)
        assert "\x1b" not in screen_text(app)
        await pilot.press("backspace", "backspace", "B")
        await settled(app, pilot)
        await shows(pilot, "".join(char for char in name if char.isprintable()))


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        await search(app, pilot, "公")
        strips = app.screen._compositor.render_strips()
        assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


async def test_the_hall_cannot_search() -> None:
    """It has no keyboard."""
    async with staff_app(sample_desk("town"), read_only=True) as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


@pytest.mark.parametrize("lang", list(Lang))
async def test_the_late_branches_are_the_first_rows_of_the_start(lang: Lang) -> None:
    """Whoever starts the program reads the names of the two late ones before pressing a key."""
    wanted: dict[Lang, Sequence[str]] = {Lang.ZH: ("供销公司", "离退休"), Lang.EN: ("Supply Co.", "Retired")}
    async with staff_app(sample_desk("town"), (80, 24), lang) as (app, _):
        rows = [row for row in screen_rows(app)[4:] if any(name in row for name in wanted[lang])]
        assert [name in row and "▲" in row for name, row in zip(wanted[lang], rows, strict=False)] == [True, True]
