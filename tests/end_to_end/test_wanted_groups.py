"""Forms that are wanted of a group of people, by command line; real processes."""

import json
from pathlib import Path

import pytest

import campaign.samples
from surveys.shipped import shipped_questionnaire
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end


def test_a_group_with_fewer_forms_than_are_wanted_is_asked_about(manyi: Run, tmp_path: Path) -> None:
    """M109 before posting, exit code 5; --yes posts. How many are wanted stands in the questionnaire (R35)."""
    form = shipped_questionnaire("final").read_text(encoding="utf-8")
    form = form.replace("counts_as | weight |", "counts_as | weight | group_min |")
    wanted = form.replace("| I live nearby |  |  |", "| I live nearby |  |  | 5 |")
    (tmp_path / "own.md").write_text(wanted, encoding="utf-8")
    plan = (Path(campaign.samples.__file__).parent / "town" / "campaign.toml").read_text(encoding="utf-8")
    (tmp_path / "campaign.toml").write_text(plan.replace('questionnaire = "final"', 'questionnaire = "own.md"'))
    assert manyi("init", "--from", str(tmp_path / "campaign.toml")).returncode == 0
    session = manyi("session", "open", "--branch", "B01", "--ready", "--yes").stdout.strip()
    given = {f"Q{number}": "A" for number in range(1, 11)} | {"A0": "2"}
    lines = [json.dumps({"lang": "zh", "answers": {**given, "Q10": "AC"[number % 2]}}) for number in range(12)]
    (tmp_path / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert manyi("answer", "--session", session, str(tmp_path / "answers.jsonl")).returncode == 0
    assert manyi("session", "close", session).returncode == 0
    assert manyi("session", "verify", session, "--role", "计票组", "--second-role", "监督组", "--yes").returncode == 0
    asked = manyi("session", "publish", session, lang="zh")
    assert (asked.returncode, "“附近居民”只有0份，要求至少5份" in asked.stderr) == (5, True), asked.stderr
    assert manyi("session", "publish", session, "--yes").returncode == 0
