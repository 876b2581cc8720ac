"""What is owed by the log, on the screens: findings that are no cases yet, and a clock that cannot be right."""

from dataclasses import replace
from datetime import date, timedelta

from campaign.case_opening import NewCase, open_case
from campaign.language import Lang
from campaign.log import LogEntry
from db import memory_store
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, an_overview, sample_desk, shows, staff_app, until
from tui.staff.branch import BranchScreen
from tui.staff.cases import CasesScreen
from tui.staff.due import DueScreen

SEEN = date(2026, 11, 20)
INSPECTION = LogEntry(
    kind="inspection",
    branch="B08",
    phase="improve",
    on=SEEN,
    counts={"findings": 2},
    outcome="acceptable",
    role="inspectors",
    recorded_on=SEEN,
)


async def test_findings_without_a_case_stand_on_the_due_page_and_lead_to_the_branch() -> None:
    """With their day and number; the page of the branch names them too, and each case takes one away."""
    store = memory_store()
    desk = sample_desk("town", store)
    store.add_entries([INSPECTION])
    async with staff_app(desk, lang=Lang.EN) as (app, pilot):
        await pilot.press("d")
        await shows(pilot, "2 of 11-20 are no cases yet")
        [row] = [row for row in screen_rows(app) if "2 of 11-20" in row]
        assert "▲ 1 d overdue" in row
        await pilot.press("slash", *"findings", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        await pilot.press("4")
        await shows(pilot, "Found, and no case yet")
        await shows(pilot, "2 findings of the inspection of 2026-11-20 are no cases yet")
        new = NewCase("correction", "B08", "one of them", "inspectors", SEEN, "", DAY, "mend it", "secretary")
        case = open_case(desk.reading().plan, replace(new, origin="inspection"), ["R-B08-001"], SEEN)
        store.save_case(case, ())
        await shows(pilot, "1 finding of the inspection of 2026-11-20 is no case yet")


async def test_every_page_says_that_the_clock_is_wrong() -> None:
    """The due page in full, with no figure of what is overdue; any other page in its status line (V80)."""
    plan = a_plan()
    later = replace(an_overview(plan), clock_behind=DAY + timedelta(days=31))
    async with staff_app(FakeDesk(plan, figures=later), lang=Lang.EN) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, DueScreen))
        head = screen_rows(app)[0]
        assert f"The computer date {DAY} is before the last record" in head
        assert "overdue" not in head.replace("overdue marks", "")
        for key, screen in (("escape", None), ("c", CasesScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert screen is None or isinstance(app.screen, screen)
        await shows(pilot, "clock wrong? nothing is judged overdue (V80)")
        assert "V80" in screen_text(app)
