"""Cases by command line: what is owed, moved step by step, refused with what is possible; real processes."""

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import open_store
from db.keys import paper_key
from surveys.follow_up import FollowUp
from surveys.paper.check_digits import grouped, with_check
from surveys.paper.codes import SlipCode
from tests.conftest import Run
from tests.end_to_end.test_command_line import COMMAND, ENGLISH

pytestmark = pytest.mark.end_to_end

FU1, FU2, FU3, FU4, FU5, FU6 = "2907465183", "7316052948", "5830194726", "1958406327", "3840615792", "6482937105"
SLIP, OTHER = "4071925836", "6180423957"
TOWN = {
    FU1: ("B05", "reopened", "DUE_SOON", 0, "2026-11-23", "case"),
    FU2: ("B06", "in_progress", "OVERDUE", 3, "2026-11-20", "case"),
    FU3: ("B01", "closed", "DONE", 0, "2026-11-02", "case"),
    FU4: ("B03", "in_progress", "ON_TRACK", 7, "2026-11-30", "case"),
    FU5: ("B08", "received", "DUE_SOON", 1, "2026-11-24", "acknowledgement"),
    FU6: ("B04", "closed_unrated", "DONE", 0, "2026-11-23", "case"),
    "R-B01-001": ("B01", "open", "OVERDUE", 3, "2026-11-20", "case"),
    "R-B03-001": ("B03", "verified", "DONE", 0, "2026-09-06", "case"),
    "R-B06-001": ("B06", "in_progress", "OVERDUE", 20, "2026-11-03", "case"),
    "R-B06-002": ("B06", "in_progress", "ON_TRACK", 4, "2026-11-27", "case"),
    "R-B07-001": ("B07", "in_progress", "ON_TRACK", 7, "2026-11-30", "case"),
    "R-B08-001": ("B08", "in_progress", "ON_TRACK", 11, "2026-12-04", "case"),
    "R-B09-001": ("B09", "verified", "DONE", 0, "2026-11-13", "case"),
    "R-B10-001": ("B10", "in_progress", "ON_TRACK", 7, "2026-11-30", "case"),
}
"""Branch, state, status, days, due day and for what it is due, by hand from the calendar."""


def shown(run: Run, number: str) -> dict[str, Any]:
    done = run("case", "show", number, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_towns_cases_stand_as_its_demo_day_says(town: Run) -> None:
    """All fourteen, the most urgent first, settled ones last; FU2 is one working day late."""
    report = json.loads(town("case", "list", "--json").stdout)
    assert report["date"] == "2026-11-23"
    fields = ("branch", "state", "status", "days", "due", "due_for")
    assert {each["no"]: tuple(each[name] for name in fields) for each in report["cases"]} == TOWN
    order = [each["no"] for each in report["cases"]]
    assert order[:5] == ["R-B06-001", FU2, "R-B01-001", FU1, FU5]
    assert {each["no"] for each in report["cases"] if not each["open"]} == {FU3, FU6, "R-B03-001", "R-B09-001"}
    assert not any(each["open"] for each in report["cases"][10:])
    assert {each["no"]: each["workdays"] for each in report["cases"]}[FU2] == 1


def test_the_list_can_be_narrowed(town: Run) -> None:
    """By branch, by kind, and to what somebody still waits for."""

    def numbers(*options: str) -> list[str]:
        return [each["no"] for each in json.loads(town("case", "list", "--json", *options).stdout)["cases"]]

    assert numbers("--branch", "B06") == ["R-B06-001", FU2, "R-B06-002"]
    assert numbers("--kind", "support") == ["R-B07-001"]
    assert len(numbers("--open")) == 10
    assert town("case", "list", "--branch", "B99").returncode == 3


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["overdue 3 d (1 working day)", "2026-11-24 to acknowledge"]),
        ("zh", ["逾期3天（1个工作日）", "前告知收到"]),
    ],
)
def test_the_list_speaks_the_readers_language(town: Run, lang: str, words: list[str]) -> None:
    """Working days stand beside calendar days; the day of the acknowledgement is called so."""
    text = town("case", "list", lang=lang).stdout
    assert [word for word in words if word not in text] == []


