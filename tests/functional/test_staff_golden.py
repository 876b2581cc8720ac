"""Every staff screen, row by row, in both languages and sizes, on the shipped samples."""

from collections.abc import Sequence

import pytest

from campaign.language import Lang
from tests.screen_text import assert_golden, screen_rows
from tests.staff_fakes import sample_desk, staff_app, until
from tui.staff.branch import BranchScreen

SIZES = [(80, 24), (120, 36)]
SCREENS: dict[str, tuple[str, Sequence[str]]] = {
    "dashboard_town": ("town", ()),
    "dashboard_library": ("library", ()),
    "dashboard_part": ("town", ("f", "f")),
    "dashboard_type": ("town", ("k", "k", "k", "k")),
    "branch": ("town", ("enter",)),
    "add_entry": ("town", ("a", *"study_session", "enter", "4", "enter", "9", "tab")),
    "choose_kind": ("town", ("a", *"survey")),
    "open_session": ("town", ("s", "1", *"2468")),
    "session_opened": ("town", ("s", "1", *"2468", "enter", "enter")),
    "due": ("town", ("d",)),
    "due_searched": ("town", ("d", "f", "slash", *"B06")),
    "help": ("town", ("question_mark",)),
    "branch_help": ("town", ("enter", "question_mark")),
}


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(name: str, size: tuple[int, int], lang: Lang) -> None:
    """The screen is what was looked at and found good."""
    sample, keys = SCREENS[name]
    async with staff_app(sample_desk(sample), size, lang) as (app, pilot):
        await pilot.press(*keys)
        await app.workers.wait_for_complete()
        await pilot.pause()
        if isinstance(app.screen, BranchScreen):
            screen = app.screen
            await until(pilot, lambda: len(screen.log_table.rows) > 0)
            await pilot.pause()
        assert_golden(f"staff_{name}-{size[0]}x{size[1]}-{lang}", screen_rows(app))


@pytest.mark.parametrize("lang", list(Lang))
async def test_hall(lang: Lang) -> None:
    """The wall shows the dashboard without a cursor and with the keys for reading."""
    async with staff_app(sample_desk("town"), (80, 24), lang, read_only=True) as (app, _):
        assert_golden(f"staff_hall-80x24-{lang}", screen_rows(app))
