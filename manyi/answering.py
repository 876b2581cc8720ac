"""Answers of other clients: JSON lines in, one acknowledgement line each out, after the commit."""

import codecs
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, JsonValue, StrictStr, ValidationError

from campaign.errors import BadInput, Exit, ManyiError, Problem, StoreError
from campaign.language import N_, Lang
from campaign.reading import unreadable
from campaign.validation import finding_of
from manyi.console import say_json
from manyi.texts import tr
from surveys.desk import SurveyDesk

MAX_LINE = 64 * 1024
"""Longer lines are refused: no response of a questionnaire is that long."""


class Line(BaseModel):
    """One response as another client sends it."""

    model_config = ConfigDict(extra="forbid")

    id: StrictStr | None = None
    """Made by the client when the person began; sent again, it is the same response."""
    lang: Lang | None = None
    answers: dict[str, JsonValue]


def answer_lines(desk: SurveyDesk, session_id: str, path: Path, lang: Lang) -> int:
    """Store every line; the exit code: 0, or 3 if a line was refused. A store that fails ends it (StoreError)."""
    code = Exit.DONE
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            raw = line.removeprefix(codecs.BOM_UTF8)
            if not raw.strip():
                continue
            try:
                stored = _store(desk, session_id, raw, lang)
            except StoreError:
                raise
            except ManyiError as error:
                code = Exit.BAD_INPUT if isinstance(error, BadInput) else error.exit
                text = " ".join(problem.message(lang) for problem in error.problems)
                say_json({"line": number, "error": error.code, "message": text})
            else:
                say_json({"id": stored, "stored": True})
    return code.number


def _store(desk: SurveyDesk, session_id: str, raw: bytes, lang: Lang) -> str:
    if len(raw) > MAX_LINE:
        raise BadInput(Problem("M35", {"why": tr.phrase(N_("it is longer than {n} bytes"), n=MAX_LINE)}))
    try:
        line = Line.model_validate_json(raw)
    except ValidationError as error:
        raise BadInput(*_refused(error)) from None
    response_id = line.id if line.id is not None else secrets.token_hex(8)
    desk.submit(session_id, response_id, line.lang or lang, line.answers)
    return response_id


def _refused(error: ValidationError) -> Iterator[Problem]:
    """What is wrong with a line, as M35."""
    for mistake in error.errors(include_url=False):
        if mistake["type"] == "json_invalid":
            yield Problem("M35", {"why": tr.phrase(N_("it is no JSON"))})
            continue
        found = finding_of(Line, mistake, ())
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