def test_what_is_owed_stands_in_three_parts(town: Run) -> None:
    """Overdue longest first, then today, then the next seven days; phases, steps, cases and inspections."""
    report = json.loads(town("due", "--json").stdout)
    late = [(each["owed"], each["branch"], each["days"]) for each in report["overdue"]]
    assert late == [
        ("case", "B06", 20),
        ("phase", "B06", 8),
        ("case", "B01", 3),
        ("case", "B06", 3),
        ("phase", "B10", 1),
    ]
    assert [each["case"]["no"] for each in report["today"]] == [FU1]
    assert {each["owed"] for each in report["soon"]} == {"phase", "step", "case", "inspection"}
    days = [each["due"] for each in report["soon"]]
    assert (days == sorted(days), days[0], days[-1] <= "2026-11-30") == (True, "2026-11-24", True)


def test_what_is_owed_by_one_branch_and_within_other_days(town: Run) -> None:
    """--branch and --days narrow the list; in text a day without anything says so."""
    report = json.loads(town("due", "--json", "--branch", "B06", "--days", "3").stdout)
    assert {each["branch"] for part in ("overdue", "today", "soon") for each in report[part]} == {"B06"}
    assert [each["due"] for each in report["soon"]] == ["2026-11-25", "2026-11-26"]
    text = town("due", "--branch", "B06", "--days", "0", lang="zh").stdout
    assert "已逾期：3" in text
    assert "今天到期：0" in text
    assert town("due", "--branch", "B99").returncode == 3
    assert town("due", "--days", "-1").returncode == 2


def test_a_branchs_status_says_what_it_owes_and_what_is_missing(town: Run) -> None:
    """The matrix of obligations, open cases, and what keeps the branch from having completed the campaign."""
    detail = json.loads(town("status", "--branch", "B06", "--json").stdout)["detail"]
    states = {(cell["phase"], cell["obligation"]): cell["state"] for cell in detail["obligations"]}
    assert len(states) == 12
    assert [place for place, state in states.items() if state != "met"] == [("improve", "judge")]
    assert detail["ended_phases"] == {"met": 8, "of": 8}
    assert [each["no"] for each in detail["cases"]] == ["R-B06-001", FU2, "R-B06-002"]
    assert (detail["completed_on"], {each["code"] for each in detail["missing"]}) == (
        None,
        {"M55", "M56", "M58", "M59", "V84"},
    )
    assert "detail" not in json.loads(town("status", "--json").stdout)
    done = json.loads(town("status", "--branch", "B02", "--json").stdout)["detail"]
    assert (done["completed_on"], done["missing"]) == ("2026-10-16", [])
    text = town("status", "--branch", "B03", lang="zh").stdout
    assert "M57" in text
    assert "落实" in text


def test_a_recheck_is_owed_by_its_planned_day(town: Run) -> None:
    """Fewer than 60 % were satisfied at B03: a catch-up, and a survey once more, planned for 12-06."""
    soon = json.loads(town("due", "--branch", "B03", "--days", "40", "--json").stdout)["soon"]
    [recheck] = [each for each in soon if each["owed"] == "recheck"]
    assert (recheck["due"], recheck["phase"], recheck["step"]) == ("2026-12-06", "improve", "I8")
    assert "recheck survey after the catch-up" in town("due", "--branch", "B03", "--days", "40").stdout
    assert "planned by 2026-12-06" in town("status", "--branch", "B03").stdout
    assert all("recheck" not in json.dumps(each) for each in json.loads(town("due", "--json").stdout)["soon"])


