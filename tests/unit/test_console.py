"""What commands print cannot move a terminal's cursor, whatever people wrote."""

import json
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper

import pytest

from manyi.console import say, say_json, tell

HOSTILE = "a\x1b]0;owned\x07\x1b[2Jb\x9b31mc\x00d\u202ee\u2066f\rg\x7fh\u2028i"


@pytest.mark.parametrize("write", [say, tell])
def test_no_line_holds_a_character_that_a_terminal_obeys(
    write: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Escape, C1, direction marks, carriage return and NUL become blanks; the rest stays, on one line."""
    write(f"{HOSTILE}满意")
    told = "".join(capsys.readouterr())
    assert told == "a ]0;owned  [2Jb 31mc d e f g h i满意\n"


def test_json_escapes_what_a_terminal_obeys_and_reads_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON writes C1, DEL and direction marks as escapes: the value is the same."""
    out = TextIOWrapper(BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    say_json({"text": f"{HOSTILE}满意\U0001f600"})
    told = out.buffer.getvalue().decode()
    assert json.loads(told) == {"text": f"{HOSTILE}满意\U0001f600"}
    assert all(char.isprintable() for char in told.rstrip("\n"))
    assert "满意" in told
