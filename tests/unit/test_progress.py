"""The bar of long work."""

import io
import sys
from collections.abc import Iterator

import pytest

from campaign.language import Lang
from manyi.progress import Progress


class Screen(io.StringIO):
    """A terminal, or a pipe."""

    def __init__(self, *, is_terminal: bool = True) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_quick_work_shows_no_bar() -> None:
    """Nothing is drawn in the first second."""
    screen, clock = Screen(), Clock()
    progress = Progress(4, screen, Lang.EN, clock)
    progress.step()
    clock.now = 0.9
    progress.draw()
    progress.clear()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("lang", "left"), [(Lang.EN, "about 6 seconds left"), (Lang.ZH, "约剩6秒")])
def test_the_bar_says_how_far_and_how_long(lang: Lang, left: str) -> None:
    """One of four parts in two seconds: three more take six; after one of them, five."""
    screen, clock = Screen(), Clock()
    progress = Progress(4, screen, lang, clock)
    progress.begin("csv")
    clock.now = 1.5
    progress.draw()
    assert "  0%  csv" in screen.getvalue()
    clock.now = 2
    progress.step()
    progress.draw()
    assert screen.getvalue().endswith(f"[######------------------]  25%  csv  {left}")
    clock.now = 3
    assert progress.seconds_left == 5
    progress.clear()
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_a_pipe_gets_no_bar() -> None:
    """However long it takes."""
    screen, clock = Screen(is_terminal=False), Clock()
    progress = Progress(1, screen, Lang.EN, clock)
    clock.now = 99
    with progress.shown():
        progress.draw()
    assert screen.getvalue() == ""


def test_the_bar_goes_away_when_the_work_is_done_or_broken_off() -> None:
    """It is drawn by itself while the work goes on."""
    screen, ticks = Screen(), iter(range(0, 10_000, 2))
    progress = Progress(1, screen, Lang.EN, lambda: float(next(ticks)))

    def work() -> Iterator[None]:
        with progress.shown():
            while "[" not in screen.getvalue():
                yield
            raise OSError("over")

    with pytest.raises(OSError, match="over"):
        [*work()]
    assert screen.getvalue().endswith("\r\x1b[2K")
    assert sys.stderr is not screen
