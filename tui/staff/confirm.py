"""A question that must be answered before something is done that is unusual, or can't be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from campaign.errors import Problem
from tui.staff.advice import ADVICE
from tui.staff.keys import GO_ON, LEAVE_FORM, QUESTION, SUPPORT
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.spans import Line, Span, fitted, width_of

MOST, LEAST, EDGE = 64, 24, 3
"""Cells of the text in its box, and on each side of it."""


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
        """A box in the middle."""
        yield Drawing(self._page, widget_id="question")

    def show(self, _snapshot: Snapshot) -> None:
        """Nothing here depends on the campaign's state."""

    def action_keep(self) -> None:
        """Store it all the same."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Go back to the form."""
        self.dismiss(False)

    def _page(self, width: int, height: int) -> list[Line]:
        room = min(MOST, width - 2 * EDGE)
        lines: list[Line] = [(Span(self.heading(), bold=True),)]
        for problem in self._problems:
            lines += [(), *((Span(part),) for part in wrap(ADVICE.message(problem, self.lang), room))]
        size = max(LEAST, *(width_of(line) for line in lines))
        left = Span(" " * max(0, (width - size - 2 * EDGE) // 2))
        boxed = [
            (left, Span(" " * EDGE, back="panel"), *(_on_panel(fitted(line, size))), Span(" " * EDGE, back="panel"))
            for line in ((), *lines, ())
        ]
        return [*([()] * max(0, (height - len(boxed)) // 2)), *boxed]


def _on_panel(line: Line) -> Line:
    return tuple(replace(span, back="panel") for span in line)


class AskFirst(Confirm):
    """Whether something is to be done; Enter does it."""

    KEYS: ClassVar[Sequence[Key]] = GO_ON
    BINDINGS: ClassVar[list[BindingType]] = bindings(GO_ON)


class LeaveForm(Confirm):
    """Whether a form is left with what was typed in it."""

    KEYS: ClassVar[Sequence[Key]] = LEAVE_FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(LEAVE_FORM)

    def heading(self) -> str:
        """What is wanted."""
        return tr(self.lang, "Leave the form?")


class AskSupport(Confirm):
    """Whether what a branch lacks is asked for when the change that takes it away is kept."""

    KEYS: ClassVar[Sequence[Key]] = SUPPORT
    BINDINGS: ClassVar[list[BindingType]] = bindings(SUPPORT)
    asked = True
    """What the answer says of the request, where the change is kept."""

    def action_only(self) -> None:
        """Keep the change, and ask for nothing."""
        self.asked = False
        self.dismiss(True)


class ShowInstead(AskFirst):
    """Whether another result is to take the place of that in the hall."""
