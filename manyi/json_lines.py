"""Lines from a file or from standard input, each of them taken or refused by itself, with an acknowledgement line."""

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from campaign.errors import BadInput, Exit, ManyiError, Problem
from campaign.language import N_, Lang
from campaign.reading import unreadable
from campaign.validation import finding_of
from manyi.advice import ADVICE
from manyi.texts import tr

M = TypeVar("M", bound=BaseModel)

MAX_LINE = 64 * 1024
"""Longer lines are refused: no response of a questionnaire is that long."""


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers from 1. BadInput M03 where the file can't be read."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            raw = line.removeprefix(codecs.BOM_UTF8)
            if raw.strip():
                yield number, raw


def parsed(model: type[M], raw: bytes) -> M:
    """A line of JSON as a model; BadInput M35."""
    if len(raw) > MAX_LINE:
        raise BadInput(Problem("M35", {"why": tr.phrase(N_("it is longer than {n} bytes"), n=MAX_LINE)}))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise BadInput(*_refused(model, error)) from None


def refusal_of(error: ManyiError, lang: Lang) -> dict[str, object]:
    """What the acknowledgement of a refused line says."""
    return {"error": error.code, "message": " ".join(ADVICE.message(problem, lang) for problem in error.problems)}


def exit_code(error: ManyiError) -> Exit:
    """The exit code of a run with a line that was refused."""
    return Exit.BAD_INPUT if isinstance(error, BadInput) else error.exit


def _refused(model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """What is wrong with a line, as M35."""
    for mistake in error.errors(include_url=False):
        if mistake["type"] == "json_invalid":
            yield Problem("M35", {"why": tr.phrase(N_("it is no JSON"))})
            continue
        found = finding_of(model, mistake, ())
        yield Problem("M35", {"why": Problem(found.code, found.values).phrase}, ".".join(map(str, found.path)))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file, or standard input for ``-``; BadInput M03 where it can't be read."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    with file:
        yield file
