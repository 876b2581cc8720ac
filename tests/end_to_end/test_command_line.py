"""The command line as scripts and staff use it: real processes, real files, exit codes."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from campaign.samples import sample_log
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

COMMAND = re.compile(r"manyi [-a-z .]+")
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
"""Two English words beside each other: none may stand in a Chinese message."""
ANSWERS = {
    "Q1": "A",
    "Q2": "B",
    "Q3": "A",
    "Q4": "C",
    "Q5": "A",
    "Q6": "D",
    "Q7": "A",
    "Q8": "B",
    "Q9": "A",
    "Q10": "B",
}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def response(number: int, **changes: object) -> str:
    return json.dumps({"id": f"client-{number}", "answers": {**ANSWERS, **changes}})


def opened(run: Run, branch: str = "B01") -> str:
    done = run("session", "open", "--ready", "--branch", branch, "--pin", "2468")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_town_stands_as_its_demo_day_says(town: Run) -> None:
    """8 of 10 branches are on schedule on the demo day, and status names the two that are not."""
    done = town("status", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["date"] == "2026-11-23"
    assert report["headline"] == {"on_schedule": 8, "branches": 10, "late": ["B06", "B10"]}
    by_code = {branch["code"]: branch for branch in report["branches"]}
    assert {code: (branch["status"], branch["days"]) for code, branch in by_code.items() if code > "B05"} == {
        "B06": ("OVERDUE", 8),
        "B07": ("ON_TRACK", 20),
        "B08": ("DUE_SOON", 6),
        "B09": ("BEHIND", 20),
        "B10": ("OVERDUE", 1),
    }
    improve = by_code["B06"]["phases"][2]
    assert (improve["progress"], improve["progress_exact"]) == (78.0, "39/50")
    assert improve["planned"] == ["2026-10-12", "2026-11-15"]


def test_of_several_starts_at_once_one_starts_the_campaign(manyi: Run) -> None:
    """The others are refused, and nothing stands there twice."""
    with ThreadPoolExecutor(4) as pool:
        done = [*pool.map(lambda _: manyi("init", "--sample", "library"), range(4))]
    assert sorted(each.returncode for each in done) == [0, 5, 5, 5]
    assert {each.stderr.split()[0] for each in done if each.returncode} == {"M09"}
    listed = json.loads(manyi("log", "list", "--json").stdout)["entries"]
    assert len(listed) == len(sample_log("library"))


def test_a_second_start_in_the_same_folder_is_refused(town: Run) -> None:
    """A campaign that is there is never overwritten."""
    before = town("status", "--json").stdout
    again = town("init", "--sample", "library")
    assert (again.returncode, again.stderr.split()[0]) == (5, "M09")
    assert town("status", "--json").stdout == before


def test_answers_go_in_and_results_come_out_after_verification(town: Run, tmp_path: Path) -> None:
    """The whole way of a session by command line; results stay closed until the count is verified."""
    session = opened(town)
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(response(number) for number in range(6)), encoding="utf-8")
    stored = town("answer", "--session", session, str(file))
    assert lines(stored.stdout) == [{"id": f"client-{number}", "stored": True} for number in range(6)]
    early = town("results", "--session", session, "--json")
    assert (early.returncode, early.stdout) == (5, "")
    assert early.stderr.startswith("V58")
    assert town("session", "close", session).returncode == 0
    assert town("results", "--session", session).returncode == 5
    assert town("session", "verify", session, "--role", "计票组").returncode == 2
    same = town("session", "verify", session, "--role", "计票组", "--second-role", "计 票 组")
    assert (same.returncode, same.stderr[:4]) == (3, "M155")
    assert town("session", "verify", session, "--role", "计票组", "--second-role", "监督组").returncode == 0
    results = json.loads(town("results", "--session", session, "--json").stdout)
    overall = next(question for question in results["questions"] if question["name"] == "Q1")
    assert (results["session"], results["valid"]) == (session, 6)
    assert next(q for q in results["questions"] if q["name"] == "Q4")["blank"] in {0, None}
    assert overall["name"] == "Q1"


def test_a_session_is_held_as_the_rules_ask(town: Run) -> None:
    """V50 to V52 say what to add; two forms of two people are told by nobody once the count is verified."""
    begin = ("session", "open", "--branch", "B01", "--pin", "2468")
    for more, codes, hint in (
        ((), ["V51"], "--ready"),
        (("--ready", "--operator", "支部书记"), ["V50"], ""),
        (("--briefing", "2026-11-23", "--checked", "box_empty"), ["V52", "V52", "V52"], "--yes"),
    ):
        refused = town(*begin, *more)
        assert (refused.returncode, refused.stdout) == (5, "")
        assert [line[:3] for line in refused.stderr.splitlines() if line.startswith("V")] == codes
        assert hint in refused.stderr
    session = town(
        *begin, "--briefing", "20261123", "--checked", "box_empty", "--present", "１", "--yes"
    ).stdout.strip()
    town("answer", "--session", session, "-", given=f"{response(1)}\n{response(2)}")
    town("session", "close", session)
    verify = ("session", "verify", session, "--role", "计票组", "--second-role", "监督组", "--json")
    asked = town(*verify)
    assert (asked.returncode, "V54" in asked.stderr, "--yes" in asked.stderr) == (5, True, True)
    done = json.loads(town(*verify, "--present", "2").stdout)
    assert done == {"session": session, "state": "verified", "forms": None, "hidden": "<5"}
    listed = json.loads(town("session", "list", "--json").stdout)["sessions"]
    assert [(each["started"], each["submitted"], each["hidden"]) for each in listed if each["id"] == session] == [
        (None, None, "<5")
    ]


def test_the_same_response_sent_twice_is_stored_once(town: Run) -> None:
    """A client that is unsure may send again: acknowledged twice, counted once; other content is refused."""
    session = opened(town)
    given = "\n".join([response(1), response(1), response(1, Q1="C"), response(2)])
    done = town("answer", "--session", session, "-", given=given)
    first, again, other, second = lines(done.stdout)
    assert first == again == {"id": "client-1", "stored": True}
    assert (other["line"], other["error"]) == (3, "M10")
    assert second["stored"] is True
    listed = json.loads(town("session", "list", "--json").stdout)["sessions"]
    assert [line["submitted"] for line in listed if line["id"] == session] == [2]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("not json", "M35"),
        ("[1, 2]", "M35"),
        ('{"answers": {}, "time": "10:32"}', "M35"),
        ('{"answers": {"Q99": "A"}}', "M30"),
        ('{"answers": {"Q1": "Z"}}', "M31"),
        ('{"answers": {"Q1": ["A", "B"]}}', "M31"),
        ('{"lang": "fr", "answers": {}}', "M35"),
        ('{"answers": {"Q1": {"$ne": 1}}}', "M31"),
        ("\x00\xff", "M35"),
    ],
)
def test_a_bad_line_is_refused_and_the_next_one_taken(town: Run, line: str, code: str) -> None:
    """Each line stands for itself: a bad one is named, stores nothing and stops nothing."""
    session = opened(town)
    done = town("answer", "--session", session, "-", given=f"{line}\n{response(1)}\n")
    refused, stored = lines(done.stdout)
    assert (refused["line"], refused["error"]) == (1, code)
    assert stored == {"id": "client-1", "stored": True}
    assert (done.returncode, done.stderr) == (3, "")


def test_a_closed_session_takes_no_more_answers(town: Run) -> None:
    """After closing, nothing can be added, and no state can be skipped or gone back to."""
    session = opened(town)
    assert town("session", "verify", session, "--role", "计票组", "--second-role", "监督组").returncode == 5
    assert town("session", "close", session).returncode == 0
    late = town("answer", "--session", session, "-", given=response(1))
    assert lines(late.stdout)[0]["error"] == "M12"
    assert late.returncode == 5
    assert town("session", "close", session).returncode == 5


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["status"], 4, "M01"),
        (["session", "list"], 4, "M01"),
        (["check"], 4, "M01"),
        (["kiosk", "--session", "B01-261123-1"], 4, "M01"),
        ([], 4, "M01"),
        (["frobnicate"], 2, "M02"),
        (["status", "--jsn"], 2, "M02"),
        (["--today", "2026-13-45", "status"], 2, "M02"),
        (["--today", "9999-12-31", "status"], 2, "M02"),
        (["--data", "", "status"], 2, "M02"),
        (["session", "close", "\udcff"], 4, "M01"),
        (["--data", "x" * 300, "status"], 4, "M45"),
        (["init"], 2, "M02"),
        (["init", "--from", "nowhere.toml"], 3, "M03"),
        (["questionnaire", "check", "nowhere.xlsx"], 3, "M03"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_failure_has_a_code_and_an_exit_code(
    manyi: Run, arguments: list[str], exit_code: int, code: str, lang: str
) -> None:
    """What cannot be done is said in one line in the reader's language, without a traceback."""
    done = manyi(*arguments, lang=lang)
    assert (done.returncode, done.stdout) == (exit_code, "")
    assert done.stderr.startswith(code)
    assert "Traceback" not in done.stderr
    assert any("一" <= char <= "鿿" for char in done.stderr) == (lang == "zh")
    assert lang == "en" or not ENGLISH.search(COMMAND.sub("", done.stderr))


