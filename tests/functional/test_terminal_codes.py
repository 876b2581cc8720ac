"""Codes on the terminal: what a camera before the screen reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.color import Color
from rich.color_triplet import ColorTriplet
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from exports.paper.qr import Level
from surveys.paper.codes import FormCode, SlipCode, parse
from tests.camera import drawn, photographed, read, strips_of
from tests.forged_codes import KEY
from tests.screen_text import screen_rows
from tui import themes
from tui.widgets.qr import QrCode

SLIP = SlipCode("8250417396").digits(KEY)
THEMES = ["paper", "ink", "textual-dark", "textual-light", "nord", "gruvbox"]
SIZES = [(80, 24), (120, 36)]
CELLS = [(4, 8), (6, 12), (7, 16), (8, 14), (8, 16), (9, 21), (10, 20)]
"""Width and height of a cell in pixels."""
ONLY = ([SLIP], [SLIP])
BLACK, WHITE = Color.parse("#000000").get_truecolor(), Color.parse("#ffffff").get_truecolor()


class CodeApp(App[None]):
    """A code that fills the screen."""

    CSS = "QrCode { width: 100%; height: 100%; }"

    def __init__(self, theme: str, level: Level = "M", css_height: str = "100%") -> None:
        super().__init__()
        themes.register(self, theme)
        self.code = QrCode("The [b]window[/] is too small.", level=level)
        self.code.styles.height = css_height

    def compose(self) -> ComposeResult:
        yield self.code


@asynccontextmanager
async def screen(
    size: tuple[int, int], *, theme: str = "ink", level: Level = "M", css_height: str = "100%", digits: str = SLIP
) -> AsyncIterator[tuple[CodeApp, Pilot[None]]]:
    """A screen of this size that shows the code of ``digits``."""
    app = CodeApp(theme, level, css_height)
    async with app.run_test(size=size) as pilot:
        app.code.show(digits)
        await pilot.pause()
        yield app, pilot


def colours_of_code(app: CodeApp) -> list[tuple[ColorTriplet, ColorTriplet]]:
    """Foreground and background of each cell of the code: of those that are not ground."""
    found = []
    for strip in strips_of(app):
        for segment in strip:
            assert segment.style is not None
            assert not segment.style.reverse
            assert segment.style.color is not None
            assert segment.style.bgcolor is not None
            colours = segment.style.color.get_truecolor(), segment.style.bgcolor.get_truecolor()
            found += [colours for char in segment.text if char == "▀" or colours[1] in {BLACK, WHITE}]
    return found


@pytest.mark.parametrize("no_color", [False, True], ids=["colours", "NO_COLOR"])
@pytest.mark.parametrize("theme", THEMES)
async def test_a_code_is_black_and_white_in_every_theme(
    theme: str, monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    """On both sizes of screen and in both ways of drawing: exact colours in every cell, and two decoders read it."""
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    for size in SIZES:
        async with screen(size, theme=theme) as (app, pilot):
            assert app.no_color == no_color
            for cells in (58 * 29, 29 * 15) if size == (120, 36) else (29 * 15, 29 * 15):
                colours = colours_of_code(app)
                assert len(colours) == cells
                assert {colour for both in colours for colour in both} == {BLACK, WHITE}
                assert read(drawn(strips_of(app))) == ONLY
                app.code.toggle()
                await pilot.pause()
            if no_color:
                monkeypatch.setenv("NO_COLOR", "1")  # an app takes the variable away


@pytest.mark.parametrize("other", [False, True], ids=["two cells", "half blocks"])
async def test_a_code_is_read_from_cells_of_any_shape(*, other: bool) -> None:
    """From 4 by 8 to 10 by 20 pixels, with and without space between the lines."""
    async with screen((120, 36)) as (app, pilot):
        if other:
            app.code.toggle()
            await pilot.pause()
        assert any("▀" in row for row in screen_rows(app)) == other
        strips = strips_of(app)
    misread = {(cell, gap): read(drawn(strips, cell, gap)) for cell in CELLS for gap in (0, 2, 4)}
    assert {where: texts for where, texts in misread.items() if texts != ONLY} == {}


@pytest.mark.parametrize("other", [False, True], ids=["two cells", "half blocks"])
@pytest.mark.parametrize("theme", ["paper", "ink"])
async def test_a_code_is_read_from_photographs(theme: str, *, other: bool) -> None:
    """Turned, slanted, nearer and further, blurred, noisy, unevenly lit: every one of eight photographs is read."""
    async with screen((120, 36), theme=theme) as (app, pilot):
        if other:
            app.code.toggle()
            await pilot.pause()
        picture = drawn(strips_of(app))
    misread = {seed: read(photographed(picture, seed)) for seed in range(8)}
    assert {seed: texts for seed, texts in misread.items() if texts != ONLY} == {}


@pytest.mark.parametrize(("digits", "level"), [(FormCode(17, 3, 8, 42).digits(KEY), "H"), (SLIP, "L"), (SLIP, "H")])
async def test_other_codes_and_levels(digits: str, level: Level) -> None:
    """A form's code, and the level of print: what is read is what was signed."""
    async with screen((80, 24), level=level, digits=digits) as (app, _):
        zxing, zbar = read(drawn(strips_of(app)))
    assert zxing == zbar == [digits]
    assert parse(zxing[0], KEY) == parse(digits, KEY)


async def test_the_way_of_drawing_is_the_best_that_fits() -> None:
    """Two cells a module from 50 by 25 cells on, half blocks below; the other way is there only where both fit."""
    async with screen((120, 36)) as (app, pilot):
        for width, height, first, other in ((120, 36, False, True), (50, 25, False, True), (80, 24, True, True)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            for has_glyphs in (first, other):
                assert any("▀" in row for row in screen_rows(app)) == has_glyphs
                assert read(drawn(strips_of(app))) == ONLY
                app.code.toggle()
                await pilot.pause()


async def test_a_screen_without_room_says_so() -> None:
    """In the words that it was given, which are no markup; with more room the code is there."""
    async with screen((24, 24)) as (app, pilot):
        assert " ".join(row.strip() for row in screen_rows(app) if row) == "▲ The [b]window[/] is too small."
        app.code.show(SLIP, too_small="窗口太小，请放大窗口[/]。")
        await pilot.pause()
        assert "".join(screen_rows(app)) == "▲ 窗口太小，请放大窗口[/]。"
        await pilot.resize_terminal(25, 13)
        await pilot.pause()
        assert read(drawn(strips_of(app))) == ONLY


async def test_no_digits_show_nothing() -> None:
    """A code is taken away by showing none; anything but digits is a ValueError and leaves what is there."""
    async with screen((80, 24)) as (app, pilot):
        with pytest.raises(ValueError, match="x"):
            app.code.show("x")
        assert read(drawn(strips_of(app))) == ONLY
        app.code.show("")
        await pilot.pause()
        assert "".join(screen_rows(app)) == ""
        assert colours_of_code(app) == []


async def test_a_code_may_be_as_tall_as_it_needs() -> None:
    """Without a height the widget takes the rows of the code and not one more."""
    async with screen((120, 36), css_height="auto") as (app, _):
        assert app.code.size.height == 29
        assert read(drawn(strips_of(app))) == ONLY
