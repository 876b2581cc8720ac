"""A follow-up slip as the person is shown it, once."""

from dataclasses import dataclass

from surveys.paper.codes import SlipCode


@dataclass(frozen=True, slots=True)
class SlipShown:
    """What is on the screen at the end of a run; the kiosk keeps none of it."""

    typed: str
    """The number with its two check digits, in groups of four."""
    digits: str
    """The 34 digits of the QR code."""


def slip_shown(code: SlipCode, key: bytes) -> SlipShown:
    """``code`` as it is shown, signed with ``key``."""
    return SlipShown(code.typed(), code.digits(key))
