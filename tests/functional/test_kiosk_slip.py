"""The slip on a kiosk's screen: as it was last approved, legible, and read by a camera.

``GOLDEN_UPDATE=1 pytest`` writes the expected pages anew: look at the difference.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len

from campaign.i18n import I18n
from surveys.paper.codes import SlipCode
from surveys.paper.slip_shown import slip_shown
from tests.camera import drawn, photographed, read, strips_of
from tests.forged_codes import KEY
from tests.functional.test_kiosk_pages import NOT_TEXT, contrast
from tests.kiosk_fakes import FakeBooth
from tests.kiosk_hands import Hands, kiosk
from tests.screen_text import assert_golden
from tui.kiosk.page import Page

SLIP = slip_shown(SlipCode("8250417396"), KEY)
ONLY = ([SLIP.digits], [SLIP.digits])


@asynccontextmanager
async def with_a_slip(
    size: tuple[int, int], *, lang: str = "zh", theme: str = "paper", booth: FakeBooth | None = None
) -> AsyncIterator[Hands]:
    """A kiosk on which somebody has asked for an answer and handed in, 17 seconds ago."""
    async with kiosk(size, theme=theme, booth=booth or FakeBooth(handed=SLIP)) as hands:
        await hands.press("1" if lang == "zh" else "2", "9", "9", "9", "1", "9", "9", "enter")
        await hands.type("路灯坏了")
        await hands.press("enter", "1", "9", "9")
        await hands.wait(17)
        assert hands.app.flow.page is Page.SLIP
        yield hands


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=["60x20", "80x24", "120x36"])
async def test_the_slip_looks_as_approved(size: tuple[int, int], lang: str) -> None:
    """Square, number in groups of four, what it is for, how to take it along, time left, keys; to the cell."""
    async with with_a_slip(size, lang=lang) as hands:
        rows = hands.rows
    assert len(rows) == size[1]
    assert max(map(cell_len, rows)) <= size[0]
    assert_golden(f"kiosk_slip_{lang}_{size[0]}", rows)


async def test_the_square_has_another_way_where_there_is_room() -> None:
    """8 draws it with half blocks, and back; a screen without room for two cells a module does not offer that."""
    async with with_a_slip((120, 36)) as hands:
        before = hands.rows
        assert "8  换种画法" in "".join(before)
        await hands.press("8")
        assert_golden("kiosk_slip_half_blocks", hands.rows)
        picture = drawn(strips_of(hands.app))
        assert read(picture) == ONLY
        assert [seed for seed in range(4) if read(photographed(picture, seed)) != ONLY] == []
        await hands.press("8")
        assert hands.rows == before
        await hands.resize(80, 24)
        narrow = hands.rows
        assert "换种画法" not in "".join(narrow)
        await hands.press("8")
        assert hands.rows == narrow


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_a_camera_reads_the_slip(size: tuple[int, int], theme: str) -> None:
    """Two decoders find the one code of the page, exact and on photographs of the whole screen."""
    async with with_a_slip(size, theme=theme) as hands:
        picture = drawn(strips_of(hands.app))
    assert read(picture) == ONLY
    misread = {seed: read(photographed(picture, seed)) for seed in range(4)}
    assert {seed: texts for seed, texts in misread.items() if texts != ONLY} == {}


async def test_the_slip_needs_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the page says the same and the code is as black and white as ever."""
    async with with_a_slip((80, 24)) as hands:
        rows = hands.rows
    monkeypatch.setenv("NO_COLOR", "1")
    async with with_a_slip((80, 24)) as hands:
        assert hands.app.no_color
        assert hands.rows == rows
        assert read(drawn(strips_of(hands.app))) == ONLY


@pytest.mark.parametrize("theme", ["paper", "ink"])
async def test_the_slip_is_legible(theme: str) -> None:
    """Whatever is text has a contrast of 4.5 or more to its ground, in the last seconds too."""
    async with with_a_slip((80, 24), theme=theme) as hands:
        for seconds in (0, 40):
            await hands.wait(seconds)
            for strip in strips_of(hands.app):
                for segment in strip:
                    if segment.style and not set(segment.text) <= NOT_TEXT:
                        assert segment.style.color is not None
                        assert segment.style.bgcolor is not None
                        assert contrast(segment.style.color, segment.style.bgcolor) >= 4.5, segment.text


async def test_the_slip_is_shown_once() -> None:
    """After the minute nothing of it is on the screen, and no key brings it back."""
    async with with_a_slip((80, 24)) as hands:
        await hands.wait(43)
        assert "请下一位作答" in "".join(hands.rows)
        assert read(drawn(strips_of(hands.app))) == ([], [])
        assert "请告诉工作人员" not in "".join(hands.rows)
        await hands.press("7", "escape", "0")
        assert "按 1 或 2" in "".join(hands.rows)
        assert read(drawn(strips_of(hands.app))) == ([], [])


async def test_names_on_the_slip_are_never_markup() -> None:
    """A branch with brackets in its name is shown as it is written."""
    name = "[@click=app.quit]支部[/]"
    booth = FakeBooth(handed=SLIP, branch_name=I18n(zh=name, en=name))
    async with with_a_slip((80, 24), booth=booth) as hands:
        assert name in hands.rows[0]


async def test_a_screen_that_became_too_small_keeps_the_slip() -> None:
    """The page says so; with room again the slip is there, as long as its minute lasts."""
    async with with_a_slip((80, 24)) as hands:
        before = hands.rows
        await hands.resize(59, 24)
        assert read(drawn(strips_of(hands.app))) == ([], [])
        await hands.press("9")
        await hands.resize(80, 24)
        assert hands.rows == before
