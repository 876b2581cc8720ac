"""Keys: one table for the bindings, the line at the foot and the help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.binding import Binding, BindingType

from tui.widgets.spans import Line, Span, flowed

Say = Callable[[str], str]
"""Translates a text."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it does and how that is said; texts are marked for translation where they are written."""

    keys: str
    """Textual's key names, separated by commas."""
    action: str
    """Also the binding's id for key maps. Empty: the key belongs to a widget and is listed for people alone."""
    cap: str
    """What the key cap says."""
    label: str
    """A word or two for the foot."""
    help: str
    """A sentence for the help."""
    foot: bool = True
    """Whether the foot shows it."""


def bindings(keys: Sequence[Key]) -> list[BindingType]:
    """Textual's bindings for these keys."""
    return [
        Binding(key.keys, key.action, key.label, show=False, id=key.action.removeprefix("app."), tooltip=key.help)
        for key in keys
        if key.action
    ]


def key_lines(keys: Sequence[Key], say: Say, width: int, off: frozenset[str] = frozenset()) -> list[Line]:
    """Key caps with their words, all of them, in as few lines as they need and these about equally long.

    Those whose action is in ``off`` do nothing just now: they have no cap.
    """
    return list(_balanced(tuple(_cap(key, say, off) for key in keys if key.foot), width))


@lru_cache(maxsize=64)
def _balanced(caps: tuple[Line, ...], width: int) -> tuple[Line, ...]:
    """The caps in the fewest lines, about equally long. Kept, for the foot is drawn anew with every change above it."""
    least = len(flowed(caps, width))
    balanced = (lines for cells in range(1, width + 1) if len(lines := flowed(caps, cells)) <= least)
    return tuple(next(balanced, flowed(caps, width)))


def _cap(key: Key, say: Say, off: frozenset[str]) -> Line:
    cap = key.cap if key.cap.isascii() and " " not in key.cap else say(key.cap)
    act = key.action or _KEYS.get(key.cap, "")
    if key.action in off:
        return (Span(f" {cap} ", "muted", act=act), Span(f" {say(key.label)} ", "muted", act=act))
    return (Span(f" {cap} ", "on-key", "key", bold=True, act=act), Span(f" {say(key.label)} ", "muted", act=act))


_KEYS = {"Enter": "key enter", "/": "key /", "Esc": "key escape"}
"""What a click on the cap of a widget's own key sends to it."""
