"""A text being typed: characters, a caret, and a limit. No selection, no paste, no line ends."""

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len

from tui.kiosk.keys import Typed
from tui.widgets.cells import clean, line_spans

MAX_INTEGER = 9
"""Digits of a whole number."""


@dataclass(slots=True)
class Editor:
    """What a person types in answer to one question."""

    text: str
    limit: int
    digits_only: bool = False
    caret: int = 0
    """Before which character the next one goes."""

    def __post_init__(self) -> None:
        self.text = clean(self.text)
        self.caret = len(self.text)

    def press(self, typed: Typed) -> bool:
        """Take a key; whether the text has changed."""
        if typed.key == "backspace":
            return self._erase()
        if typed.key == "left":
            self.caret = max(0, self.caret - 1)
        elif typed.key == "right":
            self.caret = min(len(self.text), self.caret + 1)
        elif typed.text:
            return self._insert(typed.digit if self.digits_only else typed.text)
        return False

    def lines(self, width: int) -> tuple[list[str], tuple[int, int]]:
        """The text in lines of at most ``width`` cells, and the caret's column and row in them."""
        spans = line_spans(self.text, width)
        lines = [self.text[start:end] for start, end in spans]
        row = next((at for at, (_, end) in enumerate(spans) if self.caret < end), len(spans) - 1)
        column = cell_len(self.text[spans[row][0] : self.caret])
        if column >= width:
            # Behind a full line the caret stands where the next character will be.
            row, column = row + 1, 0
            lines[row:] = lines[row:] or [""]
        return lines, (column, row)

    def _insert(self, text: str) -> bool:
        text = unicodedata.normalize("NFC", text)[: self.limit - len(self.text)]
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)
        return bool(text)

    def _erase(self) -> bool:
        if not self.caret:
            return False
        self.text = self.text[: self.caret - 1] + self.text[self.caret :]
        self.caret -= 1
        return True
