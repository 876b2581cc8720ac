"""The staff screens in a real terminal that sends what it likes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

DAY = "2026-11-23"
HOSTILE = [
    b"\x1b[7;:S",
    b"\x1b[:7S",
    b"\x1b[99999999999u",
    b"\x1b[0;;1114112u",
    b"\x1b[48;9999;9999;0;0t",
    b"\xff\xfe\xc0",
]


@pytest.fixture
def dashboard(town: Run, data: Path) -> Iterator[Terminal]:
    assert town("check").returncode == 0
    program = [sys.executable, "-m", "manyi", "--data", str(data), "--lang", "zh", "--today", DAY]
    with Terminal(program, cols=120, rows=36) as terminal:
        terminal.wait_for("供销公司")
        yield terminal


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_sequence_ends_the_dashboard(dashboard: Terminal, hostile: bytes) -> None:
    """A scanner's control characters or a broken terminal cost a sequence, not the program; the next key works."""
    dashboard.send(hostile)
    dashboard.send("l")
    dashboard.wait_for("Supply Co.")
    assert dashboard.alive


def test_a_window_that_is_closed_ends_the_dashboard(dashboard: Terminal) -> None:
    """When the terminal has gone the program ends at once, and does not spin."""
    dashboard.hang_up()
    assert dashboard.wait_for_exit() != 0


def test_a_paste_is_taken_as_text(dashboard: Terminal) -> None:
    """What is pasted into a field arrives whole; it presses no keys."""
    dashboard.send("a")
    dashboard.wait_for("Ctrl+S")
    dashboard.send("\x1b[200~督查q\x1b[201~")
    dashboard.wait_for("督查q")
    assert dashboard.alive


def test_two_terminals_show_the_same(dashboard: Terminal, data: Path, tmp_path: Path) -> None:
    """Our terminal emulator and tmux agree on every cell: nothing depends on how one counts Chinese widths."""
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    program = [
        "-x",
        "120",
        "-y",
        "36",
        sys.executable,
        "-m",
        "manyi",
        "--data",
        str(data),
        "--lang",
        "zh",
        "--today",
        DAY,
    ]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    subprocess.run([*tmux, "-u", "new-session", "-d", *program], check=True, env=environment)
    try:
        capture = [*tmux, "-u", "capture-pane", "-p"]

        def rows() -> list[str]:
            done = subprocess.run(capture, check=True, env=environment, capture_output=True, text=True)
            return [row.rstrip() for row in done.stdout.splitlines()]

        dashboard.wait_until(lambda: any("供销公司" in row for row in rows()), "the branches in tmux")
        dashboard.wait_until(lambda: steady(rows()) == steady(dashboard.screen()), "the same rows in both terminals")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, env=environment, capture_output=True)


def steady(rows: list[str]) -> list[str]:
    """The rows without the clock and the age of the data."""
    kept = [row for row in rows if "实时" not in row and "数据" not in row]
    return kept[: max((number for number, row in enumerate(kept, 1) if row), default=0)]


def test_q_leaves(dashboard: Terminal) -> None:
    """Q ends the dashboard with exit code 0."""
    dashboard.send("q")
    assert dashboard.wait_for_exit() == 0
