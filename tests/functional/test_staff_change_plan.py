"""The form that changes the plan of a branch, on the shipped town and a real store, with keys as people press them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from campaign.language import Lang
from campaign.plan import Branch, Condition
from db import memory_store
from surveys.ports import Store
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import FakeDesk, sample_desk, shows, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.change_plan import ChangePlan
from tui.staff.confirm import Confirm

WHO = (*"Office", "enter", *"two weeks of rain")


@asynccontextmanager
async def form(
    store: Store, code: str = "B08", size: tuple[int, int] = (80, 24), lang: Lang = Lang.EN
) -> AsyncIterator[tuple[StaffApp, Pilot[None]]]:
    """The form of a branch of the town, its store in ``store``."""
    async with staff_app(sample_desk("town", store), size, lang) as (app, pilot):
        app.open_branch(code)
        await pilot.pause()
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, ChangePlan))
        await pilot.pause()
        yield app, pilot


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def saved(app: StaffApp, pilot: Pilot[None]) -> None:
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, BranchScreen))


def branch(store: Store, code: str = "B08") -> Branch:
    found = store.plan().branch(code)
    assert found is not None
    return found


async def test_days_are_moved_and_before_and_after_are_seen_first() -> None:
    """The days of the current phase stand there; the new ones, the days of study and what it means are shown."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "1", "tab", "tab", *"12-05", "enter", "enter", *WHO)
        text = screen_text(app)
        assert "Correction  11-02–11-29 → 11-02–12-05" in text
        assert "days of study 98 → 104 (75 to 105 are wanted)" in text
        await saved(app, pilot)
        await shows(pilot, "✔ Correction  11-02–11-29 → 11-02–12-05")
    assert branch(store).schedule["improve"].end == date(2026, 12, 5)
    newest = store.audits()[-1]
    assert (newest.role, newest.reason, newest.field) == ("Office", "two weeks of rain", "schedule.improve")


async def test_what_is_wrong_stands_beside_its_box_before_who_and_why_are_typed() -> None:
    """A day that is none, an end before the start, days outside the campaign; nothing is stored meanwhile."""
    store = memory_store()
    async with form(store, size=(120, 36)) as (app, pilot):
        await typed(pilot, "1", "tab", "tab", *"99")
        await shows(pilot, '✘ "99" is not a date')
        await typed(pilot, "ctrl+u", *"11-01")
        await shows(pilot, "✘ Correction and improvement ends before it starts.")
        await typed(pilot, "ctrl+u", *"2027-01-05")
        await shows(pilot, "lies outside the campaign")
        await typed(pilot, "f2")
        await shows(pilot, "✘ needs a value")
        assert isinstance(app.screen, ChangePlan)
    assert len(store.audits()) == 1


async def test_a_phase_that_has_ended_is_not_moved() -> None:
    """M69 beside it."""
    async with form(memory_store(), size=(120, 36)) as (_app, pilot):
        await typed(pilot, "1", "1", "tab", *"08-31")
        await shows(pilot, "ended on 2026-09-24")


async def test_the_phases_that_follow_move_along_if_wanted() -> None:
    """By as many days as the end of the first one; what is too long is asked about before it is kept."""
    store = memory_store()
    async with form(store, "B10") as (app, pilot):
        await typed(pilot, "1", "2", "tab", *"11-30", "enter")
        await shows(pilot, "Correction and improvement starts 2026-11-23")
        await typed(pilot, "2", "tab", *WHO)
        await shows(pilot, "Correction  11-23–12-20 → 12-01–12-28")
        await typed(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await shows(pilot, "more than 105")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChangePlan)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
    schedule = branch(store, "B10").schedule
    assert (schedule["review"].end, schedule["improve"].start) == (date(2026, 11, 30), date(2026, 12, 1))


async def test_a_pause_begins_and_ends() -> None:
    """An open one can be ended, and only then is that offered."""
    store = memory_store()
    async with form(store) as (app, pilot):
        assert "End a pause" not in screen_text(app)
        await typed(pilot, "2", "enter", *"11-20", "enter", "enter", "enter", *WHO)
        await saved(app, pilot)
        assert branch(store).schedule["improve"].pauses[0].end is None
        await until(pilot, lambda: app.snapshot is not None and app.snapshot.plan == store.plan())
        await pilot.press("g")
        await until(pilot, lambda: "End a pause" in screen_text(app))
        await typed(pilot, "3", "enter", "enter", *WHO)
        await saved(app, pilot)
    assert branch(store).schedule["improve"].pauses[0].end == date(2026, 11, 22)


async def test_a_pause_beyond_the_limit_is_refused_beside_its_day() -> None:
    """V28 with the days it would have."""
    async with form(memory_store(), size=(120, 36)) as (_app, pilot):
        await typed(pilot, "2", "enter", *"11-20", "enter", *"12-31", "enter", "enter", *WHO)
        await shows(pilot, "The pause would reach 42 days; the limit is 30.")


