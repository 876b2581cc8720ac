"""How far a long piece of work is, with the time left: one line on the terminal, and nothing where there is none."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from campaign.language import Lang
from manyi.texts import tr

PATIENCE = 1.0
"""Seconds before anything is shown: what is done by then needs no bar."""
_PACE, _CELLS = 0.25, 24
Clock = Callable[[], float]
"""Gives seconds."""


class Pace:
    """How far work is, and how long it will still take. How many parts it has is told when it is known."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._stepped = clock()
        self._done, self._total, self.what = 0, 1, ""

    def expect(self, parts: int) -> None:
        """How many parts there are in all."""
        self._total = max(parts, 1)

    def begin(self, what: str) -> None:
        """What is done now."""
        self.what = what

    def step(self, parts: int = 1) -> None:
        """So many parts more are done."""
        self._done, self._stepped = min(self._total, self._done + parts), self._clock()

    def of(self, whole: int) -> int:
        """How much is done, in such parts that there are so many of them."""
        return whole * self._done // self._total

    @property
    def taken(self) -> float:
        """Seconds until now."""
        return self._clock() - self._begun

    @property
    def seconds_left(self) -> int | None:
        """How long it will still take, if it goes on as fast as until now; None before any part is done."""
        if not self._done:
            return None
        a_part = (self._stepped - self._begun) / self._done
        return max(0, round(a_part * (self._total - self._done) - (self._clock() - self._stepped)))


class Progress(Pace):
    """A bar on a terminal."""

    def __init__(self, stream: TextIO, lang: Lang, clock: Clock = time.monotonic) -> None:
        super().__init__(clock)
        self._stream, self._lang, self._width = stream, lang, 0

    def draw(self) -> None:
        """Show it, if it has taken long enough and somebody can see it."""
        if not self._stream.isatty() or self.taken < PATIENCE:
            return
        full = self.of(_CELLS)
        bar, percent = "#" * full + "-" * (_CELLS - full), self.of(100)
        left = self.seconds_left
        rest = "" if left is None else tr.plural(self._lang, "about {n} second left", "about {n} seconds left", left)
        self._write(f"[{bar}] {percent:3}%  {self.what}  {rest}".rstrip())

    def clear(self) -> None:
        """Take it off the terminal again."""
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[2K{line}")
        self._stream.flush()
        self._width = len(line)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Draw it again and again until the block ends."""
        if not self._stream.isatty():
            yield
            return
        over = threading.Event()

        def keep_drawing() -> None:
            while not over.wait(_PACE):
                self.draw()

        drawing = threading.Thread(target=keep_drawing, daemon=True)
        drawing.start()
        try:
            yield
        finally:
            over.set()
            drawing.join()
            self.clear()
