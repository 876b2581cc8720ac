"""What was typed: names of keys, with full-width digits and keypad keys folded to the plain ones."""

import unicodedata
from dataclasses import dataclass

from tui.widgets.cells import clean

FOLDED = {"multiply": "asterisk", "fullwidth_asterisk": "asterisk", "ideographic_space": "space"}
MODIFIERS = ("ctrl+", "alt+", "super+", "hyper+", "meta+")
COMMANDS = frozenset(
    [*"0123456789", "up", "down", "left", "right", "enter", "space", "escape", "backspace", "asterisk"]
)
"""The keys that a kiosk knows; all others are dropped before they reach the app."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One key event."""

    key: str
    """Textual's name of the key, or the plain digit."""
    text: str
    """The printable characters that it stands for, as typed; empty for keys such as the arrows."""

    @property
    def digit(self) -> str:
        """The digit, if it is one."""
        return self.key if self.key.isascii() and self.key.isdigit() else ""

    @property
    def is_command(self) -> bool:
        """Whether the kiosk knows this key."""
        return self.key in COMMANDS


def typed(key: str, character: str | None) -> Typed:
    """The key event with this name and these characters."""
    key = FOLDED.get(key, key)
    text = "" if key.startswith(MODIFIERS) or not character or character.isspace() else clean(character)
    if key == "space":
        text = " "
    if len(text) == 1 and (value := unicodedata.decimal(text, None)) is not None:
        key = str(value)
    return Typed(key, text)
