"""Hands on the screens of cases: a desk over a file, keys, boxes."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from campaign.case_desk import act_and_keep
from campaign.case_states import Action
from campaign.cases import Case
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_cases, sample_plan
from db import open_store
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from surveys.desk import freeze_questionnaires
from surveys.ports import Store
from tests.staff_fakes import DAY, at_rest
from tui.staff.app import StaffApp
from tui.widgets.fields import Box

FU1, FU4, FU5, FU6 = "2907465183", "1958406327", "3840615792", "6482937105"
"""Slips of the town: reopened and due today, being dealt with, received, closed without a rating."""
SLIP = "4071925836"
"""A slip that no case has."""


def town_in(folder: Path) -> Store:
    """The sample town's plan and cases in a file."""
    store = open_store(folder, create=True)
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="test", entity="plan", field="plan"))
    freeze_questionnaires(store, plan, None)
    for case in sample_cases("town"):
        store.save_case(case, ())
    return store


def desk_of(folder: Path, store: Store) -> StaffDesk:
    """The real desk over it, on the sample's demo day."""
    return StaffDesk(Settings(data=folder, lang=Lang.ZH, today=DAY), store, store)


def elsewhere(folder: Path, number: str, action: Action) -> Case:
    """Another program does something with a case."""
    with closing(open_store(folder)) as other:
        seen = other.case(number)
        assert seen is not None
        return act_and_keep(other, other.plan(), seen, action, DAY).case


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys one after the other, each with what comes of it."""
    for key in keys:
        await pilot.press(key)
        await at_rest(pilot.app)
        await pilot.pause()


async def fill(pilot: Pilot[None], app: StaffApp, field: str, text: str) -> None:
    """Put a text into a box, as an input method does, over what stands there."""
    target = box(app, field)
    target.focus()
    target.value = ""
    await pilot.pause()
    target.post_message(events.Paste(text))
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Press a key for every character."""
    for char in text:
        await pilot.press({" ": "space", "-": "minus", ".": "full_stop"}.get(char, char))


def box(app: StaffApp, field: str) -> Box:
    """The box of a field."""
    return next(each for each in app.screen.query(Box) if each.field == field)


def on_top(app: StaffApp, screen: type[object]) -> Callable[[], bool]:
    """Whether such a screen is shown."""
    return lambda: isinstance(app.screen, screen)
