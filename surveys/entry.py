"""From what was typed, pressed or sent to an answer of the right type."""

import re
import unicodedata
from collections.abc import Callable

from campaign.errors import BadInput, Problem
from surveys.questionnaire import Question, QuestionType
from surveys.response import Answer

MAX_TEXT = 500
"""Longest text that is kept, in characters; a questionnaire may ask for less."""
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
"""An integer of XForms has at most nine digits."""
SHOWN = 40
"""So many characters of a wrong value are shown in a message."""


def clean_text(raw: str, *, keep_lines: bool = False) -> str:
    """``raw`` as Unicode NFC without control characters; a line break or tab becomes a space.

    Halves of surrogate pairs, which no file can hold, and marks that turn the direction of writing are taken out too.
    """
    if raw.isprintable():  # then there is nothing of all that in it
        return unicodedata.normalize("NFC", raw).strip()
    lines = raw.replace("\r\n", "\n")
    spaced = "".join(" " if char in "\t\r\n\v\f\x85\u2028\u2029" and not (keep_lines and char == "\n") else char
                     for char in lines)  # fmt: skip
    kept = "".join(char for char in spaced if char == "\n" or not _hidden(char))
    return unicodedata.normalize("NFC", kept).strip()


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or unicodedata.bidirectional(char) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip


def folded_digits(raw: str) -> str:
    """``raw`` without spaces around it, full-width digits and signs as an input method types them made plain."""
    return unicodedata.normalize("NFKC", raw).strip()


def coerced(question: Question, raw: object) -> Answer | None:
    """``raw`` as an answer to ``question``; None for a blank.

    select_one takes a code, select_multiple a list of codes, integer a number or its digits, text a string.
    BadInput M31 (no such choice), M33 (wrong type) or M34 (no whole number).
    """
    if raw is None or raw == "":
        return None
    return _COERCIONS[question.type](question, raw)


def _one(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str) or question.choice(raw) is None:
        raise BadInput(_no_choice(question, raw))
    return raw


def _several(question: Question, raw: object) -> Answer | None:
    if not isinstance(raw, list | tuple | set | frozenset):
        raise BadInput(Problem("M33", {"name": question.name, "x": shown(raw)}, question.name))
    codes = list(raw)
    unknown = [code for code in codes if not isinstance(code, str) or question.choice(code) is None]
    if unknown:
        raise BadInput(*(_no_choice(question, code) for code in unknown))
    return tuple(choice.code for choice in question.choices if choice.code in codes) or None


def _integer(question: Question, raw: object) -> Answer | None:
    typed = folded_digits(raw) if isinstance(raw, str) else str(raw)
    if not typed:
        return None
    if isinstance(raw, str | int) and not isinstance(raw, bool) and WHOLE_NUMBER.fullmatch(typed):
        return int(typed)
    raise BadInput(Problem("M34", {"name": question.name, "x": shown(raw)}, question.name))


def _text(question: Question, raw: object) -> Answer | None:
    if not isinstance(raw, str):
        raise BadInput(Problem("M33", {"name": question.name, "x": shown(raw)}, question.name))
    return clean_text(raw) or None


def _nothing(question: Question, raw: object) -> Answer | None:
    raise BadInput(Problem("M33", {"name": question.name, "x": shown(raw)}, question.name))


_COERCIONS: dict[QuestionType, Callable[[Question, object], Answer | None]] = {
    QuestionType.SELECT_ONE: _one,
    QuestionType.SELECT_MULTIPLE: _several,
    QuestionType.INTEGER: _integer,
    QuestionType.TEXT: _text,
    QuestionType.NOTE: _nothing,
}


def _no_choice(question: Question, raw: object) -> Problem:
    known = ", ".join(choice.code for choice in question.choices)
    return Problem("M31", {"x": shown(raw), "name": question.name, "known": known}, question.name)


def shown(raw: object) -> str:
    """A wrong value as a message shows it: one line, cut after 40 characters."""
    text = clean_text(raw if isinstance(raw, str) else repr(raw))
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
