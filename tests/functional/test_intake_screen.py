"""The intake screen under a clerk's hands: scans, keypad, languages, sizes, and what is on the screen."""

from pathlib import Path

import pytest

from campaign.language import Lang
from surveys.paper.forms import FormState
from tests.camera import drawn, photographed, read, strips_of
from tests.help_page import read_through
from tests.intake_bureau import SERIALS, Bureau, bureau, print_forms
from tests.intake_hands import clerk
from tests.screen_text import screen_text
from tests.sittings import open_session
from tests.staff_fakes import FakeDesk, shows, staff_app, until
from tui.staff.choose_session import ChooseSession
from tui.staff.dashboard import Dashboard
from tui.staff.help import HelpScreen
from tui.staff.intake import IntakeScreen
from tui.staff.intake_deeds import Page
from tui.staff.texts import tr

FORM, NEXT, *_ = SERIALS
TOWN = "1" + "1234123412"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def at() -> Bureau:
    """Nine forms are out, the session is being counted."""
    return bureau()


async def test_fifty_scans_without_a_pause_are_all_right(tmp_path: Path) -> None:
    """Keys that come faster than the screen is painted are none the less taken in order: 50 of 50."""
    at = bureau(closed=False)
    print_forms(at.store, at.session, range(700001, 700041))
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(*(at.code(serial) for serial in at.states()))
        assert list(at.states().values()) == 50 * [FormState.RETURNED]
        assert (hand.run.line, hand.run.alarms) == ("", 0)
        assert hand.sees("收回 50")


async def test_the_form_is_shown_in_large_with_state_survey_and_branch(at: Bureau, tmp_path: Path) -> None:
    """What was scanned stands on the screen in words, with its number as it is printed."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        assert hand.sees("✔ 已收回", "状态", "镇机关", "终期测评", "0000 4269")


async def test_a_form_is_keyed_from_the_keypad_alone(at: Bureau, tmp_path: Path) -> None:
    """Scan, digits, Enter; the counts follow, and the next form may be scanned."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("3\r")
        await hand.scan(at.code(FORM))
        assert hand.sees("1. 您属于下列哪一类？", "本单位工作人员")
        await hand.hit(f"{TOWN}3\r12\r\r\r")
        assert hand.sees("按 Enter 保存此表", "3 环境卫生、12 其他")
        assert at.states()[FORM] is FormState.RETURNED
        await hand.hit("\r")
        assert hand.sees("✔ 已录入并保存", "录入 1")
        assert at.states()[FORM] is FormState.KEYED


async def test_letters_are_text_only_where_a_text_is_keyed(at: Bureau, tmp_path: Path) -> None:
    """There l, t and ? are written; elsewhere they are keys."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("3\r")
        await hand.scan(at.code(FORM))
        await hand.hit(f"{TOWN}\r")
        await hand.pilot.press("l", "t", "question_mark", "空")
        await hand.settle()
        assert hand.run.draft is not None
        assert hand.run.draft.editor is not None
        assert hand.run.draft.editor.text == "lt?空"
        assert (hand.app.lang, hand.app.theme) == (Lang.ZH, "ink")
        await hand.hit("\x7f\x7f\x7f\x7f-")
        await hand.hit("l")
        assert hand.sees("Which problems most need solving?")


async def test_the_caret_is_where_the_text_goes_on(at: Bureau, tmp_path: Path) -> None:
    """An input method opens its window there."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("3\r")
        await hand.scan(at.code(FORM))
        await hand.hit(f"{TOWN}\r")
        await hand.pilot.press("路", "灯")
        await hand.settle()
        column, row = hand.app.cursor_position
        assert "路灯" in hand.rows()[row]
        assert column == 1 + 2 + 2 + 4


@pytest.mark.parametrize(
    ("scanned", "code"), [("misread", "V70"), ("foreign", "V73"), ("twice", "V74"), ("out", "V75")]
)
async def test_a_wrong_scan_is_named_with_its_code(at: Bureau, tmp_path: Path, scanned: str, code: str) -> None:
    """In large, with what it is about; the bell sounds."""
    async with clerk(at, tmp_path) as hand:
        rung: list[None] = []
        hand.app.bell = lambda: rung.append(None)  # type: ignore[method-assign]
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("3\r")
        if scanned == "twice":
            await hand.scan(at.code(FORM))
            await hand.hit(f"{TOWN}\r\r\r")
        codes = {"misread": at.code(FORM)[2:], "foreign": at.foreign, "twice": at.code(FORM), "out": at.code(NEXT)}
        assert rung == []
        await hand.scan(codes[scanned])
        assert hand.sees(f"{code}：未作任何改动")
        assert len(rung) == 1