async def test_other_work_comes_and_goes() -> None:
    """And what a phase meets is said at once."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "3", *"11-25", "enter", *"11-27", "enter", *"Stocktaking", "enter", *WHO)
        await shows(pilot, "▼ Correction meets “Stocktaking”")
        await saved(app, pilot)
        assert branch(store).busy[-1].label.en == "Stocktaking"
        await until(pilot, lambda: app.snapshot is not None and app.snapshot.plan == store.plan())
        await pilot.press("g")
        await until(pilot, lambda: "Take days of other work away" in screen_text(app))
        await typed(pilot, "4", "enter", *WHO)
        await saved(app, pilot)
    assert branch(store).busy == ()


async def test_a_branch_that_does_not_work_needs_a_plan() -> None:
    """V12 until it is said what is done by when."""
    store = memory_store()
    async with form(store, size=(120, 36)) as (app, pilot):
        await typed(pilot, "4", "4")
        await shows(pilot, 'B08 is "a shell". Record a plan')
        await typed(pilot, "2", *"12-18", "enter", *WHO)
        await saved(app, pilot)
    found = branch(store)
    assert found.condition is Condition.SHELL
    assert found.condition_plan is not None
    assert (found.condition_plan.kind, found.condition_plan.due_date) == ("rebuild", date(2026, 12, 18))


async def test_a_branch_without_a_venue_is_asked_about_and_can_ask_for_support() -> None:
    """The question of V13; where only the change is wanted, the same key opens the request later."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "5", "3", "enter", *WHO, "f2")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await shows(pilot, "Open a support request?")
        await shows(pilot, "Only save")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        await until(pilot, lambda: app.snapshot is not None and app.snapshot.plan == store.plan())
        await pilot.press("g")
        await until(pilot, lambda: "Ask for what is missing" in screen_text(app))
        await typed(pilot, "7", "enter", *"a room", "enter", *"Town office", "enter", *"12-11", "enter", *"Clerk")
        await saved(app, pilot)
        await shows(pilot, "✔ asked for: R-B08-002")
    case = store.case("R-B08-002")
    assert case is not None
    assert (case.kind, case.category, case.due) == ("support", "venue", date(2026, 12, 11))


async def test_yes_to_the_question_of_support_keeps_the_change_and_writes_the_request() -> None:
    """V13 asks, Enter does: venue none is kept, the form of the request follows, its case is that of the branch."""
    store = memory_store()
    async with form(store, "B06") as (app, pilot):
        await typed(pilot, "6", "3", "enter", *WHO, "f2")
        await shows(pilot, "Save and ask for it")
        await typed(pilot, "escape")
        assert (isinstance(app.screen, ChangePlan), branch(store, "B06").venue) == (True, "shared")
        await typed(pilot, "f2", "enter")
        await shows(pilot, "Asked of")
        assert branch(store, "B06").venue == "none"
        await typed(pilot, "enter", *"a room", "enter", *"Town office", "enter", *"12-11")
        await saved(app, pilot)
        await shows(pilot, "✔ asked for: R-B06-003")
    case = store.case("R-B06-003")
    assert case is not None
    assert (case.kind, case.category, case.matter) == ("support", "venue", "a room")


async def test_a_step_is_waived_with_what_takes_its_place() -> None:
    """It is chosen by typing its name."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "6", *"reflec", "enter", "enter", *"spoken", "enter", *WHO)
        await saved(app, pilot)
    [target] = [each for each in branch(store).targets if each.step == "S6"]
    assert (target.waived, target.substitute, target.groups) == (True, "spoken", ())


async def test_a_step_is_waived_for_one_member_group() -> None:
    """Who it is for is chosen by typing; all are meant as long as nobody is chosen."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "6", *"reflec", "enter", *"retired", "enter", *"spoken", "enter", *WHO)
        await saved(app, pilot)
    [target] = [each for each in branch(store).targets if each.step == "S6"]
    assert (target.waived, target.substitute, target.groups) == (True, "spoken", ("retired",))


async def test_a_store_that_cannot_be_read_is_told() -> None:
    """Then there is no form, and the program goes on."""
    async with staff_app(FakeDesk(), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("enter", "g")
        await until(pilot, lambda: "M40" in screen_text(app))
        assert isinstance(app.screen, BranchScreen)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """Whatever is to be changed; no wide character is cut."""
    async with form(memory_store(), "B08", size, lang) as (app, pilot):
        for key in "123456":
            await typed(pilot, key, "f2")
            strips = app.screen._compositor.render_strips()
            assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, BranchScreen))
            await pilot.press("g")
            await until(pilot, lambda: isinstance(app.screen, ChangePlan))


async def test_another_role_becomes_responsible_from_a_day_on() -> None:
    """Its first day stands there as today; before and after are seen first; the page shows whoever it is today."""
    store = memory_store()
    async with form(store) as (app, pilot):
        await typed(pilot, "7", *"Stand-in", "enter", "enter", *WHO)
        await shows(pilot, "first responsible  支部书记 → Stand-in 2026-11-23")
        await saved(app, pilot)
        await until(pilot, lambda: screen_rows(app)[1].endswith(" Stand-in"))
    before, after = branch(store).first_responsible
    assert (before.valid_to, after.valid_from) == (date(2026, 11, 22), date(2026, 11, 23))
    assert store.audits()[-1].field == "first_responsible"
