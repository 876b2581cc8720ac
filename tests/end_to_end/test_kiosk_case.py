"""A slip at a real kiosk: scanned, read, rated; then guessed at. No trace of it stays outside the case."""

import json
import os
import signal
from pathlib import Path

import pytest

from surveys.paper.check_digits import with_check
from tests.conftest import Run
from tests.end_to_end.test_whole_way import children, opened, program
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

UNKNOWN = with_check("2000000003")


def unrated_slip(town: Run) -> str:
    """The number of a slip of the sample whose answer was not rated in time, and still can be."""
    listed = json.loads(town("case", "list", "--kind", "answer", "--json").stdout)["cases"]
    return next(str(each["no"]) for each in listed if each["state"] == "closed_unrated")


def enter(terminal: Terminal, number: str) -> None:
    """Go to the page for slips and hand in a number as a scanner does: all at once."""
    terminal.wait_for("我有回执")
    terminal.send("3")
    terminal.wait_for("请输入回执编号")
    terminal.send(f"{number}\r")


def test_a_slip_is_read_and_rated_and_cannot_be_guessed(town: Run, data: Path) -> None:
    """Dissatisfied reopens the case; five wrong numbers make a wait that killing the kiosk does not end."""
    number, session = unrated_slip(town), opened(town, "B01")
    with Terminal(program(data, "kiosk", "--session", session)) as terminal:
        enter(terminal, with_check(number))
        terminal.wait_for("已经答复")
        terminal.send("9")
        terminal.wait_for("您对这次答复满意吗")
        terminal.send("3")
        terminal.wait_for("已选择")
        terminal.send("9")
        terminal.wait_for("您的评价已记下")
        terminal.send("9")
        terminal.wait_for("我有回执")
        assert json.loads(town("case", "show", number, "--json").stdout)["state"] == "reopened"
        enter(terminal, UNKNOWN)
        terminal.wait_for("没有查到这个编号")
        for _ in range(4):
            terminal.send("\x7f")
            terminal.wait_until_gone("没有查到")
            terminal.send(f"{UNKNOWN[-1]}\r")
            terminal.wait_for("▲")
        terminal.send("\r")
        terminal.wait_for("查不到的编号太多")
        (kiosk,) = children(terminal.process.pid)
        os.kill(kiosk, signal.SIGKILL)
        terminal.wait_until(lambda: children(terminal.process.pid) not in ([], [kiosk]), "a new kiosk", 20)
        enter(terminal, with_check(number))
        terminal.wait_for("查不到的编号太多")
    for path in data.rglob("*.log"):
        assert number not in path.read_text(encoding="utf-8")