def test_help_is_promised_given_and_confirmed_by_its_code(town: Run) -> None:
    """The register of a branch has it on one line; what was promised is owed until it is given."""
    help_case = ("log", "add", "--kind", "help_case", "--branch", "B09", "--phase", "improve")
    counts = ("--count", "help_cases=1", "--count", "households=1", "--choice", "need=jobs")
    named = town(*help_case, "--code", "李明", "--outcome", "planned", *counts)
    assert (named.returncode, named.stderr.startswith("M175")) == (3, True)
    undated = town(*help_case, "--code", "h01", "--outcome", "planned", *counts)
    assert (undated.returncode, undated.stderr.startswith("M176 [planned]")) == (3, True), undated.stderr
    promised = town(*help_case, "--code", "h01", "--outcome", "planned", "--planned", "2026-11-25", *counts)
    assert promised.returncode == 0, promised.stderr

    def owed() -> list[tuple[str, str]]:
        soon = json.loads(town("due", "--branch", "B09", "--json").stdout)["soon"]
        return [(each["code"], each["due"]) for each in soon if each["owed"] == "help"]

    assert owed() == [("H01", "2026-11-25")]
    assert town(*help_case, "--code", "H01", "--outcome", "done", *counts).returncode == 0
    assert town(*help_case, "--code", "H01", "--outcome", "confirmed", *counts).returncode == 0
    odd = town(*help_case, "--code", "H9", "--outcome", "confirmed", *counts)
    assert (odd.returncode, odd.stderr.startswith("M177")) == (0, True)
    assert owed() == []
    detail = json.loads(town("status", "--branch", "B09", "--json").stdout)["detail"]
    first = next(each for each in detail["help"] if each["code"] == "H01")
    assert (first["attributes"], first["planned"], first["done_on"], first["confirmed_on"]) == (
        {"need": "jobs"},
        "2026-11-25",
        "2026-11-23",
        "2026-11-23",
    )
    assert "帮扶台账：2件" in town("status", "--branch", "B09", lang="zh").stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_correction_goes_its_way_and_nothing_else(town: Run, lang: str) -> None:
    """Opened, begun, reported, not verified by its owner, verified; what is refused changes nothing."""
    given = ["--text", "公示栏玻璃破了", "--owner", "支部书记", "--suggestion", "换玻璃", "--due", "２０２６１２０１"]
    done = town("case", "open", "--kind", "correction", "--branch", "B01", "--role", "督查组", *given)
    number = done.stdout.strip()
    assert number == "R-B01-002"
    refused = town("case", "move", number, "verify", "--role", "督查组", lang=lang)
    assert (refused.returncode, refused.stdout) == (5, "")
    first, second = refused.stderr.splitlines()
    assert (first.split()[0], second.split()[0]) == ("V79", "M79")
    assert re.findall(r"[a-z_]{4,}", second.partition("R-B01-002")[2].partition(": ")[2] or second) == [
        *("start", "explain", "withdraw", "extend")
    ]
    assert any("一" <= char <= "鿿" for char in first) == (lang == "zh")
    assert lang == "en" or not ENGLISH.search(COMMAND.sub("", refused.stderr))
    assert shown(town, number)["state"] == "open"
    assert town("case", "move", "ｒ－ｂ０１－２", "start", "--role", "支部书记").returncode == 0
    short = town("case", "move", number, "submit", "--text", "好", "--role", "支部书记")
    assert (short.returncode, short.stderr.split()[0]) == (3, "M51")
    assert town("case", "move", number, "submit", "--reason", "玻璃换好了", "--role", "支部书记").returncode == 0
    own = town("case", "move", number, "verify", "--role", "支部 书记")
    assert (own.returncode, own.stderr.split()[0]) == (5, "V42")
    assert shown(town, number)["state"] == "submitted"
    verified = town("case", "move", number, "verify", "--role", "督查组", "--json")
    case = json.loads(verified.stdout)
    assert (case["state"], case["open"], case["status"]) == ("verified", False, "DONE")
    assert [event["move"] for event in case["events"]] == ["open", "start", "submit", "verify"]
    audit = json.loads(town("log", "audit", "--of", f"case {number}", "--json").stdout)["audit"]
    assert [each["new"] for each in audit] == ["open", "in_progress", "submitted", "verified"]


