"""A day of a venue's staff in a real terminal, in both languages; what they did is then read by the command line."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from surveys.paper.check_digits import with_check
from tests.conftest import Run
from tests.end_to_end.test_whole_way import program
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

PATIENCE = 30
"""Seconds within which a busy machine shows what was done."""
CLERK, OFFICE = "支部记录员", "镇活动办公室"
OWNER, MATTER, CASE = "支部书记", "价目表没有上墙", "R-B06-003"
RECORDED = ("B06-学11", "B06-访05", "B06-公09", "B06-意03", "B06-批03", "B06-督04")
"""File numbers of what is recorded on the day."""
UNDONE = "B06-误"
RAIN, ITEM, ANSWER = "连日下雨，整改顺延两周", "楼院路灯和楼道杂物", "已增开两个取药窗口"
NEWEST = "216120"
"""The first opinion that nobody has sorted."""
MISCOUNTED = "签到表上多记一人"
SLIP = "2907465183"
BACK = "\x1b"
SAVE = "\x13"
FORM = "Ctrl+S"
"""At the foot of every form."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the screens call things in one language."""

    late: tuple[str, str]
    branch: str
    owed: str
    elsewhere: str
    """A branch that is not the one that is looked for."""
    search: str
    kinds: dict[str, str]
    """Names of the kinds of entry."""
    recorded: str
    undo: str
    taken_back: str
    corrected: str
    finding: str
    states: tuple[str, str, str, str]
    """Those of a correction, as its page says them."""
    origin: str
    opened: str
    calendar: str
    officials: str
    opinions: tuple[str, str]
    category: str
    merged: str
    reopened: str
    answered: str


ZH = Words(
    late=("▲ 供销公司 8 天", "▲ 离退休 1 天"),
    branch="供销公司党支部",
    owed="全部待办",
    elsewhere="卫生院",
    search="18 项中的 6 项",
    kinds={
        "study_session": "集中学习",
        "appraisal": "评议",
        "visit": "联系领导走访",
        "notice": "公布公示",
        "opinion_round": "征求意见",
        "gate": "转段审批",
        "inspection": "督查",
    },
    recorded="✔ 已记录：供销公司，",
    undo="撤销刚才的记录",
    taken_back="✔ 已撤回",
    corrected="✔ 已更正：第",
    finding="发现 1 个问题",
    states=("状态：待整改", "状态：整改中", "状态：已报结", "状态：已核验"),
    origin="督查",
    opened="已登记：",
    calendar="日历   2026-07-01",
    officials="1 处有阶段未走访",
    opinions=("待梳理6条", "待梳理5条"),
    category="归入哪一类",
    merged="✔ 第",
    reopened="状态：重办",
    answered="状态：已答复",
)
EN = Words(
    late=("▲ Supply Co. 8 d", "▲ Retired 1 d"),
    branch="Supply and Marketing Company",
    owed="What is owed",
    elsewhere="Health Ctr",
    search="6 of 18",
    kinds={
        "study_session": "Study session",
        "appraisal": "Appraisal",
        "visit": "Visit by the contact official",
        "notice": "Notice posted",
        "opinion_round": "Opinions asked for",
        "gate": "Approval of the phase",
        "inspection": "Inspection",
    },
    recorded="✔ recorded: Supply Co., ",
    undo="Undo the last entry",
    taken_back="✔ taken back",
    corrected="✔ corrected: entry",
    finding="1 finding",
    states=("State: to be corrected", "State: being corrected", "State: reported as done", "State: verified"),
    origin="inspection",
    opened="opened: ",
    calendar="Calendar   2026-07-01",
    officials="1 without a visit in a phase",
    opinions=("6 new", "5 new"),
    category="Which category",
    merged="✔ item",
    reopened="State: reopened",
    answered="State: answered",
)


@dataclass(frozen=True, slots=True)
class Counter:
    """The staff screens in a terminal, and somebody of the staff before it."""

    terminal: Terminal
    words: Words

    def sees(self, text: str) -> None:
        """Wait for what the screen must say."""
        self.terminal.wait_for(text, PATIENCE)

    def press(self, keys: str, then: str) -> None:
        """Press keys, and wait for what comes of them."""
        self.terminal.send(keys)
        self.sees(then)

    def record(self, kind: str, keys: str, reference: str) -> None:
        """Record an entry of a kind: the keys up to its file number, that, Ctrl+S."""
        self.press("a", FORM)
        self.press(f"{self.words.kinds[kind]}\r{keys}{reference}", reference)
        self.press(SAVE, self.words.recorded + self.words.kinds[kind])


def morning(counter: Counter) -> None:
    """The late branches are on the first screen; what they owe is one key away."""
    words = counter.words
    for late in words.late:
        counter.sees(late)
    counter.press("d", words.owed)
    counter.press("/B06", words.search)
    counter.terminal.wait_until_gone(words.elsewhere, PATIENCE)
    counter.sees("7316052948")
    counter.press(BACK, words.elsewhere)
    counter.press(BACK, words.late[0])


def log_of_the_day(counter: Counter) -> None:
    """A session with attendance, corrected at once; a mistake that is undone; four other things, and an inspection."""
    words = counter.words
    counter.press("\r", words.branch)
    counter.record("study_session", "\r4\r\r\r\r8\r\r\r\r2\r\r\r2.5\r\r\r\r\r\r", "B06-学11")
    counter.press("2", " 663 ")
    counter.press("e", FORM)
    counter.press("\r3\r\r1" + 17 * "\t" + f"{CLERK}\r{MISCOUNTED}", MISCOUNTED)
    counter.press(SAVE, words.corrected)
    counter.record("appraisal", "", UNDONE)
    counter.press("u", words.undo)
    counter.press("\r", words.taken_back)
    counter.record("visit", "4\r\rR-B06-001\r", "B06-访05")
    counter.record("notice", "6", "B06-公09")
    counter.record("opinion_round", "0\r\r\r", "B06-意03")
    counter.record("gate", "1", "B06-批03")
    counter.record("inspection", "31\r", "B06-督04")
    counter.sees(words.finding)