@pytest.mark.parametrize(("output", "code"), [("/dev/full", 74), ("&-", 0)])
def test_an_output_that_takes_nothing_is_no_crash(
    town: Run, data: Path, environment: Mapping[str, str], output: str, code: int
) -> None:
    """A full disk behind a redirection, or a closed output, ends in an exit code, never in a traceback."""
    assert town("check").returncode == 0
    command = f'exec "$0" -m manyi --data "{data}" --lang zh --today 2026-11-23 status --json >{output}'
    done = subprocess.run(["sh", "-c", command, sys.executable], stderr=PIPE, text=True, check=False, env=environment)
    assert done.returncode == code
    assert done.stderr.startswith("M13") == (code != 0)


def test_a_terminal_without_chinese_is_no_crash(town: Run, data: Path, environment: Mapping[str, str]) -> None:
    """Where the encoding has no Chinese, characters are written as codes."""
    assert town("check").returncode == 0
    command = [sys.executable, "-m", "manyi", "--data", str(data), "--lang", "zh", "--today", "2026-11-23", "status"]
    latin = {**environment, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, check=False, env=latin)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u4f9b" in done.stdout


def test_unknown_things_are_named_with_what_is_known(town: Run) -> None:
    """A mistyped branch or session is answered with what exists."""
    branch = town("session", "open", "--ready", "--branch", "B99")
    assert (branch.returncode, "M08" in branch.stderr, "B01" in branch.stderr) == (3, True, True)
    session = town("results", "--session", "B01-000000-9")
    assert (session.returncode, "M11" in session.stderr) == (5, True)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"\x00" * 4000, b"hello\n" * 1000])
