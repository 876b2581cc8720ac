"""Texts that come from people, where a file can hold no more than one plain line."""

import unicodedata

_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """On one line, without control characters and marks of direction."""
    spaced = " ".join(text.split())
    kept = (char for char in spaced if unicodedata.category(char) not in _NOT_SHOWN)
    return " ".join("".join(kept).split())
