"""The command that starts a kiosk from any other terminal of this computer, as it must be typed there."""

import os
import shlex
import subprocess

import platformdirs

from manyi.settings import Settings


def kiosk_command(settings: Settings, session_id: str) -> tuple[str, ...]:
    """Its parts, each with its values, quoted; with a blank between them they are one line.

    The data folder is named unless it is the platform's own: another terminal need not know this one's ``MANYI_DATA``.
    """
    parts = [["manyi"]]
    if settings.data != platformdirs.user_data_path("manyi", appauthor=False):
        parts.append(["--data", str(settings.data)])
    if settings.today is not None:
        parts.append(["--today", settings.today.isoformat()])
    parts.append(["kiosk", "--session", session_id])
    return tuple(_quoted(each) for each in parts)


def _quoted(words: list[str]) -> str:
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
