"""The one place where every failure ends: a message in the user's language and an exit code, never a traceback."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from campaign.errors import Exit, ManyiError, Problem
from campaign.language import Lang
from campaign.refusals import refusal
from manyi.console import tell_problems
from manyi.logfile import log_failure

UNEXPECTED = 70
"""Exit code of a failure that nobody foresaw (EX_SOFTWARE of sysexits.h)."""
UNWRITTEN = 74
"""Exit code when the output could not be written (EX_IOERR of sysexits.h); what was to be stored is stored."""
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
    except (click.exceptions.Exit, click.Abort, KeyboardInterrupt) as error:
        return error.exit_code if isinstance(error, click.exceptions.Exit) else INTERRUPTED
    except OSError as error:
        return _unwritten(error, lang)
    except Exception as error:  # noqa: BLE001  # the one top-level guard
        return _unexpected(error, lang, log_folder)


def _unwritten(error: OSError, lang: Lang) -> int:
    """What was printed could not be written; every file has an adapter of its own that knows its errors."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at its end
    if not isinstance(error, BrokenPipeError):
        tell_problems([Problem("M13", {"why": refusal(error.errno)})], lang)
    return UNWRITTEN


def _wrong_usage(error: click.ClickException, lang: Lang) -> int:
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "manyi"
    tell_problems([Problem("M02", {"detail": error.format_message(), "command": command})], lang)
    return Exit.USAGE.number


def _unexpected(error: Exception, lang: Lang, log_folder: Path) -> int:
    """Say that something went wrong; the kind and the place go to the log, no value does."""
    log = log_failure(error, log_folder)
    tell_problems([Problem("M90", {"kind": type(error).__name__, "log": log or "-"})], lang)
    return UNEXPECTED
