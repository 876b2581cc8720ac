"""Reading the text of a file that a person gave."""

from pathlib import Path

from campaign.errors import BadInput, Problem
from campaign.language import N_, Phrase
from campaign.refusals import refusal
from campaign.texts import tr

_NOT_UTF8 = N_("it is not UTF-8 text; save it as UTF-8")
_NAME = N_("its name is not possible")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises BadInput M03."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, tr.phrase(_NOT_UTF8)) from error
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError | ValueError) -> BadInput:
    """BadInput M03 for a file that could not be opened or read."""
    return _unreadable(path, refusal(error.errno) if isinstance(error, OSError) else tr.phrase(_NAME))


def _unreadable(path: Path, why: Phrase) -> BadInput:
    return BadInput(Problem("M03", {"path": path, "why": why}))
