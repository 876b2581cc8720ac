"""What running any screen needs."""

import sys
from collections.abc import Callable

from campaign.errors import Problem, UsageError
from manyi.logfile import log_failure
from manyi.settings import Settings, process_environment


def require_terminal() -> None:
    """UsageError M19 where there is no terminal to draw on, unless Textual has been given another driver."""
    if "TEXTUAL_DRIVER" not in process_environment() and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(Problem("M19"))


def reporter(settings: Settings) -> Callable[[BaseException], None]:
    """What an app tells of an unexpected error: its kind and place, into the log."""

    def report(error: BaseException) -> None:
        log_failure(error, settings.log_folder)

    return report
