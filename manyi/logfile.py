"""The log file: what went wrong and where in the code, never a value, an answer or a time of day.

Messages of exceptions and local variables may hold what a person typed, so neither is ever written.
"""

import logging
import traceback
from pathlib import Path

NAME = "manyi.log"
LINES = 2000
"""When the file has grown to this many lines it starts anew."""


def log_to(folder: Path) -> Path | None:
    """Send the log to a file in ``folder``; None where that cannot be written."""
    path = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and len(path.read_bytes().splitlines()) > LINES:
            path.unlink()
        path.touch(mode=0o600)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("manyi")
    logger.handlers[:] = [handler]
    logger.propagate = False
    return path


def log_failure(error: BaseException, folder: Path) -> Path | None:
    """Write kind and place of ``error``, nothing of its message; the file, or None if it cannot be written."""
    path = log_to(folder)
    if path:
        logging.getLogger("manyi").error("%s at %s", type(error).__name__, place_of(error))
    return path


def place_of(error: BaseException) -> str:
    """Where ``error`` came from: file, line and function of every frame, nothing else."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
