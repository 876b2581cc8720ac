"""The calendar of all branches, on shipped samples and hand-made campaigns, with keys as a person presses them."""

from datetime import date

import pytest
from rich.cells import cell_len

from campaign.language import Lang
from campaign.plan_changes import Because, PhaseDays
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, sample_desk, shows, staff_app, until
from tui.staff.branch import BranchScreen
from tui.staff.calendar import CalendarScreen
from tui.staff.dashboard import Dashboard
from tui.staff.timeline import ZOOMS, Timeline, whole_campaign

HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


def row_of(app: object, name: str) -> str:
    return next(row for row in screen_rows(app) if name in row)  # type: ignore[arg-type]


async def test_every_branch_has_its_phases_in_one_line() -> None:
    """Each phase by its number and its own filling, today and other work by signs: no colour is needed."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: "overlaps: 3" in screen_text(app))
        assert "1░░░░░░░░░2▒▒▒▒▒▒▒" in row_of(app, "Town Office")
        assert "3▓▓▓▓▓▓▓    │" in row_of(app, "Farm Service")
        assert "≈≈≈≈≈≈≈≈≈≈3" in row_of(app, "Farm Service")
        assert "!!!▒" in row_of(app, "School")
        assert "▼23" in screen_rows(app)[3]
        await shows(pilot, "1░░ Study  2▒▒ Appraisal  3▓▓ Correction")


async def test_four_phases_have_four_fillings() -> None:
    """The library has four phases, and a branch whose phase pauses."""
    async with staff_app(sample_desk("library"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w")
        await pilot.pause()
        text = screen_text(app)
        assert all(f"{number}{fill}" in text for number, fill in enumerate("░▒▓█", 1))
        assert "‖‖" in row_of(app, "Southfield")


async def test_plus_and_minus_come_nearer_and_go_away_with_today_in_sight() -> None:
    """From the whole campaign to single days with days off marked, and back to the same picture."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: "overlaps: 3" in screen_text(app))
        await pilot.press("minus", "minus", "minus")
        far = screen_text(app)
        seen = [far]
        for _ in ZOOMS[1:]:
            await pilot.press("+")
            await pilot.pause()
            assert "▼23" in screen_rows(app)[3]
            seen.append(screen_text(app))
        assert len(set(seen)) == len(ZOOMS)
        assert "21·22·▼23" in screen_rows(app)[3]
        for _ in ZOOMS[1:]:
            await pilot.press("-")
        await pilot.pause()
        assert screen_text(app) == far


async def test_left_and_right_move_through_the_campaign_and_not_out_of_it() -> None:
    """The first and the last day are the ends."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w", "+", "+", "+")
        await pilot.pause()
        for _ in range(30):
            await pilot.press("left")
        await pilot.pause()
        assert "2026-07-01 –" in screen_rows(app)[0]
        for _ in range(30):
            await pilot.press("right")
        await pilot.pause()
        assert "– 2026-12-31" in screen_rows(app)[0]


async def test_overlaps_are_listed_by_a_key_and_lead_to_their_branch() -> None:
    """The list opens below, in words; its cursor shows the days, Enter opens the branch, the key closes it."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: "冲突 3 处" in screen_text(app))
        await pilot.press("i")
        await pilot.pause()
        await shows(pilot, "L4同一天在几处")
        await pilot.press("end")
        await pilot.pause()
        await shows(pilot, "分析评议与“开学周”重叠")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.branch == "B04"
        await pilot.press("escape", "i")
        await pilot.pause()
        assert "开学周" not in screen_text(app)


async def test_the_list_narrows_sorts_and_opens() -> None:
    """Those with overlaps alone; by typing; Enter opens the branch, Esc leads back, once more to the dashboard."""
    async with staff_app(sample_desk("town"), lang=Lang.EN) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: "overlaps: 3" in screen_text(app))
        await pilot.press("f", "f")
        await pilot.pause()
        await shows(pilot, "4 of 10")
        await pilot.press("f", "o", "slash", *"brick", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.branch == "B07"
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


async def test_the_calendar_opened_from_a_branch_begins_there() -> None:
    """The cursor stands on it."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        app.open_branch("B09")
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, CalendarScreen) and app.screen.branch == "B09")


async def test_days_that_are_moved_elsewhere_move_here() -> None:
    """Without a key."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: "overlaps: 3" in screen_text(app))
        before = row_of(app, "Brickworks")
        because = Because("Office", "two weeks of rain", DAY)
        desk.planning().reschedule("B07", [PhaseDays("improve", date(2026, 11, 16), date(2026, 12, 27))], because)
        await until(pilot, lambda: row_of(app, "Brickworks") != before)


async def test_ten_thousand_branches_are_drawn_as_they_come_into_sight() -> None:
    """The last one is reached with one key; a narrowed one is found."""
    plan = a_plan([(f"第{at}支部", f"Branch {at}") for at in range(10_000)])
    async with staff_app(FakeDesk(plan), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("w", "end")
        await until(pilot, lambda: "Branch 9999" in screen_text(app))
        await pilot.press("slash", *"1234", "enter")
        await until(pilot, lambda: "2 of 10000" in screen_text(app))


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_data_is_shown_as_it_is(name: str) -> None:
    """Names are text."""
    async with staff_app(FakeDesk(a_plan([(name, name)]))) as (app, pilot):
        await pilot.press("w")
        await pilot.pause()
        await shows(pilot, "".join(char for char in name if char.isprintable())[:8])
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36), (200, 50)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """In every zoom, list of overlaps open or not; no wide character is cut."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        await pilot.press("w")
        for key in ("-", "-", "-", "+", "+", "i", "+", "right", "+", "+"):
            await pilot.press(key)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


async def test_the_hall_has_no_calendar() -> None:
    """It is read-only and has no keyboard."""
    async with staff_app(sample_desk("town"), read_only=True) as (app, pilot):
        await pilot.press("w", "n", "g")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)


@pytest.mark.parametrize("zoom", range(len(ZOOMS)))
def test_every_day_in_sight_has_its_cells_and_no_two_days_cross(zoom: int) -> None:
    """Cells go up with the days, and every cell belongs to a day."""
    plan = a_plan()
    line = Timeline(whole_campaign(plan, 60, DAY).start, zoom, 60)
    days = [date.fromordinal(line.start.toordinal() + at) for at in range(line.days)]
    firsts = [line.first_cell(day) for day in days]
    assert firsts == sorted(firsts)
    assert all(line.first_cell(day) <= line.last_cell(day) for day in days)
    covered = {at for day in days for at in line.cells(day, day)}
    assert covered == set(range(line.width // line.scale.cells * line.scale.cells))
