"""The formats that a report can be written in, and the writing of them."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import Problem, StoreError
from campaign.refusals import refusal
from exports.csv_format import csv_files
from exports.tidy import TidyReport


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report."""

    name: str
    files: Callable[[TidyReport], dict[str, bytes]]
    """Makes the files, by name."""


FORMATS: dict[str, Format] = {each.name: each for each in (Format("csv", csv_files),)}
"""Every format by the name that the command line takes."""


def write_report(report: TidyReport, folder: Path, names: Sequence[str]) -> list[Path]:
    """Write the report in these formats into ``folder``, each file whole or not at all; the paths written.

    Raises StoreError M40 where the folder can't be written.
    """
    made = {name: content for each in names for name, content in FORMATS[each].files(report).items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, content) for name, content in made.items()]
    except OSError as error:
        raise StoreError(Problem("M40", {"why": refusal(error.errno), "path": folder})) from None


def _write(path: Path, content: bytes) -> Path:
    """Replace ``path`` by a file with this content."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return path
