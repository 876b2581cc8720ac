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


class Progress:
    """Work of ``total`` parts; ``clock`` gives seconds."""

    def __init__(self, total: int, stream: TextIO, lang: Lang, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._stream, self._lang, self._clock = max(total, 1), stream, lang, clock
        self._begun = self._stepped = clock()
        self._done, self._what, self._width = 0, "", 0

    def begin(self, what: str) -> None:
        """What is done now."""
        self._what = what

    def step(self, parts: int = 1) -> None:
        """So many parts more are done."""
        self._done, self._stepped = min(self._total, self._done + parts), self._clock()

    @property
    def seconds_left(self) -> int | None:
        """How long it will still take, if it goes on as fast as until now; None before any part is done."""
        if not self._done:
            return None
        a_part = (self._stepped - self._begun) / self._done
        return max(0, round(a_part * (self._total - self._done) - (self._clock() - self._stepped)))

    def draw(self) -> None:
        """Show it, if it has taken long enough and somebody can see it."""
        if not self._stream.isatty() or self._clock() - self._begun < PATIENCE:
            return
        full = _CELLS * self._done // self._total
        bar, percent = "#" * full + "-" * (_CELLS - full), 100 * self._done // self._total
        left = self.seconds_left
        rest = "" if left is None else tr.plural(self._lang, "about {n} second left", "about {n} seconds left", left)
        self._write(f"[{bar}] {percent:3}%  {self._what}  {rest}".rstrip())

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
