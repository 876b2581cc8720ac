"""Contrast of both themes, by WCAG 2."""

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.themes import PHASE_COLOURS, THEMES

BODY = [("foreground", "background"), ("foreground", "surface"), ("foreground", "panel")]
OTHERS = [
    *[(colour, back) for colour in ("muted", "primary") for back in ("background", "surface", "panel")],
    *[(colour, back) for colour in ("warning", "error", "success", "secondary") for back in ("background", "surface")],
    *[(f"phase-{number}", back) for number in range(1, PHASE_COLOURS + 1) for back in ("background", "surface")],
    ("on-chosen", "chosen"),
    ("on-key", "key"),
    ("on-alarm", "alarm"),
]


def variables(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def contrast(theme: Theme, text: str, back: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    colours = variables(theme)
    light, dark = sorted((luminance(Color.parse(colours[name])) for name in (text, back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_body_text_has_a_contrast_of_seven(theme: Theme) -> None:
    """Body text reaches the level AAA on every ground."""
    assert {pair: contrast(theme, *pair) for pair in BODY if contrast(theme, *pair) < 7} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_other_text_has_a_contrast_of_four_and_a_half(theme: Theme) -> None:
    """Every other pair that the screens use reaches the level AA for small text."""
    assert {pair: contrast(theme, *pair) for pair in OTHERS if contrast(theme, *pair) < 4.5} == {}


def test_the_ratio_is_that_of_the_standard() -> None:
    """Black on white is 21 to 1, and the known grey #767676 on white just passes."""
    assert luminance(Color.parse("#FFFFFF")) == pytest.approx(1)
    grey = (1 + 0.05) / (luminance(Color.parse("#767676")) + 0.05)
    assert 4.5 < grey < 4.6
