"""Every staff screen, reached by keys, with hostile names and texts wherever somebody can write."""

import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

import tui.staff
from campaign.language import Lang
from surveys.hall import show_in_hall
from surveys.shown import Shown
from tests.hostile_town import HOSTILE, spoil
from tests.results_town import results_town, start_town
from tests.staff_fakes import at_rest, staff_app, until
from tui.staff.app import StaffApp
from tui.staff.screen import LiveScreen

WIDTH, HEIGHT = 80, 24
MADE_OF = frozenset(
    {"LiveScreen", "NumberScreen", "ListScreen", "SectionedScreen", "OpinionDeeds"}
    | {"Form", "CaseForm", "SeenCaseForm", "OpinionForm", "SessionForm", "Confirm"}
)
"""Nobody sees these: others are made of them."""
ELSEWHERE = frozenset(
    {"KeptSlip", "Refusal", "AskClose", "VerifySession", "PublishSession", "VoidSession"}
    | {"ShowInstead", "AskSupport"}
)
"""Forms and questions that are open only in some states of a case or a session; their parts are those of others."""
WALK: Sequence[tuple[str, Sequence[str]]] = (
    ("HelpScreen", ("question_mark",)),
    ("Dashboard", ("escape",)),
    ("BranchScreen", ("enter", *"123456")),
    ("CorrectEntry", ("2", "e")),
    ("BranchScreen", ("escape",)),
    ("ChangePlan", ("g",)),
    ("BranchScreen", ("escape",)),
    ("CasesScreen", ("c",)),
    ("CaseScreen", ("enter",)),
    ("MoveCase", ("enter",)),
    ("CaseScreen", ("escape",)),
    ("AmendCase", ("e",)),
    ("CaseScreen", ("escape",)),
    ("CasesScreen", ("escape",)),
    ("NewCaseForm", ("i", "enter")),
    ("CasesScreen", ("escape",)),
    ("BranchScreen", ("escape",)),
    ("Dashboard", ("escape",)),
    ("OpinionsScreen", ("v",)),
    ("OpinionScreen", ("enter",)),
    ("OpinionsScreen", ("escape",)),
    ("RewordItem", ("e",)),
    ("OpinionsScreen", ("escape",)),
    ("ChooseOne", ("f", "g")),
    ("OpinionsScreen", ("escape",)),
    ("MergeOpinions", ("f", "space", "m")),
    ("OpinionsScreen", ("escape", "escape")),
    ("TurnItem", ("f", "f", "i")),
    ("OpinionsScreen", ("escape",)),
    ("WriteDown", ("a",)),
    ("OpinionsScreen", ("escape",)),
    ("Dashboard", ("escape",)),
    ("OfficialsScreen", ("n",)),
    ("Dashboard", ("escape",)),
    ("CalendarScreen", ("w", "i")),
    ("Dashboard", ("escape", "escape")),
    ("DueScreen", ("d",)),
    ("Dashboard", ("escape",)),
    ("SearchScreen", ("slash", *"B06")),
    ("Dashboard", ("escape", "escape")),
    ("AddEntry", ("a", *"appr", "enter")),
    ("Dashboard", ("ctrl+s",)),
    ("TakeBack", ("u",)),
    ("Dashboard", ("escape",)),
    ("OpenSession", ("s",)),
    ("SessionOpened", ("1", *"2468", *("enter",) * 7)),
    ("Dashboard", ("enter",)),
    ("SessionsScreen", ("r",)),
    ("AccountPage", ("enter",)),
    ("SessionsScreen", ("escape",)),
    ("AskFirst", ("c",)),
    ("SessionsScreen", ("escape",)),
    ("ResultsScreen", ("g", *"123456")),
    ("SessionsScreen", ("escape",)),
    ("ExportForm", ("x",)),
    ("LeaveForm", ("x", "escape")),
    ("SessionsScreen", ("enter",)),
    ("Dashboard", ("escape",)),
    ("ChooseSession", ("down", "p")),
    ("IntakeScreen", ("enter",)),
)
"""The screen that each group of keys leads to; keys between are looked at, too."""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start_town(tmp_path_factory.mktemp("started"))


def screens() -> Iterator[str]:
    """The names of all staff screens."""
    for module in iter_modules(tui.staff.__path__):
        for kind in vars(import_module(f"tui.staff.{module.name}")).values():
            if isinstance(kind, type) and issubclass(kind, LiveScreen):
                yield kind.__name__


async def requires_harmless(app: StaffApp, pilot: Pilot[None]) -> None:
    """Every row is as wide as the terminal, and nothing in it is obeyed: by the terminal, by Rich, by Textual."""
    await until(pilot, lambda: len(app.screen._compositor.render_strips()) == HEIGHT)
    for strip in app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip if not segment.control)
        assert cell_len(text) == strip.cell_length == WIDTH, text
        assert not {unicodedata.category(char) for char in text} & {"Cc", "Cf", "Zl", "Zp", "Cs"}, text
        for segment in strip:
            assert segment.style is None or (segment.style.link, segment.style.meta.get("@click")) == (None, None)


async def walked(app: StaffApp, pilot: Pilot[None]) -> set[str]:
    """Go from screen to screen; the names of all that were seen."""
    await requires_harmless(app, pilot)
    for name, keys in WALK:
        for key in keys:
            await pilot.press(key)
            await at_rest(app)
            await requires_harmless(app, pilot)
        await until(pilot, lambda: type(app.screen).__name__ == name)  # noqa: B023  # waited for at once
        await pilot.pause()
        await requires_harmless(app, pilot)
    return {name for name, _ in WALK}


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_texts_on_every_screen(started: Path, tmp_path: Path, text: str) -> None:
    """Markup, commands to the terminal, marks of direction, joined emoji, ten thousand characters: all are shown."""
    with results_town(started, tmp_path) as town:
        spoil(town.settings.data, HOSTILE[text])
        async with staff_app(town.desk(), (WIDTH, HEIGHT), Lang.EN) as (app, pilot):
            seen = await walked(app, pilot)
        async with staff_app(town.desk(), (WIDTH, HEIGHT), Lang.EN, read_only=True) as (app, pilot):
            await requires_harmless(app, pilot)
            show_in_hall(town.store, Shown(session="B01-261008-1"))
            app.poll()
            await until(pilot, lambda: type(app.screen).__name__ == "HallScreen")
            await requires_harmless(app, pilot)
    assert {*screens()} - MADE_OF - seen <= ELSEWHERE | {"HallScreen"}
