"""The key that signs the codes on paper, in a file of its own: a copy of the store alone is no help in forging them."""

import re
import secrets
from pathlib import Path

from campaign.errors import Problem, StoreError
from campaign.i18n import I18n
from db.failures import files_at, reason
from db.placing import place, unfinished

NAME = "paper.key"
KEY_BYTES = 32

_KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}\n?", re.ASCII)
_NO_KEY = I18n(zh="内容不是密钥", en="it holds no key")


def paper_key(folder: Path) -> bytes:
    """The 32 bytes of the data folder's key, made at first use. StoreError M40, M76."""
    path = folder / NAME
    if not path.exists():
        _make(path)
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The key in a file; StoreError M76 if there is none."""
    try:
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise StoreError(Problem("M76", {"path": path, "why": reason(error.errno)})) from error
    except UnicodeDecodeError:
        text = ""
    if not _KEY.fullmatch(text):
        raise StoreError(Problem("M76", {"path": path, "why": _NO_KEY}))
    return bytes.fromhex(text)


def write_key(path: Path, key: bytes) -> None:
    """Put a key into a new file (mode 0600), whole or not at all; nothing if one is there. StoreError M40."""
    with files_at(path), unfinished(path) as new:
        new.write_bytes(key.hex().encode() + b"\n")
        place(new, path)


def _make(path: Path) -> None:
    write_key(path, secrets.token_bytes(KEY_BYTES))
