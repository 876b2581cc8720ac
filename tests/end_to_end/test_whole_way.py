"""The whole way once, with real processes in real terminals: kiosk, dashboard, command line, CSV."""

import csv
import json
import os
import signal
import sys
from collections.abc import Container, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

DAY = "2026-11-23"
PIN = "2468"


def program(data: Path, *arguments: str, lang: str = "zh") -> list[str]:
    return [sys.executable, "-m", "manyi", "--data", str(data), "--lang", lang, "--today", DAY, *arguments]


def opened(run: Run, branch: str) -> str:
    done = run("session", "open", "--ready", "--branch", branch, "--pin", PIN)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def town_session(town: Run) -> str:
    return opened(town, "B01")


@pytest.fixture
def kiosk(data: Path, town_session: str) -> Iterator[Terminal]:
    with Terminal(program(data, "kiosk", "--session", town_session)) as terminal:
        terminal.wait_for("English")
        yield terminal


def go_on(terminal: Terminal, number: int, of: int) -> None:
    """Press 9 and wait for question ``number``."""
    terminal.send("9")
    terminal.wait_for(f"第 {number} 题 / 共 {of} 题")


def fill_in_town(terminal: Terminal, choices: str) -> None:
    """Answer A0 and Q1 to Q10 by digits (``-`` skips), Q11 with 1, leave Q12 blank; the last page is reached."""
    terminal.wait_for("English")
    terminal.send("1")
    terminal.wait_for("按 9 继续")
    terminal.send("9")
    terminal.wait_for("哪一类")
    for number, choice in enumerate(choices, 2):
        if choice != "-":
            terminal.send(choice)
            terminal.wait_for("已选择")
        go_on(terminal, number, 13)
    terminal.send("1")
    terminal.wait_for("已选择")
    go_on(terminal, 13, 13)
    terminal.send("\r")
    terminal.wait_for("提交")


def answer_town(terminal: Terminal, choices: str) -> None:
    """Fill in the form and hand it in."""
    fill_in_town(terminal, choices)
    terminal.send("9")
    terminal.wait_for("已经保存")


def test_answers_go_from_the_kiosk_to_the_wall_and_into_the_csv(
    town: Run, data: Path, kiosk: Terminal, town_session: str, tmp_path: Path
) -> None:
    """Five people answer; the dashboard counts them; after verification the unit's CSV has their answers and no others.

    Every question has somebody satisfied and somebody dissatisfied, so that none is hidden as alike.
    """
    with Terminal(program(data), cols=120, rows=36) as wall:
        wall.wait_for("供销公司")
        people = ["11111111111", "2222222222-", "31313131311", "1333333333-", "12123412343"]
        for number, choices in enumerate(people, 1):
            answer_town(kiosk, choices)
            kiosk.send("1")
            wall.wait_until(lambda n=number: forms_on(wall) == n, f"{number} forms on the dashboard", 5)  # type: ignore[misc]
    again = tmp_path / "again.jsonl"  # the same once more, for of fewer than ten forms only rates are told
    asked = {f"Q{number}": "ABCD" for number in range(1, 11)} | {"A0": "123456"}
    order = sorted(asked.items(), key=lambda each: int(each[0][1:]))
    answers = [
        {name: code for at, (name, codes) in enumerate(order) if (code := chosen(person, at, codes))}
        for person in people
    ]
    again.write_text("".join(json.dumps({"lang": "zh", "answers": each}) + "\n" for each in answers))
    assert town("answer", "--session", town_session, str(again)).returncode == 0
    assert town("results", "--session", town_session).returncode == 5
    assert town("session", "close", town_session).returncode == 0
    assert town("session", "verify", town_session, "--role", "计票组", "--second-role", "监督组").returncode == 0
    assert town("export", str(tmp_path / "out"), "--format", "csv", "--session", town_session).returncode == 0
    assert tallies(tmp_path / "out", f"T2-final-{town_session}", asked.keys() - {"A0"}) == {
        (question, code): 2 * sum(chosen(person, at, codes) == code for person in people)
        for at, (question, codes) in enumerate(order)
        for code in (*codes, "")
        if question != "A0"  # hidden: there are small groups
    }


def chosen(person: str, at: int, codes: str) -> str:
    """The code that ``person`` chose by digit at one question; empty for a blank."""
    return codes[int(person[at]) - 1] if person[at] != "-" else ""


