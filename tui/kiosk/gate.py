"""What may come in from the terminal: an allow-list of keys, presses of the left button, and not too many a second."""

from collections.abc import Callable

from textual import events, messages
from textual.message import Message

from tui.kiosk.keys import typed

RATE = 80
"""Keys and presses a second; nobody types faster."""
LEFT_BUTTON = 1


class Gate:
    """Decides about each message of the terminal's input, one by one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens = float(RATE)
        self._at = clock()
        self._pressed = False

    def passes(self, message: Message, *, typing: bool) -> bool:
        """Whether ``message`` may reach the app; ``typing`` lets printable characters in."""
        if isinstance(message, events.Key):
            key = typed(message.key, message.character)
            return (key.is_command or (typing and bool(key.text))) and self._take()
        if isinstance(message, events.MouseDown):
            self._pressed = message.button == LEFT_BUTTON and self._take()
            return self._pressed
        if isinstance(message, events.MouseUp):
            pressed, self._pressed = self._pressed, False
            return pressed
        return isinstance(message, messages.TerminalSupportsSynchronizedOutput)

    def _take(self) -> bool:
        """Take a token from the bucket, which holds one second's worth."""
        now = self._clock()
        self._tokens = min(RATE, self._tokens + (now - self._at) * RATE)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
