"""Check digits for numbers that people type: ISO/IEC 7064, MOD 97-10, as in an IBAN."""

import re
import unicodedata

CHECK, GROUP = 2, 4
"""Check digits of a number, and digits between two blanks."""
LONGEST = 40
"""Digits of a number that is looked at; ``int`` raises ValueError for a text of over 4,300."""


def with_check(digits: str) -> str:
    """``digits`` and two check digits behind them; every single wrong digit and every swap of neighbours is found."""
    return f"{digits}{98 - int(digits) * 100 % 97:02d}"


def is_right(digits: str) -> bool:
    """Whether the last two of ``digits`` are right for the others."""
    return CHECK < len(digits) <= LONGEST and digits.isascii() and digits.isdigit() and int(digits) % 97 == 1


def grouped(digits: str) -> str:
    """In groups of four, as it is printed."""
    return " ".join(digits[place : place + GROUP] for place in range(0, len(digits), GROUP))


def folded(typed: str) -> str:
    """What a scanner or a hand has typed: full-width digits made plain, every blank, line end and hyphen left out."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", typed))
