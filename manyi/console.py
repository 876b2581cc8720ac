"""What commands print: data to standard output, everything else to standard error."""

import sys
from collections.abc import Iterable

import click
from pydantic import BaseModel, JsonValue, RootModel

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


class _Value(RootModel[JsonValue]):
    """Any JSON value."""


def say_json(value: BaseModel | dict[str, JsonValue]) -> None:
    """One JSON object on one line, UTF-8 whatever the locale says."""
    model = value if isinstance(value, BaseModel) else _Value(value)
    sys.stdout.buffer.write(model.model_dump_json().encode() + b"\n")
    sys.stdout.buffer.flush()
