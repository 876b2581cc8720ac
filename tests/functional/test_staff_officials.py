"""The page of the contact officials, on the shipped samples."""

import pytest
from rich.cells import cell_len

from campaign.language import Lang
from campaign.samples import sample_plan
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import at_rest, sample_desk, shows, staff_app, until
from tui.staff.add_entry import AddEntry
from tui.staff.branch import BranchScreen
from tui.staff.officials import OfficialsScreen
from tui.widgets.choice_field import ChoiceField


async def test_every_official_stands_with_branch_visits_and_what_is_due() -> None:
    """The missing phase has its own sign; the next visit and the next inspection say how many days are left."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: "Brickworks" in screen_text(app))
        rows = screen_rows(app)
        assert "✘ 1 without a visit in a phase" in rows[0]
        [row] = [row for row in rows if "Brickworks" in row]
        assert row.split() == ["L4", "Brickworks", "11-19", "6", "✔", "✘", "✔", "–", "◆", "due", "in", "1", "d"]
        [row] = [row for row in rows if "Retired" in row]
        assert "✔ ✔ –    · due in 27 d    · due in 7 d" in row


async def test_wide_terminals_say_who_and_what_for() -> None:
    """Roles and purposes, by the words of the plan."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: "砖瓦厂" in screen_text(app))
        [row] = [row for row in screen_rows(app) if "供销公司" in row]
        assert "分管卫生商贸的副职" in row
        assert "调查研究" in row


async def test_keys_choose_who_lacks_a_visit_and_what_comes_next() -> None:
    """One branch lacks a visit; sorted by what comes next the brickworks' inspection stands first; Enter opens it."""
    async with staff_app(sample_desk("town"), lang=Lang.EN) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: "10 of 10" in screen_text(app))
        await pilot.press("f")
        await pilot.pause()
        await shows(pilot, "1 of 10")
        await pilot.press("f", "f", "k", "k", "k", "o")
        await pilot.pause()
        assert "Brickworks" in screen_rows(app)[4]
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert app.screen.branch == "B07"


async def test_typing_finds_an_official() -> None:
    """By code, role or branch."""
    async with staff_app(sample_desk("town"), lang=Lang.EN) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: "10 of 10" in screen_text(app))
        await pilot.press("slash", *"l4", "enter")
        await pilot.pause()
        await shows(pilot, "2 of 10")
        assert isinstance(app.screen, OfficialsScreen)


async def test_a_campaign_without_officials_says_so() -> None:
    """The library has none, and inspects nothing."""
    async with staff_app(sample_desk("library"), (80, 24)) as (app, pilot):
        await pilot.press("n")
        await at_rest(app)
        await pilot.pause()
        await shows(pilot, "本活动没有设联系领导")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, OfficialsScreen)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        await pilot.press("n")
        await at_rest(app)
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


async def test_what_is_recorded_from_here_is_a_visit_first() -> None:
    """The first kind that the form offers is a visit of a contact official, at the branch under the cursor."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: "Brickworks" in screen_text(app))
        await pilot.press("a", "1")
        await until(pilot, lambda: isinstance(app.screen, AddEntry))
        await shows(pilot, "Purpose")
        chosen = {field.field: field.chosen.id for field in app.screen.query(ChoiceField) if field.chosen}
        kind = sample_plan("town").plan.kind(chosen["kind"])
        assert kind is not None
        assert kind.effect == "visit"
