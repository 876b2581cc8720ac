"""Results on the screens: by question, unit, aspect and group, the same figures as in the report."""

import re
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from campaign.language import Lang
from exports.cells import Table
from exports.showing import shown
from manyi.wiring import House
from tests.results_hands import SIZES, looks_so, press, said, settled
from tests.results_town import DEMO, ResultsTown, results_town
from tests.screen_text import assert_golden, screen_rows, screen_text
from tests.staff_fakes import shows, staff_app, until
from tui.staff.confirm import Confirm
from tui.staff.dashboard import Dashboard
from tui.staff.sessions import SessionsScreen


def table_cells(table: Table, key: str) -> dict[str, str]:
    """A column of the report by branch code."""
    at, code = table.place(key), table.place("branch")
    return {shown(row[code], Lang.EN): shown(row[at], Lang.EN) for row in table.rows}


async def test_the_screen_and_the_report_show_the_same_figures(counted: ResultsTown) -> None:
    """Rate, valid forms and return rate of every unit, as T3 of the report has them."""
    report = House(counted.settings, counted.store).report()
    table = report.table("T3-final")
    assert table is not None
    plan = counted.store.plan()
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g", "3")
        rows = screen_rows(app)
        rates = table_cells(table, "satisfaction")
        for code in ("B01", "B02", "B03", "B04", "B05"):
            name = plan.branch(code)
            assert name is not None
            row = next(row for row in rows if name.short_name.en in row)
            assert f"{rates[code]}%" in row
            assert f" {table_cells(table, 'valid')[code]} " in row
            assert f"{table_cells(table, 'return_rate')[code]}%" in row


async def test_units_are_never_in_order_of_their_rates(counted: ResultsTown) -> None:
    """Whatever o chooses, the best is not simply above the worst."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g", "3")
        for _ in range(3):
            await press(app, pilot, "o")
            found = [float(rate) for rate in re.findall(r"(?m)(\d\d\.\d)%  +\d+\.\d% +\d+\.\d%  +\d", screen_text(app))]
            assert found not in (sorted(found), sorted(found, reverse=True)) or not found


async def test_colour_is_never_the_only_sign(counted: ResultsTown) -> None:
    """Each part of a bar has a glyph of its own, named in the legend with its number; catch-up is said in words."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g")
        text = screen_text(app)
        legend = dict(re.findall(r"(?:^|\s)(\S)\1 (Satisfied|Mostly satisfied|Dissatisfied|Don't know|blank) \d", text))
        assert len(legend) == 5
        await press(app, pilot, "3")
        await shows(pilot, "▲ catch-up required")


async def test_a_branch_stays_when_the_next_survey_is_asked_for(counted: ResultsTown) -> None:
    """Where the branch has none it is said, and when all are shown whose result was left."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "end", "enter", "k")
        await shows(pilot, "Town Office: there is no result of another survey")
        await press(app, pilot, "g")
        await shows(pilot, "all together, no longer Town Office alone")


async def test_sections_and_keys_can_be_clicked(counted: ResultsTown) -> None:
    """The name of a section shows it; a key of the foot does what the key does."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g")
        await shows(pilot, "81.0%")
        rows = screen_rows(app)
        tabs = next(at for at, row in enumerate(rows) if "Questions" in row)
        await pilot.click(offset=(rows[tabs].index("Questions") + 2, tabs))
        await shows(pilot, "Q1  ")
        rows = screen_rows(app)
        foot = next(at for at, row in enumerate(rows) if "Back" in row)
        await pilot.click(offset=(rows[foot].index("Back") + 1, foot))
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", Lang)
async def test_the_goals_of_the_campaign_stand_above_the_aspects(
    counted: ResultsTown, lang: Lang, size: tuple[int, int]
) -> None:
    """What people say of each and what was done for it, as in the report; of a branch its own figures (R27)."""
    report = House(counted.settings, counted.store).report()
    goals, aspects = report.table("T3-goals"), report.table("T3-final-dimension")
    assert goals is not None
    assert aspects is not None
    rates = [shown(row[goals.place("final.satisfaction")], lang) for row in goals.rows[:3]]
    at = [aspects.place(key) for key in ("branch", "questions", "satisfaction")]
    own = {shown(row[at[1]], lang): shown(row[at[2]], lang) for row in aspects.rows if shown(row[at[0]], lang) == "B01"}
    done, none, satisfied = {
        Lang.EN: (
            "Thematic activity: 2 (Participants 22, People served 206)",
            "work no question about it",
            "satisfied ",
        ),
        Lang.ZH: ("主题实践活动2次（参加人数 22、服务人次 206）", "促进工作 没有这方面的题", "满意率"),
    }[lang]
    async with staff_app(counted.desk(), size, lang) as (app, pilot):
        await press(app, pilot, "r", "g", "4")
        await until(pilot, lambda: none in said(app))
        assert done in said(app)
        assert [rate for rate in rates if f"{satisfied}{rate}%" in said(app)] == rates
        await press(app, pilot, "3", "home", "enter", "4")
        await until(pilot, lambda: f"Q8 {satisfied}{own['Q8']}%" in said(app))
        assert none in said(app)
        assert done not in said(app)


