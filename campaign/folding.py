"""Texts compared as people mean them, whichever input method they were typed with."""

import unicodedata


def folded(text: str) -> str:
    """``text`` without regard to width and case."""
    return unicodedata.normalize("NFKC", text).casefold()


def tightly_folded(text: str) -> str:
    """``text`` without regard to width, case and blanks."""
    return "".join(folded(text).split())


def id_typed(text: str) -> str:
    """An id of the plan, or one of a few words to choose from, as it was typed: small, whatever its width."""
    return folded(text).strip()


def code_typed(text: str) -> str:
    """A code of a branch, a step or a session as it was typed: in capitals, without regard to width and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
