"""What a rule is: how severe, and what it says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a broken rule does."""

    ERROR = "E"
    """Refused."""
    WARNING = "W"
    """Saved with a mark."""
    CONFIRM = "C"
    """Asks for confirmation."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how severe, and its message with ``{names}`` for the values."""

    severity: Severity
    message: str


def error(message: str) -> Rule:
    """Refused."""
    return Rule(Severity.ERROR, message)


def warning(message: str) -> Rule:
    """Saved with a mark."""
    return Rule(Severity.WARNING, message)


def confirm(message: str) -> Rule:
    """Asked about."""
    return Rule(Severity.CONFIRM, message)
