"""A response: what one person answered, and nothing that tells who or when."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from campaign.language import Lang

Answer = str | int | tuple[str, ...]
"""select_one: a code; select_multiple: codes in the order of the choices; integer; text."""
Answers = Mapping[str, Answer]
"""Answers by question name; a question left blank is not in it."""


class Validity(StrEnum):
    """Whether a form counts."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    VOID = "void"


class Response(BaseModel):
    """One form, as it is kept. No field may tell who answered, when, where in the order, or on which device."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: Literal["kiosk", "paper"] = "kiosk"
    lang: Lang
    answers: dict[str, Answer]
    """Text answers are here only while the session is open; closing moves them to opinions."""
    validity: Validity


class Opinion(BaseModel):
    """A text that somebody wrote, without any link to the response it came with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    branch: str
    session: str
    question: str
    text: str
    wants_answer: bool = False
    state: Literal["new", "merged", "follow_up", "noted", "out_of_scope"] = "new"
