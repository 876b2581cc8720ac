"""What people type into fields: counts, hours, days, also with a Chinese input method's full-width digits and signs."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from campaign.errors import BadInput, Problem
from campaign.language import N_
from campaign.log import HOUR_PLACES, MOST_HOURS
from campaign.texts import tr

_MOST_DIGITS = 9
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_HOURS = re.compile(rf"\d{{1,9}}(\.\d{{1,{HOUR_PLACES}}})?", re.ASCII)
_HOURS_WANTED = tr.phrase(N_("hours are more than 0 and at most {most}, with one decimal"), most=MOST_HOURS)
_HELP_CODE = re.compile(r"[A-Z]{0,2}\d{1,5}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # far from where adding days would leave the calendar
_SHOWN = 40


def parse_count(text: str) -> int:
    """A whole number of at most nine digits; spaces and full-width digits are folded. BadInput V06 otherwise."""
    folded = _folded(text)
    plain = all(char.isdecimal() or char.isspace() for char in text)  # ² and ① would fold to digits too
    if not (plain and folded.isascii() and 0 < len(folded) <= _MOST_DIGITS):
        raise BadInput(Problem("V06", {"x": _shown(text)}))
    return int(folded)


def parse_hours(text: str) -> Decimal:
    """Hours of one log entry: more than 0, at most 24, with at most one decimal. BadInput M07 otherwise."""
    folded = _folded(text)
    if not (_HOURS.fullmatch(folded) and 0 < Decimal(folded) <= MOST_HOURS):
        raise BadInput(Problem("M07", {"value": _shown(text), "why": _HOURS_WANTED}))
    return Decimal(folded)


def parse_help_code(text: str) -> str:
    """A code of at most two letters and five digits, in capitals, such as H07. BadInput M175 otherwise."""
    folded = _folded(text).upper()
    if not _HELP_CODE.fullmatch(folded):
        raise BadInput(Problem("M175", {"x": _shown(text)}))
    return folded


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
        day = date(*map(int, parts))
    except ValueError:
        day = date.max
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadInput(Problem("M17", {"x": _shown(text)}))
    return day


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _shown(text: str) -> str:
    """What was typed, short enough for a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
