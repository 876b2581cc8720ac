"""The codes on paper: digits alone, signed, of three kinds.

A QR code of level H and 25 by 25 modules (version 2) holds 34 digits (ISO/IEC 18004, table 7):

===========  ======================================================
form         1, session (5), layout (2), branch (4), serial (6), page (2), signature (14)
slip         2, ten random digits, nine zeros, signature (14)
kiosk token  3, ten random digits, nine zeros, signature (14)
===========  ======================================================

The signature is HMAC-SHA256 (RFC 2104) of the 20 digits before it, modulo 10**14: one forged code in 10**14 is
accepted. Digits alone, because a scanner is a keyboard and types through whatever input method is on.
"""

import hmac
import secrets
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from surveys.paper.check_digits import folded, grouped, is_right, with_check

LENGTH, SIGNATURE = 34, 14
BODY = LENGTH - SIGNATURE
SERIAL_DIGITS, SLIP_DIGITS = 6, 10
MAX_SESSION, MAX_LAYOUT, MAX_BRANCH, MAX_PAGE = 99_999, 99, 9_999, 99
MAX_SERIAL = 10**SERIAL_DIGITS - 1

_CONTEXT = b"manyi paper code 1 "


class CodeKind(Enum):
    """What a code is on."""

    FORM = "1"
    SLIP = "2"
    TOKEN = "3"  # noqa: S105  # a kind of code, no secret


@dataclass(frozen=True, slots=True)
class FormCode:
    """The code of one page of a form."""

    session: int
    """The session's number, 1 to 99,999."""
    layout: int
    """Which of the session's layouts is printed on the sheet, 1 to 99."""
    branch: int
    """The branch's number, 1 to 9,999."""
    serial: int
    """Random, 1 to 999,999; one form of the session."""
    page: int = 1

    def digits(self, key: bytes) -> str:
        """The 34 digits of the QR code. ValueError if a number is negative or has too many digits."""
        numbers = f"{self.session:05d}{self.layout:02d}{self.branch:04d}{serial_text(self.serial)}{self.page:02d}"
        return _signed(CodeKind.FORM.value + numbers, key)

    def typed(self) -> str:
        """What stands under the square for typing: the serial with two check digits; it carries no signature."""
        return typed_serial(self.serial)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """The code of a follow-up slip, or of a kiosk token."""

    number: str
    """Ten random digits."""
    kind: CodeKind = CodeKind.SLIP

    def digits(self, key: bytes) -> str:
        """The 34 digits of the QR code. ValueError if the number has not ten digits, or for the kind of a form."""
        if len(self.number) != SLIP_DIGITS or self.kind is CodeKind.FORM:
            raise ValueError(self)
        return _signed(f"{self.kind.value}{self.number}".ljust(BODY, "0"), key)

    def typed(self) -> str:
        """What stands under the square for typing: the number with two check digits."""
        return grouped(with_check(self.number))


@dataclass(frozen=True, slots=True)
class TypedSerial:
    """A form's serial that was typed: right by its check digits, but not signed."""

    serial: int


@dataclass(frozen=True, slots=True)
class TypedSlip:
    """A slip's number that was typed: right by its check digits, but not signed."""

    number: str


class CodeFault(Enum):
    """Why a text is no code."""

    MISREAD = "misread"
    """Not complete, or the check digits or the signature do not fit: V70 (or a forgery)."""
    UNKNOWN_KIND = "unknown kind"
    """Signed by us, but of a kind that this version does not know: V72."""


Code = FormCode | SlipCode | TypedSerial | TypedSlip


def parse(text: str, key: bytes) -> Code | CodeFault:
    """The code that a scanner or a hand has typed; the signature is compared in constant time."""
    digits = folded(text)
    if not (digits.isascii() and digits.isdigit()):
        return CodeFault.MISREAD
    if len(digits) == LENGTH:
        return _parsed(digits, key)
    if is_right(digits):
        if len(digits) == SERIAL_DIGITS + 2 and int(digits[:-2]):
            return TypedSerial(int(digits[:-2]))
        if len(digits) == SLIP_DIGITS + 2:
            return TypedSlip(digits[:-2])
    return CodeFault.MISREAD


def serial_text(serial: int) -> str:
    """A form's serial, six digits."""
    return f"{serial:0{SERIAL_DIGITS}d}"


def is_slip_number(text: str) -> bool:
    """Whether ``text`` may be the number of a slip: ten plain digits."""
    return len(text) == SLIP_DIGITS and text.isascii() and text.isdigit()


def typed_serial(serial: int) -> str:
    """What stands under the form's square, to be typed: its serial with two check digits, in groups."""
    return grouped(with_check(serial_text(serial)))


def new_serials(count: int, taken: set[int]) -> list[int]:
    """``count`` random serials that are not ``taken``, in random order; ValueError if there are not so many left."""
    if count > MAX_SERIAL - len(taken):
        raise ValueError(count)
    made: set[int] = set()
    while len(made) < count:
        serial = 1 + secrets.randbelow(MAX_SERIAL)
        if serial not in taken:
            made.add(serial)
    return secrets.SystemRandom().sample(sorted(made), count)


def new_slip() -> SlipCode:
    """A slip with a new random number."""
    return SlipCode(f"{secrets.randbelow(10**SLIP_DIGITS):0{SLIP_DIGITS}d}")


def _signed(body: str, key: bytes) -> str:
    if len(body) != BODY or not (body.isascii() and body.isdigit()):
        raise ValueError(body)
    return body + _signature(body, key)


def _signature(body: str, key: bytes) -> str:
    digest = hmac.new(key, _CONTEXT + body.encode("ascii"), sha256).digest()
    return f"{int.from_bytes(digest) % 10**SIGNATURE:0{SIGNATURE}d}"


def _parsed(digits: str, key: bytes) -> Code | CodeFault:
    body, signature = digits[:BODY], digits[BODY:]
    if not hmac.compare_digest(signature, _signature(body, key)):
        return CodeFault.MISREAD
    try:
        kind = CodeKind(body[0])
    except ValueError:
        return CodeFault.UNKNOWN_KIND
    if kind is CodeKind.FORM:
        return FormCode(int(body[1:6]), int(body[6:8]), int(body[8:12]), int(body[12:18]), int(body[18:20]))
    return SlipCode(body[1 : 1 + SLIP_DIGITS], kind)
