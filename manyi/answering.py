"""Answers of other clients: JSON lines in, one acknowledgement line each out, after the commit."""

import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, StrictStr

from campaign.errors import Exit, ManyiError, StoreError
from campaign.language import Lang
from manyi.console import say_json
from manyi.json_lines import exit_code, numbered_lines, parsed, refusal_of
from surveys.desk import SurveyDesk


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
    for number, raw in numbered_lines(path):
        try:
            line = parsed(Line, raw)
            response_id = line.id if line.id is not None else secrets.token_hex(8)
            desk.submit(session_id, response_id, line.lang or lang, line.answers)
        except StoreError:
            raise
        except ManyiError as error:
            code = exit_code(error)
            say_json({"line": number, **refusal_of(error, lang)})
        else:
            say_json({"id": response_id, "stored": True})
    return code.number
