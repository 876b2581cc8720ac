"""Opinions by command line: written down, sorted, merged, split, turned into a case; real processes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

WHO = ["--role", "活动办公室"]


def register(run: Run) -> dict[str, Any]:
    done = run("opinion", "list", "--branch", "B02", "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_from_a_box_to_a_case(town: Run, tmp_path: Path) -> None:
    """A file of opinions is written down, one a line; two become an item, that a case; nothing personal is printed."""
    box = tmp_path / "box.txt"
    box.write_text("窗口中午没人，电话13800138000\n\n中午办不了事\n（广告）\n", encoding="utf-8")
    done = town("opinion", "add", str(box), "--branch", "B02", "--channel", "box", *WHO)
    assert (done.returncode, len(done.stdout.split())) == (0, 3), done.stderr
    assert "V14" in done.stderr
    told = {each["text"]: str(each["number"]) for each in register(town)["opinions"]}
    phone, noon, spam = told["窗口中午没人，电话■■■"], told["中午办不了事"], told["（广告）"]
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in noon)
    done = town("opinion", "merge", phone, full_width, "--text", "窗口中午无人", "--category", "service", *WHO)
    assert (done.returncode, done.stdout) == (0, "5\n"), done.stderr
    assert town("opinion", "discard", spam, "--reason", "spam", *WHO).returncode == 0
    owed = ["--owner", "支部书记", "--due", "2026-12-01", "--suggestion", "轮流值守"]
    done = town("opinion", "turn", "5", *owed, *WHO)
    assert (done.returncode, done.stdout) == (0, "R-B02-001\n"), done.stderr
    done = town("opinion", "turn", "5", *owed, *WHO)
    assert (done.returncode, "M142" in done.stderr, done.stdout) == (5, True, "")
    found = register(town)
    counts = found["counts"]
    assert (found["total"], counts["turned"], counts["discarded"], counts["items"]) == (4, 2, 1, 1)
    (service,) = [row for row in found["categories"] if row["category"] == "service"]
    (item,) = service["items"]
    assert (item["opinions"], item["case"], item["state"], item["due"]) == (2, "R-B02-001", "open", "2026-12-01")
    listed = town("opinion", "list")
    audit = town("log", "audit")
    assert "13800138000" not in listed.stdout + listed.stderr + audit.stdout + json.dumps(found)


def test_a_merge_is_undone_and_a_mistake_changes_nothing(town: Run) -> None:
    """Splitting an item takes it away; an unknown number or category is refused, and says which are known."""
    before = json.loads(town("opinion", "list", "--json").stdout)
    assert before["counts"]["items"] == 4
    assert town("opinion", "split", "4", *WHO).returncode == 0
    after = json.loads(town("opinion", "list", "--json").stdout)
    assert (after["counts"]["items"], after["total"]) == (3, before["total"])
    for wrong, code in (
        (["sort", "nonsense", "130844"], "M08"),
        (["sort", "roads", "999999"], "M99"),
        (["sort", "roads", "一条"], "V06"),
        (["add", "nowhere.txt", "--branch", "B02", "--channel", "box"], "M03"),
    ):
        done = town("opinion", *wrong, *WHO)
        assert (done.returncode, code in done.stderr, done.stdout) == (3, True, ""), done.stderr
    assert json.loads(town("opinion", "list", "--json").stdout) == after
    nothing = town("opinion", "add", "--branch", "B02", "--channel", "box", "--none", *WHO)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    newest = json.loads(town("log", "list", "--branch", "B02", "--json").stdout)["entries"][-1]
    assert newest["counts"] == {"opinions": 0}
