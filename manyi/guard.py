"""The one place where every failure ends: a message in the user's language and an exit code, never a traceback."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from campaign.errors import Exit, ManyiError, Problem
from campaign.language import Lang
from manyi.console import tell_problems
from manyi.logfile import log_to, note, place_of

UNEXPECTED = 70
"""Exit code of a failure that nobody foresaw (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
"""Exit code after ctrl+c, as shells give it."""


def guarded(action: Callable[[], int | None], lang: Lang, log_folder: Path) -> int:
    """Run ``action`` and return the process's exit code, whatever happens."""
    try:
        return action() or Exit.DONE.number
    except ManyiError as error:
        tell_problems(error.problems, lang)
        return error.exit.number
    except click.ClickException as error:
        return _wrong_usage(error, lang)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at its end
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the one top-level guard
        return _unexpected(error, lang, log_folder)


def _wrong_usage(error: click.ClickException, lang: Lang) -> int:
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "manyi"
    tell_problems([Problem("M02", {"detail": error.format_message(), "command": command})], lang)
    return Exit.USAGE.number


def _unexpected(error: Exception, lang: Lang, log_folder: Path) -> int:
    """Say that something went wrong; the kind and the place go to the log, no value does."""
    log = log_to(log_folder)
    if log:
        note(f"{type(error).__name__} at {place_of(error)}")
    tell_problems([Problem("M90", {"kind": type(error).__name__, "log": log or "-"})], lang)
    return UNEXPECTED
