"""Whether what was typed is the number of a case: ``R-B03-007``, or a slip's."""

import re

from surveys.paper.check_digits import folded, with_check

LEAST_DIGITS = 9
"""Fewer digits are words that narrow a list: a day, a branch."""
_DASHES = re.compile(r"[-–—‐‑−]")  # those of input methods too


def looks_like_number(text: str) -> bool:
    """Whether ``text`` was meant to be the number of a slip, be it misread."""
    digits = folded(text)
    return digits.isascii() and digits.isdigit() and len(digits) >= LEAST_DIGITS


def same_number(number: str, text: str) -> bool:
    """Whether ``text`` is ``number`` as lists, slips and people write it."""
    typed = _DASHES.sub("", folded(text)).upper()
    if number.isdecimal():
        return typed in (number, with_check(number))
    return typed == _DASHES.sub("", number)
