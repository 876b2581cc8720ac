"""A clerk's hour: a session on paper from printing to the results, the intake screen driven by keys alone."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from surveys.paper.check_digits import with_check
from tests.conftest import Run
from tests.end_to_end.test_forms_commands import WIDE, account, opened, printed
from tests.end_to_end.test_whole_way import program
from tests.pty_terminal import Terminal
from tests.store_contents import documents, files

pytestmark = pytest.mark.end_to_end

PRINTED, ISSUED, RETURNED, KEYED = 30, 28, 26, 25
PILE = 5
"""Forms that are keyed without looking up."""
PATIENCE = 30
"""Seconds within which a busy machine paints what was typed."""
ENDS = ("\r", "\r\n", "\t", "\n")
"""What scanners type behind a code."""
SCALE = [f"Q{number}" for number in range(1, 11)]
PROBLEMS = 13
OPINION = "路灯不亮，请修一修"
SIXTH = "How do you find the manner of the staff?"


@dataclass(frozen=True)
class Sheet:
    """A form as somebody has filled it in; a number is a tick's place, 0 a blank."""

    code: str
    """What the scanner reads off its first page."""
    group: int
    scale: tuple[int, ...]
    problems: tuple[int, ...] = ()
    opinion: str = ""
    wants_answer: int = 0

    @property
    def serial(self) -> int:
        """Its number without check digits."""
        return int(self.code[12:18])

    @property
    def number(self) -> str:
        """What is printed under the square."""
        return with_check(self.code[12:18])

    def keys(self) -> str:
        """What a clerk presses from the first question to the summary."""
        problems = "".join(f"{each}\r" for each in self.problems)
        answer = str(self.wants_answer or 9) if self.opinion else ""
        return "".join(str(each or 9) for each in (self.group, *self.scale)) + f"{problems}\r{self.opinion}\r{answer}"

    def ticks(self) -> Iterator[tuple[str, str]]:
        """Question and choice of every tick; an empty choice for a blank."""
        yield "A0", str(self.group or "")
        yield from zip(SCALE, ("ABCD"[each - 1] if each else "" for each in self.scale), strict=True)
        yield from (("Q11", str(each)) for each in self.problems)


def filled(code: str, at: int) -> Sheet:
    """A form that some person has filled in, the same at every run."""
    chance = random.Random(at)  # noqa: S311  # ticks, no secrets
    problems = tuple(sorted(chance.sample(range(1, PROBLEMS), chance.randrange(4))))
    scale = tuple(chance.choice((1, 1, 1, 2, 2, 3, 4, 0)) for _ in SCALE[1:])
    opinion = f"{OPINION}{at}" if at % 6 == 0 else ""
    return Sheet(code, chance.randrange(7), (*scale, 1 + at % 4), problems, opinion, 1 + at % 2 if opinion else 0)


@dataclass
class Desk:
    """The intake screen in a terminal, and a clerk before it."""

    terminal: Terminal
    scans: int = field(default=0)

    def scan(self, *codes: str) -> None:
        """Scan sheets without a pause, with one kind of line end after the other, some through an input method."""
        typed = []
        for code in codes:
            self.scans += 1
            typed.append((code.translate(WIDE) if self.scans % 5 == 0 else code) + ENDS[self.scans % len(ENDS)])
        self.terminal.send("".join(typed))

    def hit(self, keys: str, sees: str) -> None:
        """Press keys, and wait until this is on the screen."""
        self.terminal.send(keys)
        self.sees(sees)

    def sees(self, text: str) -> None:
        """Wait for the screen."""
        self.terminal.wait_for(text, PATIENCE)

    def counts(self, **numbers: int) -> None:
        """Wait until the head of the screen counts so."""
        said = [rf"\b{name.replace('_', ' ')} {number}\b" for name, number in numbers.items()]
        self.terminal.wait_until(
            lambda: all(any(re.search(each, row) for row in self.terminal.screen()[:3]) for each in said),
            f"the counts {numbers}",
            PATIENCE,
        )

    def keep(self, sheet: Sheet) -> None:
        """Key a form from its scan to the last Enter, without waiting."""
        self.scan(sheet.code)
        self.terminal.send(f"{sheet.keys()}\r")


def forms(data: Path, session: str) -> list[dict[str, Any]]:
    """The forms of the session as they lie in the store."""
    return [dict(each) for each in documents(data / "manyi.db")[f"forms {session}"].values()]


