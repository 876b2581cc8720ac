"""The kiosk on a screen: touches, names of data that look like markup, failures, and the lock of the app itself."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from campaign.i18n import I18n
from campaign.language import Lang
from manyi.running.common import reporter
from manyi.settings import Settings
from surveys.booth import Attempt
from surveys.questionnaire import Choice, Question, QuestionType
from tests.kiosk_fakes import QUESTIONS, Clock, FakeBooth, questionnaire_of
from tests.kiosk_hands import Hands, kiosk
from tests.screen_text import colours_at
from tui.errors import GONE, QuietErrors
from tui.kiosk.app import KioskApp
from tui.kiosk.driver import KioskDriver
from tui.kiosk.lockdown import SILENCED, LockedApp, terminal_driver
from tui.kiosk.page import Page
from tui.kiosk.tasks import Looked

NORMAL = (80, 24)
HOSTILE = [
    "[/foo]第一支部",
    "[link=http://x]支部",
    "[@click=app.quit]点我[/]",
    "\x1b[31m红\x1b]0;x\x07",
    "$primary {x} %s",
    "满" * 90,
]


def row_with(hands: Hands, text: str) -> int:
    """Number of the first row that shows ``text``."""
    return next(y for y, row in enumerate(hands.rows) if text in row)


async def test_bands_and_keys_can_be_touched() -> None:
    """Every cell of a band is its button, edges too; so are the keys; between them nothing happens."""
    async with kiosk(NORMAL) as hands:
        await hands.click(70, row_with(hands, "English") + 1)
        await hands.click(70, 22)
        y = row_with(hands, "I live nearby")
        for x, edge in ((4, 0), (75, -1), (40, 1)):
            await hands.click(x, y + edge)
            assert "✔ Chosen" in hands.rows[y], (x, edge)
        await hands.click(27, 23)
        assert hands.app.flow.question.name == "group"
        await hands.click(40, 23)
        assert "附近居民" in hands.rows[y]
        await hands.click(70, 23)
        assert hands.app.flow.question.name == "answered"
        await hands.click(10, 22)
        assert hands.app.flow.question.name == "group"


async def test_rows_of_the_review_can_be_touched() -> None:
    """A touch on a row, or on the gap below it, opens its question; beside them nothing happens."""
    async with kiosk(NORMAL) as hands:
        await hands.press("1", "9", "9", "9", "1", "9", "9", "enter", "enter")
        await hands.click(40, 2)
        assert hands.app.flow.page is Page.REVIEW
        await hands.click(40, row_with(hands, "您今年来过几次"))
        assert hands.app.flow.question.name == "visits"


async def test_a_chosen_band_changes_as_a_whole() -> None:
    """Its colours, the key's included, are others than before, and it says so in words."""
    async with kiosk(NORMAL) as hands:
        await hands.press("1", "9")
        y = row_with(hands, "附近居民")
        before = [colours_at(hands.app, x, y)[1] for x in (6, 30, 70)]
        await hands.press("3")
        after = [colours_at(hands.app, x, y)[1] for x in (6, 30, 70)]
        assert len(set(after)) == 1
        assert not set(after) & set(before)
        assert "✔ 已选择" in hands.rows[y]


def hostile_booth(name: str) -> FakeBooth:
    """A booth whose every name is ``name``."""
    text = I18n(zh=name, en=name)
    asked = Question(
        name="q", type=QuestionType.SELECT_ONE, label=text, hint=text, choices=(Choice(code="1", label=text),)
    )
    note = Question(name="n", type=QuestionType.NOTE, label=text)
    written = QUESTIONS[-2]
    return FakeBooth(questionnaire=questionnaire_of(note, asked, written), campaign_title=text, branch_name=text)


@pytest.mark.parametrize("name", HOSTILE)
async def test_data_is_never_markup(name: str) -> None:
    """Titles, questions, choices and typed text are shown as they are: no error, no link, no control character."""
    async with kiosk(NORMAL, booth=hostile_booth(name)) as hands:
        visible = name.replace("\x1b", "").replace("\x07", "")[:10]
        assert any(visible in row for row in hands.rows)
        await hands.press("1", "9", "1", "9")
        await hands.type(name.replace("\x1b", "").replace("\x07", ""))
        assert any(visible in row for row in hands.rows)
        await hands.press("enter")
        text = "\n".join(hands.rows)
        assert visible in text
        assert "\x1b" not in text
        styles = [segment.style for strip in hands.app.screen._compositor.render_strips() for segment in strip]
        assert not any(style and (style.link or "@click" in style.meta) for style in styles)


