"""The PIN that unlocks a kiosk. Only its scrypt hash is kept (RFC 7914)."""

import re
import secrets
from hashlib import scrypt
from hmac import compare_digest

from campaign.errors import BadInput, Problem
from surveys.entry import folded_digits

DIGITS = 6
PIN = re.compile(r"\d{4,8}", re.ASCII)
COST, BLOCK, LANES = 2**14, 8, 1
"""scrypt's n, r and p: 16 MiB and some 50 ms a try."""
SALT_BYTES = 16


def new_pin() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def hash_pin(pin: str) -> str:
    """``scrypt$n$r$p$salt$hash``, salt and hash in hexadecimal; BadInput M14 unless it has 4 to 8 digits."""
    digits = folded_digits(pin)
    if not PIN.fullmatch(digits):
        raise BadInput(Problem("M14", {"n": len(digits)}))
    salt = secrets.token_bytes(SALT_BYTES)
    return f"scrypt${COST}${BLOCK}${LANES}${salt.hex()}${_hashed(digits, salt, COST, BLOCK, LANES).hex()}"


def pin_matches(pin_typed: str, pin_hash: str) -> bool:
    """Whether ``pin_typed``, in full-width digits or plain ones, is the PIN; takes as long for a wrong one."""
    _, cost, block, lanes, salt, expected = pin_hash.split("$")
    found = _hashed(folded_digits(pin_typed), bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return compare_digest(found, bytes.fromhex(expected))


def _hashed(digits: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return scrypt(digits.encode(errors="replace"), salt=salt, n=cost, r=block, p=lanes, dklen=32)
