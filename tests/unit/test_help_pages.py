"""The help of every command, in both languages."""

import json
import subprocess
import sys
from functools import cache

import pytest
from rich.cells import cell_len

from exports.registry import FORMATS
from tests.help_walk import WIDTH


@cache
def pages(lang: str) -> dict[str, str]:
    """Each command's page by its whole name."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.help_walk", lang], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    found: dict[str, str] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_help_is_wider_than_the_terminal(lang: str) -> None:
    """A Hanzi takes two cells; only the line of usage is click's own."""
    assert len(pages(lang)) > 60
    for name, page in pages(lang).items():
        for line in page.partition("\n\n")[2].splitlines():
            assert cell_len(line) <= WIDTH, (name, line)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_purpose_of_a_command_is_cut_short(lang: str) -> None:
    """Each command under a group is there with a whole sentence."""
    for name, page in pages(lang).items():
        assert "..." not in page.replace("[ARGS]...", "").replace("...\n\n", "\n\n").partition("\n\n")[2], name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_names_what_one_has_to_know_beforehand(lang: str) -> None:
    """The formats of an export, the shape of an answer, the order of a session's steps."""
    assert all(name in pages(lang)["manyi export"] for name in FORMATS)
    assert '"answers": {"' in pages(lang)["manyi answer"]
    steps = ["open", "close", "verify", "publish"]
    places = [pages(lang)["manyi session"].rindex(f"\n  {step} ") for step in steps]
    assert places == sorted(places)
    assert "--branch" in pages(lang)["manyi"]
