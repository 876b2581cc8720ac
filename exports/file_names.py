"""Names of files that are handed on: readable, Chinese too, and possible on Windows."""

import unicodedata
from datetime import date

_FORBIDDEN = set('<>:"/\\|?*.')
"""The dot too: what stands before the first one may be no device of Windows, as CON is, whatever follows."""
_MOST = 120
"""Bytes of the title: it stays well below what any file system takes, also beside a long folder."""


def file_name(title: str, what: str, day: date, suffix: str) -> str:
    """``<title>-<what>-2026-11-23.xlsx``; as it ends in a day, it is never the name of a device."""
    parts = [part for part in (_cut(_safe(title)), _safe(what), day.isoformat()) if part]
    return f"{'-'.join(parts)}.{suffix}"


def _safe(text: str) -> str:
    kept = "".join(
        " " if char in _FORBIDDEN or unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return "-".join(kept.split())


def _cut(text: str) -> str:
    return text.encode()[:_MOST].decode(errors="ignore").rstrip("-")
