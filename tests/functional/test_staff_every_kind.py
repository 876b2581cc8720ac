"""Whatever the command line takes as an entry can be typed on the screen: every kind of both samples."""

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from campaign.log import LogEntry
from campaign.plan import EntryKind
from tests.entry_makers import full_entry
from tests.screen_text import screen_text
from tests.staff_fakes import sample_desk, staff_app, until
from tui.staff.add_entry import AddEntry
from tui.staff.app import StaffApp
from tui.staff.dashboard import Dashboard
from tui.staff.entry_draft import ATTRIBUTE, draft_of
from tui.widgets.choice_field import ChoiceBox, ChoiceField
from tui.widgets.fields import Box


async def choose(app: StaffApp, pilot: Pilot[None], field: str, option: str) -> None:
    """Go to a choice, type the id of an option and take it."""
    choice = next(each for each in app.screen.query(ChoiceField) if each.field == field)
    choice.box.focus()
    await pilot.pause()
    choice.box.value = option
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    assert choice.chosen is not None
    assert choice.chosen.id == option


async def fill_in(app: StaffApp, pilot: Pilot[None], entry: LogEntry) -> None:
    """Type everything that ``entry`` says; the form must have a box for all of it, and for nothing else."""
    draft = draft_of(entry)
    await choose(app, pilot, "kind", entry.kind)
    await until(pilot, lambda: "details" in {node.id for node in app.screen.query("#details")})
    choices = {f"{ATTRIBUTE}{name}": choice for name, choice in draft.attributes.items()}
    choices |= {"outcome": entry.outcome} if entry.outcome else {}
    choices |= {"leader": entry.leader} if entry.leader else {}
    texts = {box.field: box for box in app.screen.query(Box) if not isinstance(box, ChoiceBox)}
    assert set(draft.texts) == set(texts)
    for field, text in draft.texts.items():
        texts[field].value = text
    own = {each.field for each in app.screen.query(ChoiceField)} - {"kind", "branch", "phase"}
    assert own == set(choices)
    for field, option in choices.items():
        await choose(app, pilot, field, option)


def kinds_of(sample: str) -> Sequence[EntryKind]:
    return sample_desk(sample).reading().plan.kinds


@pytest.mark.parametrize(("sample", "code", "zero"), [("town", "B08", False), ("library", "L01", True)])
async def test_an_entry_of_every_kind_can_be_typed(sample: str, code: str, zero: bool) -> None:
    """Counts, groups, hours, outcome, official, choices, case, evidence, note and role arrive as they were typed.

    Nothing found, nothing asked for and nobody reached are numbers too.
    """
    desk = sample_desk(sample)
    snapshot = desk.reading()
    branch = snapshot.plan.branch(code)
    assert branch is not None
    async with staff_app(desk) as (app, pilot):
        for kind in snapshot.plan.kinds:
            entry = full_entry(snapshot.plan, snapshot.overview, kind, branch, zero=zero)
            if any(problem.refuses for problem in desk.check_entry(entry)):
                continue
            await app.push_screen(AddEntry(snapshot, code), app._recorded)
            await fill_in(app, pilot, entry)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, Dashboard))
            assert desk.entries(code)[-1] == entry
        assert len(app.recorded) >= len(snapshot.plan.kinds) - 3


async def test_an_inspection_with_findings_leads_to_corrections() -> None:
    """The status line says how many were found and which key opens corrections; nothing found says nothing of it."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        for found, said in (("2", True), ("0", False)):
            await pilot.press("a", *"inspection", "enter")
            await pilot.pause()
            await choose(app, pilot, "outcome", "acceptable")
            await pilot.press(found, "ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, Dashboard))
            await until(pilot, lambda: "✔ 已记录" in screen_text(app))
            assert ("发现 2 个问题：按 c 立整改项" in screen_text(app)) is said


async def test_a_usual_entry_takes_three_keys() -> None:
    """``a``, Enter, Ctrl+S: what is most likely in the current phase, today, with the usual choices.

    What a kind counts has to be typed; that everybody is expected, it knows.
    """
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        app.screen.table.go_to("B10")
        await pilot.press("a", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard) and bool(app.recorded))
        entry = desk.entries("B10")[-1]
        assert (entry.kind, entry.phase, entry.on) == ("notice", "review", desk.today())
        assert app.recorded[-1].entry == entry


async def test_the_role_is_remembered_while_the_program_runs() -> None:
    """Who sits there types it once."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await pilot.press("a", *"appraisal", "enter")
        role = next(box for box in app.screen.query(Box) if box.field == "role")
        role.value = "支部记录员"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))
        await pilot.press("a", *"appraisal", "enter", "ctrl+s")
        await until(pilot, lambda: len(app.recorded) == 2)
        assert [each.entry.role for each in app.recorded] == ["支部记录员", "支部记录员"]
