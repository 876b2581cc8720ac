"""A store that is damaged, taken away, full or locked: what the real programs then say, and with which exit code."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.test_kiosk_full_disk import AS_ANYBODY
from tests.end_to_end.test_whole_way import fill_in_town, opened, program
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

FILE, LOG, NOTE = "manyi.db", "manyi.db-wal", "manyi.acknowledged"
COMMANDS = ((["check"], "zh"), (["status"], "en"), (["session", "list"], "zh"), (["init", "--sample", "library"], "en"))
KEPT_IN_MEMORY = "-shm"
WITH_ROOM_FOR = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Runs its arguments with no file growing beyond so many bytes (EFBIG)."""


def turn_over(file: Path, position: int) -> None:
    """One wrong bit."""
    data = bytearray(file.read_bytes())
    data[position] ^= 16
    file.write_bytes(data)


def wrong_bit(data: Path) -> None:
    """In the first page."""
    turn_over(data / FILE, 1000)


def wrong_mark(data: Path) -> None:
    """In the name of the format."""
    turn_over(data / FILE, 3)


def cut(data: Path) -> None:
    """The second half is gone."""
    os.truncate(data / FILE, (data / FILE).stat().st_size // 2)


def emptied(data: Path) -> None:
    """The name is left."""
    os.truncate(data / FILE, 0)


def missing(data: Path) -> None:
    """The note of the last commit is left."""
    (data / FILE).unlink()


def log_wrong(data: Path) -> None:
    """In the first page of the log."""
    turn_over(data / LOG, 500)


def log_cut(data: Path) -> None:
    """The last commit is not whole."""
    os.truncate(data / LOG, (data / LOG).stat().st_size - 1)


def log_missing(data: Path) -> None:
    """All that was newest is gone."""
    (data / LOG).unlink()


def files(data: Path) -> Mapping[str, bytes]:
    """What lies in the data folder, but for what is there while somebody looks at it."""
    return {
        each.name: each.read_bytes() for each in data.iterdir() if each.is_file() and KEPT_IN_MEMORY not in each.name
    }


def line(number: int) -> str:
    """A response as another client sends it."""
    return json.dumps({"id": f"r{number}", "answers": {"Q1": "A", "Q2": "B", "Q12": "意见" * 100}})


@contextmanager
def client(data: Path, session: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """``manyi answer`` that takes responses from a pipe."""
    command = program(data, "answer", "--session", session, "-", lang="en")
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        yield process
        process.kill()


def hand_in(process: subprocess.Popen[str], number: int) -> str:
    """Send a response; the acknowledgement, empty if there is none."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(line(number) + "\n")
    process.stdin.flush()
    return process.stdout.readline()


def stored(run: Run) -> int:
    """How many responses the newest session holds."""
    *_, session = json.loads(run("session", "list", "--json").stdout)["sessions"]  # the sample's own come first
    return int(session["submitted"])


def require_refused(run: Run, data: Path) -> None:
    """Every command says V86 in the reader's language and ends with 4, and the files stay as they are."""
    before = files(data)
    for command, lang in COMMANDS:
        done = run(*command, lang=lang)
        assert (done.returncode, done.stdout, done.stderr.split()[0]) == (4, "", "V86"), command
        assert "Traceback" not in done.stderr
        assert ("数据" in done.stderr) == (lang == "zh")
    assert files(data) == before


@pytest.mark.parametrize("damage", [wrong_bit, wrong_mark, cut, emptied, missing])
def test_a_damaged_store_is_refused_by_every_command(town: Run, data: Path, damage: Callable[[Path], None]) -> None:
    """V86 and exit code 4, whatever the damage; nothing is changed and no new campaign is started over it."""
    damage(data)
    require_refused(town, data)


@pytest.mark.parametrize("damage", [log_wrong, log_cut, log_missing])
def test_a_damaged_log_is_refused_by_every_command(
    town: Run, data: Path, environment: Mapping[str, str], damage: Callable[[Path], None]
) -> None:
    """Responses that were acknowledged before a crash and lost with the log are missed: V86, not a smaller count."""
    with client(data, opened(town, "B01"), environment) as process:
        assert [json.loads(hand_in(process, number))["stored"] for number in range(3)] == [True] * 3
        process.send_signal(signal.SIGKILL)
        process.wait()
    damage(data)
    require_refused(town, data)


def test_a_kiosk_does_not_open_on_a_damaged_store(town: Run, data: Path) -> None:
    """It says V86, ends with exit code 4 and shows nobody a question."""
    session = opened(town, "B01")
    cut(data)
    before = files(data)
    with Terminal(program(data, "kiosk", "--session", session)) as terminal:
        assert terminal.wait_for_exit() == 4
        assert "V86" in terminal.text()
        assert "请按 1 或 2".encode() not in terminal.raw
        assert b"Traceback" not in terminal.raw
    assert files(data) == before


def test_a_kiosk_whose_store_vanishes_does_not_thank(town: Run, data: Path) -> None:
    """While the file is gone: "not stored", and no thanks. When it is back, 9 stores the same answers, once."""
    session = opened(town, "B01")
    with Terminal(program(data, "kiosk", "--session", session)) as terminal:
        fill_in_town(terminal, "11111111111")
        (data / FILE).rename(data / "elsewhere.db")
        terminal.send("9")
        terminal.wait_for("未能保存")
        terminal.wait_for("您的答案仍保留")
        assert "谢谢".encode() not in terminal.raw
        (data / "elsewhere.db").rename(data / FILE)
        terminal.send("9")
        terminal.wait_for("已经保存")
    assert stored(town) == 1
    assert town("check").returncode == 0


def test_a_response_is_not_acknowledged_into_a_store_that_has_vanished(
    town: Run, data: Path, environment: Mapping[str, str]
) -> None:
    """The command line ends with M48 and exit code 4; what it had acknowledged is there when the file is back."""
    with client(data, opened(town, "B01"), environment) as process:
        assert json.loads(hand_in(process, 1)) == {"id": "r1", "stored": True}
        (data / FILE).rename(data / "elsewhere.db")
        assert hand_in(process, 2) == ""
        assert process.wait() == 4
        assert process.stderr
        told = process.stderr.read()
    assert told.startswith("M48")
    assert "Traceback" not in told
    (data / "elsewhere.db").rename(data / FILE)
    assert town("check").returncode == 0
    assert stored(town) in {1, 2}


def test_a_full_disk_ends_the_command_line_with_a_code(
    town: Run, data: Path, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    """M40 and exit code 4; what was acknowledged is there, and sent again with room everything is there once."""
    session = opened(town, "B01")
    lines = tmp_path / "answers.jsonl"
    lines.write_text("\n".join(map(line, range(60))), encoding="utf-8")
    answer = program(data, "answer", "--session", session, str(lines), lang="en")
    command = [sys.executable, "-c", WITH_ROOM_FOR, "200000", *answer]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    acknowledged = done.stdout.splitlines()
    assert (done.returncode, done.stderr.split()[0]) == (4, "M40")
    assert "the disk is full" in done.stderr
    assert 0 < len(acknowledged) < 60
    assert stored(town) == len(acknowledged)
    again = town("answer", "--session", session, str(lines))
    assert (again.returncode, len(again.stdout.splitlines())) == (0, 60)
    assert stored(town) == 60
    assert town("check").returncode == 0


def test_a_campaign_is_not_begun_on_a_full_disk(data: Path, manyi: Run, environment: Mapping[str, str]) -> None:
    """M40 and exit code 4, and nothing is left that would stand in the way once there is room."""
    command = [sys.executable, "-c", WITH_ROOM_FOR, "6000", *program(data, "init", "--sample", "town")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.split()[0]) == (4, "", "M40")
    assert "磁盘已满" in done.stderr
    assert [*data.iterdir()] == []
    assert manyi("init", "--sample", "town").returncode == 0


@pytest.mark.usefixtures("town")
def test_a_folder_that_must_not_be_written_can_be_checked_and_not_changed(
    data: Path, environment: Mapping[str, str]
) -> None:
    """``check`` reads it; what would write ends with M40 and exit code 4, and not a byte is changed."""
    before = files(data)
    for path in [*data.iterdir(), data]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    add = ["log", "add", "--kind", "notice", "--branch", "B09", "--on", "20261120"]
    for arguments, code in (
        (["check"], 0),
        (add, 4),
        (["session", "open", "--ready", "--branch", "B01", "--pin", "2468"], 4),
    ):
        command = [sys.executable, "-c", AS_ANYBODY, *program(data, *arguments, lang="en")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
        assert done.returncode == code, done.stderr
        assert code == 0 or done.stderr.startswith("M40 The data could not be stored: writing is not allowed")
    assert files(data) == before
    data.chmod(0o755)
