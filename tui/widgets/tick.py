"""A line of a form that is ticked or not."""

from collections.abc import Callable
from typing import ClassVar

from textual import events

from tui.widgets.drawing import Drawing
from tui.widgets.fields import passed_on
from tui.widgets.spans import Line, Span

_STEPS = {"down": 1, "up": -1}


class Tick(Drawing, can_focus=True):
    """Enter ticks it and goes on, the space bar turns it, a click too."""

    DEFAULT_CSS: ClassVar[str] = "Tick { height: 1; }"

    def __init__(
        self, field: str, text: str, turned: Callable[["Tick"], None], *, passes: int = 0, ticked: bool = False
    ) -> None:
        super().__init__(self._shown, ground="surface")
        self.field = field
        self.ticked = ticked
        self._text = text
        self._turned = turned
        self._passes = passes
        """Enter goes past so many lines below it."""

    def turn(self, *, ticked: bool) -> None:
        """Tick it or not; whoever listens hears of it at once, before any other key."""
        if ticked != self.ticked:
            self.put(ticked=ticked)
            self._turned(self)

    def put(self, *, ticked: bool) -> None:
        """Tick it or not; nobody hears of it."""
        self.ticked = ticked
        self.redraw()

    def watch_has_focus(self, value: bool) -> None:  # Textual's own signature
        """Show whether keys work here."""
        super().watch_has_focus(value)
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Enter, space, arrows; what was typed meanwhile goes where the focus is by now."""
        if passed_on(self, event):
            return
        if event.key == "enter":
            self.turn(ticked=True)
            for _ in range(1 + self._passes):
                self.screen.focus_next()
        elif event.key == "space" or event.character == "\u3000":  # the blank of a Chinese input method
            self.turn(ticked=not self.ticked)
        elif event.key in _STEPS:
            self.screen.focus_next() if _STEPS[event.key] > 0 else self.screen.focus_previous()
        else:
            return
        event.stop()

    def on_click(self) -> None:
        """Turn it with the mouse."""
        self.turn(ticked=not self.ticked)

    def _shown(self, _width: int, _height: int) -> list[Line]:
        mark = "[✔]" if self.ticked else "[ ]"
        if self.has_focus:
            return [(Span(f"{mark} {self._text} ", "on-key", "primary", bold=True),)]
        return [(Span(mark, "success" if self.ticked else "muted", bold=self.ticked), Span(f" {self._text}"))]
