"""Settings of one run: from the command line, then the environment, then the defaults."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import platformdirs

from campaign.language import Lang

if TYPE_CHECKING:
    from campaign.plan import Plan

Theme = Literal["paper", "ink"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole run. No pydantic: the kiosk's supervisor starts without it, in half the time."""

    data: Path
    """The data folder: ``--data``, ``MANYI_DATA``, or the platform's folder for user data."""
    lang: Lang
    """``--lang``, ``MANYI_LANG``, or Chinese where the locale is Chinese and English elsewhere."""
    today: date | None = None
    """A day that stands for today (``--today``); None is the real one."""
    theme: Theme | None = None
    """``--theme``; None: each screen's own."""

    @property
    def log_folder(self) -> Path:
        """Where the log file lies."""
        return self.data / "log"

    def day(self, plan: "Plan") -> date:
        """Today in the campaign's time zone."""
        return self.today or datetime.now(ZoneInfo(plan.campaign.timezone)).date()


def default_data(arguments: Sequence[str], environ: Mapping[str, str]) -> Path:
    """The data folder, found before the command line is parsed: the log of its failure goes there."""
    given = _given(arguments, "--data") or environ.get("MANYI_DATA")
    return located(given) if given else platformdirs.user_data_path("manyi", appauthor=False)


def located(folder: str) -> Path:
    """The folder that a person named, ``~`` understood; a ``~name`` that nobody has stays as it is."""
    try:
        return Path(folder).expanduser().absolute()
    except RuntimeError:
        return Path(folder).absolute()


def preferred_language(arguments: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language to speak, found before the command line is parsed: its own errors are in it too."""
    for value in (_given(arguments, "--lang"), environ.get("MANYI_LANG")):
        if value in set(Lang):
            return Lang(value)
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return Lang.ZH if locale.lower().startswith("zh") else Lang.EN


def _given(arguments: Sequence[str], option: str) -> str | None:
    """The value of ``--option value`` or ``--option=value``."""
    for index, argument in enumerate(arguments):
        if argument == option and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None


def process_environment() -> Mapping[str, str]:
    """The environment of this process."""
    return os.environ
