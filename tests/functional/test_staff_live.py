"""The staff screens on real files, beside other processes, and when something goes wrong that nobody foresaw."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.app import App

from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry
from db import memory_store, open_store
from manyi.logfile import place_of
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from manyi.starting import start_from_sample
from tests.db_builders import make_session
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, NAMES, FakeDesk, a_plan, an_overview, sample_desk, staff_app, until
from tui.errors import UNEXPECTED, QuietErrors
from tui.staff.app import StaffApp
from tui.staff.ports import Snapshot


async def test_an_entry_of_another_connection_changes_the_table(data: Path) -> None:
    """Two connections to one data folder: what the one commits the other shows, without a key."""
    settings = Settings(data=data, lang=Lang.ZH, today=DAY)
    start_from_sample(settings, "town")
    store, poll, other = open_store(data), open_store(data), open_store(data)
    try:
        async with staff_app(StaffDesk(settings, store, poll), (80, 24)) as (app, pilot):
            assert any("供销公司" in row and "78%" in row for row in screen_rows(app))
            counts = {"corrections_closed": 10, "corrections_total": 10}
            entry = LogEntry(kind="corrections", branch="B06", phase="improve", on=DAY, counts=counts, recorded_on=DAY)
            other.add_entries([entry])
            await until(pilot, lambda: not any("供销公司" in row and "78%" in row for row in screen_rows(app)))
    finally:
        for each in (store, poll, other):
            each.close()


def test_a_reading_is_of_one_plan() -> None:
    """After a change of the plan by another process, plan, overview and day are all of the new one, at once."""
    store = memory_store()
    desk = sample_desk("town", store)
    plan = desk.reading().plan
    gone = tuple(branch.model_copy(update={"active": branch.code != "B10"}) for branch in plan.branches)
    store.save_plan(
        plan.model_copy(update={"branches": gone}), AuditEntry(on=DAY, role="test", entity="plan", field="plan")
    )
    store.save_session(make_session())
    reading = desk.reading()
    assert [branch.code for branch in reading.overview.branches] == [
        branch.code for branch in reading.plan.active_branches
    ]
    assert len(reading.overview.branches) == 9
    assert [session.id for session in reading.sessions] == [make_session().id]


async def test_a_changed_plan_and_its_overview_appear_together() -> None:
    """No picture shows the old words beside the new figures: the desk is asked once for each picture."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        assert app.snapshot is not None
        before = desk.readings
        desk.shown = a_plan(NAMES[:4])
        desk.figures = an_overview(desk.shown)
        desk.version += 1
        await until(pilot, lambda: "4 个支部" in screen_text(app))
        assert desk.readings == before + 1
        assert (app.snapshot.plan, app.snapshot.overview) == (desk.shown, desk.figures)


@dataclass
class FailingDesk(FakeDesk):
    """Fails in a way that no store does."""

    def revision(self) -> tuple[int, ...]:
        raise RuntimeError("PIN 4711")


async def test_an_unexpected_error_ends_the_app_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    """Return code 70, its place to the log, and neither a traceback nor a value on the terminal."""
    app = StaffApp(FailingDesk())
    reported: list[BaseException] = []
    app.report = reported.append
    await app.run_async(headless=True, size=(80, 24))
    assert app.return_code == UNEXPECTED
    assert [type(error) for error in reported] == [RuntimeError]
    shown = capsys.readouterr()
    assert "4711" not in shown.out + shown.err
    assert "Traceback" not in shown.out + shown.err


async def test_an_unexpected_error_in_a_thread_ends_the_app_likewise(capsys: pytest.CaptureFixture[str]) -> None:
    """Workers are no exception: their error itself is reported, with the place where it was raised."""

    class BadPlan(FakeDesk):
        def reading(self) -> Snapshot:
            raise RuntimeError("PIN 4711")

    app = StaffApp(BadPlan())
    reported: list[BaseException] = []
    app.report = reported.append
    await app.run_async(headless=True, size=(80, 24))
    assert app.return_code == UNEXPECTED
    assert [type(error) for error in reported] == [RuntimeError]
    assert place_of(reported[0]).startswith("test_staff_live.py:")
    shown = capsys.readouterr()
    assert "4711" not in shown.out + shown.err


@pytest.mark.parametrize("method", ["_handle_exception", "panic", "_print_error_renderables"])
def test_textual_still_has_what_is_overridden(method: str) -> None:
    """These are Textual's own names; if one goes, its traceback with local variables would come back."""
    assert callable(getattr(App, method))
    assert getattr(QuietErrors, method) is not getattr(App, method)


async def test_ctrl_c_says_how_to_leave_in_the_status_line() -> None:
    """Not in a toast, which loses wide characters."""
    async with staff_app(FakeDesk()) as (app, pilot):
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "Ctrl+Q 退出程序" in screen_text(app))
