"""Every page of the intake screen, row by row, in both languages and sizes."""

from pathlib import Path

import pytest
from textual.theme import Theme

from campaign.i18n import I18n
from campaign.language import Lang
from tests.intake_bureau import SERIALS, UNKNOWN, Bureau, bureau
from tests.intake_hands import clerk
from tests.screen_text import assert_golden, screen_rows
from tests.staff_fakes import staff_app, until
from tests.survey_forms import SMALL, compiled
from tests.unit.test_themes import contrast
from tui.staff.choose_session import ChooseSession
from tui.staff.intake_notice import Tone
from tui.staff.intake_parts import COLOURS
from tui.themes import THEMES

SIZES = [(80, 24), (120, 36)]
FORM, NEXT, OUT, *_ = SERIALS
TOWN = "1" + "1234123412"


def pages(at: Bureau) -> dict[str, str]:
    """What is scanned and pressed to come to each page."""
    form, other = f"{at.code(FORM)}\r", f"{at.code(NEXT)}\r"
    begun = f"2\r{form}{other}3\r{form}"
    kept = f"{begun}{TOWN}3\r\r路灯坏了\r1\r"
    return {
        "look": "",
        "mode": "1\r",
        "returned": f"2\r{form}",
        "copy": f"2\r{form}{form}",
        "foreign": f"2\r{at.code(UNKNOWN)}\r",
        "misread": f"2\r{at.code(FORM)[:20]}\r",
        "question": f"{begun}1121",
        "nothing_there": f"{begun}115",
        "several": f"{begun}{TOWN}3\r12\r1",
        "too_many": f"{begun}{TOWN}3\r12\r1\r4\r\r",
        "text": f"{begun}{TOWN}3\r\r路灯坏了，晚上看不见路，请早些修好。",
        "misread_amid": f"{begun}11{at.code(FORM)[3:]}\r",
        "summary": f"{begun}{TOWN}3\r12\r\r路灯坏了\r1",
        "too_few": f"{begun}1999999999911\r\r\r",
        "stopped": f"{begun}1121\x1b",
        "scan_amid": f"{begun}1121{other}",
        "aside": f"{begun}1121{other}2\r\x1b2\r",
        "kept": f"{kept}\r",
        "difference": f"{kept}\r4\r*{form}2{TOWN[1:]}3\r12\r\r\r",
        "settled": f"{kept}\r4\r*{form}2{TOWN[1:]}3\r12\r\r\r12",
        "reason": f"2\r{form}5\r{form}",
        "void": f"2\r{form}5\r{form}4\r",
        "account": f"{kept}\r8\r",
        "out": f"2\r{form}{other}1\r{at.code(OUT)}\r7\r",
        "leaving": f"{begun}1121\x1b2\r0\r0\r",
        "code": f"2\r{form}/",
    }


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", pages(bureau()))
async def test_page(name: str, size: tuple[int, int], lang: Lang, tmp_path: Path) -> None:
    """The page is what was looked at and found good."""
    at = bureau()
    async with clerk(at, tmp_path, size, lang) as hand:
        await hand.type(pages(at)[name])
        assert_golden(f"staff_intake_{name}-{size[0]}x{size[1]}-{lang}", hand.rows())


@pytest.mark.parametrize("lang", list(Lang))
async def test_number_page(lang: Lang, tmp_path: Path) -> None:
    """A number is typed into a box."""
    at = bureau(asking=compiled(SMALL))
    async with clerk(at, tmp_path, (80, 24), lang) as hand:
        await hand.type(f"2\r{at.code(FORM)}\r3\r{at.code(FORM)}\r131\r12")
        assert_golden(f"staff_intake_number-80x24-{lang}", hand.rows())


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("amid", [False, True])
async def test_help_page(amid: bool, size: tuple[int, int], lang: Lang, tmp_path: Path) -> None:
    """All modes, or what the keys do amid a form."""
    at = bureau()
    async with clerk(at, tmp_path, size, lang) as hand:
        await hand.type(f"2\r{at.code(FORM)}\r3\r{at.code(FORM)}\r1" if amid else "")
        await hand.hit("?")
        name = "help_amid" if amid else "help"
        assert_golden(f"staff_intake_{name}-{size[0]}x{size[1]}-{lang}", hand.rows())


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", SIZES)
async def test_list_of_sessions(size: tuple[int, int], lang: Lang, tmp_path: Path) -> None:
    """Where a branch has none of its own."""
    at = bureau()
    async with staff_app(at.staff(tmp_path), size, lang) as (app, pilot):
        app.open_branch("B07")
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ChooseSession))
        await pilot.pause()
        await pilot.pause()
        assert_golden(f"staff_choose_session-{size[0]}x{size[1]}-{lang}", screen_rows(app))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("tone", list(Tone))
def test_a_sentence_in_large_can_be_read(tone: Tone, theme: Theme) -> None:
    """Its colours stand out from each other in both themes: contrast at least 4.5 (WCAG 2.2, 1.4.3)."""
    assert contrast(theme, *COLOURS[tone]) >= 4.5


async def test_data_is_never_markup(tmp_path: Path) -> None:
    """A question and choices that look like markup, or carry control characters, are shown as they are written."""
    hostile = I18n(zh="[/foo][@click=app.quit]点我[/]\x1b[31m", en="[/foo]")
    asked = compiled(SMALL)
    questions = [
        question.model_copy(
            update={
                "label": hostile,
                "choices": tuple(choice.model_copy(update={"label": hostile}) for choice in question.choices),
            }
        )
        for question in asked.questions
    ]
    at = bureau(asking=asked.model_copy(update={"questions": tuple(questions)}))
    async with clerk(at, tmp_path) as hand:
        await hand.type(f"2\r{at.code(FORM)}\r3\r{at.code(FORM)}\r")
        assert sum("[/foo][@click=app.quit]点我[/]" in row for row in hand.rows()) == 5
        await hand.type("11[/x]\r9")
        assert hand.sees("[/foo][@click=app.quit]点我[/]", "[/x]")
