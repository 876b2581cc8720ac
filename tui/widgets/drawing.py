"""A widget that shows lines of spans, given as a function of its size."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.widgets.cells import clean
from tui.widgets.spans import Line, Palette

Draw = Callable[[int, int], Sequence[Line]]
"""Lines for a width and a height in cells; missing lines stay empty."""


class Drawing(Widget):
    """Shows what ``draw`` says. Only lines that have changed are painted again.

    With ``height: auto`` it is as tall as its lines; ``draw`` is then asked for the lines of height 0 as well.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = "Drawing { height: 1; }"

    def __init__(self, draw: Draw, *, ground: str = "background", widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._draw = draw
        self._ground = ground
        self._lines: tuple[Line, ...] = ()
        self._palette: Palette | None = None

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """How many lines there are."""
        return len(self._draw(width, 0))

    def redraw(self) -> None:
        """Ask ``draw`` again and paint the lines that differ."""
        before, self._lines = self._lines, tuple(self._draw(self.size.width, self.size.height))
        if len(before) != len(self._lines):
            self.refresh(layout=self.styles.is_auto_height)
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the new size."""
        self.redraw()

    async def _on_click(self, event: events.Click) -> None:
        """Do what the span under the pointer stands for; one that stands for nothing lets the click pass."""
        act = self._act_at(event.x, event.y)
        if not act:
            return
        event.stop()
        kind, _, name = act.partition(" ")
        if kind == "key":
            self.app.post_message(events.Key(name, name if len(name) == 1 else None))
        else:
            await self.app.run_action(act, default_namespace=self.screen)

    def _act_at(self, x: int, y: int) -> str:
        right = 0
        for span in self._lines[y] if y < len(self._lines) else ():
            right += cell_len(clean(span.text))
            if x < right:
                return span.act
        return ""

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of the drawing."""
        if self._palette is None:
            self._palette = Palette(self.app.theme_variables)
        line = self._lines[y] if y < len(self._lines) else ()
        return self._palette.strip(line, self.size.width, self._ground)

    def _theme_changed(self, _theme: Theme) -> None:
        self._palette = None
        self.refresh()