def test_a_foreign_file_is_refused_and_left_untouched(manyi: Run, data: Path, content: bytes) -> None:
    """A file that is not ours is not opened, repaired or replaced."""
    data.mkdir()
    (data / "manyi.db").write_bytes(content)
    for arguments in (["status"], ["check"], ["init", "--sample", "town"]):
        done = manyi(*arguments)
        assert done.returncode == 4, done.stderr
        assert "Traceback" not in done.stderr
    assert (data / "manyi.db").read_bytes() == content


def test_a_damaged_store_is_refused_and_left_untouched(town: Run, data: Path) -> None:
    """A store with damage in its middle ends in V86 and exit code 4; no byte changes."""
    file = data / "manyi.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = b"\xa5" * 64
    file.write_bytes(content)
    done = town("check")
    assert (done.returncode, done.stderr.split()[0]) == (4, "V86")
    assert file.read_bytes() == bytes(content)


def test_check_says_what_a_sound_folder_holds(town: Run) -> None:
    """A sound folder is said to be sound, with the number of entries of each table."""
    done = town("check", "--json")
    assert done.returncode == 0
    assert {table["name"] for table in json.loads(done.stdout)["tables"]} >= {"log", "plan", "questionnaires"}


def improve_of(run: Run, branch: str) -> float:
    report = json.loads(run("status", "--branch", branch, "--json").stdout)
    return float(report["branches"][0]["phases"][2]["progress"])


def test_a_log_entry_of_the_command_line_moves_the_status(town: Run) -> None:
    """A notice posted for comment is worth its step: 10 points of 100 in the correction phase, of this branch alone."""
    assert (improve_of(town, "B09"), improve_of(town, "B07")) == (15.0, 10.0)
    added = town("log", "add", "--kind", "notice", "--branch", "B09", "--on", "２０２６１１２０", "--note", "[/x]")
    assert (added.returncode, added.stdout) == (0, "")
    assert (improve_of(town, "B09"), improve_of(town, "B07")) == (25.0, 10.0)
    assert "[/x]" in town("log", "list", "--branch", "B09").stdout


def test_a_log_entry_that_cannot_be_is_refused_whole(town: Run) -> None:
    """Everything wrong with an entry is said at once, and nothing of it is kept."""
    before = town("log", "list").stdout
    wrong = ["--kind", "help_case", "--branch", "B09", "--on", "2026-12-24", "--count", "cakes=3"]
    done = town("log", "add", *wrong)
    assert done.returncode == 3
    assert {"V30", "M08"} <= {line.split()[0] for line in done.stderr.splitlines()}
    assert town("log", "list").stdout == before


def test_the_library_runs_on_other_words_phases_and_scale(manyi: Run) -> None:
    """Nothing of the town is in the code: four phases, libraries, a five-point scale."""
    assert manyi("init", "--sample", "library").returncode == 0
    report = json.loads(manyi("status", "--json").stdout)
    assert len(report["branches"]) == 12
    assert len(report["branches"][0]["phases"]) == 4
    text = manyi("status", lang="zh").stdout
    assert "支部" not in text
    assert "图书馆" in text
