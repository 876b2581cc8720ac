"""A question that must be answered before something unusual is stored."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from campaign.errors import Problem
from tui.staff.keys import QUESTION
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.spans import Line, Span


class Confirm(LiveScreen[bool]):
    """Names what is unusual; the result is whether to keep it."""

    KEYS: ClassVar[Sequence[Key]] = QUESTION
    BINDINGS: ClassVar[list[BindingType]] = bindings(QUESTION)

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def heading(self) -> str:
        """What is wanted."""
        return tr(self.lang, "Please confirm")

    def content(self) -> Iterable[Widget]:
        """One drawing."""
        yield Drawing(self._page, ground="surface", widget_id="page")

    def show(self, _snapshot: Snapshot) -> None:
        """Nothing here depends on the campaign's state."""

    def action_keep(self) -> None:
        """Store it all the same."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Go back to the form."""
        self.dismiss(False)

    def _page(self, width: int, _height: int) -> list[Line]:
        lines: list[Line] = [(), (Span("  "), Span(self.heading(), bold=True)), ()]
        for problem in self._problems:
            lines.extend((Span("  "), Span(part)) for part in wrap(problem.message(self.lang), width - 4))
        return lines
