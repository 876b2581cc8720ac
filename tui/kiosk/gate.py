"""What may come in from the terminal: an allow-list of keys, presses of the left button, and not too many a second."""

from collections.abc import Callable

from textual import events, messages
from textual.message import Message

from tui.kiosk.keys import typed

RATE = 80
"""Keys and presses a second; nobody presses faster."""
COMMITTED = 600
"""Characters that an input method may hand over at once: more than the longest text that is kept."""
LEFT_BUTTON = 1


class Gate:
    """Decides about each message of the terminal's input, one by one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._keys, self._characters = _Bucket(clock, RATE), _Bucket(clock, COMMITTED)
        self._pressed = False

    def passes(self, message: Message, *, typing: bool) -> bool:
        """Whether ``message`` may reach the app; ``typing`` lets printable characters in."""
        if isinstance(message, events.Key):
            key = typed(message.key, message.character)
            if key.is_command:
                return self._keys.take()
            return typing and bool(key.text) and self._characters.take()
        if isinstance(message, events.MouseDown):
            self._pressed = message.button == LEFT_BUTTON and self._keys.take()
            return self._pressed
        if isinstance(message, events.MouseUp):
            pressed, self._pressed = self._pressed, False
            return pressed
        return isinstance(message, messages.TerminalSupportsSynchronizedOutput)


class _Bucket:
    """Tokens for what comes in, filled again at RATE a second."""

    def __init__(self, clock: Callable[[], float], size: int) -> None:
        self._clock, self._size = clock, size
        self._tokens, self._at = float(size), clock()

    def take(self) -> bool:
        """Take a token; False if there is none."""
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._at) * RATE)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
