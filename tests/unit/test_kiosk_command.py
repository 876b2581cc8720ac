"""The command that starts a kiosk works as it is printed, in any other terminal of the computer."""

import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import platformdirs

from campaign.language import Lang
from manyi.kiosk_command import kiosk_command
from manyi.settings import Settings
from tui.staff.open_session import command_lines

OWN = Settings(data=platformdirs.user_data_path("manyi", appauthor=False), lang=Lang.EN)


def test_the_platforms_own_folder_need_not_be_named() -> None:
    """Then the command is short."""
    assert " ".join(kiosk_command(OWN, "B01-261123-1")) == "manyi kiosk --session B01-261123-1"


def test_another_folder_and_day_are_named() -> None:
    """A shell takes the quoted path for one word."""
    settings = replace(OWN, data=Path("/srv/my town's data"), today=date(2026, 11, 23))
    words = shlex.split(" ".join(kiosk_command(settings, "B01-261123-1")))
    assert words == [
        *("manyi", "--data", "/srv/my town's data", "--today", "2026-11-23"),
        *("kiosk", "--session", "B01-261123-1"),
    ]


def test_a_long_command_is_broken_where_a_shell_reads_on() -> None:
    """Its lines fit, and pasted together they are the same command."""
    settings = replace(OWN, data=Path("/srv/" + "long/" * 8), today=date(2026, 11, 23))
    parts = kiosk_command(settings, "B01-261123-1")
    lines = command_lines(parts, 66)
    assert max(map(len, lines)) <= 68
    assert len(lines) > 1
    pasted = "\n".join(lines).replace("\\\n", " ")
    assert shlex.split(pasted) == shlex.split(" ".join(parts))
