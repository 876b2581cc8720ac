"""Reading scanned files into the sessions of a store."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from campaign.errors import BadInput, Problem, UsageError
from campaign.language import N_
from campaign.reading import unreadable
from db.pictures import PictureFolder
from manyi.paper_key import key_of
from manyi.settings import Settings
from manyi.texts import tr
from surveys.paper.scan_desk import ScanDesk, tidy_pictures
from surveys.paper.scan_results import Result
from surveys.ports import Store

if TYPE_CHECKING:
    from surveys.paper.reading.taking import ScanRun

READER, PAGES = "surveys.paper.reading.taking", "surveys.paper.reading.pages"
"""Modules that need the extra ``scan``."""
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"})


def scan_files(given: Iterable[Path]) -> Iterator[Path]:
    """The files to read: those given, and in the place of a folder all scans in it, by name. BadInput M03, M98."""
    for path in given:
        try:
            found = sorted(path.iterdir()) if path.is_dir() else [path]
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        if path.is_dir():
            found = [each for each in found if each.suffix.lower() in _ENDINGS and not each.name.startswith(".")]
            if not found:
                raise BadInput(Problem("M98", {"path": path}))
        yield from found


def reader(name: str) -> ModuleType:
    """A module of the reader; UsageError M95 where the extra ``scan`` is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        why = tr.phrase(N_("{name} is missing"), name=error.name or "scan")
        raise UsageError(Problem("M95", {"why": why})) from error


def count_pages(paths: Iterable[Path]) -> int:
    """How many pages these files have."""
    pages = reader(PAGES)
    return sum(pages.count_pages(path) for path in paths)


def scan_run(settings: Settings, store: Store, session_id: str | None, tell: Callable[[Result], None]) -> "ScanRun":
    """What reads files into one session, or each form into its own.

    UsageError M95; Refused M11, M12, M87 (no forms were ever printed); StoreError M76.
    """
    module = reader(READER)
    plan = store.plan()
    key, pictures = key_of(settings.data, store), PictureFolder(settings.data)
    tidy_pictures(store, pictures)
    desk = ScanDesk(store, plan, settings.day(plan), key, pictures, session_id)
    run: ScanRun = module.ScanRun(store, desk, key, pictures, tell)
    return run
