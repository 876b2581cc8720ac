"""Rows of a form: a label, a box or several, and what is wrong with the value, in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets.cells import clean, fit
from tui.widgets.drawing import Drawing
from tui.widgets.spans import Line, Span

LABEL = 16
"""Cells of a label."""


_STEPS = {"enter": 1, "tab": 1, "down": 1, "shift+tab": -1, "up": -1}


def passed_on(widget: Widget, event: events.Key) -> bool:
    """Hand a key to whoever has the focus by now, if that is not ``widget``."""
    focused = widget.screen.focused
    if focused is widget or focused is None:
        return False
    event.stop()
    event.prevent_default()
    key = events.Key(event.key, event.character)
    key.set_sender(widget.app)  # otherwise it would end at whoever is at work here, and keys of the screen be lost
    focused._forward_event(key)  # noqa: SLF001  # as the app does with a new key
    return True


class Box(Input):
    """A box for one line of text. It knows which field of the form it fills."""

    DEFAULT_CSS: ClassVar[str] = """
    Box, Box.-textual-compact { border: none; height: 1; padding: 0 1; }
    Box { background: $panel; width: 1fr; margin: 0 1 0 0; }
    Box:focus, Box.-textual-compact:focus { background: $primary; color: $on-key; border: none; }
    Box:focus .input--cursor, Box:focus .input--selection { background: $on-key; color: $primary; }
    """

    def __init__(self, field: str, value: str = "", *, width: int | None = None, max_length: int = 300) -> None:
        super().__init__(value, max_length=max_length, compact=True)
        self.field = field
        self.opened = clean(value)
        """What the form put there."""
        self.cursor_blink = False
        if width is not None:
            self.styles.width = width

    @property
    def is_typed(self) -> bool:
        """Whether a person typed what stands there."""
        return self.value != self.opened

    def fill(self, value: str) -> None:
        """Put ``value`` there for the form."""
        self.opened = clean(value)
        self.value = value

    async def _on_key(self, event: events.Key) -> None:
        """Go on at once, so that what is typed next, however fast, reaches the next box."""
        if self.passes_on(event):
            return
        if event.key in _STEPS:
            event.stop()
            event.prevent_default()
            self.screen.focus_next() if _STEPS[event.key] > 0 else self.screen.focus_previous()
        else:
            if event.key == "ctrl+c":
                await self.app.run_action("help_quit")  # what is selected is copied; often somebody wants to leave
            await super()._on_key(event)

    def passes_on(self, event: events.Key) -> bool:
        """Hand a key that was typed for the next box, while this one was still at work, to that one."""
        return passed_on(self, event)

    def validate_value(self, value: str) -> str:
        """Control characters never stand in a box."""
        return clean(value)


class FieldRow(Horizontal):
    """A label, boxes, and a remark."""

    DEFAULT_CSS: ClassVar[str] = """
    FieldRow { height: 1; }
    FieldRow > .label { width: 16; }
    FieldRow > .remark { width: 1fr; }
    """

    def __init__(self, label: str, boxes: Sequence[Widget], *, hint: str = "") -> None:
        super().__init__()
        self._label = label
        self._boxes = boxes
        self._hint = hint
        self._remark: Line = ()

    def compose(self) -> ComposeResult:
        """Label, boxes, remark."""
        yield Drawing(lambda width, _: [(Span(fit(self._label, width - 1), "muted"),)], ground="surface").add_class(
            "label"
        )
        yield from self._boxes
        yield Drawing(self._beside, ground="surface").add_class("remark")

    def say(self, remark: Line) -> None:
        """Put ``remark`` beside the boxes in place of the hint; an empty one brings the hint back."""
        if remark != self._remark:
            self._remark = remark
            self.query_one(".remark", Drawing).redraw()

    def call(self, label: str, hint: str) -> None:
        """Another label and hint."""
        if (label, hint) != (self._label, self._hint):
            self._label, self._hint = label, hint
            for drawing in self.query(Drawing):
                drawing.redraw()

    def _beside(self, _width: int, _height: int) -> list[Line]:
        return [self._remark or (Span(self._hint, "muted"),)]


class Press(Drawing, can_focus=True):
    """A line that does something on Enter or a click."""

    DEFAULT_CSS: ClassVar[str] = "Press { height: 1; }"

    @dataclass
    class Pressed(Message):
        """It was pressed."""

        press: "Press"
        """Which one."""

        @property
        def control(self) -> Widget:
            """The line, for handlers that name it."""
            return self.press

    def __init__(self, text: str, widget_id: str) -> None:
        super().__init__(self._shown, ground="surface", widget_id=widget_id)
        self._text = text

    def watch_has_focus(self, value: bool) -> None:  # Textual's own signature
        """Show whether keys work here."""
        super().watch_has_focus(value)
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Press it with Enter; the arrows lead on, as in a box."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Pressed(self))
        elif event.key in ("up", "down"):
            event.stop()
            self.screen.focus_next() if _STEPS[event.key] > 0 else self.screen.focus_previous()

    def on_click(self) -> None:
        """Press it with the mouse."""
        self.post_message(self.Pressed(self))

    def _shown(self, _width: int, _height: int) -> list[Line]:
        mark = "▸" if self.has_focus else " "
        back = "primary" if self.has_focus else "panel"
        return [(Span(f"{mark} {self._text}  ", "on-key" if self.has_focus else "foreground", back, bold=True),)]