def correction(counter: Counter) -> None:
    """What the inspection found becomes a correction: begun and reported by its owner, verified by another role."""
    words, terminal = counter.words, counter.terminal
    counter.press("c", "R-B06-002")
    counter.press("i", FORM)
    terminal.send(f"\r\r{MATTER}\r三天内上墙，每月核对\r{OWNER}\r11-26\r\r\r{words.origin}\r")
    counter.press(SAVE, f"✔ {words.opened}{CASE}")
    counter.sees(words.states[0])
    counter.press("\r", FORM)
    terminal.send(f"{OWNER}{SAVE}")
    counter.sees(words.states[1])
    counter.press("\r", FORM)
    terminal.send(f"价目表已上墙，已拍照存档{SAVE}")
    counter.sees(words.states[2])
    counter.press("\r", FORM)
    counter.press(SAVE, "✘")
    terminal.send(f"{OFFICE}{SAVE}")
    counter.sees(words.states[3])


def plan_of_the_branch(counter: Counter) -> None:
    """A phase gets two weeks more, with a reason; calendar and officials are looked at."""
    words = counter.words
    counter.press(BACK, "R-B06-002")
    counter.press(BACK, words.branch)
    counter.press("g", FORM)
    counter.press("1", "2026-11-15")
    counter.press(f"\r\r11-29\r\r\r{RAIN}", "11-29")
    counter.press(SAVE, "11-29")
    counter.terminal.wait_until_gone(FORM, PATIENCE)
    counter.press("w", words.calendar)
    counter.press(BACK, words.branch)
    counter.press("n", words.officials)
    counter.press(BACK, words.branch)
    counter.press(BACK, words.late[1])
    counter.terminal.wait_until_gone(words.late[0], PATIENCE)


def opinions(counter: Counter) -> None:
    """A new opinion is sorted; two others become one item with a text for the public."""
    words = counter.words
    counter.press("v", words.opinions[0])
    counter.press("f", NEWEST)
    counter.press("g", words.category)
    counter.press("1", words.opinions[1])
    counter.press("f", "177428")
    counter.press("  m", FORM)
    counter.press(f"3\r{ITEM}", ITEM)
    counter.press(SAVE, words.merged)
    counter.press(BACK, words.late[1])


def slip(counter: Counter, run: Run) -> None:
    """A slip is scanned on the list of cases; what another process does with it is seen on its page; q leaves."""
    words = counter.words
    counter.press("c", SLIP)
    counter.press(f"{with_check(SLIP)}\r", words.reopened)
    done = run("case", "move", SLIP, "answer", "--outcome", "resolved", "--text", ANSWER, "--role", OWNER)
    assert done.returncode == 0, done.stderr
    counter.sees(words.answered)
    counter.sees(ANSWER)
    counter.terminal.send("q")
    assert counter.terminal.wait_for_exit(PATIENCE) == 0


def evening(run: Run) -> None:
    """All of it is in the store, and the audit tells what was changed, by which role, and why."""
    entries = {each["reference"]: each for each in told(run, "log", "list", "--branch", "B06")["entries"]}
    kinds = {entries[reference]["kind"] for reference in RECORDED}
    assert kinds == {"study_session", "visit", "notice", "opinion_round", "gate", "inspection"}
    assert UNDONE not in entries
    session = entries[RECORDED[0]]
    assert session["hours"] == "2.5"
    assert session["groups"]["on_post"] == {"expected": 4, "attended": 3, "excused": 1}
    assert entries["B06-意03"]["counts"] == {"opinions": 0}
    assert entries["B06-批03"]["outcome"] == "requested"
    case = told(run, "case", "show", CASE)
    assert [each["move"] for each in case["events"]] == ["open", "start", "submit", "verify"]
    assert [each["role"] for each in case["events"][1:]] == [OWNER, OWNER, OFFICE]
    assert (case["origin"], case["matter"], case["due"]) == ("inspection", MATTER, "2026-11-26")
    assert told(run, "case", "show", SLIP)["state"] == "answered"
    phases = told(run, "plan", "show", "--branch", "B06")["branches"][0]["phases"]
    assert phases[-1]["end"] == "2026-11-29"
    counts = told(run, "opinion", "list")["counts"]
    assert (counts["new"], counts["items"]) == (5, 5)
    audits = told(run, "log", "audit")["audit"]
    assert {MISCOUNTED, RAIN} <= {each["reason"] for each in audits}
    assert {CLERK, OWNER, OFFICE} <= {each["role"] for each in audits}


def told(run: Run, *command: str) -> dict[str, Any]:
    """What a command prints as JSON."""
    done = run(*command, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("lang", "words"), [("zh", ZH), ("en", EN)])
def test_a_day_of_the_staff(town: Run, data: Path, lang: str, words: Words) -> None:
    """What is owed, the log, a correction, the plan, opinions, a slip: by keys alone, and all of it is kept."""
    with Terminal(program(data, lang=lang), cols=120, rows=36) as terminal:
        counter = Counter(terminal, words)
        morning(counter)
        log_of_the_day(counter)
        correction(counter)
        plan_of_the_branch(counter)
        opinions(counter)
        slip(counter, town)
    evening(town)