def test_a_deadline_is_moved_once(town: Run) -> None:
    """Not too far, not twice; the day up to which it may go is told."""
    assert shown(town, FU4)["extend_to"] == "2026-12-14"
    given = ["--reason", "路面要等水退", "--role", "支部书记"]
    far = town("case", "extend", FU4, "--due", "2026-12-15", *given)
    assert (far.returncode, far.stderr.split()[0]) == (5, "V78")
    assert town("case", "extend", FU4, "--due", "2026-12-14", *given).returncode == 0
    again = town("case", "move", FU4, "extend", "--due", "2026-12-16", *given)
    assert (again.returncode, again.stderr.split()[0]) == (5, "V78")
    case = shown(town, FU4)
    assert (case["settle_by"], case["extend_to"]) == ("2026-12-14", None)
    without = town("case", "move", "R-B08-001", "extend", *given)
    assert (without.returncode, without.stderr.split()[0]) == (3, "M06")


def test_the_holder_of_a_slip_rates_the_answer(town: Run) -> None:
    """By the number as it is printed, in full-width digits; dissatisfied opens the case again, twice at most."""
    printed = "２９０７　４６５１　８３４０"
    answer = ["--text", "窗口已增加到三个。", "--outcome", "resolved", "--role", "支部书记"]
    assert town("case", "rate", printed, "satisfied").returncode == 5
    assert town("case", "move", printed, "answer", *answer).returncode == 0
    again = town("case", "rate", printed, "dissatisfied", "--json")
    case = json.loads(again.stdout)
    assert (case["state"], case["settle_by"], case["events"][-1]["role"]) == (
        "reopened",
        "2026-12-07",
        "holder of the slip",
    )
    assert town("case", "move", printed, "answer", *answer).returncode == 0
    assert json.loads(town("case", "rate", printed, "dissatisfied", "--json").stdout)["state"] == "escalated"
    late = town("case", "rate", FU6, "satisfied", lang="zh")
    assert (late.returncode, late.stderr.strip()) == (0, f"{FU6}：办结")
    wrong = town("case", "rate", "R-B06-001", "satisfied")
    assert (wrong.returncode, wrong.stderr.split()[0]) == (5, "V79")


def test_what_is_said_about_a_case_is_corrected_with_a_reason(town: Run) -> None:
    """Only what is given changes, the old stays in the audit; without a change or an owner it is refused."""
    given = ["--role", "活动办公室", "--reason", "责任岗位调整"]
    measure = ("--public-suggestion", "当周登记，问13800138000")
    done = town("case", "amend", "R-B06-001", "--owner", "副书记", "--not-public", *measure, *given, "--json")
    case = json.loads(done.stdout)
    assert (case["owner"], case["public"], case["suggestion"]) == ("副书记", False, "按签到和笔记补齐，今后当周登记")
    assert case["public_suggestion"] == "当周登记，问■■■"
    assert "V66" in done.stderr
    same = town("case", "amend", "R-B06-001", "--owner", "副书记", *given, lang="zh")
    assert (same.returncode, same.stderr.split()[0]) == (3, "M102")
    nobody = town("case", "amend", "R-B06-001", "--owner", "", *given)
    assert (nobody.returncode, nobody.stderr.split()[0]) == (3, "V40")
    long = town("case", "amend", "R-B06-001", "--category", "长" * 33, *given)
    assert (long.returncode, long.stderr.split()[0]) == (3, "V64")
    audit = json.loads(town("log", "audit", "--of", "case R-B06-001", "--json").stdout)["audit"]
    assert [(each["field"], each["old"], each["new"]) for each in audit] == [
        ("owner", "支部书记", "副书记"),
        ("public_suggestion", "按签到和笔记补齐，今后当周登记", "当周登记，问13800138000"),
        ("public", "True", "False"),
    ]


