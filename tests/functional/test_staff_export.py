"""The form that writes results into a folder."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from campaign.language import Lang
from exports.folder import Written
from manyi.results_desk import LockedResults
from tests.results_hands import paste, press, said
from tests.results_town import ResultsTown
from tests.screen_text import screen_text
from tests.staff_fakes import shows, staff_app, until
from tui.staff.confirm import Confirm
from tui.staff.export_form import ExportForm
from tui.staff.results_ports import Far, Wanted
from tui.staff.sessions import SessionsScreen


async def test_an_export_asks_before_it_writes_over(counted: ResultsTown, tmp_path: Path) -> None:
    """The folder is made; a second time it is asked how many files may go, and Esc leaves them as they are."""
    folder = tmp_path / "out"
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert "files written into" in app.notice
        written = sorted(folder.rglob("*.csv"))
        written[0].write_text("mine", encoding="utf-8")
        await press(app, pilot, "x", "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        files = sum(each.is_file() for each in folder.rglob("*"))
        await until(pilot, lambda: f"({files - 1} of the files). Write over it?" in said(app))
        await press(app, pilot, "escape")
        assert isinstance(app.screen, ExportForm)
        assert written[0].read_text(encoding="utf-8") == "mine"
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(app, pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert written[0].read_text(encoding="utf-8") != "mine"


async def test_one_session_in_one_format_can_be_written(counted: ResultsTown, tmp_path: Path) -> None:
    """From the list: the session under the cursor instead of all, one format instead of all; the whole path is said."""
    folder = tmp_path / "one"
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "end", "x", "shift+tab", "shift+tab", "2", *"json", "enter")
        await press(app, pilot, "home", "ctrl+k")
        await paste(app, pilot, str(folder))
        await shows(pilot, f"→ {tmp_path}"[:40])
        await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert str(folder) in app.notice
    assert {each.suffix for each in folder.iterdir()} == {".json", ""}
    text = "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.json"))
    assert "B01-261008-1" in text
    assert "B03-261105-1" not in text


async def test_a_folder_that_cannot_be_made_is_said_and_the_bar_goes(counted: ResultsTown) -> None:
    """M164 with where; no "writing" stays behind."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k", *"/proc/none", "ctrl+s")
        await shows(pilot, "No folder can be made in /proc")
        assert "writing" not in screen_text(app)


@pytest.mark.parametrize(
    ("lang", "said"), [(Lang.EN, "writing pdf … 45% · about 3 seconds left"), (Lang.ZH, "正在写入pdf…… 45% · 约剩3秒")]
)
async def test_an_export_says_how_far_it_is_and_how_long_it_takes(
    counted: ResultsTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, said: str
) -> None:
    """While it is under way."""
    over = Event()

    def export(_: object, __: Lang, wanted: Wanted, told: Callable[[Far], None], *, force: bool) -> Written:
        told(Far("pdf", 45, 3))
        over.wait()
        return Written(wanted.folder, (), ("x",) if force else ())

    monkeypatch.setattr(LockedResults, "export", export)
    async with staff_app(counted.desk(), (80, 24), lang) as (app, pilot):
        await press(app, pilot, "r", "x", "home", "ctrl+k")
        await paste(app, pilot, str(tmp_path / "out"))
        await pilot.press("ctrl+s")
        try:
            await until(pilot, lambda: said in screen_text(app))
        finally:
            over.set()
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
