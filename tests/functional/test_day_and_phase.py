"""An entry belongs to the phase in which its day lies: on the command line, in a list, in the form."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from campaign.language import Lang
from campaign.overview import overview, phase_at_hand
from campaign.samples import SAMPLES, sample_log, sample_plan
from manyi.log_entries import new_entry
from manyi.log_workbook import record_file, write_template
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House, opened
from tests.case_hands import box, on_top, type_text
from tests.staff_fakes import sample_desk, staff_app, until
from tui.staff.add_entry import AddEntry
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.widgets.choice_field import ChoiceField

DEMO = date(2026, 11, 23)
STUDY_DAY, REVIEW_DAY = date(2026, 9, 25), date(2026, 10, 20)
"""Of B07: rebuilt first, it studied until October 16th; its correction began on November 17th."""
OPTIONS = ("phase", "outcome", "leader", "reference", "note", "role", "hours", "case", "code", "planned")
NOTHING = dict.fromkeys(OPTIONS)


@pytest.fixture
def house(data: Path) -> Iterator[House]:
    """The town sample on its demo day."""
    settings = Settings(data, Lang.EN, DEMO)
    start_from_sample(settings, "town")
    with opened(settings) as house:
        yield house


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_of_a_sample_is_of_the_phase_of_its_day(name: str) -> None:
    """Whatever was recorded late or early."""
    plan, log = sample_plan(name).plan, sample_log(name)
    seen = overview(plan, log, DEMO, trust_today=True)
    assert [each for each in log if phase_at_hand(seen, each.branch, each.on) != each.phase] == []


@pytest.mark.parametrize(
    ("code", "day", "phase"),
    [
        ("B07", STUDY_DAY, "study"),
        ("B07", REVIEW_DAY, "review"),
        ("B07", DEMO, "improve"),
        ("B03", date(2026, 9, 8), "review"),
        ("B03", date(2026, 9, 20), "improve"),
        ("B01", date(2026, 7, 1), "study"),
        ("B01", date(2026, 11, 20), "improve"),
        ("B10", date(2026, 11, 23), "review"),
    ],
)
def test_the_phase_of_a_day_is_the_first_not_ended_by_then(house: House, code: str, day: date, phase: str) -> None:
    """In fact, not by plan; a day between two belongs to the next one, one before all of them to the first."""
    assert house.phase_at_hand(code, day) == phase


def test_a_late_entry_goes_into_the_phase_of_its_day(house: House) -> None:
    """As it is typed on the command line; a phase that is named holds."""
    typed = {**NOTHING, "kind": "notice", "branch": "B07", "day": STUDY_DAY, "counts": (), "choices": ("notice=plan",)}
    assert new_entry(house, typed, DEMO).phase == "study"
    assert new_entry(house, {**typed, "day": None}, DEMO).phase == "improve"
    assert new_entry(house, {**typed, "phase": "review"}, DEMO).phase == "review"


def test_each_row_of_a_list_goes_into_the_phase_of_its_day(house: House, tmp_path: Path) -> None:
    """Two days of one branch, two phases."""
    path = tmp_path / "list.xlsx"
    write_template(house, path, "notice", "B07", force=False)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, day in enumerate((STUDY_DAY, REVIEW_DAY), 2):
        for column in range(1, 4):
            sheet.cell(row, column, sheet.cell(2, column).value)
        sheet.cell(row, 4, day)
    book.save(path)
    given, _ = record_file(house, path, "recorder", confirmed=True)
    assert [(each.branch, each.on, each.phase) for each in given.entries] == [
        ("B07", STUDY_DAY, "study"),
        ("B07", REVIEW_DAY, "review"),
    ]


def phase_shown(app: StaffApp) -> str:
    """The phase that the form says it takes."""
    field = next(each for each in app.screen.query(ChoiceField) if each.field == "phase")
    return field.chosen.id if field.chosen else ""


async def test_the_form_follows_the_day_as_it_is_typed() -> None:
    """Until somebody chooses the phase; what is saved is what is shown."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await app.push_screen(BranchScreen("B07"))
        await pilot.press("a")
        await until(pilot, on_top(app, AddEntry))
        await type_text(pilot, "notice")
        await pilot.press("enter")
        assert phase_shown(app) == "improve"
        box(app, "on").focus()
        box(app, "on").value = ""
        await type_text(pilot, "2026-09-25")
        await until(pilot, lambda: phase_shown(app) == "study")
        box(app, "on").value = ""
        await type_text(pilot, "2026-10-20")
        await until(pilot, lambda: phase_shown(app) == "review")
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, BranchScreen))
        assert (desk.entries("B07")[-1].phase, desk.entries("B07")[-1].on) == ("review", REVIEW_DAY)


async def test_a_phase_that_somebody_chose_stays() -> None:
    """Whatever day is typed afterwards."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await app.push_screen(BranchScreen("B07"))
        await pilot.press("a")
        await until(pilot, on_top(app, AddEntry))
        next(each for each in app.screen.query(ChoiceField) if each.field == "phase").box.focus()
        await pilot.press("2", "enter")
        await until(pilot, lambda: phase_shown(app) == "review")
        box(app, "on").value = "2026-09-25"
        await pilot.pause()
        assert phase_shown(app) == "review"
