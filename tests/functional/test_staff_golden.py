"""Every staff screen, row by row, in both languages and sizes, on the shipped samples."""

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from campaign.language import Lang
from tests.screen_text import assert_golden, screen_rows
from tests.staff_fakes import at_rest, sample_desk, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen

SIZES = [(80, 24), (120, 36)]
SCREENS: dict[str, tuple[str, Sequence[str]]] = {
    "dashboard_town": ("town", ()),
    "dashboard_library": ("library", ()),
    "dashboard_part": ("town", ("f", "f")),
    "dashboard_type": ("town", ("k", "k", "k", "k")),
    "branch": ("town", ("enter",)),
    "branch_log": ("town", ("enter", "2")),
    "branch_log_narrowed": ("town", ("enter", "2", "f", "f", "o", "slash", *"B06")),
    "branch_cases": ("town", ("enter", "3")),
    "branch_owed": ("town", ("enter", "4")),
    "branch_missed": ("library", ("enter", "4")),
    "branch_people": ("town", ("down", "down", "enter", "5")),
    "branch_hints": ("town", ("enter", "6")),
    "correct_entry": ("town", ("enter", "2", "e")),
    "correct_refused": ("town", ("enter", "2", "e", "9", "9", "ctrl+s")),
    "undo": ("town", ("a", *"appraisal", "enter", "ctrl+s", "u")),
    "add_visit": ("town", ("a", *"visit", "enter")),
    "add_entry": ("town", ("a", *"study_session", "enter", "4", "enter", "9", "tab")),
    "choose_kind": ("town", ("a", *"survey")),
    "open_session": ("town", ("s", "1", *"2468")),
    "session_opened": ("town", ("s", "1", *"2468", *("enter",) * 7)),
    "due": ("town", ("d",)),
    "search": ("town", ("slash", *"B06")),
    "search_none": ("library", ("slash", *"zzz")),
    "due_searched": ("town", ("d", "f", "slash", *"B06")),
    "cases": ("town", ("c",)),
    "cases_branch": ("town", ("enter", "c")),
    "case": ("town", ("c", "enter")),
    "case_answered": ("town", ("c", *"2907465183", "enter")),
    "move_case": ("town", ("c", *"1958406327", "enter", "enter", "3", *"ok")),
    "amend_case": ("town", ("c", "enter", "e", *"x")),
    "new_case": ("town", ("c", "i", "enter", "enter", *"x")),
    "case_help": ("town", ("c", "enter", "question_mark")),
    "opinions": ("town", ("v",)),
    "opinions_marked": ("town", ("v", "f", "f", *["down"] * 2, "space", "space")),
    "opinions_library": ("library", ("v",)),
    "opinions_of_branch": ("town", ("enter", "v")),
    "opinions_help": ("town", ("v", "question_mark")),
    "opinion": ("town", ("v", *["down"] * 7, "enter")),
    "opinion_item": ("town", ("v", "enter")),
    "opinion_sort": ("town", ("v", "f", "g")),
    "opinion_merge": ("town", ("v", "f", "f", "space", "space", "m")),
    "opinion_turn": ("town", ("v", *["down"] * 3, "i")),
    "opinion_reword": ("town", ("v", "e", *"13800138000")),
    "opinion_write_down": ("town", ("v", "a", "8")),
    "calendar": ("town", ("w",)),
    "calendar_library": ("library", ("w", "+")),
    "calendar_overlaps": ("town", ("w", "-", "i")),
    "calendar_days": ("town", ("w", "+", "+", "+")),
    "calendar_help": ("town", ("w", "question_mark")),
    "officials": ("town", ("n",)),
    "change_plan": ("town", ("down", "down", "enter", "g")),
    "change_days": (
        *(
            "town",
            ("enter", "g", "1", "tab", "tab", *"11-29", "enter", "enter", *"Office", "enter", *"two weeks of rain"),
        ),
    ),
    "help": ("town", ("question_mark",)),
    "branch_help": ("town", ("enter", "question_mark")),
}


async def settled(app: StaffApp, pilot: Pilot[None]) -> None:
    """Wait until what a key began has ended, and the screen shows it."""
    await at_rest(app)
    await pilot.pause()
    if isinstance(app.screen, BranchScreen):
        screen = app.screen
        await until(pilot, lambda: screen.facts is not None)
        await pilot.pause()


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(name: str, size: tuple[int, int], lang: Lang) -> None:
    """The screen is what was looked at and found good."""
    sample, keys = SCREENS[name]
    async with staff_app(sample_desk(sample), size, lang) as (app, pilot):
        for key in keys:
            await pilot.press(key)
            await settled(app, pilot)
        assert_golden(f"staff_{name}-{size[0]}x{size[1]}-{lang}", screen_rows(app))


@pytest.mark.parametrize("lang", list(Lang))
async def test_hall(lang: Lang) -> None:
    """The wall shows the dashboard without a cursor and with the keys for reading."""
    async with staff_app(sample_desk("town"), (80, 24), lang, read_only=True) as (app, _):
        assert_golden(f"staff_hall-80x24-{lang}", screen_rows(app))
