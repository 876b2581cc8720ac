"""A store that fails under a real kiosk: said plainly, answers kept for a retry, thanks only after the commit."""

import json
import resource
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.test_whole_way import children, fill_in_town, opened, program
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
AS_ANYBODY = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs its arguments without CAP_DAC_OVERRIDE (PR_CAPBSET_DROP of prctl(2)), so that permissions hold for root too."""


def fill_disk(process: int) -> None:
    """No file takes another byte of this process (EFBIG; Python ignores SIGXFSZ); the terminal is no file."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def account(town: Run) -> tuple[int | None, int | None]:
    """People who began and forms of the newest session."""
    *_, line = json.loads(town("session", "list", "--json").stdout)["sessions"]  # the sample's own come first
    return line["started"], line["submitted"]


def test_a_full_disk_is_said_and_a_retry_stores_once(town: Run, data: Path) -> None:
    """While there is no room: "not stored", and no thanks. With room, 9 stores the same answers, once."""
    session = opened(town, "B01")
    with Terminal(program(data, "kiosk", "--session", session)) as terminal:
        fill_in_town(terminal, "11111111111")
        (kiosk,) = children(terminal.process.pid)
        fill_disk(kiosk)
        for _ in range(2):
            terminal.send("9")
            terminal.wait_for("未能保存")
            terminal.wait_for("您的答案仍保留")
        assert "谢谢".encode() not in terminal.raw
        assert account(town) == (1, 0)
        resource.prlimit(kiosk, resource.RLIMIT_FSIZE, UNLIMITED)
        terminal.send("9")
        terminal.wait_for("已经保存")
        assert account(town) == (1, 1)
        assert children(terminal.process.pid) == [kiosk]
    assert town("session", "close", session).returncode == 0
    assert town("session", "verify", session, "--role", "计票组", "--second-role", "监督组").returncode == 0
    assert account(town) == (None, None), "of one form no number is told"
    assert town("check").returncode == 0


def test_a_folder_that_must_not_be_written_is_said_at_the_start(town: Run, data: Path) -> None:
    """The kiosk does not open for answers that it could not keep: a message, exit code 4, and no new start."""
    session = opened(town, "B01")
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    for path in [*data.iterdir(), data]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    kiosk = program(data, "kiosk", "--session", session)
    with Terminal([sys.executable, "-c", AS_ANYBODY, *kiosk]) as terminal:
        assert terminal.wait_for_exit() == 4
        assert str(data) in terminal.text().replace("\n", "")
        assert "请按 1 或 2".encode() not in terminal.raw
        assert b"Traceback" not in terminal.raw
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before
    data.chmod(0o755)
