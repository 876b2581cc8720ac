"""From what a scanner or a hand has typed to the number of a case."""

import re
import unicodedata
from collections.abc import Callable

from campaign.errors import BadInput, Problem, Refused
from campaign.language import HasText
from surveys.paper.check_digits import folded, with_check
from surveys.paper.codes import (
    LENGTH,
    SLIP_DIGITS,
    CodeFault,
    CodeKind,
    FormCode,
    SlipCode,
    TypedSerial,
    TypedSlip,
    parse,
)
from surveys.words import FORM, OTHER_CODE, SLIP, TOKEN

_SHOWN = 40
_NUMBERED = re.compile(r"([A-Z]+)[-–—‐‑−]([A-Z][A-Z0-9]*)[-–—‐‑−](\d{1,6})", re.ASCII)  # dashes of input methods
_PLACES = 3


def case_number(typed: str, key: Callable[[], bytes]) -> str:
    """``R-B03-007``, or the ten digits of a slip: scanned, typed from under its square, or without its check digits.

    Full-width letters and digits, blanks and lower case are folded. ``key`` is asked for where a code was scanned.
    BadInput V70 for a slip that was misread; Refused V72 for the code of something else.
    """
    digits = folded(typed)
    if digits.isascii() and digits.isdigit():
        return digits if len(digits) == SLIP_DIGITS else _slip(digits, key)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()
    if match := _NUMBERED.fullmatch(text):
        kind, branch, number = match.groups()
        return f"{kind}-{branch}-{number:0>{_PLACES}}"
    return text


def case_named(typed: str, key: Callable[[], bytes]) -> str:
    """What an entry of the log names as its case: a number as :func:`case_number` has it, or a file number as it is.

    BadInput and Refused of that function for digits that are as many as those of a slip.
    """
    digits = folded(typed)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()
    slip = digits.isascii() and digits.isdigit() and len(digits) >= SLIP_DIGITS
    return case_number(typed, key) if slip or _NUMBERED.fullmatch(text) else " ".join(typed.split())


def _slip(digits: str, key: Callable[[], bytes]) -> str:
    match parse(digits, key() if len(digits) == LENGTH else b""):
        case SlipCode(kind=CodeKind.SLIP, number=number) | TypedSlip(number=number):
            return number
        case CodeFault.MISREAD:
            wanted = len(with_check("1" * SLIP_DIGITS))
            raise BadInput(Problem("V70", {"x": digits[:_SHOWN], "n": wanted}, "no"))
        case other:
            raise Refused(Problem("V72", {"kind": _kind(other), "wanted": SLIP}, "no"))


def _kind(code: object) -> HasText:
    if isinstance(code, FormCode | TypedSerial):
        return FORM
    return TOKEN if isinstance(code, SlipCode) else OTHER_CODE