async def test_what_was_done_for_a_goal_is_there_once_it_is_recorded(counted: ResultsTown) -> None:
    """Somebody else records help for the work while the page is open."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "g", "4")
        await shows(pilot, "Help: 5 (Help cases 5, Households 12)")
        new = next(each for each in counted.store.entries("B08") if each.kind == "help_case")
        counted.store.add_entries([new.model_copy(update={"attributes": {"goal": "work"}, "on": DEMO})])
        await shows(pilot, "Help: 6 (Help cases 6, Households 14)")


async def test_while_a_list_is_narrowed_the_foot_says_how_that_ends(counted: ResultsTown) -> None:
    """Enter keeps it, Esc shows all again; then the keys come back."""
    async with staff_app(counted.desk(), (80, 24), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "slash", *"B0")
        assert "Keep search" in screen_rows(app)[-1]
        assert "Export" not in screen_text(app)
        await press(app, pilot, "escape")
        await shows(pilot, "Export")


async def test_the_page_of_a_branch_shows_its_public_result(counted: ResultsTown) -> None:
    """The rate and the day of the newest published session; nothing of one that is only verified."""
    async with staff_app(counted.desk(), (80, 24), Lang.EN) as (app, pilot):
        app.open_branch("B01")
        await shows(pilot, "satisfied 86.3% 10-08")
        await press(app, pilot, "escape")
        app.open_branch("B10")
        await settled(app, pilot)
        await shows(pilot, "B10")
        assert "satisfied" not in screen_text(app)


SCREENS: dict[str, tuple[str, ...]] = {
    "sessions": ("r",),
    "sessions_help": ("r", "question_mark"),
    "close_session": ("r", "c"),
    "account": ("r", "down", "down", "i"),
    "account_few": ("r", "down", "i"),
    "verify": ("r", "y"),
    "publish": ("r", "b"),
    "void": ("r", "d", *"no", "ctrl+s"),
    "results": ("r", "g"),
    "results_session": ("r", "down", "down", "enter"),
    "results_alike": ("r", "enter"),
    "results_few": ("r", "down", "enter"),
    "results_questions": ("r", "g", "2"),
    "results_units": ("r", "g", "3"),
    "results_aspects": ("r", "g", "4"),
    "results_groups": ("r", "g", "5"),
    "results_changes": ("r", "g", "6"),
    "results_pulse": ("r", "g", "k", "3"),
    "results_help": ("r", "g", "question_mark"),
    "export": ("r", "x"),
}


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_screens(
    started: Path, tmp_path: Path, size: tuple[int, int], lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page is what was looked at and found good."""
    monkeypatch.chdir("/")  # an export says the whole path that it goes to
    with results_town(started, tmp_path, lang) as counted:
        async with staff_app(counted.desk(), size, lang) as (app, pilot):
            for name, keys in SCREENS.items():
                await press(app, pilot, *keys)
                golden = f"staff_{name}-{size[0]}x{size[1]}-{lang}"
                with suppress(AssertionError):  # under load the last painting comes later
                    await until(pilot, partial(looks_so, app, golden), seconds=20)
                assert_golden(golden, screen_rows(app))
                while not isinstance(app.screen, Dashboard):  # a form in which something was typed asks first
                    await press(app, pilot, "enter" if isinstance(app.screen, Confirm) else "escape")
