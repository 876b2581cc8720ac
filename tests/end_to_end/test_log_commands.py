"""The log by command line: every kind of the plan, corrected by number, with what was there before; real processes."""

import json
from typing import Any

import pytest

from campaign.plan import EntryKind
from campaign.samples import sample_plan
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

PLAN = sample_plan("town").plan
WHY = ["--reason", "抄录时看错了", "--role", "活动办公室"]


def entries(run: Run, branch: str = "B08") -> list[dict[str, Any]]:
    return list(json.loads(run("log", "list", "--branch", branch, "--json").stdout)["entries"])


def words(kind: EntryKind) -> list[str]:
    """Everything that a kind takes."""
    said = ["--kind", kind.id, "--branch", "B08", "--phase", "improve", "--on", "2026-11-20", "--yes"]
    said += [word for name in kind.counts for word in ("--count", f"{name}=1")]
    said += [word for name in kind.group_counts for word in ("--count", f"retired.{name}={int(name == 'expected')}")]
    for name in kind.attributes:
        attribute = PLAN.attribute(name)
        assert attribute is not None
        said += ["--choice", f"{name}={attribute.choices[-1].id}"]
    said += ["--hours", "1.5"] if kind.hours else []
    said += ["--outcome", kind.outcomes[0]] if kind.outcomes else []
    said += ["--leader", "L4"] if kind.leader != "none" else []
    return [*said, "--reference", "B08-01", "--note", f"{kind.id}", "--role", "支部记录员"]


def test_every_kind_of_the_plan_can_be_recorded(town: Run) -> None:
    """With its counts, choices, hours, outcome, official and reference; the newest entry says all of it."""
    kinds = [PLAN.kinds[place] for place in range(0, len(PLAN.kinds), 4)]
    kinds += [kind for kind in PLAN.kinds if kind.id in {"visit", "lead_by_example", "outreach", "study_session"}]
    for kind in dict.fromkeys(kind.id for kind in kinds):
        known = PLAN.kind(kind)
        assert known is not None
        done = town("log", "add", *words(known))
        assert (done.returncode, kind in done.stderr) == (0, True), done.stderr
        newest = max(entries(town), key=lambda entry: entry["number"])
        assert (newest["kind"], newest["note"], newest["role"]) == (kind, kind, "支部记录员")
        assert set(newest["attributes"]) == set(known.attributes)
        assert newest["leader"] == ("" if known.leader == "none" else "L4")


def test_a_visit_that_helps_names_the_case(town: Run) -> None:
    """However its number is written; case and log show it, and an unknown one is refused with what is known."""
    said = ["log", "add", "--kind", "visit", "--branch", "B07", "--leader", "L4", "--note", "钥匙已交接"]
    done = town(*said, "--outcome", "help", "--case", "r-b07-1")
    assert (done.returncode, "M108" in done.stderr) == (0, False), done.stderr
    newest = max(entries(town, "B07"), key=lambda entry: entry["number"])
    assert newest["case"] == "R-B07-001"
    shown = json.loads(town("case", "show", "R-B07-001", "--json").stdout)
    assert [each["note"] for each in shown["helped_by"]] == ["催办活动场所", "钥匙已交接"]
    page = town("case", "show", "R-B07-001", lang="zh").stdout
    assert "为此提供帮助的活动记录" in page
    assert "钥匙已交接" in page
    assert "R-B07-001" in town("log", "list", "--branch", "B07", "--kind", "visit").stdout.splitlines()[-1]

    unknown = town(*said, "--outcome", "help", "--case", "R-B07-009", lang="zh")
    assert (unknown.returncode, unknown.stderr.startswith("M08"), "R-B07-001" in unknown.stderr) == (3, True, True)
    wrong = town(*said, "--outcome", "guide", "--case", "R-B07-001")
    assert (wrong.returncode, wrong.stderr.startswith("M50 [case]")) == (3, True)
    without = town(*said, "--outcome", "help")
    assert (without.returncode, without.stderr.startswith("M108 [case]")) == (0, True)

    number = str(newest["number"])
    assert town("log", "correct", number, "--case", "", *WHY).returncode == 0
    [audit] = json.loads(town("log", "audit", "--of", f"log {number}", "--json").stdout)["audit"]
    assert ("R-B07-001" in audit["old"], "R-B07-001" in audit["new"]) == (True, False)
    assert len(json.loads(town("case", "show", "R-B07-001", "--json").stdout)["helped_by"]) == 1


def test_an_entry_is_corrected_by_its_number(town: Run) -> None:
    """Only what is given changes; an empty value takes away; the audit has both, with reason and role."""
    given = ["--kind", "study_session", "--branch", "B08", "--phase", "improve", "--on", "2026-11-20", "--hours", "2"]
    counts = ["--count", "retired.expected=11", "--count", "retired.attended=8", "--count", "on_post.expected=6"]
    assert town("log", "add", *given, *counts, "--choice", "size=small", "--note", "读报").returncode == 0
    before = max(entries(town), key=lambda entry: entry["number"])
    number = str(before["number"])
    changes = ["--count", "retired.attended=９", "--count", "on_post.expected=", "--choice", "size=", "--note", ""]
    done = town("log", "correct", number, *changes, "--on", "2026-11-19", *WHY)
    assert (done.returncode, done.stdout) == (0, "")
    after = next(entry for entry in entries(town) if entry["number"] == before["number"])
    assert after == {
        **before,
        "on": "2026-11-19",
        "groups": {"retired": {"expected": 11, "attended": 9}},
        "attributes": {},
        "note": "",
    }
    [audit] = json.loads(town("log", "audit", "--of", f"log {number}", "--json").stdout)["audit"]
    assert (audit["role"], audit["reason"]) == ("活动办公室", "抄录时看错了")
    assert "读报" in audit["old"]
    assert "读报" not in audit["new"]
    assert f"记录 {number}" in town("log", "audit", lang="zh").stdout
    assert f"记录 {number}" in town("log", "audit", "--of", f"记录 {number}", lang="zh").stdout


