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
MISCOUNTED = "签到表上多记一人"
SLIP = "2907465183"
BACK = "\x1b"
SAVE = "\x13"
FORM = "Ctrl+S"
"""At the foot of every form."""
HEARD = 27
"""Opinions of the sample."""


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
    case: str
    """Title of the page of cases."""
    states: tuple[str, str, str, str]
    """Those of a correction, as its page says them."""
    origin: str
    opened: str
    calendar: str
    officials: str
    opinions: str
    merged: str
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
    case="供销公司",
    states=("状态：待整改", "状态：整改中", "状态：已报结", "状态：已核验"),
    origin="督查",
    opened="已登记：",
    calendar="日历",
    officials="联系领导",
    opinions="待梳理",
    merged="✔ 第",
    answered="已答复",
)
EN = Words(
    late=("▲ Supply Co. 8 d", "▲ Retired 1 d"),
    branch="Supply and Marketing Company",
    owed="Owed in the whole campaign",
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
    case="Supply Co.",
    states=("State: to be corrected", "State: being corrected", "State: reported as done", "State: verified"),
    origin="inspection",
    opened="opened: ",
    calendar="Calendar",
    officials="Contact officials",
    opinions="6 new",
    merged="✔ item",
    answered="answered",
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
    counter.record("study_session", "\r4\r\r\r" "\r8\r\r\r" "\r2\r\r\r" "2.5\r\r\r\r\r", "B06-学11")
    counter.press("2", " 661 ")
    counter.press("e", FORM)
    counter.press("\r3\r\r1" + 16 * "\t" + f"{CLERK}\r{MISCOUNTED}", MISCOUNTED)
    counter.press(SAVE, words.corrected)
    counter.record("appraisal", "", "B06-误")
    counter.press("u", words.undo)
    counter.press("\r", words.taken_back)
    counter.record("visit", "4\r", "B06-访05")
    counter.record("notice", "6", "B06-公09")
    counter.record("opinion_round", "0\r\r\r", "B06-意03")
    counter.record("gate", "1", "B06-批03")
    counter.record("inspection", "3" "1\r", "B06-督04")
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
