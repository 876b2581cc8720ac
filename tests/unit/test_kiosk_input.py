"""What the terminal sends: read whatever it is, and little of it let through."""

from hypothesis import given
from hypothesis import strategies as st
from textual import events, messages
from textual.message import Message

from tests.kiosk_fakes import Clock
from tui.kiosk.gate import RATE, Gate
from tui.terminal_input import TerminalInput

STARTS = (b"\x1b[", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b"\x1b[M", b"\x1bO", b"\x1b")
ENDS = (b"u", b"S", b"t", b"m", b"M", b"~", b"R", b"$y")
NUMBERS = (b"0", b"9", b"48", b"57400", b"1114112", b"99999999999", b"-1")
PIECES = st.sampled_from((*STARTS, *ENDS, *NUMBERS, b";", b":", b"?", b"\xe6\xbb\xa1", b"\xff", b"a"))


def keys_of(data: bytes) -> list[str]:
    terminal = TerminalInput()
    return [message.key for message in terminal.feed(data) if isinstance(message, events.Key)]


@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_no_bytes_stop_the_reading(data: bytes) -> None:
    """Whatever came before, after enough keys a key is read as itself."""
    terminal = TerminalInput()
    for message in terminal.feed(data):
        assert isinstance(message, Message)
    assert "7" in [message.key for message in terminal.feed(b"7" * 200) if isinstance(message, events.Key)]


def test_an_unreadable_sequence_is_lost_alone() -> None:
    """The keys before and after it are read."""
    for bad in (b"\x1b[7;:S", b"\x1b[:7S", b"\x1b[99999999999u", b"\x1b[0;;1114112u"):
        assert keys_of(b"1" + bad + b"2")[::-1][0] == "2"
        assert keys_of(b"1" + bad + b"2")[0] == "1"


def test_sizes_are_not_believed() -> None:
    """A size report is dropped, and touches after it are still counted in cells."""
    terminal = TerminalInput()
    read = list(terminal.feed(b"\x1b[48;9999;9999;50;50t\x1b[<0;20;10M"))
    assert not any(isinstance(message, events.Resize) for message in read)
    (press,) = [message for message in read if isinstance(message, events.MouseDown)]
    assert (press.x, press.y) == (19, 9)


def test_characters_may_come_in_pieces() -> None:
    """A Hanzi whose bytes arrive one by one is one key."""
    terminal = TerminalInput()
    keys = [message for byte in "满".encode() for message in terminal.feed(bytes([byte]))]
    assert [key.key for key in keys if isinstance(key, events.Key)] == ["满"]


def press(x: int = 0, button: int = 1) -> events.MouseDown:
    return events.MouseDown(None, x, 0, 0, 0, button, False, False, False)


def release() -> events.MouseUp:
    return events.MouseUp(None, 0, 0, 0, 0, 1, False, False, False)


def test_only_known_keys_pass() -> None:
    """Digits, arrows, Enter, space, Escape, backspace and the star; characters while a text is asked for."""
    gate = Gate(Clock())
    for key, character in [("7", "7"), ("７", "７"), ("enter", "\r"), ("asterisk", "*"), ("multiply", "*")]:
        assert gate.passes(events.Key(key, character), typing=False), key
    for key, character in [("a", "a"), ("满", "满"), ("comma", ",")]:
        assert not gate.passes(events.Key(key, character), typing=False), key
        assert gate.passes(events.Key(key, character), typing=True), key
    for key in ("ctrl+q", "ctrl+c", "tab", "f1", "alt+a", "delete"):
        assert not gate.passes(events.Key(key, None), typing=True), key
    assert not gate.passes(events.Key("alt+a", "a"), typing=True)
    assert not gate.passes(events.Key("tab", "\t"), typing=True)


def test_only_the_left_button_passes() -> None:
    """Its press and its release; no other button, movement, wheel, paste, size or focus."""
    gate = Gate(Clock())
    assert gate.passes(press(), typing=False)
    assert gate.passes(release(), typing=False)
    assert not gate.passes(release(), typing=False)
    assert not gate.passes(press(button=3), typing=False)
    assert not gate.passes(release(), typing=False)
    move = events.MouseMove(None, 0, 0, 0, 0, 0, False, False, False)
    wheel = events.MouseScrollUp(None, 0, 0, 0, 0, 0, False, False, False)
    size = events.Resize.from_dimensions((9, 9), None)
    for message in (move, wheel, size, events.Paste("9"), events.AppBlur(), messages.InBandWindowResize(True, True)):
        assert not gate.passes(message, typing=True), message


def test_no_more_than_so_many_keys_a_second() -> None:
    """A flood is cut to 80 a second; a second later keys pass again."""
    clock = Clock()
    gate = Gate(clock)
    assert sum(gate.passes(events.Key("1", "1"), typing=False) for _ in range(1000)) == RATE
    clock.now += 0.5
    assert sum(gate.passes(events.Key("1", "1"), typing=False) for _ in range(1000)) == RATE / 2


def test_a_long_sentence_from_an_input_method_arrives_whole() -> None:
    """An input method hands over hundreds of characters at once; a flood of them still ends."""
    gate = Gate(Clock())
    assert all(gate.passes(events.Key(character, character), typing=True) for character in "满" * 500)
    assert sum(gate.passes(events.Key("满", "满"), typing=True) for _ in range(20_000)) <= 100
