"""Names of files that every system can hold, Windows among them, and that stay apart where case makes no difference.

What Windows refuses: "Naming Files, Paths, and Namespaces", Microsoft Learn.
"""

import re
import unicodedata
from datetime import date

LONGEST = 120
"""Bytes in UTF-8. File systems take 255; more is left for what copies and archives put before or behind it."""
_REFUSED = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_COMMAS = re.compile("[,，、]")
_CONTROL = "C"
"""Unicode's categories of what is no character to be seen: controls, marks of direction, surrogates, unassigned."""


class Names:
    """Names of one folder and its folders, no two of which are the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str, folder: str = "") -> str:
        """``folder/name``, changed as far as it must be, and taken from now on."""
        stem, dot, suffix = name.rpartition(".")
        stem, suffix = (stem, dot + suffix) if dot else (name, "")
        number = 1
        while True:
            more = f"-{number}" if number > 1 else ""
            found = f"{safe_stem(stem, LONGEST - len((more + suffix).encode()))}{more}{suffix}"
            path = f"{folder}/{found}" if folder else found
            if (key := unicodedata.normalize("NFKC", path).casefold()) not in self._taken:
                self._taken.add(key)
                return path
            number += 1


def safe_stem(text: str, longest: int) -> str:
    """A name without its suffix, of so many bytes at most."""
    composed = unicodedata.normalize("NFC", "".join(" " if char.isspace() else char for char in text))
    kept = (
        "-" if char in _REFUSED else char for char in composed if not unicodedata.category(char).startswith(_CONTROL)
    )
    name = " ".join("".join(kept).split()).encode()[:longest].decode(errors="ignore").rstrip(". ").lstrip(".")
    if not name:
        return "-"
    return f"{name}_"[-longest:] if name.split(".")[0].rstrip().casefold() in _DEVICES else name


def file_name(title: str, what: str, day: date, suffix: str) -> str:
    """``<title>-<what>-2026-11-23.xlsx``; as it ends in a day, it is never the name of a device."""
    parts = [part for part in (_hyphened(title), _hyphened(what), day.isoformat()) if part]
    return f"{'-'.join(parts)}.{suffix}"


def notice_name(word: str, key: str, about: str) -> str:
    """``公示-B01-261008-1-终期测评-镇机关党支部``, without its suffix; the key keeps names apart that are cut."""
    return "-".join(part for part in map(_hyphened, (word, key, *_COMMAS.split(about))) if part)


def _hyphened(text: str) -> str:
    """Words with hyphens between them; without dots, for what stands before the first may be no device of Windows."""
    plain = "".join(" " if char in _REFUSED or char == "." else char for char in text)
    return "-".join(safe_stem(plain, LONGEST).split()).strip("-")
