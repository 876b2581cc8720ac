"""Whether what was typed is the number of a case: ``R-B03-007``, or a slip's."""

from surveys.case_numbers import case_number
from surveys.paper.check_digits import folded, with_check

LEAST_DIGITS = 9
"""Fewer digits are words that narrow a list: a day, a branch."""


def looks_like_number(text: str) -> bool:
    """Whether ``text`` was meant to be the number of a slip, be it misread."""
    return _is_digits(text) and len(folded(text)) >= LEAST_DIGITS


def same_number(number: str, text: str) -> bool:
    """Whether ``text`` is ``number`` as lists, slips and people write it; not as a scanner reads it."""
    if _is_digits(text):
        return number.isdecimal() and folded(text) in (number, with_check(number))
    return case_number(text, bytes) == number


def _is_digits(text: str) -> bool:
    digits = folded(text)
    return digits.isascii() and digits.isdigit()
