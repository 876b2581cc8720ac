"""A box whose value is one of a list: typing filters the list, a digit or Enter chooses. The list is no overlay."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui.widgets.drawing import Draw, Drawing
from tui.widgets.fields import LABEL, Box, FieldRow
from tui.widgets.spans import Line, Span, fitted

SHOWN = 9
"""Options in sight: as many as there are digits to choose them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the list."""

    id: str
    label: str


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """Options whose id or label holds what was typed, capitals or not; one whose id it is comes first."""
    wanted = typed.strip().casefold()
    found = [option for option in options if wanted in option.label.casefold() or wanted in option.id.casefold()]
    return sorted(found, key=lambda option: option.id.casefold() != wanted)


class ChoiceBox(Box):
    """The box of a choice: it hands the keys that choose to its field. No hint stands beside it: it has more room."""

    DEFAULT_CSS: ClassVar[str] = "ChoiceBox { width: 2fr; }"

    held: list[events.Key] | None = None
    """Keys typed after the choice, until it is known which box they are for."""

    is_free = False
    """Whether it holds what is typed, not the label of what is chosen."""

    @property
    def is_typed(self) -> bool:
        """A label that was looked for is no loss."""
        return self.is_free and super().is_typed

    async def _on_key(self, event: events.Key) -> None:
        """Keep ``up``, ``down``, ``enter`` and choosing digits from the text."""
        if self.held is not None:
            event.stop()
            event.prevent_default()
            self.held.append(event)
            return
        if self.passes_on(event):
            return
        field = next(node for node in self.ancestors if isinstance(node, ChoiceField))
        char = unicodedata.normalize("NFKC", event.character or "")
        if event.key in {"up", "down", "enter"} or (char and char in field.digits):
            event.stop()
            event.prevent_default()
            field.press(char if char.isdecimal() else event.key)
        else:
            await super()._on_key(event)


class ChoiceField(Vertical):
    """A row of a form with a list below it while it has the focus."""

    DEFAULT_CSS: ClassVar[str] = """
    ChoiceField { height: auto; }
    ChoiceField > Options { display: none; height: 1; }
    ChoiceField.-open > Options { display: block; }
    """

    @dataclass
    class Chosen(Message):
        """An option was chosen."""

        field: "ChoiceField"
        """Where."""
        option: str
        """Its id."""
        final: bool
        """By Enter, a digit or a click: whoever handles it moves the focus and calls ``release``."""

    def __init__(self, field: str, label: str, options: Sequence[Option], chosen: str | None = None) -> None:
        super().__init__()
        self.field = field
        self._options = options
        self.chosen = next((option for option in options if option.id == chosen), None)
        self._box = ChoiceBox(field, self.chosen.label if self.chosen else "")
        self.row = FieldRow(label, [self._box])
        self._list = Options(self._lines)
        self._shown = list(options)
        self._narrowed_to: str | None = None
        self._at = self._shown.index(self.chosen) if self.chosen else 0

    def compose(self) -> ComposeResult:
        """Row and list."""
        yield self.row
        yield self._list

    def on_mount(self) -> None:
        """Give the list its height."""
        self._filtered()

    @property
    def box(self) -> Box:
        """Where one types."""
        return self._box

    @property
    def digits(self) -> str:
        """Digits that choose now: none while they are part of what is looked for."""
        typed = self._typed
        return "" if typed and any(matching(self._options, typed + digit) for digit in "0123456789") else "123456789"

    def release(self) -> None:
        """The focus is where it belongs: what was typed meanwhile goes there."""
        held, self._box.held = self._box.held or [], None
        for event in held:
            if not self._box.passes_on(event):
                self._box.post_message(event)

    def press(self, key: str) -> None:
        """Move the mark (``up``, ``down``) or choose (``enter``, a digit)."""
        self._filtered()
        if not self._shown:
            return
        if key in {"up", "down"}:
            self._at = (self._at + (1 if key == "down" else -1)) % len(self._shown)
            self._list.redraw()
        elif key == "enter":
            self._choose(final=True)
        elif self._first + int(key) <= min(len(self._shown), self._first + SHOWN):
            self._at = self._first + int(key) - 1
            self._choose(final=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter the list."""
        event.stop()
        self._filtered()
        self._changed()

    def _changed(self) -> None:
        """What stands in the box is another text."""

    def on_descendant_focus(self) -> None:
        """Open the list."""
        self.add_class("-open")

    def on_descendant_blur(self) -> None:
        """Close the list."""
        self.remove_class("-open")
        self._left()

    def _left(self) -> None:
        """Leaving takes the only match, otherwise what was chosen before stays."""
        if self._typed and len(self._shown) == 1:
            self._choose(final=False)
        elif self.chosen is not None:
            self._box.value = self.chosen.label

    def choose(self, option_id: str) -> None:
        """Set the value without a word."""
        self.chosen = next((option for option in self._options if option.id == option_id), self.chosen)
        self._box.value = self.chosen.label if self.chosen else ""

    def pick(self, line: int) -> None:
        """Choose the option on a line of the list."""
        if self._first + line < len(self._shown):
            self._at = self._first + line
            self._choose(final=True)

    @property
    def _typed(self) -> str:
        """What is looked for; nothing while the box shows the chosen label."""
        value = self._box.value
        return "" if self.chosen is not None and value == self.chosen.label else value

    @property
    def _first(self) -> int:
        return max(0, min(self._at - SHOWN // 2, len(self._shown) - SHOWN))

    def _choose(self, *, final: bool) -> None:
        self.chosen = self._shown[self._at]
        self._box.value = self.chosen.label
        self._box.held = [] if final else None
        self.post_message(self.Chosen(self, self.chosen.id, final))

    def _filtered(self) -> None:
        """Narrow the list to what is typed, unless that is done already."""
        if self._narrowed_to == self._typed:
            return
        self._narrowed_to = self._typed
        self._shown = matching(self._options, self._typed)
        self._at = self._shown.index(self.chosen) if self.chosen in self._shown else 0
        self._list.styles.height = max(1, min(SHOWN, len(self._shown)))
        self._list.redraw()

    def _lines(self, width: int, _height: int) -> list[Line]:
        if not self._shown:
            return [(Span(" " * LABEL), Span("–", "muted"))]
        lines: list[Line] = []
        for at, option in enumerate(self._shown[self._first : self._first + SHOWN]):
            here = self._first + at == self._at
            back = "panel" if here else ""
            mark = Span("▸ " if here else "  ", "accent", back)
            option_line = (
                mark,
                Span(f"{at + 1} ", "accent", back, bold=True),
                Span(option.label, back=back),
                Span("  ", back=back),
                Span(self._beyond(at), "muted", back),
            )
            lines.append((Span(" " * LABEL), *fitted(option_line, min(width - LABEL, 50))))
        return lines

    def _beyond(self, line: int) -> str:
        """How many options lie above the first line, or below the last one: ``▼ 24``."""
        below = len(self._shown) - self._first - SHOWN
        if line == 0 and self._first > 0:
            return f"▲ {self._first}"
        return f"▼ {below}" if line == SHOWN - 1 and below > 0 else ""


class FreeField(ChoiceField):
    """Likewise, but the list is only a help: what is typed counts as it stands."""

    def __init__(self, field: str, label: str, options: Sequence[Option], text: str = "") -> None:
        super().__init__(field, label, options)
        self._box.fill(text)
        self._box.is_free = True
        self._moved = False

    def press(self, key: str) -> None:
        """Enter takes what is typed; where nothing is, or the mark was moved, the marked one."""
        if key == "enter" and self._typed and not self._moved:
            self._box.held = []
            self.post_message(self.Chosen(self, self._typed, final=True))
            return
        self._moved = key in {"up", "down"}
        super().press(key)

    def _changed(self) -> None:
        """What is typed is the value."""
        self.post_message(self.Chosen(self, self._box.value, final=False))

    def _left(self) -> None:
        """What stands there stays."""
        self._moved = False


class Options(Drawing):
    """The list of a choice field."""

    def __init__(self, draw: Draw) -> None:
        super().__init__(draw, ground="surface")

    def on_click(self, event: events.Click) -> None:
        """Choose by mouse."""
        field = next(node for node in self.ancestors if isinstance(node, ChoiceField))
        field.pick(event.y)