def tied(data: Path, session: str, linked: Mapping[int, int | None]) -> set[str]:
    """What in the data folder ties sheets to answers: a form's fields, a response's number in the bytes of a file."""
    erased = {"response": None, "keyed_by": "", "keyed_twice": False, "layout": 0}
    found = {name for form in forms(data, session) for name, value in erased.items() if form[name] != value}
    numbers = b"|".join(str(each).encode() for each in linked.values() if each is not None)
    pattern = re.compile(rb"(?<!\d)(?:" + numbers + rb")(?!\d)")
    return found | ({"bytes"} if any(map(pattern.search, files(data).values())) else set())


def counted(run: Run, session: str) -> Counter[tuple[str, str]]:
    """How often each choice was counted; blanks under an empty choice, where one choice is asked for."""
    results = json.loads(run("results", "--session", session, "--json").stdout)
    assert (results["submitted"], results["valid"], results["void"]) == (KEYED, KEYED, 0)
    found: Counter[tuple[str, str]] = Counter()
    for question in results["questions"]:
        if question["suppressed"] == "groups":  # so few forms tell of small groups
            continue
        assert question["suppressed"] is None
        blank = {} if question["name"] == "Q11" else {"": question["blank"]}
        for choice, count in {**question["counts"], **blank}.items():
            found[question["name"], choice] = count
    return +found


@pytest.fixture
def session(town: Run) -> str:
    return opened(town, "B01")


@pytest.fixture
def codes(town: Run, session: str, tmp_path: Path) -> list[str]:
    """What the scanner reads off the first pages of the printed forms, in the order of the stack."""
    found = printed(town, session, PRINTED, tmp_path / "forms.pdf")
    assert len(set(found)) == PRINTED
    return found


@pytest.fixture
def foreign(town: Run, tmp_path: Path) -> str:
    """What the scanner reads off a form of another session."""
    return printed(town, opened(town, "B02"), 1, tmp_path / "other.pdf")[0]


@pytest.fixture
def desk(session: str, codes: Sequence[str], foreign: str, data: Path) -> Iterator[Desk]:
    """The intake screen of the first session, opened from the dashboard."""
    assert session, "it is there before the screen starts"
    assert (len(codes), len(foreign)) == (PRINTED, 34)
    with Terminal(program(data, lang="en"), cols=120, rows=36) as terminal:
        made = Desk(terminal)
        made.sees("Supply Co.")
        made.hit("p", "Paper forms of which session?")
        while not any("▌" in row and session in row for row in terminal.screen()):
            before = terminal.text()
            terminal.send("\x1b[B")
            terminal.wait_until(lambda was=before: terminal.text() != was, "another session")  # type: ignore[misc]
        made.hit("\r", "Choose what to do")
        yield made


def hand_out(desk: Desk, spoiled: str) -> None:
    """28 from the top of the stack by the number; one sheet was torn before that."""
    desk.hit("6\r", "Spoiled: scan the next form")
    desk.scan(spoiled)
    desk.sees("Put aside as spoiled")
    desk.hit("1\r", "Hand out: scan the next form")
    desk.hit(f"{ISSUED}+", f"{ISSUED} forms were handed out by the number.")
    desk.counts(printed=PRINTED, handed_out=ISSUED)


def take_back(desk: Desk, sheets: Sequence[Sheet], foreign: str) -> None:
    """A stack without a pause, with a sheet twice, one misread and one foreign among them; then those by themselves."""
    misread = sheets[7].code[:-1] + str((int(sheets[7].code[-1]) + 1) % 10)
    codes = [sheet.code for sheet in sheets]
    typed, second_page = codes[2], codes[3]
    codes[2] = sheets[2].number
    codes[4:4] = [typed, misread, foreign, second_page]
    desk.hit("2\r", "Take back: scan the next form")
    desk.scan(*codes)
    desk.counts(returned=RETURNED, to_key=RETURNED, put_aside=0)
    desk.scan(misread)
    desk.sees("V70: nothing was changed")
    desk.scan(foreign)
    desk.sees('belongs to "B02-')
    desk.hit("1\r", "Counted as a foreign sheet.")
    desk.scan(sheets[0].code)
    desk.sees("This form has been taken back before. Nothing was changed.")
    desk.hit("1\r", "Counted as a copy.")
    desk.counts(returned=RETURNED, put_aside=2)


def key_all(desk: Desk, sheets: Sequence[Sheet]) -> None:
    """Piles of five, scanned and keyed without a pause."""
    desk.hit("3\r", "Key: scan the next form")
    for done, sheet in enumerate(sheets, 1):
        desk.keep(sheet)
        if done % PILE == 0 or done == len(sheets):
            desk.counts(keyed=done)