def test_an_entry_is_taken_back_on_its_day(town: Run) -> None:
    """It leaves the log and stays in the audit; one of an earlier day is only corrected."""
    assert town("log", "add", "--kind", "notice", "--branch", "B08", "--on", "2026-11-20").returncode == 0
    newest = max(entries(town), key=lambda entry: entry["number"])
    assert town("log", "take-back", str(newest["number"]), *WHY).returncode == 0
    assert newest["number"] not in {entry["number"] for entry in entries(town)}
    gone = json.loads(town("log", "audit", "--json").stdout)["audit"][-1]
    assert (gone["entity"], gone["new"]) == (f"log {newest['number']}", "")
    old = town("log", "take-back", str(entries(town)[0]["number"]), *WHY)
    assert (old.returncode, old.stderr.split()[0]) == (5, "M39")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["correct", "1", *WHY], 2, "M02"),
        (["correct", "1", "--note", "x"], 2, "M02"),
        (["correct", "1", "--note", "x", "--reason", "改", "--role", "x"], 3, "M51"),
        (["correct", "1", "--note", "x", "--reason", "抄录时看错了", "--role", " "], 3, "M06"),
        (["correct", "1", "--note", "x", "--reason", "抄录时看错了", "--role", "x" * 41], 3, "V64"),
        (["correct", "９９９９", "--note", "x", *WHY], 3, "M99"),
        (["correct", "-1", "--note", "x", *WHY], 2, "M02"),
        (["correct", "一", "--note", "x", *WHY], 3, "V06"),
        (["correct", "1", "--on", "2026-12-24", *WHY], 3, "V30"),
        (["correct", "1", "--count", "cakes=1", *WHY], 3, "M08"),
        (["correct", "1", "--count", "cakes", *WHY], 3, "M07"),
        (["correct", "1", "--choice", "size=huge", *WHY], 3, "M08"),
        (["correct", "1", "--branch", "B99", *WHY], 3, "M08"),
        (["correct", "1", "--note", "长" * 301, *WHY], 3, "M07"),
        (["take-back", "99999", *WHY], 3, "M99"),
        (["add", "--kind", "visit", "--branch", "B08", "--outcome", "check", "--leader", "L9"], 3, "M08"),
        (["add", "--kind", "\x1b[2J", "--branch", "B08"], 3, "M07"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(town: Run, arguments: list[str], exit_code: int, code: str) -> None:
    """Bad input is named with its code, in one line a problem, and neither the log nor the audit has changed."""
    before = town("log", "list", "--json").stdout, town("log", "audit", "--json").stdout
    done = town("log", *arguments)
    assert (done.returncode, done.stdout) == (exit_code, "")
    assert code in {line.split()[0] for line in done.stderr.splitlines()}
    assert all(char.isprintable() or char == "\n" for char in done.stderr)
    assert (town("log", "list", "--json").stdout, town("log", "audit", "--json").stdout) == before


def test_a_new_entry_says_its_number_and_the_list_is_narrowed(town: Run) -> None:
    """The number is the one under which it is corrected; kind, phase and days narrow the list, together too."""
    done = town("log", "add", "--kind", "directive", "--branch", "B08", "--count", "participants=12")
    newest = max(entries(town), key=lambda entry: entry["number"])
    assert str(newest["number"]) in done.stderr
    assert town("log", "take-back", str(newest["number"]), *WHY).returncode == 0
    narrowed = ["--branch", "B08", "--kind", "study_session", "--phase", "study", "--from", "2026-09-01", "--json"]
    found = json.loads(town("log", "list", *narrowed, "--to", "2026-09-30").stdout)["entries"]
    days = [entry["on"] for entry in found]
    assert days
    assert all("2026-09-01" <= day <= "2026-09-30" for day in days)
    assert {(entry["branch"], entry["kind"], entry["phase"]) for entry in found} == {("B08", "study_session", "study")}
    assert town("log", "list", "--kind", "cakes").returncode == 3


def test_a_refusal_names_everything_and_the_option_that_answers_it(town: Run) -> None:
    """All kinds of the plan for one that is none; --yes where all is only asked about; full-width ids are ids."""
    unknown = town("log", "add", "--kind", "nope", "--branch", "B08", "--role", "活动办公室")
    assert all(kind.id in unknown.stderr for kind in PLAN.kinds), unknown.stderr
    harvest = ["--kind", "ｓｔｕｄｙ＿ｓｅｓｓｉｏｎ", "--branch", "Ｂ０３", "--on", "2026-09-08", "--hours", "2"]
    asked = town(
        "log", "add", *harvest, "--count", "on_post.attended=3", "--count", "on_post.expected=5", "--role", "活动办公室"
    )
    assert (asked.returncode, "V25" in asked.stderr, "--yes" in asked.stderr) == (5, True, True), asked.stderr
    assert town("log", "list", "--kind", "ｎｏｔｉｃｅ").returncode == 0


def test_the_help_of_a_correction_says_what_stays(town: Run) -> None:
    """Day and phase that are not given stay as they were; they are today's only in a new entry."""
    new, other = (
        " ".join(town("--lang", "en", "log", command, "--help").stdout.split()) for command in ("add", "correct")
    )
    assert ("without it today" in new, "without it today" in other) == (True, False)
    assert other.count("without it as it was") == 2
