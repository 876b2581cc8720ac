"""Backup and restore as people use them: real processes, real files, exit codes, both languages."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import tinydb

from tests.conftest import Run
from tests.end_to_end.test_command_line import COMMAND, ENGLISH, opened, response

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def closed(town: Run) -> str:
    """A session with three forms that has been closed."""
    session = opened(town)
    answers = "\n".join(response(number, Q12=f"路灯{number}") for number in range(3))
    assert town("answer", "--session", session, "-", given=answers).stdout.count("stored") == 3
    assert town("session", "close", session).returncode == 0
    return session


def tables(run: Run) -> Mapping[str, int]:
    """Rows by table, as check tells them."""
    done = run("check", "--json")
    assert done.returncode == 0, done.stderr
    return {table["name"]: table["rows"] for table in json.loads(done.stdout)["tables"]}


@pytest.mark.parametrize("plain", [[], ["--plain"]])
def test_there_and_back(town: Run, closed: str, data: Path, tmp_path: Path, plain: list[str]) -> None:
    """A backup brought into an empty folder gives a campaign that goes on where the other was."""
    before = tables(town)
    made = town("backup", str(tmp_path / "x"), *plain)
    assert (made.returncode, made.stdout, str(tmp_path / "x") in made.stderr) == (0, "", True)
    status, entries = town("status", "--json").stdout, town("log", "list").stdout
    data.rename(tmp_path / "elsewhere")
    assert town("restore", str(tmp_path / "x")).returncode == 0
    assert (town("status", "--json").stdout, town("log", "list").stdout) == (status, entries)
    assert tables(town) == before
    assert town("session", "verify", closed, "--role", "计票组", "--second-role", "监督组").returncode == 0
    assert town("results", "--session", closed).returncode == 0


def test_tinydb_opens_a_plain_backup(town: Run, closed: str, tmp_path: Path) -> None:
    """Any Python with TinyDB reads it, in any locale."""
    assert town("backup", str(tmp_path / "x.json"), "--plain").returncode == 0
    script = "import sys, tinydb; print(len(tinydb.TinyDB(sys.argv[1]).table(sys.argv[2])))"
    command = [sys.executable, "-c", script, str(tmp_path / "x.json"), f"ballots {closed}"]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout == "3\n"
    with tinydb.TinyDB(tmp_path / "x.json") as opened_here:
        assert {name: len(opened_here.table(name)) for name in opened_here.tables()} == tables(town)


def test_a_damaged_store_gives_out_what_can_be_read(town: Run, closed: str, data: Path) -> None:
    """What is missing is told on standard error with its code, and as JSON; the next check finds a sound store."""
    content = bytearray((data / "manyi.db").read_bytes())
    content[content.index(b'"channel":"kiosk"')] ^= 1
    (data / "manyi.db").write_bytes(content)
    assert town("check").returncode == 4
    done = town("restore", str(data / "manyi.db"), "--replace", "--json")
    assert done.returncode == 0, done.stderr
    assert f"M91 Missing from responses of {closed}: 1 of 3." in done.stderr
    assert [each["code"] for each in json.loads(done.stdout)["warnings"]] == ["M91"]
    assert tables(town)[f"ballots {closed}"] == 2
    assert len([*(data / "replaced").glob("*-damaged.db")]) == 1


def test_both_say_what_they_did_as_json(town: Run, closed: str, data: Path, tmp_path: Path) -> None:
    """One object each: which file, which key, what was kept."""
    (data / "paper.key").write_text("0f" * 32 + "\n")
    made = json.loads(town("backup", str(tmp_path / "x"), "--json").stdout)
    assert made == {"backup": str(tmp_path / "x"), "plain": False, "open_sessions": [], "key": str(tmp_path / "x.key")}
    done = json.loads(town("restore", str(tmp_path / "x"), "--replace", "--json").stdout)
    assert done["old"] == str(data / "replaced" / "2026-11-23-1.db")
    assert done["key"] == str(data / "paper.key")
    assert done["store"]["path"] == str(data / "manyi.db")
    assert {"name": f"ballots {closed}", "rows": 3} in done["store"]["tables"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_key_and_what_is_kept_are_mentioned(town: Run, data: Path, tmp_path: Path, lang: str) -> None:
    """Who makes a backup learns of the key; who restores learns where the old data is."""
    (data / "paper.key").write_text("0f" * 32 + "\n")
    made = town("backup", str(tmp_path / "x"), lang=lang)
    assert str(tmp_path / "x.key") in made.stderr
    (data / "paper.key").unlink()
    done = town("restore", str(tmp_path / "x"), "--replace", lang=lang)
    assert str(data / "replaced" / "2026-11-23-1.db") in done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert (data / "paper.key").read_text() == "0f" * 32 + "\n"


def test_an_open_session_is_in_no_backup_unless_asked_for(town: Run, tmp_path: Path) -> None:
    """M71 and exit code 5; with --open-sessions it is done, and standard error says what that means."""
    session = opened(town)
    refused = town("backup", str(tmp_path / "x"))
    assert (refused.returncode, refused.stderr.split()[0], session in refused.stderr) == (5, "M71", True)
    assert not (tmp_path / "x").exists()
    made = town("backup", str(tmp_path / "x"), "--open-sessions")
    assert (made.returncode, made.stdout) == (0, "")
    assert f"Still open: {session}. With this backup and a later one" in made.stderr


def refusals(town: Run, closed: str, data: Path, tmp_path: Path, lang: str) -> Mapping[str, tuple[int, str]]:
    """Exit code and message of each way to be refused, by its code."""
    said = {}
    open_session = opened(town, "B02")
    (tmp_path / "bad.json").write_text('{"log": []}')
    (tmp_path / "newer.json").write_text('{"meta": {"1": {"format": 99}}}')
    for arguments in (
        ["backup", str(data / "manyi.db")],
        ["backup", str(tmp_path / "x")],
        ["backup", str(tmp_path / "missing" / "x"), "--open-sessions"],
        ["restore", str(tmp_path / "bad.json"), "--replace"],
        ["restore", str(tmp_path / "newer.json"), "--replace"],
        ["restore", str(tmp_path / "none"), "--replace"],
        ["restore", str(tmp_path / "bad.json")],
    ):
        done = town(*arguments, lang=lang)
        assert (done.stdout, "Traceback" in done.stderr) == ("", False)
        code, _, message = done.stderr.strip().partition(" ")
        said[code] = done.returncode, message
    assert town("session", "close", open_session).returncode == 0
    assert closed
    return said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_has_its_code_and_words(town: Run, closed: str, data: Path, tmp_path: Path, lang: str) -> None:
    """What is wrong, which file, what to do; in Chinese without a word of English."""
    said = refusals(town, closed, data, tmp_path, lang)
    assert {code: number for code, (number, _) in said.items()} == {
        "M70": 5,
        "M71": 5,
        "M40": 4,
        "M72": 3,
        "M43": 4,
        "M03": 3,
        "M73": 5,
    }
    for code, (_, message) in said.items():
        assert (code == "M71") is (str(tmp_path) not in message), message
        if lang == "zh":
            rest = COMMAND.sub("", message.replace(str(tmp_path), ""))
            assert re.search("[一-鿿]", rest)
            assert not ENGLISH.search(rest), rest


def test_a_store_in_use_is_not_replaced(town: Run, closed: str, data: Path, tmp_path: Path) -> None:
    """M74 names the program that has it open."""
    assert town("backup", str(tmp_path / "x")).returncode == 0
    session = opened(town, "B02")
    options = ["--data", str(data), "--lang", "en", "--today", "2026-11-23"]
    command = [sys.executable, "-m", "manyi", *options, "answer", "--session", session, "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdin
        assert client.stdout
        client.stdin.write(response(1) + "\n")
        client.stdin.flush()
        assert "stored" in client.stdout.readline()
        refused = town("restore", str(tmp_path / "x"), "--replace")
        assert (refused.returncode, refused.stderr.split()[0]) == (5, "M74")
        assert f"process {client.pid} (manyi answer)" in refused.stderr
        client.stdin.close()
        assert client.wait(30) == 0
    assert town("restore", str(tmp_path / "x"), "--replace").returncode == 0
    assert closed


def test_a_damaged_store_comes_back_from_the_copy_that_is_named(town: Run, closed: str, data: Path) -> None:
    """The refusal names the newest good copy; restoring it brings back what was there when a session was closed."""
    before = tables(town)
    content = bytearray((data / "manyi.db").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = b"\xa5" * 64
    (data / "manyi.db").write_bytes(content)
    refused = town("check")
    assert refused.returncode == 4
    (copy,) = re.findall(r"Last good copy: (\S+)\.$", refused.stderr.strip())
    assert copy == str(data / "copies" / "0001-2026-11-23.db")
    assert town("restore", copy, "--replace").returncode == 0
    assert tables(town) == before
    assert (data / "replaced" / "2026-11-23-1-damaged.db").read_bytes() == bytes(content)
    assert town("session", "verify", closed, "--role", "计票组", "--second-role", "监督组").returncode == 0


def test_all_files_are_private_whatever_the_umask(town: Run, closed: str, data: Path, tmp_path: Path) -> None:
    """With umask 000 every file is 0600 and every folder 0700: store, copies, what was replaced, backups, keys."""
    (data / "paper.key").write_text("0f" * 32 + "\n")
    (data / "paper.key").chmod(0o600)
    before = os.umask(0)
    try:
        assert town("backup", str(tmp_path / "x")).returncode == 0
        assert town("backup", str(tmp_path / "x.json"), "--plain").returncode == 0
        assert town("session", "verify", closed, "--role", "计票组", "--second-role", "监督组").returncode == 0
        assert town("restore", str(tmp_path / "x"), "--replace").returncode == 0
    finally:
        os.umask(before)
    made = [data, *data.rglob("*"), *(tmp_path / name for name in ("x", "x.key", "x.json", "x.json.key"))]
    modes = {str(each): stat.S_IMODE(each.stat().st_mode) for each in made if each.name not in {"log", "manyi.log"}}
    assert {name: oct(mode) for name, mode in modes.items() if mode != (0o700 if Path(name).is_dir() else 0o600)} == {}
    assert len(modes) >= 11


def test_a_session_is_closed_also_where_no_copy_can_be_kept(town: Run, data: Path) -> None:
    """Exit code 0, and M75 with the reason on standard error."""
    session = opened(town)
    (data / "copies").write_text("in the way")
    done = town("session", "close", session)
    assert (done.returncode, done.stdout) == (0, "")
    warning, told = done.stderr.splitlines()
    assert warning.startswith(f"M75 {session} is now counting, but no copy of the data could be kept: it is a file")
    assert told == f"{session} is now counting, forms: 0"
    assert town("check").returncode == 0
