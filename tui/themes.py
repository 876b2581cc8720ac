"""The two themes: ``paper`` for daylight, ``ink`` for a dark hall. Contrast is computed in a test.

Beside Textual's own names they have: ``phase-1`` … ``phase-6`` and their ``-soft`` forms for bars that are not full,
``track`` for the empty part of a bar, ``muted`` for secondary text, ``chosen`` with ``on-chosen`` for what was picked,
``key`` with ``on-key`` for key caps, ``alarm`` with ``on-alarm`` for what is overdue.
"""

from typing import Any

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

PAPER = Theme(
    name="paper",
    dark=False,
    primary="#0B3D91",
    secondary="#005F73",
    accent="#9A4700",
    warning="#8A4B00",
    error="#A4161A",
    success="#1B5E20",
    background="#FAF7F0",
    surface="#FFFFFF",
    panel="#E9E3D5",
    foreground="#14181F",
    variables={
        "phase-1": "#1F5FA8",
        "phase-2": "#8F5200",
        "phase-3": "#0F6B4D",
        "phase-4": "#7A3E9D",
        "phase-5": "#A0353A",
        "phase-6": "#3D5A66",
        "phase-1-soft": "#7FA3CF",
        "phase-2-soft": "#C79A5B",
        "phase-3-soft": "#74AE98",
        "phase-4-soft": "#B592C9",
        "phase-5-soft": "#CF8E91",
        "phase-6-soft": "#8FA3AC",
        "track": "#D8D0BE",
        "muted": "#4A5160",
        "chosen": "#9A4700",
        "on-chosen": "#FFFFFF",
        "key": "#0B3D91",
        "on-key": "#FFFFFF",
        "alarm": "#A4161A",
        "on-alarm": "#FFFFFF",
        "footer-background": "#E9E3D5",
    },
)

INK = Theme(
    name="ink",
    dark=True,
    primary="#7CC4FF",
    secondary="#8BE0C9",
    accent="#FFD166",
    warning="#FFD166",
    error="#FF9A8B",
    success="#9BE28F",
    background="#0B1020",
    surface="#121A2E",
    panel="#22304C",
    foreground="#F2F5FA",
    variables={
        "phase-1": "#56B4E9",
        "phase-2": "#E69F00",
        "phase-3": "#2BC48A",
        "phase-4": "#C79BE8",
        "phase-5": "#F0A0A4",
        "phase-6": "#A9C0CC",
        "phase-1-soft": "#3F7FA8",
        "phase-2-soft": "#A87A1F",
        "phase-3-soft": "#2A8F6B",
        "phase-4-soft": "#85689C",
        "phase-5-soft": "#A06C70",
        "phase-6-soft": "#6E808A",
        "track": "#33415F",
        "muted": "#B3BED2",
        "chosen": "#FFD166",
        "on-chosen": "#0B1020",
        "key": "#7CC4FF",
        "on-key": "#0B1020",
        "alarm": "#FF7A59",
        "on-alarm": "#0B1020",
        "footer-background": "#22304C",
    },
)

THEMES = (PAPER, INK)
PHASE_COLOURS = 6


def register(app: App[Any], name: str) -> None:
    """Make both themes known to ``app`` and set the one called ``name``."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name


def colour(app: App[Any], name: str) -> RichColor:
    """A theme colour by name, for widgets that draw their own lines."""
    return Color.parse(app.theme_variables[name]).rich_color


def style(app: App[Any], fore: str, back: str, *, bold: bool = False) -> Style:
    """A style from two theme colours."""
    return Style(color=colour(app, fore), bgcolor=colour(app, back), bold=bold)
