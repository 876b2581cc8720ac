"""What commands print: data to standard output, everything else to standard error."""

import sys
from collections.abc import Iterable

import click
from pydantic_core import to_json

from campaign.errors import Problem
from campaign.language import Lang


def say(text: str) -> None:
    """A line of data."""
    click.echo(text)


def tell(text: str) -> None:
    """A line for the person at the keyboard."""
    click.echo(text, err=True)


def tell_problems(problems: Iterable[Problem], lang: Lang) -> None:
    """Each problem on a line of its own."""
    for problem in problems:
        tell(problem.text(lang))


def say_json(value: object) -> None:
    """One JSON object (a model, a dataclass or a dict) on one line, UTF-8 whatever the locale says."""
    sys.stdout.buffer.write(to_json(value) + b"\n")
    sys.stdout.buffer.flush()
