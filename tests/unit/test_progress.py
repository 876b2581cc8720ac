"""The bar of long work."""

import io
import sys
from collections.abc import Iterator

import pytest

from campaign.language import Lang
from manyi.progress import Progress
from manyi.results_desk import Telling
from tui.staff.results_ports import Far


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
    progress = Progress(screen, Lang.EN, clock)
    progress.expect(4)
    progress.step()
    clock.now = 0.9
    progress.draw()
    progress.clear()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("lang", "left"), [(Lang.EN, "about 6 seconds left"), (Lang.ZH, "约剩6秒")])
def test_the_bar_says_how_far_and_how_long(lang: Lang, left: str) -> None:
    """Nothing of the time before the work is known; one of four parts in two seconds: three more take six."""
    screen, clock = Screen(), Clock()
    progress = Progress(screen, lang, clock)
    progress.begin("csv")
    clock.now = 1.5
    progress.draw()
    assert screen.getvalue().endswith("  0%  csv")
    clock.now = 2
    progress.expect(4)
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
    progress = Progress(screen, Lang.EN, clock)
    clock.now = 99
    with progress.shown():
        progress.draw()
    assert screen.getvalue() == ""


def test_the_bar_goes_away_when_the_work_is_done_or_broken_off() -> None:
    """It is drawn by itself while the work goes on."""
    screen, ticks = Screen(), iter(range(0, 10_000, 2))
    progress = Progress(screen, Lang.EN, lambda: float(next(ticks)))

    def work() -> Iterator[None]:
        with progress.shown():
            while "[" not in screen.getvalue():
                yield
            raise OSError("over")

    with pytest.raises(OSError, match="over"):
        [*work()]
    assert screen.getvalue().endswith("\r\x1b[2K")
    assert sys.stderr is not screen


def test_a_screen_hears_of_every_per_cent_once() -> None:
    """It would be slow work to draw each of ten thousand parts."""
    heard: list[Far] = []
    telling = Telling(heard.append)
    telling.begin("tables")
    telling.expect(10_000)
    telling.begin("notice")
    for _ in range(10_000):
        telling.step()
    assert [(each.what, each.percent) for each in heard] == [("tables", 0), *(("notice", n) for n in range(101))]
    assert (heard[0].seconds_left, heard[-1].seconds_left) == (None, 0)