@pytest.mark.parametrize(("lang", "said", "never"), [("en", "due today", "due in 0 d"), ("zh", "今天到期", " 0天后")])
def test_what_is_due_today_is_said_to_be_so(town: Run, lang: str, said: str, never: str) -> None:
    """In every list of what is owed."""
    for command in (["due"], ["case", "show", FU1], ["status", "--branch", "B05"]):
        text = town(*command, lang=lang).stdout
        assert said in text, command
        assert never not in text, command


def test_a_slip_that_came_with_a_paper_form_is_opened_with_its_text(town: Run, data: Path) -> None:
    """Only a slip that was printed here; its text is typed, and its number, also scanned, is the case's."""
    with closing(open_store(data)) as store:
        store.add_slips([SLIP])
        scanned = SlipCode(SLIP).digits(paper_key(data))
    given = ["--branch", "B02", "--text", "路灯不亮，晚上不安全", "--role", "活动办公室"]
    foreign = town("case", "open", "--slip", "1234567890", *given)
    assert (foreign.returncode, foreign.stderr.split()[0]) == (3, "M94")
    nothing = town("case", "open", "--slip", SLIP, "--role", "活动办公室")
    assert (nothing.returncode, nothing.stderr.split()[0]) == (3, "M54")
    done = town("case", "open", "--slip", scanned, *given)
    assert (done.returncode, done.stdout.strip()) == (0, SLIP)
    case = shown(town, scanned)
    assert (case["kind"], case["branch"], case["state"]) == ("answer", "B02", "received")
    assert (case["acknowledge_by"], case["settle_by"]) == ("2026-11-25", "2026-12-14")
    twice = town("case", "open", "--slip", SLIP, *given)
    assert (twice.returncode, twice.stderr.split()[0]) == (3, "M52")


