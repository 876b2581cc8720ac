"""What commands print: data to standard output, everything else to standard error."""

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from pydantic_core import to_json

from campaign.errors import Problem
from campaign.language import Lang


def steady_streams() -> None:
    """Make writing possible whatever the program was started with.

    Closed streams lead nowhere; a character that the terminal's encoding does not have is written as its code.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115  # for the whole run
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line of data."""
    click.echo(text)


def tell(text: str) -> None:
    """A line for the person at the keyboard."""
    click.echo(text, err=True)


def tell_problems(problems: Iterable[Problem], lang: Lang) -> None:
    """Each problem on a line of its own; what was typed may hold control characters, which a terminal would obey."""
    for problem in problems:
        tell("".join(char if char.isprintable() else " " for char in problem.text(lang)))


def say_json(value: object) -> None:
    """One JSON object (a model, a dataclass or a dict) on one line, UTF-8 whatever the locale says."""
    sys.stdout.buffer.write(to_json(value) + b"\n")
    sys.stdout.buffer.flush()
