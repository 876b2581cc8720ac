"""Fixtures for all tests. Settings of the developer's machine are kept out."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

KEPT = ("PATH", "HOME", "TMPDIR", "PYTHONPATH", "COVERAGE_PROCESS_START", "VIRTUAL_ENV")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No locale, theme, data folder or Textual switch of the machine reaches a test."""
    for name in os.environ:
        if name.startswith(("MANYI_", "TEXTUAL", "LC_", "LANG", "NO_COLOR")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty place for a data folder."""
    return tmp_path / "data"


@pytest.fixture
def environment() -> Mapping[str, str]:
    """The environment of the processes that tests start."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.fixture
def manyi(data: Path, environment: Mapping[str, str]) -> Run:
    """Run the real program on ``data``, on the sample's demo day, and return what came of it."""

    def run(*arguments: str, given: str | None = None, lang: str = "en") -> subprocess.CompletedProcess[str]:
        options = ["--data", str(data), "--lang", lang, "--today", "2026-11-23"]
        return subprocess.run(
            [sys.executable, "-m", "manyi", *options, *arguments],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            timeout=60,
        )

    return run


@pytest.fixture
def town(manyi: Run) -> Run:
    """The program with the town sample started."""
    started = manyi("init", "--sample", "town")
    assert started.returncode == 0, started.stderr
    return manyi