async def test_the_caret_is_where_characters_appear() -> None:
    """The terminal's cursor stands at the caret, so that the window of an input method opens there."""
    async with kiosk(NORMAL) as hands:
        await hands.press("1", "9", "9", "9", "1", "9", "9", "enter")
        await hands.type("满意a")
        y = row_with(hands, "满意a")
        assert hands.app.cursor_position == (hands.rows[y].index("满") + 5, y)


class Stumbling(FakeBooth):
    """Fails in a way that nobody foresaw, with an answer in its hands."""

    def submit(self, attempt: Attempt) -> None:
        held = attempt.run.answers
        raise LookupError(held)


def lines_of_logs(folder: Path) -> list[str]:
    """All lines of all log files."""
    return [line for path in folder.rglob("*.log") for line in path.read_text(encoding="utf-8").splitlines()]


async def submit_a_secret(booth: FakeBooth, report: Callable[[BaseException], None]) -> None:
    """Type something private and hand it in."""
    async with kiosk(NORMAL, booth=booth) as hands:
        hands.app.report = report
        await hands.press("1", "9", "9", "9", "1", "9", "9", "enter")
        await hands.type("秘密")
        await hands.press("enter", "9", "9")


async def test_an_unexpected_failure_says_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The log has the error's type and place and no value, the terminal gets nothing at all."""
    with pytest.raises(LookupError):
        await submit_a_secret(Stumbling(), reporter(Settings(data=data, lang=Lang.ZH)))
    (log,) = lines_of_logs(data)
    assert re.match(r"ERROR LookupError at test_kiosk_app\.py:\d+ submit < ", log)
    assert "秘密" not in log
    assert capsys.readouterr() == ("", "")


async def test_a_kiosk_that_nobody_watches_over_ends() -> None:
    """Once its supervisor has gone the next look at the clock ends it, with the code of a terminal that has gone."""
    gone: list[bool] = []
    app = KioskApp(FakeBooth(), clock=Clock(), is_abandoned=lambda: bool(gone))
    async with app.run_test(size=NORMAL) as pilot:
        app.tick()
        await pilot.pause()
        assert app.is_running
        gone.append(True)
        app.tick()
        await pilot.pause()
    assert app.return_code == GONE


def test_what_is_overridden_exists_in_textual() -> None:
    """The hooks that lock the app are still there to be overridden, in this version of Textual too."""
    for name in SILENCED:
        assert callable(getattr(App, name))
        assert getattr(LockedApp, name) is not getattr(App, name)
    for name in ("_handle_exception", "panic", "_print_error_renderables"):
        assert callable(getattr(App, name))
        assert getattr(QuietErrors, name) is not getattr(App, name)
        assert issubclass(KioskApp, QuietErrors)
    for name in (
        "_enable_bracketed_paste",
        "_query_in_band_window_resize",
        "_enable_mouse_support",
        "run_input_thread",
    ):
        assert callable(getattr(LinuxDriver, name))
        assert getattr(KioskDriver, name) is not getattr(LinuxDriver, name)


async def test_the_app_offers_no_way_out() -> None:
    """No bindings, no commands, no selection, no clipboard."""
    async with kiosk(NORMAL) as hands:
        app: App[Any] = hands.app
        assert list(app.get_system_commands(app.screen)) == []
        assert not app.ENABLE_COMMAND_PALETTE
        assert not app.ALLOW_SELECT
        assert list(app._bindings) == []
        app.copy_to_clipboard("x")
        assert app.clipboard == ""
        await hands.press("ctrl+q", "ctrl+c", "ctrl+p", "tab", "f1", "shift+tab")
        assert hands.app.is_running
        assert hands.app.flow.page is Page.WELCOME


async def test_what_a_thread_brings_while_the_kiosk_closes_is_nothing_to_show() -> None:
    """The screens are gone by then; it is no error."""
    async with kiosk(NORMAL) as hands:
        await hands.press("1")
    assert not hands.app.screen_stack
    hands.app.take(KioskApp.Done(Looked(is_open=True)))


def test_another_driver_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Textual was told which driver to use, as textual-serve does, that one is used."""
    assert terminal_driver() is KioskDriver
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert terminal_driver() is None


@pytest.mark.parametrize("by_key", [True, False], ids=["key", "touch"])
async def test_a_countdown_is_ended_by_keys_and_touches(*, by_key: bool) -> None:
    """Either shows that somebody is there, and does nothing else."""
    async with kiosk(NORMAL) as hands:
        await hands.press("1", "9")
        await hands.wait(70)
        assert any("5 秒后回到开始" in row for row in hands.rows)
        await (hands.press("1") if by_key else hands.click(30, 8))
        assert not any("秒后回到开始" in row for row in hands.rows)
        assert hands.app.flow.question.name == "group"
        assert hands.app.flow.run.value("group") is None
        assert hands.app.flow.lang is Lang.ZH
