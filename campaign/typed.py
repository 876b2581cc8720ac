"""What people type into fields: counts and days, also with a Chinese input method's full-width digits and signs."""

import re
import unicodedata
from datetime import date

from campaign.errors import BadInput, Problem

_MOST_DIGITS = 9
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_SHOWN = 40


def parse_count(text: str) -> int:
    """A whole number of at most nine digits; spaces and full-width digits are folded. BadInput V06 otherwise."""
    folded = _folded(text)
    plain = all(char.isdecimal() or char.isspace() for char in text)  # ² and ① would fold to digits too
    if not (plain and folded.isascii() and 0 < len(folded) <= _MOST_DIGITS):
        raise BadInput(Problem("V06", {"x": _shown(text)}))
    return int(folded)


def parse_day(text: str, today: date | None = None) -> date:
    """A day written as 2026-11-23, 20261123 or 2026年11月23日, or as 11-23 in the year of ``today``.

    Spaces, full-width digits and signs are folded; ``/`` and ``.`` do as well as ``-``. BadInput M17 for the rest.
    """
    folded = _folded(text)
    if match := _DAY.fullmatch(folded):
        parts = [part for part in match.groups() if part is not None]
    elif today is not None and (match := _DAY_OF_YEAR.fullmatch(folded)):
        parts = [str(today.year), *match.groups()]
    else:
        raise BadInput(Problem("M17", {"x": _shown(text)}))
    try:
        return date(*map(int, parts))
    except ValueError:
        raise BadInput(Problem("M17", {"x": _shown(text)})) from None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _shown(text: str) -> str:
    """What was typed, short enough for a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
