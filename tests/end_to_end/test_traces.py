"""What the data folder holds of the people and the machine: nothing, in any file, while a session is open or after."""

import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import Run
from tests.pty_terminal import Terminal

TIME = re.compile(rb"(?<![\d.])(?:[01]\d|2[0-3]):[0-5]\d(?![\d.])")
WHO = {"USER": "wangxiaoming", "LOGNAME": "wangxiaoming", "HOSTNAME": "desk-by-the-door", "TZ": "Europe/Lisbon"}
SERIAL, PIN = "serial-of-a-sheet", "246813"
FORMS = 20


def traces(folder: Path) -> dict[str, list[bytes]]:
    """Times of day, names of the machine and its user, paths, serials and the PIN, by file."""
    words = [*WHO.values(), str(Path.home()), str(folder), SERIAL, PIN, "pts/", "/dev/"]
    if len(socket.gethostname()) > 4:
        words.append(socket.gethostname())
    found: dict[str, list[bytes]] = {}
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            found[file.name] = [*TIME.findall(data), *(each.encode() for each in words if each.encode() in data)]
    return {name: each for name, each in found.items() if each}


def test_no_file_tells_when_or_where_somebody_answered(town: Run, data: Path, environment: Mapping[str, str]) -> None:
    """No time of day, host, user, device, serial or PIN is in any file, the log included, at any stage of a session."""
    (data / "log").mkdir(mode=0o700)
    session = town("session", "open", "--ready", "--branch", "B01", "--pin", PIN).stdout.strip()
    kiosk = [sys.executable, "-m", "manyi", "--data", str(data), "--lang", "zh", "--today", "2026-11-23", "kiosk"]
    with Terminal([*kiosk, "--session", session], cols=80, rows=24, env={**environment, **WHO}) as terminal:
        terminal.wait_for("English")
        terminal.send("1")
        terminal.wait_for("按 9 继续")
        lines = "\n".join(f'{{"id": "{SERIAL}-{n}", "answers": {{"Q1": "A", "Q12": "灯{n}"}}}}' for n in range(FORMS))
        assert town("answer", "--session", session, "-", given=lines).stdout.count('"stored":true') == FORMS
        assert traces(data) == {}
        assert town("session", "close", session).returncode == 0
        assert traces(data) == {}
    assert town("session", "verify", session, "--role", "计票组", "--second-role", "监督组", "--yes").returncode == 0
    assert traces(data) == {}


def test_the_search_for_traces_finds_them(tmp_path: Path) -> None:
    """What the test above looks for would be found."""
    (tmp_path / "x").write_text(f"2026-11-23 08:15 {SERIAL}-7 at desk-by-the-door", encoding="utf-8")
    assert traces(tmp_path) == {"x": [b"08:15", b"desk-by-the-door", SERIAL.encode()]}
