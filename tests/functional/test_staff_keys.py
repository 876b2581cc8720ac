"""Every key of the foot is in sight, and nothing of the help is cut, on every staff screen."""

from collections.abc import Sequence

import pytest

from campaign.errors import Problem
from campaign.language import Lang
from campaign.log import LogEntry
from surveys.session import SessionState
from tests.help_page import read_through
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, at_rest, sample_desk, shows, staff_app, until
from tui.staff.confirm import Confirm
from tui.staff.help import HelpScreen
from tui.staff.keys import BRANCH, CALENDAR_LIST, DASHBOARD, DUE_LIST, HALL, OFFICIALS_LIST
from tui.staff.ports import SessionLine
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.key_bar import Key

SIZES = [(80, 24), (120, 36)]
SCREENS: dict[str, Sequence[str]] = {
    "dashboard": (),
    "branch": ("enter",),
    "due": ("d",),
    "calendar": ("w",),
    "officials": ("n",),
    "add_entry": ("a",),
    "open_session": ("s",),
    "session_opened": ("s", "1", *"2468", "enter", "enter"),
    "help": ("question_mark",),
    "branch_help": ("enter", "question_mark"),
}
HELPED: dict[str, tuple[Sequence[str], Sequence[Key]]] = {
    "dashboard": ((), DASHBOARD),
    "branch": (("enter",), BRANCH),
    "due": (("d",), DUE_LIST),
    "calendar": (("w",), CALENDAR_LIST),
    "officials": (("n",), OFFICIALS_LIST),
}


def shown_keys(screen: LiveScreen[object], lang: Lang) -> list[str]:
    """Cap and label of every key that the foot should show."""
    return [f"{key.cap}  {tr(lang, key.label)}" for key in screen.keys if key.foot]


def assert_foot(screen: LiveScreen[object], rows: list[str], lang: Lang) -> None:
    """Every key stands below the status line, in order, whole."""
    status = screen.query_one("#status").region.y
    foot = "   ".join(row.strip() for row in rows[status + 1 :])
    wanted = shown_keys(screen, lang)
    at = [foot.find(key) for key in wanted]
    assert -1 not in at, (wanted, foot)
    assert at == sorted(at)
    assert "…" not in foot


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_every_key_of_the_foot_is_in_sight(name: str, size: tuple[int, int], lang: Lang) -> None:
    """With its word, in both languages, and after a change of the language as well."""
    async with staff_app(sample_desk("town"), size, lang.other) as (app, pilot):
        await pilot.press(*SCREENS[name])
        await at_rest(app)
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        assert_foot(app.screen, screen_rows(app), lang.other)
        app.lang = lang
        await pilot.pause()
        await pilot.pause()
        assert_foot(app.screen, screen_rows(app), lang)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_the_foot_of_a_question_and_of_the_hall_is_whole(size: tuple[int, int], lang: Lang) -> None:
    """Few keys, all in sight."""
    async with staff_app(FakeDesk(), size, lang, read_only=True) as (app, pilot):
        assert isinstance(app.screen, LiveScreen)
        assert app.screen.keys == HALL
        assert_foot(app.screen, screen_rows(app), lang)
        await app.push_screen(Confirm([Problem("V25", {"date": DAY, "label": "x", "code": "B01"})]))
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        assert_foot(app.screen, screen_rows(app), lang)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", HELPED)
async def test_nothing_of_the_help_is_cut(name: str, size: tuple[int, int], lang: Lang) -> None:
    """Every key with its whole sentence, and every sign with its word."""
    async with staff_app(FakeDesk(), size, lang) as (app, pilot):
        way, keys = HELPED[name]
        await pilot.press(*way, "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        rows = await read_through(app.screen, pilot)
        text = "\n".join(rows)
        assert "…" not in text.replace("notice …", "")
        together = "".join(text.split())
        for key in keys:
            assert "".join(tr(lang, key.help).split()) in together
        for word in ("due soon", "behind", "on track", "paused", "not started", "done", "waived"):
            assert any(tr(lang, word) in row for row in rows)


async def test_the_space_bar_turns_the_pages_of_the_help() -> None:
    """The next page, and from the last one back to the first."""
    async with staff_app(FakeDesk(), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        first = screen_text(app)
        assert "more below" in first
        await pilot.press("space")
        await pilot.pause()
        await shows(pilot, "Signs")
        assert "more below" not in screen_text(app)
        await pilot.press("space")
        await pilot.pause()
        assert screen_text(app) == first


async def test_the_table_gives_way_to_a_foot_of_several_lines() -> None:
    """Nothing lies over anything else: the foot ends with the screen and the log above it keeps its rows."""
    desk = FakeDesk(
        log=[
            LogEntry(kind="visit", branch="B06", phase="p3", on=DAY, counts={"visits": at}, recorded_on=DAY)
            for at in range(9)
        ]
    )
    async with staff_app(desk, (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("enter", "2")
        await until(pilot, lambda: "visits 8" in screen_text(app))
        foot, status, log = (app.screen.query_one(name).region for name in ("#foot", "#status", "#log"))
        assert (foot.height, foot.bottom, status.bottom) == (3, 24, foot.y)
        assert log.bottom <= status.y


@pytest.mark.parametrize(("lang", "said"), [(Lang.EN, "r shows the sessions"), (Lang.ZH, "按r查看已有场次")])
async def test_what_cannot_be_done_says_which_key_helps(lang: Lang, said: str) -> None:
    """Whoever sits at a screen is told keys, never a command to type."""
    desk = FakeDesk(lines=[SessionLine("B06-261123-1", "B06", "final", SessionState.OPEN, 3, 0)])
    async with staff_app(desk, (120, 36), lang) as (app, pilot):
        await pilot.press("p")
        await shows(pilot, said)
        assert "M11" in screen_text(app)
        assert "manyi session" not in screen_text(app)
