"""Reading the text of a file that a person gave."""

from pathlib import Path

from campaign.draft import Wording
from campaign.errors import BadInput, Problem
from campaign.language import N_

_NOT_UTF8 = N_("it is not UTF-8 text; save it as UTF-8")
_NAME = N_("its name is not possible")
_OTHERWISE = N_("the system cannot read it")
_REASONS: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, N_("there is no such file")),
    (NotADirectoryError, N_("there is no such file")),
    (IsADirectoryError, N_("it is a folder")),
    (PermissionError, N_("permission denied")),
)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises BadInput M03."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, _NOT_UTF8) from error
    except OSError as error:
        why = next((words for kind, words in _REASONS if isinstance(error, kind)), _OTHERWISE)
        raise _unreadable(path, why) from error
    except ValueError as error:
        raise _unreadable(path, _NAME) from error


def _unreadable(path: Path, why: str) -> BadInput:
    return BadInput(Problem("M03", {"path": path, "why": Wording(why)}))
