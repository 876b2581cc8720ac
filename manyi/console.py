"""What commands print: data to standard output, everything else to standard error."""

import io
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import click
from pydantic_core import to_json

from campaign.errors import Problem
from campaign.language import Lang
from manyi.advice import ADVICE

_COMMANDS = frozenset({"Cc", "Cf", "Zl", "Zp"})


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


_OBEYED = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What a terminal may obey of that which JSON lets stand: the rest it escapes by itself."""


def terminal_cells() -> int | None:
    """Cells of a line where data goes to a terminal; None for a file or another program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(text: str) -> None:
    """A line of data. What a terminal would obey, wherever it came from, is printed as a blank."""
    click.echo(_harmless(text))


def tell(text: str) -> None:
    """A line for the person at the keyboard, as :func:`say`."""
    click.echo(_harmless(text), err=True)


def _harmless(text: str) -> str:
    """Without control characters and marks of direction; line ends stay."""
    if text.isprintable():
        return text
    return "".join(char if char == "\n" or unicodedata.category(char) not in _COMMANDS else " " for char in text)


def tell_problems(problems: Iterable[Problem], lang: Lang) -> None:
    """Each problem on a line of its own, whatever was typed."""
    for problem in problems:
        tell("".join(char if char.isprintable() else " " for char in ADVICE.text(problem, lang)))


def say_json(value: object) -> None:
    """One JSON object (a model, a dataclass or a dict) on one line, UTF-8 whatever the locale says.

    A character that a terminal would obey is written as its escape, which reads back as the same character.
    """
    text = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", to_json(value).decode())
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
