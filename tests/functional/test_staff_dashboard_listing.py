"""Narrowing and sorting the dashboard by keys, on the shipped samples."""

import pytest
from textual.pilot import Pilot

from campaign.language import Lang
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import sample_desk, shows, staff_app
from tui.staff.app import StaffApp
from tui.staff.dashboard import Dashboard


def codes(app: StaffApp) -> list[str]:
    assert isinstance(app.screen, Dashboard)
    return [row.code for row in app.screen.table.rows]


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_f_shows_the_pressing_the_unfinished_and_the_weak_in_turn() -> None:
    """On 23 November: four press, five are not done, two do not work well; then all again."""
    async with staff_app(sample_desk("town"), (120, 36)) as (app, pilot):
        everything = codes(app)
        assert len(everything) == 10
        shown = []
        for _ in range(4):
            await press(pilot, "f")
            shown.append(codes(app))
        assert shown == [
            ["B06", "B10", "B08", "B09"],
            ["B06", "B10", "B08", "B09", "B07"],
            ["B06", "B07"],
            everything,
        ]


async def test_k_shows_one_type_after_the_other() -> None:
    """Every type of the plan comes once, no branch is missing, and the type is named."""
    async with staff_app(sample_desk("town"), (120, 36)) as (app, pilot):
        everything, seen, names = codes(app), [], []
        for _ in range(9):
            await press(pilot, "k")
            seen += codes(app)
            names += [row for row in screen_rows(app) if "▼ 仅显示" in row]
        assert sorted(seen) == sorted(everything)
        assert len(names) == 9
        assert any("事业单位（2/10）" in name for name in names)
        await press(pilot, "k")
        assert codes(app) == everything


async def test_o_sorts_by_plan_by_name_and_by_progress() -> None:
    """The order changes, the branches do not."""
    async with staff_app(sample_desk("town"), (120, 36)) as (app, pilot):
        await press(pilot, "o")
        assert codes(app) == [f"B{at:02}" for at in range(1, 11)]
        await press(pilot, "o", "o")
        progress = [row.branch.progress for row in app.screen.table.rows]  # type: ignore[attr-defined]
        assert progress == sorted(progress)


async def test_esc_shows_everything_again() -> None:
    """Nobody is left with a part of the branches without a way out, and the screen says that it is a part."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        everything = codes(app)
        await press(pilot, "f", "k", "o")
        await shows(pilot, "▼ Shown: late")
        await press(pilot, "escape")
        assert codes(app) == everything
        assert "▼ Shown:" not in screen_text(app)


@pytest.mark.parametrize(("lang", "words"), [(Lang.ZH, "! 软弱涣散"), (Lang.EN, "! weak")])
async def test_a_weak_branch_is_marked(lang: Lang, words: str) -> None:
    """In words where there is room, with a sign where there is not."""
    async with staff_app(sample_desk("town"), (160, 36), lang) as (app, _):
        assert words in next(row for row in screen_rows(app) if "▲" in row and "78%" in row)
    async with staff_app(sample_desk("town"), (70, 24), lang) as (app, _):
        row = next(row for row in screen_rows(app) if "▲" in row and "78%" in row)
        assert row.rstrip().endswith(("!", words))


async def test_the_hall_always_shows_all() -> None:
    """The keys of the staff do nothing on the wall."""
    async with staff_app(sample_desk("town"), (120, 36), read_only=True) as (app, pilot):
        everything = codes(app)
        await press(pilot, "f", "k", "o")
        assert codes(app) == everything