def tallies(folder: Path, table: str, questions: Container[str]) -> dict[tuple[str, str], int]:
    """The counts of a table in the CSV by question and choice; the blanks have an empty choice."""
    with (folder / "csv" / "tidy.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["question"] in questions and row["name"] == table]
    codes = {**{code: code for code in "ABCD"}, "blank": ""}
    return {(row["question"], codes[row["figure"]]): int(row["count"]) for row in rows if row["figure"] in codes}


def forms_on(wall: Terminal) -> int:
    """How many forms the dashboard's list of open sessions says."""
    for row in wall.screen():
        before, found, _ = row.partition("份")
        if found and "终期测评" in row:
            return int(before.split()[-1])
    return 0


def test_a_response_is_there_even_if_the_kiosk_dies_after_the_thank_you(
    town: Run, data: Path, town_session: str
) -> None:
    """SIGKILL right after "thank you" loses nothing: it appears only after the commit."""
    with Terminal(program(data, "kiosk", "--session", town_session)) as terminal:
        answer_town(terminal, "11111111111")
        for process in children(terminal.process.pid):
            os.kill(process, signal.SIGKILL)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_exit()
    listed = json.loads(town("session", "list", "--json").stdout)["sessions"]
    assert [line["submitted"] for line in listed if line["id"] == town_session] == [1]


def children(parent: int) -> list[int]:
    """The processes that ``parent`` has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := entry / "stat").exists():
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(entry.name))
    return found


def test_the_pin_leaves_the_kiosk(kiosk: Terminal) -> None:
    """Five asterisks and the PIN end the kiosk with exit code 0; a wrong PIN does not."""
    kiosk.send("*****")
    kiosk.wait_for("PIN")
    kiosk.send("1111\r")
    kiosk.wait_for("密码不对")
    assert kiosk.alive
    kiosk.send(f"{PIN}\r")
    assert kiosk.wait_for_exit() == 0


def test_a_kiosk_of_a_closed_session_does_not_start(town: Run, data: Path, town_session: str) -> None:
    """The kiosk says why it can't take answers, and ends with the exit code of a refusal."""
    town("session", "close", town_session)
    with Terminal(program(data, "kiosk", "--session", town_session)) as terminal:
        assert terminal.wait_for_exit() == 5
        assert "M12" in terminal.text()


def answer_library(terminal: Terminal) -> None:
    """Choose 1 wherever there is something to choose, leave the text blank, and hand in."""
    terminal.wait_for("English")
    terminal.send("2")
    terminal.wait_for("Press 9")
    terminal.send("9")
    for number in range(1, 8):
        terminal.wait_for(f"Question {number} of 8")
        terminal.wait_for("Skip")
        terminal.send("1")
        terminal.wait_for("Chosen")
        terminal.send("9")
    terminal.wait_for("Type your answer")
    terminal.send("\r")
    terminal.wait_for("Submit")
    terminal.send("9")
    terminal.wait_for("have been stored")
    terminal.send("1")


def test_the_library_is_surveyed_on_its_own_scale(manyi: Run, data: Path, tmp_path: Path) -> None:
    """The second example goes the whole way too: other words, five points, results and CSV."""
    assert manyi("init", "--sample", "library").returncode == 0
    branch = json.loads(manyi("status", "--json").stdout)["branches"][0]["code"]
    session = opened(manyi, branch)
    with Terminal(program(data, "kiosk", "--session", session, lang="en")) as terminal:
        for _ in range(5):
            answer_library(terminal)
    assert manyi("session", "close", session).returncode == 0
    assert manyi("session", "verify", session, "--role", "计票组", "--second-role", "监督组").returncode == 0
    results = json.loads(manyi("results", "--session", session, "--json").stdout)
    assert (results["submitted"], results["valid"]) == (5, 5)
    scale = next(question for question in results["questions"] if question["overall"])
    assert next(iter(scale["choices"].values())) == {"zh": "非常满意", "en": "Very satisfied"}
    assert len(scale["choices"]) == 5
    assert scale["suppressed"] == "alike"
    assert manyi("export", str(tmp_path / "out")).returncode == 0
    text = (tmp_path / "out" / "csv" / "tidy.csv").read_bytes().decode("utf-8-sig")
    assert "alike" in text
    assert "支部" not in text