def test_what_a_person_asked_at_the_kiosk_is_opened_by_the_slip(town: Run, data: Path) -> None:
    """Not while the session is open; by the number of one slip, or all of a session at once, each once."""
    session = town("session", "open", "--ready", "--branch", "B01", "--pin", "2468").stdout.strip()
    asked = {"branch": "B01", "session": session, "question": "Q12", "received_on": date(2026, 11, 23)}
    with closing(open_store(data)) as store:
        store.add_follow_ups([FollowUp(number=number, text=f"路灯不亮{number}", **asked) for number in (SLIP, OTHER)])
    typed = grouped(with_check(SLIP))
    unseen = town("case", "show", typed)
    assert (unseen.returncode, unseen.stderr.split()[0]) == (3, "M99")
    assert f"manyi case open --slip {SLIP}" in unseen.stderr
    early = town("case", "open", "--slip", typed, "--role", "活动办公室")
    assert (early.returncode, early.stderr.split()[0]) == (5, "M12")
    assert town("session", "close", session).returncode == 0
    typed_text = town("case", "open", "--slip", typed, "--branch", "B01", "--text", "别的内容", "--role", "活动办公室")
    assert (typed_text.returncode, typed_text.stderr.split()[0]) == (3, "M50")
    assert town("case", "open", "--slip", typed, "--role", "活动办公室").stdout.strip() == SLIP
    assert town("case", "open", "--slip", typed, "--role", "活动办公室").stdout.strip() == SLIP
    rest = town("case", "open", "--session", session, "--role", "活动办公室", "--json")
    assert json.loads(rest.stdout) == {"session": session, "opened": [OTHER]}
    assert shown(town, OTHER)["matter"] == f"路灯不亮{OTHER}"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["case", "show", "12345"], 3, "V70"),
        (["case", "show", "2907 4651 8341"], 3, "V70"),
        (["case", "show", "00004269"], 5, "V72"),
        (["case", "show", "R-B99-001"], 3, "M99"),
        (["case", "show", "\x1b[2J" * 2_000], 3, "M99"),
        (["case", "show", ""], 3, "M99"),
        (["case", "open", "--role", "x"], 2, "M02"),
        (["case", "open", "--kind", "answer", "--branch", "B01", "--text", "路灯不亮", "--role", "x"], 3, "M07"),
        (["case", "open", "--kind", "correction", "--branch", "B01", "--text", "路灯", "--role", "x"], 3, "V40"),
        (["case", "open", "--kind", "support", "--branch", "B99", "--text", "路灯", "--role", "x"], 3, "M08"),
        (["case", "open", "--session", "B01-261123-9", "--role", "x"], 5, "M11"),
        (["case", "move", "R-B06-001", "submit", "--text", "长" * 501, "--role", "x"], 3, "V64"),
        (
            ["case", "move", "R-B06-001", "submit", "--text", "补齐了记录", "--role", "x", "--outcome", "partly"],
            3,
            "M50",
        ),
        (["case", "move", "R-B06-001", "submit", "--text", "补齐了记录", "--role", " "], 3, "M06"),
        (["case", "move", "R-B06-001", "\x1b]0;x\x07", "--role", "x"], 5, "V79"),
        (
            ["case", "move", "R-B06-002", "submit", "--text", "补开了大会", "--role", "x", "--on", "2026-11-30"],
            3,
            "V30",
        ),
        (["case", "move", FU5, "merge", "--into", FU5, "--role", "x"], 3, "M147"),
        (["case", "move", FU5, "merge", "--into", FU3, "--role", "x"], 3, "M08"),
        (["case", "move", FU5, "merge", "--into", FU4, "--role", "x"], 3, "M134"),
        (["case", "extend", FU2, "--due", "2026-11-27", "--reason", "还要再等几天", "--role", "x"], 5, "V78"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_done_is_said_and_changes_nothing(
    town: Run, arguments: list[str], exit_code: int, code: str, lang: str
) -> None:
    """In one message in the reader's language, without control characters, at any length."""
    before = town("case", "list", "--json").stdout
    done = town(*arguments, lang=lang)
    assert (done.returncode, done.stdout, done.stderr.split()[0]) == (exit_code, "", code)
    assert "Traceback" not in done.stderr
    assert all(char.isprintable() or char == "\n" for char in done.stderr)
    assert any("一" <= char <= "鿿" for char in COMMAND.sub("", done.stderr.split(maxsplit=1)[1])) or lang == "en"
    assert len(done.stderr) < 1_000
    assert town("case", "list", "--json").stdout == before


def test_hostile_text_is_only_text(town: Run) -> None:
    """Control characters go, markup stays what it is, a long text is cut in lists and whole in the case."""
    matter = f"\x1b[31m公示栏\u202e[bold]坏了[/bold]\n=cmd|'/c calc'!A1 {'很长' * 120}"
    given = ["--owner", "支部\x07书记", "--suggestion", "换\t新", "--due", "2026-12-01", "--role", "督查组"]
    done = town("case", "open", "--kind", "correction", "--branch", "B01", "--text", matter, *given)
    assert (done.returncode, done.stdout.strip()) == (0, "R-B01-002")
    case = shown(town, "R-B01-002")
    assert case["matter"] == f"[31m公示栏[bold]坏了[/bold] =cmd|'/c calc'!A1 {'很长' * 120}"
    assert (case["owner"], case["suggestion"]) == ("支部书记", "换 新")
    listed = town("case", "list").stdout
    assert max(map(len, listed.splitlines())) < 250
    assert all(char.isprintable() or char == "\n" for char in listed + town("case", "show", "R-B01-002").stdout)