def scan_amid(desk: Desk, sheet: Sheet, other: Sheet) -> None:
    """The scanner reads another sheet in the middle of a form: the form goes on, and loses nothing."""
    desk.scan(sheet.code)
    desk.hit(sheet.keys()[:4], "question 5 of 14")
    desk.scan(other.code[:-1])
    desk.sees("No digit of it was taken for an answer. Go on from here.")
    desk.sees("question 5 of 14")
    desk.scan(other.code)
    desk.sees("Another form was scanned")
    desk.hit("1\r", "question 5 of 14")
    desk.hit(sheet.keys()[4:], "Enter keeps this form")
    desk.hit("\r", "Keyed and kept")


def undo(desk: Desk, sheet: Sheet) -> Sheet:
    """The last form is taken back, one answer is mended, and it is kept again; the form as it counts now."""
    mended = replace(sheet, scale=(*sheet.scale[:-1], 1 + sheet.scale[-1] % 4))
    desk.hit("9\r", "Enter keeps this form")
    desk.hit("11\r", "question 11 of 14")
    desk.hit(str(mended.scale[-1]), "Enter keeps this form")
    desk.hit("\r", "Keyed and kept")
    desk.counts(keyed=KEYED)
    return mended


def key_again(desk: Desk, sheet: Sheet) -> Sheet:
    """The other keyer keys a form and reads one tick otherwise; the paper says that the second is right."""
    right = replace(sheet, scale=(*sheet.scale[:4], 1 + sheet.scale[4] % 4, *sheet.scale[5:]))
    desk.hit("*", "keyer 2")
    desk.hit("4\r", "Second keying: scan the next form")
    desk.scan(sheet.code)
    desk.hit(replace(right, opinion="").keys().removesuffix("\r"), "Enter compares it with the first keying")
    desk.hit("\r", "difference 1 of 1")
    desk.sees(f"6. {SIXTH}")
    desk.hit("2", "Enter keeps this form")
    desk.hit("\r", "Keyed a second time and kept")
    return right


def void(desk: Desk, sheet: Sheet) -> None:
    """Nobody can read this one."""
    desk.hit("5\r", "Void: scan the next form")
    desk.scan(sheet.code)
    desk.sees("Why is this form void?")
    desk.hit("4\r", "Declared void")
    desk.counts(void=1, to_key=0)


def test_the_clerks_hour(town: Run, data: Path, session: str, codes: list[str], foreign: str, desk: Desk) -> None:
    """30 printed, 28 out, 26 back, 25 keyed, 1 void: it balances, the results are the ticks, no sheet is tied to any.

    Between them: a duplicate, a misread, a foreign form, a scan amid keying, an undo, a second keying that differs.
    """
    *stack, _, spoiled = codes
    sheets = [filled(code, at) for at, code in enumerate(stack[:RETURNED])]
    hand_out(desk, spoiled)
    take_back(desk, sheets, foreign)
    assert town("session", "close", session).returncode == 0
    desk.sees("counting")
    *others, amid, last, unreadable = sheets
    key_all(desk, others)
    scan_amid(desk, amid, last)
    desk.keep(last)
    desk.counts(keyed=KEYED)
    last = undo(desk, last)
    first = key_again(desk, others[0])
    void(desk, unreadable)
    desk.hit("8\r", "The account balances.")
    desk.hit("\x1b", "Void: scan the next form")
    desk.hit("\x1b", "Choose what to do")
    desk.hit("\x1b", "Supply Co.")
    desk.terminal.send("q")
    assert desk.terminal.wait_for_exit(PATIENCE) == 0

    linked = {form["serial"]: form["response"] for form in forms(data, session)}
    assert {linked[sheet.serial] is not None for sheet in sheets[:-1]} == {True}
    assert tied(data, session, linked) == {"response", "keyed_by", "keyed_twice", "layout", "bytes"}
    assert account(town, session) == {
        "session": session, "state": "counting", "printed": 30, "issued": 28, "unused": 1, "spoiled": 1, "returned": 26,
        "not_returned": 2, "to_key": 0, "keyed": 25, "valid": 25, "void": 1, "foreign": 1, "copies": 1, "started": 0,
        "submitted": 0, "abandoned": 0, "balances": True, "problems": [],
    }  # fmt: skip
    assert town("session", "verify", session, "--role", "计票组", "--second-role", "监督组", "--yes").returncode == 0
    ticked = [first, *others[1:], amid, last]
    shown, ticks = counted(town, session), Counter(tick for sheet in ticked for tick in sheet.ticks())
    names = {name for name, _ in shown}
    assert {name for name, _ in ticks} - names <= {"A0"}
    assert shown == Counter({tick: count for tick, count in ticks.items() if tick[0] in names})
    written = Counter(sheet.opinion for sheet in ticked if sheet.opinion)
    assert written <= Counter(each["text"] for each in documents(data / "manyi.db")["register"].values())
    assert tied(data, session, linked) == set()
