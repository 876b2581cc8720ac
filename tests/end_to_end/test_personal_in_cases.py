"""No command prints a telephone number that somebody wrote into what a case is about; real processes."""

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

NUMBER = "13800138000"


def test_no_command_prints_a_number_that_stands_in_a_case(town: Run) -> None:
    """Neither the list, the case, what is due, the branch, the search nor their JSON: a terminal may be a file."""
    wanted = ["--branch", "B02", "--owner", "支部书记", "--due", "2026-11-25", "--role", "活动办公室"]
    made = town(
        "case", "open", "--kind", "correction", "--text", f"窗口没人，请打{NUMBER}", "--suggestion", "值守", *wanted
    )
    assert made.returncode == 0, made.stderr
    number = made.stdout.strip()
    commands = [
        ["case", "list"],
        ["case", "show", number],
        ["due"],
        ["status", "--branch", "B02"],
        ["search", "窗口没人"],
        ["log", "audit"],
    ]
    for command in commands:
        for form in ([], ["--json"]):
            done = town(*command, *form)
            assert done.returncode == 0, (command, done.stderr)
            assert NUMBER not in done.stdout + done.stderr, command
    assert "窗口没人，请打■■■" in town("case", "show", number).stdout
