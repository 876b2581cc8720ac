"""Names of files that are handed on: readable, Chinese too, and possible on Windows."""

import unicodedata
from datetime import date

_FORBIDDEN = set('<>:"/\\|?*.')
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{name}{number}" for name in ("COM", "LPT") for number in range(10))}
"""No file of Windows may be called so, whatever its suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""
_MOST = 120
"""Bytes of the title: it stays well below what any file system takes, also beside a long folder."""


def file_name(title: str, what: str, day: date, suffix: str) -> str:
    """``<title>-<what>-2026-11-23.xlsx``."""
    parts = [part for part in (_cut(_safe(title)), _safe(what), day.isoformat()) if part]
    name = "-".join(parts)
    return f"{name}.{suffix}"


def _safe(text: str) -> str:
    kept = "".join(
        " " if char in _FORBIDDEN or unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}
    )
    safe = "-".join(kept.split())
    return f"{safe}_" if safe.upper() in _DEVICES else safe


def _cut(text: str) -> str:
    return text.encode()[:_MOST].decode(errors="ignore").rstrip("-")
