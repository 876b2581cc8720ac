"""What the hall sees when staff show a result: nothing can be done here, and it goes when staff take it off."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from surveys.hall import HallResult
from tui.staff.hall_view import TALL, hall_title, headline, pages, question_bars
from tui.staff.keys import HALL
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.spans import Line

PAGE = 20
"""Seconds for which a page of questions is seen, where not all fit."""


class HallScreen(LiveScreen[None]):
    """Title, the rate in large digits, a bar a question."""

    KEYS: ClassVar[Sequence[Key]] = HALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(HALL)

    def content(self) -> Iterable[Widget]:
        """Three drawings."""
        yield Drawing(self._title, widget_id="hall-title")
        yield Drawing(self._headline, ground="surface", widget_id="hall-rate")
        yield Drawing(self._questions, widget_id="hall-questions")

    def show(self, snapshot: Snapshot) -> None:
        """The drawings follow by themselves."""

    def tick(self) -> None:
        """The pages turn."""
        super().tick()
        if self._pages > 1:
            self.query_one("#hall-questions", Drawing).redraw()

    def aside(self) -> str:
        """Which page of the questions is seen."""
        return tr(self.lang, "page {n} of {m}", n=self._page + 1, m=self._pages) if self._pages > 1 else ""

    @property
    def _result(self) -> HallResult | None:
        return self.live.snapshot.hall if self.live.snapshot else None

    @property
    def _pages(self) -> int:
        size = self.query_one("#hall-questions", Drawing).size
        return pages(self._result, self.lang, size.width, size.height) if self._result else 1

    @property
    def _page(self) -> int:
        return int(self.live.clock()) // PAGE % self._pages

    def _title(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        return hall_title(snapshot.plan, snapshot.hall, self.lang, width) if snapshot and snapshot.hall else []

    def _headline(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        if snapshot is None or snapshot.hall is None:
            return []
        tall = self.app.size.height >= TALL
        return (
            [(), *headline(snapshot.plan, snapshot.hall, self.lang, width, tall=tall), ()]
            if tall
            else headline(snapshot.plan, snapshot.hall, self.lang, width, tall=False)
        )

    def _questions(self, width: int, height: int) -> list[Line]:
        snapshot = self.live.snapshot
        if snapshot is None or snapshot.hall is None or height == 0:
            return []
        return question_bars(snapshot.plan, snapshot.hall, self.lang, width, height, self._page)
