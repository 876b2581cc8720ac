"""The plan of a running campaign by command line: what is changed, refused and shown; real processes."""

import json
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

WHY = ["--reason", "暴雨两周停课", "--role", "活动办公室"]


def shown(run: Run, code: str) -> dict[str, Any]:
    [branch] = json.loads(run("plan", "show", "--branch", code, "--json").stdout)["branches"]
    return dict(branch)


def test_days_are_moved_with_a_reason_and_what_is_refused_changes_nothing(town: Run) -> None:
    """Names and full-width codes are understood; V22, V27 and M69 are refused; the audit has the rest."""
    moved = town("plan", "move", "b０８", "整改提高", "--end", "2026-12-05", *WHY)
    assert (moved.returncode, "11-02–11-29 → 11-02–12-05" in moved.stderr) == (0, True), moved.stderr
    for words, code, status in (
        (["B10", "review", "--end", "2026-11-30", *WHY], "V22", 3),
        (["B08", "improve", "--end", "2026-12-07", "--reason", "忙", "--role", "活动办公室"], "V27", 3),
        (["B08", "study", "--end", "2026-09-26", *WHY], "M69", 5),
        (["B08", "party", "--end", "2026-09-26", *WHY], "M08", 3),
    ):
        refused = town("plan", "move", *words)
        assert (refused.returncode, code in refused.stderr) == (status, True), refused.stderr
    several = ["B10", "review", "--end", "2026-11-29", "--also", "improve", "2026-11-30", "2026-12-20", *WHY]
    assert town("plan", "move", *several).returncode == 0
    improve = shown(town, "B08")["phases"][2]
    assert (improve["end"], improve["changes"][0]["reason"]) == ("2026-12-05", "暴雨两周停课")
    assert "*" in town("plan", "show").stdout
    audit = json.loads(town("plan", "audit", "--branch", "B08", "--json").stdout)["audit"]
    assert [(each["field"], each["old"]) for each in audit] == [("schedule.improve", "2026-11-02/2026-11-29")]


def test_all_that_is_wrong_is_said_at_once_with_the_option_that_answers_it(town: Run) -> None:
    """V20 beside V27; V23 names --short-study, for a reason was given; with it the days are kept."""
    both = town("plan", "move", "B08", "improve", "--end", "2027-01-05", "--reason", "忙", "--role", "活动办公室")
    assert ("V20" in both.stderr, "V27" in both.stderr) == (True, True), both.stderr
    short = ["plan", "move", "B05", "improve", "--end", "2026-10-10", *WHY]
    refused = town(*[each.replace("B05", "B10").replace("2026-10-10", "2026-11-24") for each in short])
    assert ("V23" in refused.stderr, "--short-study" in refused.stderr) == (True, True), refused.stderr


def test_a_branch_pauses_is_busy_and_asks_for_what_it_lacks(town: Run) -> None:
    """Pause and going on, other work, condition, means with a request, a waiver: all of it is shown."""
    for words in (
        ["pause", "B08", "improve", "--from", "2026-11-20"],
        ["resume", "B08", "improve"],
        ["busy", "add", "B08", "--from", "2026-12-01", "--to", "2026-12-03", "--label", "盘点"],
        ["condition", "B08", "paralysed", "--plan", "merge", "--by", "2026-12-18"],
        ["waive", "B08", "S6", "--instead", "口述"],
    ):
        done = town("plan", *words, *WHY)
        assert done.returncode == 0, done.stderr
    asked = [
        "--venue",
        "none",
        "--ask",
        "venue",
        "--text",
        "借一间活动室",
        "--owner",
        "镇活动办公室",
        "--due",
        "2026-12-10",
    ]
    means = town("plan", "means", "B08", *asked, *WHY)
    assert (means.returncode, means.stdout.strip(), "V13" in means.stderr) == (0, "R-B08-002", True), means.stderr
    assert "M110" in town("plan", "means", "B08", *asked[2:], *WHY).stderr
    branch = shown(town, "B08")
    assert branch["phases"][2]["paused"] == 3
    assert (branch["busy"][-1]["label"]["zh"], branch["condition"], branch["venue"]) == ("盘点", "paralysed", "none")
    assert [(each["step"], each["substitute"]) for each in branch["steps"] if each["waived"]] == [("S6", "口述")]
    text = town("plan", "show", "--branch", "B08").stdout
    assert all(word in text for word in ("盘点", "口述", "paralysed", "2026-12-18"))
    gone = town("plan", "busy", "remove", "B08", "--from", "2026-12-01", *WHY)
    assert gone.returncode == 0
    assert "M08" in town("plan", "busy", "remove", "B08", "--from", "2026-12-01", *WHY).stderr


def test_own_steps_come_and_go_and_required_ones_stay(town: Run) -> None:
    """V33 for a required step, with what can be done instead."""
    added = ["B07", "improve", "B07X1", "--name", "老厂区清扫日", "--kind", "study_session", *WHY]
    assert town("plan", "step", "add", *added).returncode == 0
    assert "M111" in town("plan", "step", "add", *added).stderr
    refused = town("plan", "step", "remove", "B07", "S1", *WHY)
    assert (refused.returncode, "V33" in refused.stderr) == (3, True)
    assert town("plan", "step", "remove", "B07", "B07X1", *WHY).returncode == 0


def test_a_campaign_closes_step_by_step(town: Run) -> None:
    """While branches have not completed it, it goes on; after its last day nothing new is opened, but all is kept."""
    assert json.loads(town("campaign", "state", "--json").stdout)["state"] == "active"
    early = town("campaign", "close", *WHY)
    assert (early.returncode, "M114" in early.stderr) == (5, True), early.stderr
    closing = town("--today", "2027-01-04", "campaign", "close", *WHY)
    assert closing.returncode == 0, closing.stderr
    refused = town("session", "open", "--ready", "--branch", "B01")
    assert (refused.returncode, "M116" in refused.stderr) == (5, True), refused.stderr
    waiting = town("--today", "2027-01-04", "campaign", "close", *WHY)
    assert (waiting.returncode, "V84" in waiting.stderr, "M115" in waiting.stderr) == (5, True, True)
    assert town("campaign", "activate", *WHY).returncode == 0
    assert "running" in town("campaign", "state").stdout
    assert "V79" in town("campaign", "archive", *WHY).stderr