async def test_the_differences_stand_side_by_side(at: Bureau, tmp_path: Path) -> None:
    """Both keyers, both answers, and the question, in one look."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("3\r")
        await hand.scan(at.code(FORM))
        await hand.hit(f"{TOWN}\r\r\r4\r*")
        await hand.scan(at.code(FORM))
        await hand.hit(f"2{TOWN[1:]}\r\r")
        beside = [row for row in hand.rows() if "1 本单位工作人员" in row and "2 来办事的群众" in row]
        assert beside
        assert hand.sees("初录 · 录入员1", "复录 · 录入员2", "第 1 处不一致 / 共 1 处")
        await hand.hit("2\r")
        assert hand.sees("✔ 已复录并保存", "已录入，已复录")


async def test_the_code_of_a_form_is_shown_to_be_scanned(at: Bureau, tmp_path: Path) -> None:
    """In black on white; a point draws it otherwise, a scan goes on."""
    async with clerk(at, tmp_path, (120, 36)) as hand:
        await hand.hit("2\r")
        await hand.scan(at.code(FORM))
        await hand.hit("/")
        assert hand.run.page is Page.CODE
        first = hand.rows()
        await hand.hit(".")
        assert hand.rows() != first
        assert any("▀" in row for row in hand.rows())
        await hand.scan(at.code(NEXT))
        assert hand.sees("✔ 已收回", "1234 5676")


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
async def test_a_camera_reads_the_code_of_a_form(at: Bureau, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    """Two decoders read from the screen, in either way of drawing and on photographs, what is printed on the sheet."""
    only = [at.code(FORM)], [at.code(FORM)]
    async with clerk(at, tmp_path, size, theme=theme) as hand:
        await hand.scan(at.code(FORM))
        await hand.hit("/")
        for _ in range(2):
            picture = drawn(strips_of(hand.app))
            assert read(picture) == only
            misread = {seed: read(photographed(picture, seed)) for seed in range(4)}
            assert {seed: texts for seed, texts in misread.items() if texts != only} == {}
            await hand.hit(".")


async def test_what_others_do_is_seen(at: Bureau, tmp_path: Path) -> None:
    """The counts follow a second desk."""
    async with clerk(at, tmp_path) as hand:
        other = at.intake()
        other.receive(NEXT)
        await until(hand.pilot, lambda: hand.sees("收回 1"))


async def test_0_leads_back_to_where_the_clerk_came_from(at: Bureau, tmp_path: Path) -> None:
    """Out of the mode, then out of the screen."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r0\r")
        assert isinstance(hand.app.screen, IntakeScreen)
        await hand.pilot.press("0", "enter")
        await until(hand.pilot, lambda: not isinstance(hand.app.screen, IntakeScreen))


async def test_the_help_explains_the_keys_of_the_page(at: Bureau, tmp_path: Path) -> None:
    """On the start page all modes, amid a form what the keys do there; nothing is cut."""
    for lang in Lang:
        for size in SIZES:
            async with clerk(at, tmp_path / f"{lang}{size}", size, lang) as hand:
                explained = [hand.screen.keys]
                await hand.hit("?")
                assert isinstance(hand.app.screen, HelpScreen)
                together = "".join("".join(await read_through(hand.app.screen, hand.pilot)).split())
                assert "…" not in together
                for key in explained[0]:
                    assert "".join(tr(lang, key.help).split()) in together, key


async def test_a_screen_that_is_too_small_says_so(at: Bureau, tmp_path: Path) -> None:
    """Nothing is torn, and nothing is lost when there is room again."""
    async with clerk(at, tmp_path) as hand:
        await hand.hit("2\r")
        await hand.pilot.resize_terminal(50, 15)
        await hand.pilot.pause()
        assert hand.sees("50×15")
        await hand.pilot.resize_terminal(80, 24)
        await hand.scan(at.code(FORM))
        assert hand.sees("✔ 已收回")


async def test_the_branch_with_one_session_opens_it_at_once(at: Bureau, tmp_path: Path) -> None:
    """From the dashboard p leads to the session of the branch under the cursor, else to a list of all."""
    async with staff_app(at.staff(tmp_path)) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        app.screen.table.go_to("B02")
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await shows(pilot, at.other)


async def test_a_session_is_chosen_from_a_list(at: Bureau, tmp_path: Path) -> None:
    """Where the branch has none, all that are not verified are listed, with their state."""
    async with staff_app(at.staff(tmp_path)) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        app.screen.table.go_to("B07")
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ChooseSession))
        await until(pilot, lambda: at.other in screen_text(app))
        await shows(pilot, "清点中")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await shows(pilot, at.session)


async def test_without_a_session_there_is_nothing_to_count() -> None:
    """The status line says what to do."""
    async with staff_app(FakeDesk(), lang=Lang.EN) as (_app, pilot):
        await pilot.press("p")
        await pilot.pause()
        await shows(pilot, "there is no session to count; s opens one")


async def test_a_store_that_cannot_be_read_is_named(at: Bureau, tmp_path: Path) -> None:
    """The key of the codes is damaged: the status line says so and no screen opens."""
    desk = at.staff(tmp_path)
    (tmp_path / "paper.key").write_text("no key")
    async with staff_app(desk) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        app.screen.table.go_to("B01")
        await pilot.press("p")
        await pilot.pause()
        await shows(pilot, "M76")
        assert isinstance(app.screen, Dashboard)


async def test_a_session_without_forms_says_what_to_do(tmp_path: Path) -> None:
    """M87, with whom to ask for which session: forms are printed by a command, and no screen names one."""
    at = bureau()
    opened = open_session(at.surveys(), "B03", pin="2468").session.id
    async with staff_app(at.staff(tmp_path), (120, 36)) as (app, pilot):
        app.open_branch("B03")
        await pilot.pause()
        await until(pilot, lambda: app.snapshot is not None and len(app.snapshot.sessions) == 3)
        await pilot.press("p")
        await until(pilot, lambda: f"{opened}尚未印表。请本机管理人员为{opened}印制。" in screen_text(app))
        assert "manyi forms" not in screen_text(app)
