"""Bytes of a terminal to messages, whatever the bytes are.

Textual's parser (8.2.8) raises on some sequences and ends with them, waits for ever for the end of a paste, and
believes any report of a size. Here a sequence that it cannot read is lost, and the next one is read by a new parser.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

PASTE_MARKS = ("\x1b[200~", "\x1b[201~")
MOST_SILENT = 64
"""So many characters without a message mean that the parser waits for an end that will not come."""
MOST_PASTED = 10_000
"""The same where pastes are taken: within one, the parser is silent."""
UNREADABLE = (ArithmeticError, LookupError, RuntimeError, StopIteration, TypeError, ValueError, ParseError)
"""What the parser raises; a generator that has raised once ends with StopIteration."""


class TerminalInput:
    """Reads the input of one terminal."""

    def __init__(self, *, pastes: bool = False) -> None:
        self._pastes = pastes
        self._most_silent = MOST_PASTED if pastes else MOST_SILENT
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._parser = XTermParser()
        self._silent = 0

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that ``data`` completes."""
        text = self._decoder.decode(data)
        for mark in () if self._pastes else PASTE_MARKS:
            text = text.replace(mark, "")
        # One by one, so that an unreadable sequence takes nothing with it that follows.
        for character in text:
            self._silent += 1
            yield from self._guarded(character)
            if self._silent > self._most_silent:
                self._renew()

    def tick(self) -> Iterator[Message]:
        """The messages that only time completes: a single escape."""
        yield from self._guarded("")

    def _guarded(self, character: str) -> Iterator[Message]:
        try:
            for message in self._parser.feed(character) if character else self._parser.tick():
                self._silent = 0
                if isinstance(message, events.Resize):
                    # The parser now counts in pixels of a size that nobody vouches for.
                    self._renew()
                    return
                yield message
        except UNREADABLE:
            self._renew()

    def _renew(self) -> None:
        self._parser = XTermParser()
        self._silent = 0
