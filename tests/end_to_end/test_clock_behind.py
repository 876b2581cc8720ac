"""A record of a later day than today's: the clock is wrong, and no command says that nothing is overdue (V80)."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db import open_store
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

Ask = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def recorded(town: Run, data: Path) -> date:
    """The day of a record in the town that lies two months after the computer's."""
    assert town("status").returncode == 0
    day = datetime.now(UTC).date() + timedelta(days=60)
    with closing(open_store(data)) as store:
        store.add_entries([store.entries("B01")[0].model_copy(update={"recorded_on": day})])
    return day


@pytest.fixture
def ask(recorded: date, data: Path, environment: Mapping[str, str]) -> Ask:
    """The program by the computer's own clock."""
    assert recorded > datetime.now(UTC).date()

    def run(*arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "manyi", "--data", str(data), "--lang", lang, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)

    return run


@pytest.mark.parametrize(
    "command", [("status",), ("status", "--branch", "B06"), ("due",), ("case", "list"), ("case", "show", "R-B06-001")]
)
def test_whatever_says_what_is_late_says_that_the_clock_is_wrong(
    ask: Ask, recorded: date, command: tuple[str, ...]
) -> None:
    """Beside the text and beside the JSON, which has the day of the record; in either language."""
    for lang, check in (("en", "Check the clock"), ("zh", "请检查时钟")):
        told = ask(*command, lang=lang)
        assert told.returncode == 0
        assert "V80" in told.stderr
        assert check in told.stderr
    report = ask(*command, "--json")
    assert "V80" in report.stderr
    assert json.loads(report.stdout)["clock_behind"] == recorded.isoformat()


def test_nobody_is_said_to_be_on_schedule(ask: Ask) -> None:
    """The headline gives no number, and the due list none of what is overdue."""
    assert ask("status").stdout.splitlines()[0].endswith(": it is not known who is on schedule")
    assert json.loads(ask("status", "--json").stdout)["headline"]["on_schedule"] is None
    assert ask("due").stdout.startswith("Overdue: not known\n")


def test_a_day_that_was_chosen_is_believed(town: Run, recorded: date) -> None:
    """With --today the clock plays no part."""
    assert recorded > datetime.now(UTC).date()
    for command in (("status",), ("due",), ("case", "list")):
        told = town(*command, "--json")
        assert (told.stderr, json.loads(told.stdout)["clock_behind"]) == ("", None)
