"""Correcting an entry of the log, taking it back, undoing the last one: by keys, on the shipped town in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from campaign.correcting import correct_entry, take_back_entry
from campaign.language import Lang
from campaign.log import LogEntry
from db import memory_store
from manyi.staff_desk import StaffDesk
from surveys.ports import Store
from tests.screen_text import screen_text
from tests.staff_fakes import DAY, FakeDesk, sample_desk, shows, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.correct_entry import CorrectEntry, TakeBack
from tui.staff.dashboard import Dashboard
from tui.widgets.fields import Box

REASON, ROLE = "数字抄错了一位", "活动办公室"


def box(app: StaffApp, field: str) -> Box:
    return next(each for each in app.screen.query(Box) if each.field == field)


@asynccontextmanager
async def log_of(
    code: str, store: Store, lang: Lang = Lang.ZH
) -> AsyncIterator[tuple[StaffApp, Pilot[None], StaffDesk]]:
    """The log of a branch with the cursor on its newest entry."""
    desk = sample_desk("town", store)
    async with staff_app(desk, (80, 24), lang) as (app, pilot):
        app.open_branch(code)
        await until(pilot, lambda: isinstance(app.screen, BranchScreen) and len(app.screen.log_table.rows) > 0)
        await pilot.press("2")
        yield app, pilot, desk


async def correcting(app: StaffApp, pilot: Pilot[None]) -> None:
    """Press ``e`` and wait for the form with everything in it."""
    await pilot.press("e")
    await until(
        pilot, lambda: isinstance(app.screen, CorrectEntry) and any("." in each.field for each in app.screen.query(Box))
    )
    await pilot.pause()


async def test_a_correction_keeps_the_old_entry_in_the_audit() -> None:
    """The form is filled in; a number is typed over, why and by whom; the log shows the new one, the audit both."""
    store = memory_store()
    async with log_of("B06", store) as (app, pilot, _desk):
        (seen,) = [each for each in store.logged("B06") if each.number == 658]
        await correcting(app, pilot)
        assert box(app, "counts.corrections_closed").value == "8"
        assert box(app, "role").value == ""
        await pilot.press("9")
        box(app, "reason").value, box(app, "role").value = REASON, ROLE
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        (now,) = [each for each in store.logged("B06") if each.number == 658]
        assert now.entry == seen.entry.model_copy(update={"counts": {"corrections_closed": 9, "corrections_total": 10}})
        audit = store.audits()[-1]
        assert (audit.entity, audit.role, audit.reason) == ("log 658", ROLE, REASON)
        assert '"corrections_closed": 8' in audit.old
        assert '"corrections_closed": 9' in audit.new
        await until(pilot, lambda: "已整改项数 9" in screen_text(app))
        await shows(pilot, "✔ 已更正：第 658 条")


async def test_e_corrects_what_was_just_recorded() -> None:
    """Not the entry that was on top before."""
    async with log_of("B06", memory_store()) as (app, pilot, _):
        screen = app.screen
        assert isinstance(screen, BranchScreen)
        before = screen.log_table.key
        await pilot.press("a", *"appraisal", "enter", "ctrl+s")
        await until(pilot, lambda: screen.log_table.key != before and app.screen is screen)
        await correct_form(app, pilot)
        await shows(pilot, "评议")


async def correct_form(app: StaffApp, pilot: Pilot[None]) -> None:
    """Press ``e`` and wait for the form of an entry without figures."""
    await pilot.press("e")
    await until(pilot, lambda: isinstance(app.screen, CorrectEntry))
    await pilot.pause()


async def test_why_and_by_whom_must_be_said() -> None:
    """Named beside their boxes once saving is tried; nothing is changed before."""
    store = memory_store()
    async with log_of("B06", store) as (app, pilot, _desk):
        before = store.logged("B06")
        await correcting(app, pilot)
        await pilot.press("9", "ctrl+s")
        await until(pilot, lambda: {"M51", "M06"} <= {each.code for each in app.screen.problems})  # type: ignore[attr-defined]
        assert isinstance(app.screen, CorrectEntry)
        assert store.logged("B06") == before
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        assert store.logged("B06") == before


async def test_what_somebody_else_corrected_meanwhile_is_not_overwritten() -> None:
    """M53 below the form, and what was typed is still there."""
    store = memory_store()
    async with log_of("B06", store) as (app, pilot, _desk):
        (seen,) = [each for each in store.logged("B06") if each.number == 658]
        await correcting(app, pilot)
        other = seen.entry.model_copy(update={"note": "另有人改过"})
        correct_entry(store, seen, other, "补写说明一句", "督查组", DAY)
        await pilot.press("9")
        box(app, "reason").value, box(app, "role").value = REASON, ROLE
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "M53" in {each.code for each in app.screen.problems})  # type: ignore[attr-defined]
        assert box(app, "counts.corrections_closed").value == "9"
        assert next(each for each in store.logged("B06") if each.number == 658).entry == other


async def test_e_elsewhere_leads_to_the_log() -> None:
    """And says what to do there."""
    async with log_of("B06", memory_store()) as (app, pilot, _desk):
        await pilot.press("1", "e")
        await until(pilot, lambda: "再按 e" in screen_text(app))
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.section == "log"


async def test_an_entry_of_today_is_taken_back_from_its_form() -> None:
    """The entry stands there in words; reason and role are asked; the log loses it and the audit keeps it."""
    store = memory_store()
    async with log_of("B06", store) as (app, pilot, desk):
        before = list(store.logged("B06"))
        entry = LogEntry(
            kind="directive", branch="B06", phase="improve", on=DAY, counts={"participants": 7}, recorded_on=DAY
        )
        desk.add_entry(entry, confirmed=False)
        await until(pilot, lambda: "参加人数 7" in screen_text(app))
        await pilot.press("home")
        await correcting(app, pilot)
        app.screen.query_one("#take-back").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TakeBack) and "传达上级精神" in screen_text(app))
        await pilot.press("enter")
        box(app, "reason").value, box(app, "role").value = REASON, ROLE
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, BranchScreen))
        assert list(store.logged("B06")) == before
        assert '"participants": 7' in store.audits()[-1].old
        await until(pilot, lambda: "✔ 已撤回" in screen_text(app))


async def test_an_older_entry_cannot_be_taken_back() -> None:
    """Its form offers the correction alone."""
    async with log_of("B06", memory_store()) as (app, pilot, _desk):
        await correcting(app, pilot)
        assert not app.screen.query("#take-back")


async def test_u_undoes_the_last_entry_after_a_question() -> None:
    """Recorded, undone with Enter once the role is known; a second ``u`` has nothing left."""
    store = memory_store()
    desk = sample_desk("town", store)
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: "没有可撤销的" in screen_text(app))
        before = list(store.logged())
        await pilot.press("a", *"appraisal", "enter")
        box(app, "role").value = ROLE
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))
        assert len(store.logged()) == len(before) + 1
        await pilot.press("u")
        await until(pilot, lambda: "撤销刚才的记录？" in screen_text(app))
        await shows(pilot, "评议")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))
        assert list(store.logged()) == before
        assert store.audits()[-1].reason == "登记后随即撤销"
        await pilot.press("u")
        await until(pilot, lambda: "没有可撤销的" in screen_text(app))


async def test_escape_leaves_the_entry_where_it_is() -> None:
    """A question can be answered with no; ``u`` asks again."""
    store = memory_store()
    async with staff_app(sample_desk("town", store), (80, 24)) as (app, pilot):
        await pilot.press("a", *"appraisal", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))
        kept = list(store.logged())
        for _ in range(2):
            await pilot.press("u")
            await until(pilot, lambda: isinstance(app.screen, TakeBack))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, Dashboard))
        assert list(store.logged()) == kept


async def test_what_is_gone_already_is_said_plainly() -> None:
    """Somebody else took it back: ``u`` says so and asks nothing."""
    store = memory_store()
    async with staff_app(sample_desk("town", store), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("a", *"appraisal", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard) and bool(app.recorded))
        take_back_entry(store, app.recorded[-1], REASON, ROLE, DAY)
        await pilot.press("u")
        await until(pilot, lambda: "not undone: it was changed" in screen_text(app))
        assert isinstance(app.screen, Dashboard)


async def test_the_next_day_it_is_too_late() -> None:
    """The status line says so in a few words: it has to be corrected instead."""
    desk = FakeDesk()
    async with staff_app(desk, (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("a", "2", "7", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard) and bool(app.recorded))
        await pilot.press("u")
        await until(pilot, lambda: "too late to undo" in screen_text(app))


async def test_the_hall_undoes_nothing() -> None:
    """It is for reading."""
    async with staff_app(sample_desk("town"), read_only=True) as (app, pilot):
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, Dashboard)
        assert "撤销" not in screen_text(app)
