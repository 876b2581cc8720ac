"""A table that is narrowed by typing. The table itself takes the keys, so that a scanner's burst keeps its order."""

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from textual import events

from tui.widgets.cells import clean
from tui.widgets.line_table import LineTable

RowT = TypeVar("RowT")
BEGIN = frozenset("/、")
"""What begins to narrow; a Chinese input method makes the second of the first."""
MOST = 40
"""Characters that can be typed."""


class SearchTable(LineTable[RowT]):
    """``/`` or a digit begins to type; Enter ends it, Esc takes it back. What was typed is folded to plain width."""

    def __init__(
        self,
        key: Callable[[RowT], str],
        *,
        typed: Callable[[str], None],
        entered: Callable[[str], bool],
        digits: bool = True,
        widget_id: str | None = None,
    ) -> None:
        super().__init__(key, widget_id=widget_id)
        self._digits = digits
        """Whether a digit begins to type."""
        self.text = ""
        """What has been typed."""
        self.typing = False
        self._typed = typed
        """Called at once with every change of the text."""
        self._entered = entered
        """Called with the text at Enter; True if it has been dealt with and is to be forgotten."""

    def on_key(self, event: events.Key) -> None:
        """Type, or leave the key to whom it belongs."""
        char = unicodedata.normalize("NFKC", event.character or "")
        if self._takes(event.key, char):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line of what is pasted."""
        event.stop()
        lines = clean(unicodedata.normalize("NFKC", event.text.strip().split("\n")[0]))
        self._change(self.text + lines, typing=True)

    def reset(self) -> None:
        """Forget what was typed."""
        self._change("", typing=False)

    def _takes(self, key: str, char: str) -> bool:
        if key == "escape" and (self.typing or self.text):
            self.reset()
        elif not self.typing and char in BEGIN:
            self._change(self.text, typing=True)
        elif self._digits and not self.typing and len(char) == 1 and char.isdecimal():
            self._change(char, typing=True)
        elif not self.typing:
            return False
        elif key == "enter":
            self._enter()
        elif key == "backspace":
            self._change(self.text[:-1], typing=bool(self.text))
        elif char and char.isprintable():
            self._change(self.text + char, typing=True)
        else:
            return False
        return True

    def _enter(self) -> None:
        done = self._entered(self.text.strip())
        self._change("" if done else self.text, typing=False)

    def _change(self, text: str, *, typing: bool) -> None:
        self.text, self.typing = text[:MOST], typing
        self._typed(self.text)


class TypingTable(SearchTable[RowT]):
    """Every character is typed, from the first one on; Enter chooses the row under the cursor, Esc clears first."""

    def __init__(
        self, key: Callable[[RowT], str], *, typed: Callable[[str], None], widget_id: str | None = None
    ) -> None:
        super().__init__(key, typed=typed, entered=lambda _: False, widget_id=widget_id)

    def _takes(self, key: str, char: str) -> bool:
        self.typing = key != "escape" or bool(self.text)
        if key == "enter":
            self.action_select()
            return True
        return self.typing and super()._takes(key, char)
