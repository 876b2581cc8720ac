"""Guessing the PIN of a real kiosk: neither killing it nor starting it anew gives another try."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from db import open_tinydb
from tests.conftest import Run
from tests.end_to_end.test_whole_way import children, program
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

PIN, WRONG = "73519264", "40862915"
WELCOME, ASKED, TYPED, IS_WRONG, WAIT = "English", "工作人员请输入密码", "■  ■  ■  ■  ■  ■  ■  ■", "密码不对", "请等"
TIME_OF_DAY = re.compile(rb"\b[0-2]\d:[0-5]\d\b")


@pytest.fixture
def session(town: Run) -> str:
    """An open session."""
    done = town("session", "open", "--ready", "--branch", "B01", "--pin", PIN)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def knock(terminal: Terminal) -> None:
    """Ask for the PIN page."""
    terminal.wait_for(WELCOME, 20)
    terminal.send("*****")
    terminal.wait_for(ASKED)


def guess(terminal: Terminal) -> None:
    """Try a wrong PIN."""
    terminal.send(WRONG)
    terminal.wait_for(TYPED)
    terminal.send("\r")
    terminal.wait_until_gone("■")


def still_waits(terminal: Terminal) -> None:
    """The page makes a wait; the right PIN does not lead out, and Esc leads back to the welcome."""
    terminal.wait_for(WAIT)
    terminal.send(f"{PIN}\r")
    terminal.send("\x1b")
    terminal.wait_for(WELCOME)
    assert terminal.alive


def test_a_killed_kiosk_and_a_fresh_one_still_make_the_wait(town: Run, data: Path, session: str) -> None:
    """Five wrong PINs, then SIGKILL for the kiosk, then a new ``manyi kiosk``: both wait; two numbers are stored."""
    began = time.time()
    command = program(data, "kiosk", "--session", session)
    with Terminal(command) as terminal:
        knock(terminal)
        for _ in range(4):
            guess(terminal)
            terminal.wait_for(IS_WRONG)
        guess(terminal)
        still_waits(terminal)
        (kiosk,) = children(terminal.process.pid)
        knock(terminal)
        os.kill(kiosk, signal.SIGKILL)
        terminal.wait_until(lambda: children(terminal.process.pid) not in ([], [kiosk]), "a new kiosk", 20)
        terminal.wait_until_gone(ASKED)
        knock(terminal)
        still_waits(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 75
    with Terminal(command) as terminal:
        knock(terminal)
        still_waits(terminal)
    with open_tinydb(data / "manyi.db") as db:
        assert [each["value"] for each in db.table("pin tries")] == [{"right": 0, "wrong": 5}]
    for file in (path for path in data.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert PIN.encode() not in content, file.name
        assert WRONG.encode() not in content, file.name
        assert str(int(began))[:7].encode() not in content, file.name
        assert not TIME_OF_DAY.search(content), file.name
    assert town("check").returncode == 0


def test_tries_at_different_kiosks_and_starts_add_up(data: Path, session: str) -> None:
    """Two wrong PINs at a kiosk, one after it was killed, two at a second kiosk: both make the wait."""
    command = program(data, "kiosk", "--session", session)
    with Terminal(command) as one, Terminal(command) as two:
        knock(one)
        guess(one)
        guess(one)
        (kiosk,) = children(one.process.pid)
        os.kill(kiosk, signal.SIGKILL)
        one.wait_until(lambda: children(one.process.pid) not in ([], [kiosk]), "a new kiosk", 20)
        one.wait_until_gone(ASKED)
        knock(one)
        guess(one)
        one.wait_for(IS_WRONG)
        knock(two)
        guess(two)
        two.wait_for(IS_WRONG)
        guess(two)
        still_waits(two)
        guess_in_vain(one)


def guess_in_vain(terminal: Terminal) -> None:
    """The page that stood open all the time does not look at the right PIN."""
    terminal.send(PIN)
    terminal.wait_for(TYPED)
    terminal.send("\r")
    terminal.wait_for(WAIT)
    assert terminal.alive
