"""Screens as plain text: what a Textual app shows, row by row, and its comparison with golden files."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.color import Color
from rich.segment import Segment
from textual.app import App

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "GOLDEN_UPDATE"
"""Environment variable: set to 1, golden files are written instead of compared. Look at the diff before keeping it."""


def screen_rows(app: App[Any]) -> list[str]:
    """The rows of the screen on top, without blanks at their ends."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip if not segment.control).rstrip() for strip in strips]


def screen_text(app: App[Any]) -> str:
    """The whole screen on top."""
    return "\n".join(screen_rows(app))


def colours_at(app: App[Any], x: int, y: int) -> tuple[Color | None, Color | None]:
    """Foreground and background of the cell in column ``x`` of row ``y``."""
    left = 0
    for segment in app.screen._compositor.render_strips()[y]:
        left += _cells(segment)
        if x < left:
            return (segment.style.color, segment.style.bgcolor) if segment.style else (None, None)
    raise AssertionError(f"row {y} has no column {x}")


def assert_golden(name: str, rows: Sequence[str]) -> None:
    """``rows`` are those of ``tests/golden/<name>.txt``; rewrite the file with ``GOLDEN_UPDATE=1``."""
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(rows) + "\n"
    if os.environ.get(UPDATE) == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path.name} does not exist; write it with {UPDATE}=1 and look at it"
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()


def is_golden(name: str, rows: Sequence[str]) -> bool:
    """Whether ``rows`` are those of the golden file, or it is to be written anew: then nothing is waited for."""
    path = GOLDEN / f"{name}.txt"
    known = path.read_text(encoding="utf-8").splitlines() if path.is_file() else None
    return os.environ.get(UPDATE) == "1" or known == list(rows)


def _cells(segment: Segment) -> int:
    return 0 if segment.control else segment.cell_length
