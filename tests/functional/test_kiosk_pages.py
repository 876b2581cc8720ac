"""Every page of the kiosk as text, in both languages, at 80x24 and 120x36; and its colours.

``GOLDEN_UPDATE=1 pytest`` writes the expected pages anew: look at the difference.
"""

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.color import Color

from campaign.errors import Problem, Refused, StoreError
from campaign.i18n import I18n
from tests.kiosk_fakes import GROUPS, QUESTIONS, FakeBooth, numbered, questionnaire_of
from tests.kiosk_hands import Hands, kiosk
from tests.screen_text import assert_golden

SIZES = [(80, 24), (120, 36)]
Look = Callable[[str], None]
NOT_TEXT = frozenset(" ▄▀█·")
"""Glyphs of edges, numerals and steps; steps ahead are told by their number too."""


async def visit(hands: Hands, lang: str, look: Look) -> None:
    """Walk through all pages, looking at each."""
    look("welcome")
    await hands.press("1" if lang == "zh" else "2")
    look("note")
    await hands.press("9")
    look("six")
    await hands.press("9", "2")
    look("scale")
    await hands.press("9", "9")
    look("required")
    await hands.press("down", "enter", "9", "1", "3", "8", "2")
    look("several")
    await hands.press("3")
    look("refused")
    await hands.press("9", "1", "2")
    look("number")
    await hands.press("enter")
    await hands.type("中午也请有人值班。Lunch hours, please!")
    look("text")
    await hands.press("enter", "1", "9")
    look("review")
    await hands.press("down")
    await hands.wait(63)
    look("idle")
    await hands.press("space")
    hands.booth.failure = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))
    await hands.press("9")
    look("not_stored")
    hands.booth.failure = None
    await hands.press("9")
    look("thanks")
    await hands.press(*["asterisk"] * 5, "1", "2")
    look("pin")
    await hands.press("enter")
    look("pin_wrong")
    await hands.press("escape", "space")
    hands.booth.open_now = False
    await hands.wait(1)
    look("closed")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
async def test_all_pages(size: tuple[int, int], lang: str) -> None:
    """Every page looks as it was last approved, and fills the screen to the cell."""
    seen: dict[str, list[str]] = {}
    async with kiosk(size) as hands:

        def look(name: str) -> None:
            seen[name] = hands.rows

        await visit(hands, lang, look)
    for name, rows in seen.items():
        assert len(rows) == size[1], name
        assert max(map(cell_len, rows)) <= size[0], name
        assert_golden(f"kiosk_{name}_{lang}_{size[0]}", rows)


@pytest.mark.parametrize("size", [(59, 24), (80, 19)])
async def test_a_small_screen_says_so(size: tuple[int, int]) -> None:
    """In both languages; keys do nothing until it is larger, then the page is where it was."""
    async with kiosk((80, 24)) as hands:
        await hands.press("1", "9", "3")
        before = hands.rows
        await hands.resize(*size)
        assert_golden(f"kiosk_small_{size[0]}x{size[1]}", hands.rows)
        await hands.press("5", "9")
        await hands.resize(80, 24)
        assert hands.rows == before


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_smallest_screen_shows_whole_questions(lang: str) -> None:
    """At 60x20 every choice and every key of every question is on the screen or behind the key for more."""
    async with kiosk((60, 20)) as hands:
        await hands.press("1" if lang == "zh" else "2", "9")
        assert_golden(f"kiosk_six_{lang}_60", hands.rows)
        await hands.press("9")
        assert_golden(f"kiosk_scale_{lang}_60", hands.rows)
        await hands.press("9", "1", "9")
        assert_golden(f"kiosk_several_{lang}_60", hands.rows)


@pytest.mark.parametrize("theme", ["paper", "ink"])
async def test_every_character_is_legible(theme: str) -> None:
    """On every page, whatever is text has a contrast of 4.5 or more to its ground."""
    faint: dict[str, float] = {}
    async with kiosk((80, 24), theme=theme) as hands:

        def look(name: str) -> None:
            for strip in hands.app.screen._compositor.render_strips():
                for segment in strip:
                    if segment.style and not set(segment.text) <= NOT_TEXT:
                        assert segment.style.color is not None
                        assert segment.style.bgcolor is not None
                        ratio = contrast(segment.style.color, segment.style.bgcolor)
                        if ratio < 4.5:
                            faint[f"{name}: {segment.text.strip()}"] = ratio

        await visit(hands, "zh", look)
    assert faint == {}


def contrast(text: Color, ground: Color) -> float:
    """WCAG contrast ratio."""
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour.get_truecolor())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_a_close_before_submitting_is_told() -> None:
    """The page says in both languages that the answers were not stored."""
    async with kiosk((80, 24)) as hands:
        await hands.press("1", "9", "9", "9", "1", "9", "9", "enter", "enter")
        hands.booth.open_now = False
        hands.booth.failure = Refused(Problem("M12", {"id": "B01", "state": "counting", "wanted": "open"}))
        await hands.press("9")
        assert_golden("kiosk_closed_unsent", hands.rows)


async def test_a_store_that_fails_at_the_start_is_told() -> None:
    """Before the first question, and without a word of answers."""
    async with kiosk((80, 24)) as hands:
        hands.booth.failure = StoreError(Problem("M41", {"seconds": 5, "who": "manyi"}))
        await hands.press("2")
        assert_golden("kiosk_not_begun", hands.rows)


async def test_long_labels_are_never_cut() -> None:
    """A choice that needs two lines makes all bands higher; what does not fit any more goes to the next page."""
    long = I18n(zh="办事窗口的工作人员耐心、热情，一次说清楚要带的材料，不让群众来回跑", en="long")
    asked = QUESTIONS[1].model_copy(update={"choices": numbered((long, *GROUPS[1:]))})
    async with kiosk((80, 24), booth=FakeBooth(questionnaire=questionnaire_of(asked))) as hands:
        await hands.press("1")
        assert_golden("kiosk_long_label", hands.rows)
        assert not any("…" in row for row in hands.rows)
