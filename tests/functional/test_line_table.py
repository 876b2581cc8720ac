"""The table on the line API: ten thousand rows, a cursor, and repainting of what has changed alone."""

from dataclasses import dataclass

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip

from tests.screen_text import screen_rows
from tui import themes
from tui.widgets.line_table import Column, LineTable
from tui.widgets.spans import Line, Span

MANY = 10_000


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    done: int


def village(at: int, done: int = 0) -> Village:
    return Village(f"V{at:05d}", f"第{at}村党支部 [b]", done)


class CountingTable(LineTable[Village]):
    """Remembers which lines were drawn and which rows were asked for."""

    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class TableApp(App[None]):
    def __init__(self, rows: list[Village], *, airy: bool = False) -> None:
        super().__init__()
        self.table = CountingTable(lambda row: row.code, airy=airy)
        self.table.drawn = []
        self.asked: set[str] = set()
        self.messages: list[tuple[str, str]] = []
        self.rows = rows
        themes.register(self, "ink")

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.set_columns([Column("支部", 20, self.name_cell), Column("Done", 6, self.done_cell, right=True)])
        self.table.set_rows(self.rows)

    def name_cell(self, row: Village, _cells: int) -> Line:
        self.asked.add(row.code)
        return (Span(row.name),)

    def done_cell(self, row: Village, _cells: int) -> Line:
        return (Span(f"{row.done}%", "phase-1"),)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        self.messages.append(("highlighted", message.key))

    def on_line_table_selected(self, message: LineTable.Selected) -> None:
        self.messages.append(("selected", message.key))


def app(rows: int = MANY, *, airy: bool = False) -> TableApp:
    return TableApp([village(at) for at in range(rows)], airy=airy)


async def test_only_visible_rows_are_drawn() -> None:
    """Of ten thousand rows no more are looked at than fit into the terminal."""
    table = app()
    async with table.run_test(size=(60, 20)):
        assert len(table.asked) <= 20


async def test_a_changed_visible_row_repaints_its_line_alone() -> None:
    """Changing one row among ten thousand paints one line."""
    table = app()
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        table.table.drawn.clear()
        table.table.update_row(3, village(3, done=50))
        await pilot.pause()
        assert table.table.drawn == [4]
        assert "50%" in screen_rows(table)[4]


async def test_a_changed_row_out_of_sight_repaints_nothing() -> None:
    """Rows below the last line cost nothing until they are scrolled to."""
    table = app()
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        table.table.drawn.clear()
        table.table.update_row(5000, village(5000, done=50))
        await pilot.pause()
        assert table.table.drawn == []


async def test_new_rows_repaint_what_differs() -> None:
    """Setting ten thousand rows of which two visible ones differ paints these two lines."""
    table = app()
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        table.table.drawn.clear()
        rows = [village(at, done=9 if at in {2, 7, 900} else 0) for at in range(MANY)]
        table.table.set_rows(rows)
        await pilot.pause()
        assert sorted(set(table.table.drawn)) == [3, 8]


async def test_the_cursor_stays_on_its_row_when_the_order_changes() -> None:
    """A row that moves takes the cursor with it."""
    table = app(10)
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "down")
        assert table.table.key == "V00002"
        table.table.set_rows(list(reversed(table.rows)))
        await pilot.pause()
        assert table.table.key == "V00002"
        assert screen_rows(table)[8].startswith("▌")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (["down"], "V00001"),
        (["down", "up", "up"], "V00000"),
        (["end"], "V09999"),
        (["end", "home"], "V00000"),
        (["pagedown"], "V00018"),
        (["pagedown", "pageup"], "V00000"),
    ],
)
async def test_keys_move_the_cursor(keys: list[str], key: str) -> None:
    """Arrows, pages, Home and End move; the cursor's row is in sight."""
    table = app()
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert table.table.key == key
        marked = [row for row in screen_rows(table) if row.startswith("▌")]
        assert len(marked) == 1
        assert f"第{int(key[1:])}村" in marked[0]


async def test_enter_selects_and_moving_highlights() -> None:
    """Both are told by message, with the row's key."""
    table = app(10)
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "enter")
        assert table.messages == [("highlighted", "V00001"), ("selected", "V00001")]


async def test_a_click_selects_the_row_under_the_mouse() -> None:
    """Also after the wheel has scrolled; the heading is no row."""
    table = app()
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.click(CountingTable, offset=(5, 0))
        assert table.messages == []
        await pilot.click(CountingTable, offset=(5, 4))
        assert table.messages[-1] == ("selected", "V00003")
        table.table.scroll_to(y=100, animate=False)
        await pilot.pause()
        await pilot.click(CountingTable, offset=(5, 4))
        assert table.messages[-1] == ("selected", "V00103")


async def test_airy_rows_have_an_empty_line_between_them_where_all_fit() -> None:
    """Ten rows in 24 lines are spread; thirty are not."""
    spread, dense = app(10, airy=True), app(30, airy=True)
    async with spread.run_test(size=(60, 24)):
        rows = screen_rows(spread)
        assert [bool(row) for row in rows[:6]] == [True, False, True, False, True, False]
    async with dense.run_test(size=(60, 24)):
        assert all(screen_rows(dense)[2:20])


async def test_every_line_is_exactly_as_wide_as_the_table() -> None:
    """No wide character is cut in half at any width."""
    for width in range(60, 70):
        table = app(30)
        async with table.run_test(size=(width, 20)):
            strips = table.screen._compositor.render_strips()
            assert {cell_len("".join(segment.text for segment in strip)) for strip in strips} == {width}


async def test_markup_in_a_cell_is_shown_as_it_is() -> None:
    """Text from data is never markup."""
    table = app(3)
    async with table.run_test(size=(60, 20)):
        assert "第1村党支部 [b] " in screen_rows(table)[2]


async def test_an_empty_table_takes_every_key() -> None:
    """Without rows nothing is selected and nothing fails."""
    table = app(0)
    async with table.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "up", "enter", "pagedown", "home", "end")
        assert table.messages == []
        assert table.table.key is None
