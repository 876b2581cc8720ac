"""Searching from the command line."""

import json

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end


def test_the_command_finds_what_the_screen_finds(town: Run) -> None:
    """As text by groups and as one JSON object; nothing found is said, and is no error."""
    done = town("--lang", "en", "search", "ｂ０６")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == ["Branches", "  B06  Supply and Marketing Company"]
    assert "  … 24 more" in done.stdout.splitlines()
    found = json.loads(town("search", "老街", "路灯", "--json").stdout)
    assert found["text"] == "老街 路灯"
    (group,) = found["found"]
    assert (group["group"], group["more"], group["hits"][0]["text"]) == ("entry", 0, "修好老街路灯")
    nothing = town("--lang", "en", "search", "zzz")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "Nothing was found.\n")
